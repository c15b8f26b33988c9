"""A database that is read-only, full, locked or gone: a clear sentence, and nothing stored is lost."""

import asyncio
import gc
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import structlog

from bot.contract.events import MemberJoined
from bot.storage.engine import make_engine
from bot.storage.unit_of_work import Database
from tests.core.test_app import sentence
from tests.group import GroupUnderTest

CANNOT_SAVE = sentence("problems.storage")


def file(group: GroupUnderTest) -> Path:
    return Path(group.url.removeprefix("sqlite:///"))


async def country(group: GroupUnderTest) -> str:
    async with group.database.transaction() as work:
        return (await work.communities.load())[0].settings["country"]


async def pragma(group: GroupUnderTest, statement: str) -> None:
    """On the only connection that this core has."""
    async with group.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute_fetchall(f"PRAGMA {statement}")


async def test_a_database_that_cannot_be_written_is_told_and_finding_help_goes_on(
    group: GroupUnderTest,
) -> None:
    await pragma(group, "query_only=ON")
    assert await group.press_payload("Mo", "1-country-wales") == CANNOT_SAVE
    assert "999" in await group.type("Asha", "/signpost")
    await pragma(group, "query_only=OFF")
    assert await country(group) == "england"
    await group.press_payload("Mo", "1-country-wales")
    assert await country(group) == "wales"


async def test_words_that_cannot_be_kept_are_given_back(group: GroupUnderTest) -> None:
    await group.press_payload("Asha", "1-ask")
    await group.press("Asha", "Go on")
    await pragma(group, "query_only=ON")
    said = await group.fill("Asha", words="How do you sleep?")
    assert said.startswith(CANNOT_SAVE)
    assert said.endswith("How do you sleep?")
    await pragma(group, "query_only=OFF")


async def test_a_full_disk_is_told_and_what_was_stored_stays(group: GroupUnderTest) -> None:
    await group.press_payload("Asha", "1-ask")
    await group.press("Asha", "Go on")
    await group.fill("Asha", words="first")
    await pragma(group, "max_page_count=1")  # it cannot grow any more
    said = [CANNOT_SAVE not in await group.fill("Asha", words=f"{n} " + "word " * 90) for n in range(200)]
    assert said.count(False) > 1, "it is full at some time"
    kept = said.count(True)
    await pragma(group, "max_page_count=1000000")
    async with group.database.transaction() as work:
        assert len(await work.questions.waiting(1)) == 1 + kept, "exactly what was confirmed"
    assert CANNOT_SAVE not in await group.fill("Asha", words="afterwards")


async def test_a_database_locked_by_another_program_is_told_and_works_again_after(
    group: GroupUnderTest,
) -> None:
    await pragma(group, "busy_timeout=20")
    with closing(sqlite3.connect(file(group), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with structlog.testing.capture_logs() as lines:
            assert await group.press_payload("Mo", "1-country-wales") == CANNOT_SAVE
        assert "SQLITE_BUSY" in lines[0]["fault"], "whoever runs the bot can see what is wrong"
        assert await group.app.receive(MemberJoined(**group.about("Ben"))) == (), "nobody asked"
        other.execute("ROLLBACK")
    await group.press_payload("Mo", "1-country-wales")
    assert await country(group) == "wales"


async def test_a_database_that_is_gone_is_told(group: GroupUnderTest) -> None:
    await group.database.close()
    folder = file(group).parent
    folder.rename(folder.with_name("moved"))
    try:
        assert await group.type("Asha", "/rules") == CANNOT_SAVE
    finally:
        folder.with_name("moved").rename(folder)
    assert (await group.type("Asha", "/rules")).startswith("Starter rules")


@pytest.mark.postgres
async def test_a_server_that_cannot_be_reached_is_told(group: GroupUnderTest) -> None:
    await group.database.close()
    nowhere = make_engine("postgresql://me@127.0.0.1:1/group")
    group.app._database = group.app._runner._database = Database(nowhere)
    assert await group.type("Asha", "/rules") == CANNOT_SAVE
    await nowhere.dispose()


# Cancelled while it connects, aiosqlite forgets the connection: from Python 3.13 on the collector says so.
@pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*sqlite3.Connection:pytest.PytestUnraisableExceptionWarning"
)
async def test_a_press_that_is_cancelled_halfway_leaves_the_database_usable(group: GroupUnderTest) -> None:
    for length in range(1, 30):
        press = asyncio.create_task(group.press_payload("Mo", "1-country-wales"))
        for _ in range(length):
            await asyncio.sleep(0)
        press.cancel()
        await asyncio.gather(press, return_exceptions=True)
    await group.press_payload("Mo", "1-country-scotland")
    assert await country(group) == "scotland"
    gc.collect()


async def test_a_fault_after_the_commit_does_not_say_that_nothing_was_changed(
    group: GroupUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*rest: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(group.groups, "reload", gone)
    assert await group.press_payload("Mo", "1-country-wales") != CANNOT_SAVE
    assert await country(group) == "wales"
    monkeypatch.undo()
    await group.groups.load(group.database)
    known = group.groups.by_id(1)
    assert known is not None
    assert known.settings.country == "wales"
