"""A process that raises alerts and delivers them until it is killed. Run by test_alerts_killed.

    python -m tests.core.alarming DATABASE_URL FILE SECONDS_THAT_THE_PLATFORM_TAKES

What the platform was asked to do is in FILE, a line each: its key.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot.context import Context
from bot.contract.actions import Action, Sent
from bot.contract.events import MessageRef, TimeCame
from bot.features import alerting
from bot.features.alerting import Stage
from bot.happenings import DEADLINES
from tests.group import MONDAY, PLACE, Clock, GroupUnderTest, Platform

RAISE, WENT = "test_raise", "test_went"


class OnDisk(Platform):
    """Knows after its end what it was asked to do, and takes a while for each."""

    def __init__(self, clock: Clock, file: Path, taking: float) -> None:
        super().__init__(clock)
        self.file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.taking = taking

    async def perform(self, action: Sent, key: str) -> MessageRef | None:
        os.write(self.file, f"{key}\n".encode())
        await asyncio.sleep(self.taking)
        return MessageRef(place=PLACE, id=key)


async def raised(event: TimeCame, context: Context) -> Sequence[Action]:
    words = context.public.body("desk.note")
    alert = await alerting.alert(context, int(event.subject), Stage.ALL, words, then=WENT)
    await context.work.reminders.note(1, PLACE, context.now)
    return alert.actions


async def went(event: TimeCame, context: Context) -> Sequence[Action]:
    """One row for each outcome, in the claim's own transaction."""
    outcome = await alerting.went(event, context)
    assert outcome.delivered
    await context.work.people.ask(1, f"went{outcome.case}", event.subject[-12:], context.now)
    return []


async def work(url: str, file: Path, taking: float) -> None:
    """Raise what is not raised yet and go on until everything has gone out and is known."""
    DEADLINES[RAISE] = raised  # type: ignore[index]
    DEADLINES[WENT] = went  # type: ignore[index]
    clock = Clock(MONDAY)
    group = GroupUnderTest(url, clock, OnDisk(clock, file, taking))
    await group.wire()
    print("ready", flush=True)
    while await group.schedule.next_due() is not None:
        await group.settle()
        clock.at += timedelta(seconds=30)
    await group.close()
    print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])))
