"""A process that does what is due and delivers the outbox until it is killed. Run by test_killed.

    python -m tests.core.ringing DATABASE_URL

Each due row rings: one more row in ``reminders`` and one in the outbox, in the claim's own transaction.
What the platform was asked to do is in the folder's file ``sent``, a line each: its key and its words.
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
from bot.happenings import DEADLINES
from tests.group import MONDAY, PLACE, Clock, GroupUnderTest, Platform

KIND = "test_ring"


class OnDisk(Platform):
    """Knows after its end what it was asked to do; like a platform that was reached by two processes."""

    def __init__(self, clock: Clock, file: Path) -> None:
        super().__init__(clock)
        self.file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def perform(self, action: Sent, key: str) -> MessageRef | None:
        os.write(self.file, f"{key}\n".encode())
        await asyncio.sleep(0)
        return MessageRef(place=PLACE, id=key)


async def ring(event: TimeCame, context: Context) -> Sequence[Action]:
    await context.work.reminders.note(1, PLACE, context.now)
    return context.post(context.public.body("rules.none"), name=f"ring{event.subject}")


async def work(url: str, file: Path) -> None:
    """Until everything is done; each pass is a minute later, so that leases of the killed one end."""
    DEADLINES[KIND] = ring  # type: ignore[index]
    clock = Clock(MONDAY)
    group = GroupUnderTest(url, clock, OnDisk(clock, file))
    await group.wire()
    print("ready", flush=True)
    while await group.schedule.next_due() is not None:
        await group.settle()
        clock.at += timedelta(minutes=2)
    await group.close()
    print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], Path(sys.argv[2])))
