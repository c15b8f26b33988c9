"""The message watch in two processes, or in one that is killed: no thread is reminded twice."""

import signal
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.storage import tables
from tests.features.test_hints import watching
from tests.features.test_secrecy import found
from tests.group import GroupUnderTest
from tests.processes.test_votes import begin, go, group

__all__ = ["group"]
pytestmark = pytest.mark.slow


async def reminded(group: GroupUnderTest) -> list[str]:
    """Where the bot posted a reminder by itself, as far as the outbox knows."""
    table = tables.outbox
    async with group.database.transaction() as work:
        rows = await work.connection.execute(select(table.c.name).where(table.c.name.startswith("watch")))
        return [name.rpartition("/")[2] for name in rows.scalars()]


async def test_two_processes_that_hear_the_same_remind_once(group: GroupUnderTest) -> None:
    await watching(group, "room")
    at = group.clock.at
    await go(*[await begin(group, "talk", at, 0, 0, 20) for _ in range(2)])
    threads = await reminded(group)
    assert len(threads) == len(set(threads)) == 4
    assert threads.count("busy") <= 1


async def test_a_killed_process_leaves_no_words_and_its_successor_reminds_once(
    group: GroupUnderTest, tmp_path: Path
) -> None:
    await watching(group, "room")
    for _ in range(3):
        worker = await begin(group, "talk", group.clock.at, 0, 0, 40)
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(b"go\n")
        await worker.stdin.drain()
        await worker.stdout.readline()
        worker.send_signal(signal.SIGKILL)
        await worker.communicate()
    threads = await reminded(group)
    assert 0 < len(threads) == len(set(threads)) <= 4
    if group.engine.dialect.name == "sqlite":
        assert found(tmp_path, "busy"), "what is kept can be found in the files"
    assert found(tmp_path, "marigold", "basal") == []
