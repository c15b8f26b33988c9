"""Votes on one database that several processes use, one of which may be killed."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from bot.secrecy import Secrecy
from bot.storage import tables
from bot.storage.migrate import migrate
from bot.storage.votes import Vote
from tests.features.votes import ask_group
from tests.group import Clock, GroupUnderTest, Platform
from tests.processes.worker import person

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SECRECY = Secrecy("a secret for tests")


@pytest_asyncio.fixture
async def group(database_url: str) -> AsyncIterator[GroupUnderTest]:
    """A group of 400 that is asked about its rules."""
    await migrate(database_url)
    clock = Clock()
    made = GroupUnderTest(database_url, clock, Platform(clock))
    await made.wire()
    made.size = 400
    for name in ("Mo", "Asha"):
        made.add_person(name, moderator=name == "Mo")
    await made.set_up()
    yield made
    await made.close()


async def begin(group: GroupUnderTest, what: str, at: datetime, *numbers: int) -> asyncio.subprocess.Process:
    """A worker that waits for the word to begin."""
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.processes.worker", group.url, what, at.isoformat()),
        *(str(number) for number in numbers),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**20,
    )
    assert worker.stdout is not None
    assert (await worker.stdout.readline()).strip() == b"ready"
    return worker


async def go(*workers: asyncio.subprocess.Process) -> list[str]:
    """Let all begin, and everything they said."""
    return [
        out.decode() for out, _ in await asyncio.gather(*(worker.communicate(b"go\n") for worker in workers))
    ]


def confirmed(said: str) -> list[int]:
    lines = [line.split() for line in said.splitlines()]
    return [int(line[1]) for line in lines if line and line[0] == "confirmed"]


async def voters(group: GroupUnderTest, vote: int) -> list[str]:
    async with group.database.transaction() as work:
        query = select(tables.ballots.c.voter).where(tables.ballots.c.vote_id == vote)
        return list((await work.connection.execute(query)).scalars())


async def find(group: GroupUnderTest, vote: int) -> Vote:
    async with group.database.transaction() as work:
        found = await work.votes.find(1, vote)
    assert found is not None
    return found


async def test_two_processes_close_one_vote_while_others_cast(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    closes_at = (await find(group, vote)).closes_at
    before = closes_at - timedelta(seconds=1)  # their clocks are a second late
    early = await begin(group, "cast", before, vote, 0, 20)
    (said,) = await go(early)
    assert len(confirmed(said)) == 20
    workers = [
        await begin(group, "cast", before, vote, 100, 100),
        await begin(group, "cast", before, vote, 200, 100),
        await begin(group, "close", closes_at, vote),
        await begin(group, "close", closes_at, vote),
    ]
    said_by_all = await go(*workers)
    assert all(worker.returncode == 0 for worker in workers)
    counted = 20 + sum(len(confirmed(said)) for said in said_by_all)
    closed = await find(group, vote)
    assert (closed.state, closed.taken_part, closed.nonce) == ("closed", counted, None)
    assert await voters(group, vote) == []
    async with group.database.transaction() as work:
        assert await work.agreements.versions(1) == [2, 1]
        counts = [item.counts["agree"] for item in await work.votes.items(vote)]
        assert counts == [counted] * 7
        named = select(func.count()).where(tables.outbox.c.name.startswith(f"result{vote}@"))
        assert (await work.connection.execute(named)).scalar_one() == 1


@pytest.mark.parametrize("after", [1, 37, 120])
async def test_a_kill_in_the_middle_of_casting_loses_no_confirmed_ballot(
    group: GroupUnderTest, after: int
) -> None:
    vote = await ask_group(group)
    opened = await find(group, vote)
    worker = await begin(group, "cast", group.clock(), vote, 0, 400)
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(b"go\n")
    lines = [await worker.stdout.readline() for _ in range(after)]
    worker.send_signal(signal.SIGKILL)
    lines += (await worker.stdout.read()).splitlines(keepends=True)
    await worker.wait()
    worker.stdin.close()
    heard = confirmed(b"".join(line for line in lines if line.endswith(b"\n")).decode())
    assert len(heard) >= after
    await group.rebuild()
    stored = await voters(group, vote)
    keys = {SECRECY.voter_key(opened.nonce or "", person(number)) for number in heard}
    assert keys <= set(stored)  # every confirmed ballot is there
    assert len(stored) == len(set(stored))  # and none twice
    await group.pass_time(timedelta(days=12))  # with an extension, where too few had voted by then
    closed = await find(group, vote)
    assert (closed.state, closed.taken_part) == ("closed", len(stored))
    assert sum("The vote on all the rules is over" in post for post in group.posts) == 1
    assert await voters(group, vote) == []


@pytest.mark.parametrize("round", range(4))
async def test_a_kill_in_the_middle_of_a_close_leaves_one_close(group: GroupUnderTest, round: int) -> None:
    vote = await ask_group(group)
    closes_at = (await find(group, vote)).closes_at
    await go(await begin(group, "cast", group.clock(), vote, 0, 50))
    worker = await begin(group, "close", closes_at, vote)
    assert worker.stdin is not None
    worker.stdin.write(b"go\n")
    await asyncio.sleep(0.01 * (round + 1))  # somewhere in it: each round a little later
    if worker.returncode is None:
        worker.send_signal(signal.SIGKILL)
    await worker.wait()
    worker.stdin.close()
    await group.rebuild()
    await group.pass_time(timedelta(days=8))
    closed = await find(group, vote)
    assert (closed.state, closed.taken_part, closed.nonce) == ("closed", 50, None)
    async with group.database.transaction() as work:
        assert await work.agreements.versions(1) == [2, 1]
        rows = (await work.connection.execute(select(tables.vote_items.c.counts))).scalars()
        assert [json.loads(row)["agree"] for row in rows] == [50] * 7
        named = select(func.count()).where(tables.outbox.c.name.startswith(f"result{vote}@"))
        assert (await work.connection.execute(named)).scalar_one() == 1
