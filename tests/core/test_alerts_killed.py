"""`kill -9` between an alert and its delivery: every alert goes out, and its outcome is known once."""

import asyncio
import random
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.contract.events import Person
from bot.storage import tables
from bot.storage.migrate import migrate
from tests.core.alarming import RAISE
from tests.group import MONDAY, Clock, GroupUnderTest, Platform

ROOT = Path(__file__).parents[2]
CASES = 40
GUARDS = 3
KILLS = 5


async def start(url: str, sent: Path, taking: float) -> asyncio.subprocess.Process:
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.core.alarming", url, str(sent), str(taking)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert worker.stdout is not None
    assert (await worker.stdout.readline()).strip() == b"ready"
    return worker


async def made(url: str) -> GroupUnderTest:
    """A group with moderators who can be alerted, and cases that are to be raised now."""
    await migrate(url)
    clock = Clock()
    group = GroupUnderTest(url, clock, Platform(clock))
    await group.wire()
    group.add_person("Mo", moderator=True)
    await group.set_up()
    async with group.database.transaction() as work:
        await work.connection.execute(tables.due.delete())
        await work.connection.execute(tables.outbox.delete())
        for number in range(GUARDS):
            person = Person(platform="test", id=f"guard{number}", name=f"Guard {number}")
            await work.communities.add_moderator(1, person, MONDAY)
            await work.cover.note(1, person, asked_at=MONDAY, answered_at=MONDAY)
        await work.communities.remove_moderator(1, group.people["Mo"])
        for number in range(CASES):
            await work.due.put(MONDAY, RAISE, number, 1)
    return group


@pytest.mark.slow
async def test_no_alert_is_lost_and_no_outcome_counted_twice_however_often_it_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    group = await made(database_url)
    await group.close()
    workers = 1 if database_url.startswith("sqlite") else 2  # two bots on one file are refused
    chance = random.Random(20270112)
    for _ in range(KILLS):
        running = [await start(database_url, tmp_path / "sent", 0.05) for _ in range(workers)]
        await asyncio.sleep(chance.uniform(0.05, 0.5))
        for worker in running:
            if worker.returncode is None:
                worker.send_signal(signal.SIGKILL)
            await worker.wait()
    last = [await start(database_url, tmp_path / "sent", 0) for _ in range(workers)]
    assert [await asyncio.wait_for(worker.wait(), 120) for worker in last] == [0] * workers
    await group.wire()
    async with group.database.transaction() as work:
        raised = await work.connection.execute(select(func.count()).select_from(tables.reminders))
        assert raised.scalar_one() == CASES, "each case raised once"
        for case in range(CASES):
            so_far = await work.outbox.went(f"alert{case}/")
            assert (len(so_far.delivered), so_far.failed, so_far.waiting) == (GUARDS, (), ())
            assert await work.people.asking(1, f"went{case}") == GUARDS, "each outcome known"
    sent = (tmp_path / "sent").read_text().split()
    assert len(set(sent)) == CASES * GUARDS, "the same key when it is tried again"
    await group.close()
