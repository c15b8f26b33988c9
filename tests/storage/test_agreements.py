"""Versions of the agreement: written once, found by number and by time."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.storage.agreements import Made
from bot.storage.unit_of_work import Database
from ground_rules import agreement as rules
from ground_rules.agreement import Agreement, Change, Kind, Rule, Standing, Weight
from tests.storage.about import DAY, ELSEWHERE, HOUR, NOW, community

FIRST = rules.start(
    [
        Rule(number=1, title="Kind", text="Be kind.", core=True),
        Rule(number=2, title="Quiet", text="No calls at night."),
        Rule(number=3, title="Trial", text="For now.", temporary_until=NOW + DAY),
    ],
    NOW,
)


def second(weight: Weight = Weight.MAJOR) -> Agreement:
    before = FIRST.rule(2)
    after = replace(before, text="No calls after nine.")
    return rules.adopt(FIRST, [Change(kind=Kind.CHANGE, before=before, after=after, weight=weight)], NOW)


async def test_a_version_is_read_as_it_was_written(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.agreements.add(id, FIRST, Made(at=NOW))
        await work.agreements.add(id, second(), Made(at=NOW + HOUR, vote=7, why="It is late."))
    async with database.transaction() as work:
        assert await work.agreements.version(id, 1) == FIRST
        found = await work.agreements.newest(id)
        assert found is not None
        assert (found.rules, found.starts_at, found.standing) == (
            second().rules,
            second().starts_at,
            second().standing,
        )
        (change,) = found.changes
        assert (change.kind, change.weight, change.number) == (Kind.CHANGE, Weight.MAJOR, 2)
        assert change.before is not None
        assert change.after is not None
        assert (change.before.text, change.after.text) == ("No calls at night.", "No calls after nine.")
        assert await work.agreements.made(id, 2) == Made(at=NOW + HOUR, vote=7, why="It is late.")
        assert await work.agreements.made(id, 3) is None
        assert await work.agreements.versions(id) == [2, 1]


async def test_a_version_is_in_force_from_its_first_moment(database: Database) -> None:
    id = await community(database)
    starts = second().starts_at
    async with database.transaction() as work:
        assert await work.agreements.current(id, NOW) is None
        await work.agreements.add(id, FIRST, Made(at=NOW))
        await work.agreements.add(id, second(), Made(at=NOW))
        for at, version in ((NOW, 1), (starts - HOUR / 3600, 1), (starts, 2)):
            current = await work.agreements.current(id, at)
            assert current is not None
            assert current.version == version
        assert await work.agreements.current(id, NOW - HOUR) is None


async def test_a_version_number_is_given_once(database: Database) -> None:
    id, other = await community(database), await community(database, ELSEWHERE)
    async with database.transaction() as work:
        await work.agreements.add(id, FIRST, Made(at=NOW))
        await work.agreements.add(other, FIRST, Made(at=NOW))
    with pytest.raises(IntegrityError):
        async with database.transaction() as work:
            await work.agreements.add(id, replace(FIRST, rules=FIRST.rules[:1]), Made(at=NOW))
    async with database.transaction() as work:
        assert await work.agreements.newest(id) == FIRST


async def test_numbers_of_rules_that_left_stay_used(database: Database) -> None:
    id = await community(database)
    without = rules.adopt(FIRST, [Change(kind=Kind.REMOVE, before=FIRST.rule(2))], NOW)
    async with database.transaction() as work:
        await work.agreements.add(id, FIRST, Made(at=NOW))
        await work.agreements.add(id, without, Made(at=NOW))
        assert await work.agreements.numbers_used(id) == {1, 2, 3}
        assert await work.agreements.numbers_used(id + 1) == set()
        found = await work.agreements.newest(id)
        assert found is not None
        (change,) = found.changes
        assert (change.kind, change.after) == (Kind.REMOVE, None)


async def test_a_version_waits_until_it_starts_or_a_newer_one_has(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.agreements.add(id, FIRST, Made(at=NOW))
        await work.agreements.add(id, second(), Made(at=NOW))
        assert [each.version for each in await work.agreements.waiting(id, NOW)] == [2]
        assert await work.agreements.waiting(id, second().starts_at) == []
        await work.agreements.add(id, replace(FIRST, version=3, starts_at=NOW + HOUR), Made(at=NOW))
        assert [each.version for each in await work.agreements.waiting(id, NOW)] == [3]
        assert await work.agreements.waiting(id, NOW + HOUR) == [], "the second never comes into force"


async def test_people_read_again_only_what_changes_the_meaning_once_it_is_in_force(
    database: Database,
) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.agreements.add(id, FIRST, Made(at=NOW))
        assert await work.agreements.last_major(id, NOW) is None
        await work.agreements.add(id, second(Weight.MAJOR), Made(at=NOW))
        third = replace(second(Weight.WORDING), version=3)
        await work.agreements.add(id, third, Made(at=NOW))
        assert await work.agreements.last_major(id, NOW) is None
        assert await work.agreements.last_major(id, third.starts_at) == 2


async def test_when_the_rules_were_first_agreed_is_known(database: Database) -> None:
    id = await community(database)
    agreed = replace(FIRST, standing=Standing.AGREED)
    async with database.transaction() as work:
        await work.agreements.add(id, FIRST, Made(at=NOW))
        assert await work.agreements.first_agreed_at(id) is None
        for version in (2, 3):
            await work.agreements.add(id, replace(agreed, version=version), Made(at=NOW + version * DAY))
        assert await work.agreements.first_agreed_at(id) == NOW + 2 * DAY
