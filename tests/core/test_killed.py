"""`kill -9` at random moments: everything due happens, exactly once, and everything waiting is said."""

import asyncio
import random
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.storage import tables
from bot.storage.migrate import migrate
from tests.core.ringing import KIND
from tests.group import MONDAY, Clock, GroupUnderTest, Platform

ROOT = Path(__file__).parents[2]
ROWS = 400
KILLS = 6


async def start(url: str, sent: Path) -> asyncio.subprocess.Process:
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.core.ringing", url, str(sent)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert worker.stdout is not None
    assert (await worker.stdout.readline()).strip() == b"ready"
    return worker


async def made(url: str) -> GroupUnderTest:
    """A group with many rows that are due."""
    await migrate(url)
    clock = Clock()
    group = GroupUnderTest(url, clock, Platform(clock))
    await group.wire()
    group.add_person("Mo", moderator=True)
    await group.set_up()
    async with group.database.transaction() as work:
        await work.connection.execute(tables.due.delete())
        for number in range(ROWS):
            await work.due.put(MONDAY, KIND, number, 1)
    return group


async def killed_at_random(url: str, sent: Path, workers: int) -> None:
    """Start, kill after a while that is never the same, start again; at last let them finish."""
    chance = random.Random(20270111)
    for _ in range(KILLS):
        running = [await start(url, sent) for _ in range(workers)]
        victim = running[0]
        try:
            await asyncio.wait_for(victim.wait(), chance.uniform(0.05, 0.6))
        except TimeoutError:
            victim.send_signal(signal.SIGKILL)
        for worker in running:
            if worker is not victim and worker.returncode is None:
                worker.send_signal(signal.SIGKILL)
            await worker.wait()
    last = [await start(url, sent) for _ in range(workers)]
    assert [await asyncio.wait_for(worker.wait(), 120) for worker in last] == [0] * workers


@pytest.mark.slow
async def test_what_is_due_happens_once_and_what_waits_is_said_however_often_it_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    group = await made(database_url)
    await group.close()
    workers = 1 if database_url.startswith("sqlite") else 2  # two bots on one file are refused
    await killed_at_random(database_url, tmp_path / "sent", workers)
    await group.wire()
    async with group.database.transaction() as work:
        rung = await work.connection.execute(select(func.count()).select_from(tables.reminders))
        assert rung.scalar_one() == ROWS, "each row exactly once"
        assert await work.due.next_at() is None
        rows = (await work.connection.execute(select(tables.outbox))).all()
        ringing = [row for row in rows if (row.name or "").startswith("ring")]
        assert len(ringing) == ROWS
        assert all(row.done_at is not None and not row.failed and not row.action for row in ringing)
    asked = Counter((tmp_path / "sent").read_text().split())
    assert {f"cg{row.id}" for row in ringing} <= set(asked), "everything was said"
    repeated = sum(count - 1 for count in asked.values())
    assert repeated <= 20 * KILLS * workers, "again only what the killed one had taken; by the same key"
    await group.close()
