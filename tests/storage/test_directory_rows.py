"""What a group did about services, and numbers that two people read."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.storage.directory_changes import Changes, load_changes
from bot.storage.number_checks import TOGETHER, Read
from bot.storage.unit_of_work import Database
from tests.storage.about import DAY, ELSEWHERE, NOW, community

TODAY = date(2027, 1, 11)
KEY = "england_116123"


async def note(
    database: Database, id: int, by: str, typed: str, *, first: bool = True, today: date = TODAY
) -> Read:
    async with database.transaction() as work:
        return await work.number_checks.note(
            id, KEY, typed=typed, live="116123", by=by, first=first, today=today
        )


async def test_two_people_who_read_the_same_make_it_checked(database: Database) -> None:
    id = await community(database)
    assert await note(database, id, "mo", "116123") is Read.FIRST
    assert await note(database, id, "mo", "116123") is Read.SAME_PERSON
    assert await note(database, id, "ben", "116123", first=False) is Read.CONFIRMED
    async with database.transaction() as work:
        row = (await work.number_checks.of(id))[KEY]
    assert (row.number, row.checked_on, row.first_by, row.second_by) == ("", TODAY, "mo", "ben")
    assert (row.typed, row.typed_by, row.differs) == ("", "", False)


async def test_another_number_counts_only_once_two_people_read_it(database: Database) -> None:
    id = await community(database)
    assert await note(database, id, "mo", "116000") is Read.FIRST
    assert await note(database, id, "ben", "116123", first=False) is Read.DIFFERS
    async with database.transaction() as work:
        row = (await work.number_checks.of(id))[KEY]
    assert (row.number, row.typed, row.typed_by, row.differs) == ("", "116000", "mo", True)
    assert await note(database, id, "eli", "116000", first=False) is Read.CONFIRMED
    async with database.transaction() as work:
        row = (await work.number_checks.of(id))[KEY]
    assert (row.number, row.differs) == ("116000", False)


async def test_a_moderator_who_reads_another_number_begins_anew(database: Database) -> None:
    id = await community(database)
    await note(database, id, "mo", "116000")
    assert await note(database, id, "nan", "116123") is Read.DIFFERS
    assert await note(database, id, "mo", "116123") is Read.CONFIRMED, "they looked again, and agree"


async def test_whoever_is_no_moderator_is_never_the_first(database: Database) -> None:
    id = await community(database)
    assert await note(database, id, "ben", "116123", first=False) is Read.NOT_FIRST
    assert await note(database, id, "mo", "116123") is Read.FIRST
    late = TODAY + TOGETHER + timedelta(days=1)
    assert await note(database, id, "ben", "116123", first=False, today=late) is Read.NOT_FIRST
    assert await note(database, id, "nan", "116123", today=late) is Read.FIRST


async def test_of_two_people_at_once_one_is_second(database: Database) -> None:
    id = await community(database)
    outcomes = await asyncio.gather(*(note(database, id, who, "116123") for who in ("mo", "nan")))
    assert sorted(outcomes) == [Read.CONFIRMED, Read.FIRST]


async def test_a_number_that_fails_comes_back_when_two_people_read_it(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.number_checks.breaks(id, KEY, True)
        assert (await work.number_checks.of(id))[KEY].broken
    await note(database, id, "mo", "116123")
    await note(database, id, "nan", "116123")
    async with database.transaction() as work:
        assert not (await work.number_checks.of(id))[KEY].broken


async def test_who_checked_goes_and_that_it_was_checked_stays(database: Database) -> None:
    id = await community(database)
    await note(database, id, "mo", "116123")
    await note(database, id, "ben", "116123", first=False)
    async with database.transaction() as work:
        await work.directory.checked(id, "shout", "ben", TODAY)
        assert (await work.number_checks.checks_by("ben"), await work.directory.checks_by("ben")) == (1, 1)
        await work.number_checks.forget("ben")
        await work.directory.forget("ben")
        assert (await work.number_checks.checks_by("ben"), await work.directory.checks_by("ben")) == (0, 0)
        row = (await work.number_checks.of(id))[KEY]
        assert (row.checked_on, row.first_by, row.second_by) == (TODAY, "mo", "")
        assert (await work.directory.load([id]))[id][0].checked_on == TODAY


async def test_what_waits_for_a_second_person_goes_with_the_first(database: Database) -> None:
    id = await community(database)
    await note(database, id, "mo", "116123")
    async with database.transaction() as work:
        await work.number_checks.forget("mo")
    assert await note(database, id, "mo", "116123") is Read.FIRST, "nothing is left of it"


async def test_a_report_is_kept_once_until_somebody_looked(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        assert await work.directory.report(id, "shout", NOW)
        assert not await work.directory.report(id, "shout", NOW + DAY)
        (row,) = (await work.directory.load())[id]
        assert row.reported_at == NOW
        await work.directory.settle(id, "shout")
        assert await work.directory.report(id, "shout", NOW + DAY)


@pytest.mark.parametrize("how", ["put", "hide", "breaks", "checked"])
async def test_whatever_a_moderator_does_settles_a_report(database: Database, how: str) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.directory.report(id, "shout", NOW)
        match how:
            case "put":
                await work.directory.put(id, [("shout", "words")])
            case "hide":
                await work.directory.hide(id, "shout", True)
            case "breaks":
                await work.directory.breaks(id, "shout")
            case _:
                await work.directory.checked(id, "shout", "mo", TODAY)
        (row,) = (await work.directory.load())[id]
        assert row.reported_at is None


async def test_changes_are_of_one_community_and_go_with_it(database: Database) -> None:
    id, other = await community(database), await community(database, ELSEWHERE)
    await note(database, id, "mo", "116123")
    async with database.transaction() as work:
        await work.directory.put(id, [("own-cafe", "words"), ("own-walk", "words")])
        assert set(await load_changes(work.connection)) == {id}
        assert await load_changes(work.connection, [other]) == {}
        changes = (await load_changes(work.connection, [id]))[id]
        assert changes.entry("own-cafe").content == "words"
        assert changes.entry("nothing").content == ""
        assert await work.directory.take_back(id, "own-cafe")
        assert not await work.directory.take_back(id, "own-cafe")
        await work.communities.delete(id)
        assert await load_changes(work.connection) == {}
    assert Changes().number("x").checked_on is None


async def test_a_community_that_joins_another_brings_its_own_entries(database: Database) -> None:
    old, new = await community(database), await community(database, ELSEWHERE)
    async with database.transaction() as work:
        await work.directory.put(old, [("own-cafe", "old"), ("own-walk", "old")])
        await work.directory.put(new, [("own-cafe", "new")])
        await work.directory.merge(old, new)
        rows = (await work.directory.load([new]))[new]
    assert [(row.id, row.content) for row in rows] == [("own-cafe", "new"), ("own-walk", "old")]
