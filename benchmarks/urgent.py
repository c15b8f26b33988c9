"""``/urgent`` with a locked database; and an alert while a thousand other posts wait to be said."""

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.figure import Figure
from bot.contract.actions import Post, Sent, Tell
from bot.contract.events import MessageRef, Person
from bot.contract.markup import Markup, Span
from bot.outbox import Outbox, put
from bot.schedule import Schedule
from bot.storage.engine import sqlite_path
from tests.group import PLACE, Clock, GroupUnderTest, Platform

ASKED = 30
BACKLOG = 1_000
ALERTS = 20
A_POST_TAKES = 0.03  # seconds, on the platform
BETWEEN = 0.7  # seconds; no multiple of the pause of any loop


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        return [await _locked(Path(one)), await _alerts(Path(other))]


async def _locked(folder: Path) -> Figure:
    """Twenty commands of others are stuck at the lock meanwhile."""
    group = await GroupUnderTest.start(folder)
    await group.set_up()
    taken = []
    with closing(sqlite3.connect(sqlite_path(group.url) or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        stuck = [asyncio.ensure_future(group.type("Ben", "/rules")) for _ in range(20)]
        for _ in range(ASKED):
            begun = time.perf_counter()
            assert "116 123" in await group.type("Asha", "/urgent")
            taken.append(time.perf_counter() - begun)
        other.execute("ROLLBACK")
    await asyncio.gather(*stuck)
    await group.close()
    return Figure(name="/urgent with a locked database, slowest", value=max(taken), limit=1, unit="s")


class _Slow(Platform):
    """Takes a while for each post, and notes when each person was told."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.heard: dict[str, float] = {}

    async def perform(self, action: Sent, key: str) -> MessageRef | None:
        await asyncio.sleep(A_POST_TAKES)
        if isinstance(action, Tell):
            self.heard[action.person.id] = time.perf_counter()
        return await super().perform(action, key)


class _Ticking(Clock):
    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self._began)


async def _alerts(folder: Path) -> Figure:
    """Each is written while the backlog is being said, by the dispatcher of a running bot."""
    group = await GroupUnderTest.start(folder)
    await group.set_up()
    words = (Markup("post", (Span("a post"),)),)
    async with group.database.transaction() as work:
        for _ in range(BACKLOG):
            await put(work, Post(place=PLACE, body=words), 1, group.clock(), group.groups)
    clock = _Ticking(group.clock.at)
    platform = _Slow(clock)
    outbox = Outbox(group.database, group.groups, [platform])
    schedule = Schedule(
        app=group.app, database=group.database, groups=group.groups, outbox=outbox, clock=clock
    )
    running = asyncio.ensure_future(schedule.run())
    written = {}
    for number in range(ALERTS):
        await asyncio.sleep(BETWEEN)
        person = Person(platform="test", id=f"guard{number}")
        async with group.database.transaction() as work:
            alert = Tell(person=person, body=words, urgent=True, name=f"alert{number}/3.0/x")
            await put(work, alert, 1, clock(), group.groups)
        written[person.id] = time.perf_counter()
    await asyncio.sleep(2)
    assert len(platform.messages) < BACKLOG, "the backlog ended before the alerts"
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await group.close()
    late = [platform.heard.get(id, float("inf")) - at for id, at in written.items()]
    return Figure(
        name="an alert sent while 1,000 other posts wait, slowest",
        value=max(late),
        limit=2,
        unit="s",
        note=f"{ALERTS} alerts, median {sorted(late)[ALERTS // 2]:.2f} s",
    )
