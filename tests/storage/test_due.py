"""What is due: written once, moved, claimed once."""

import asyncio
from zoneinfo import ZoneInfo

from bot.storage.unit_of_work import Database
from tests.storage.about import DAY, HOUR, NOW, community


async def test_a_row_is_due_from_its_moment_and_the_longest_overdue_comes_first(database: Database) -> None:
    async with database.transaction() as work:
        await work.due.put(NOW, "close", 1)
        await work.due.put(NOW - HOUR, "open", 2)
        assert await work.due.next_at() == NOW - HOUR
        assert [row.kind for row in await work.due.ready(NOW)] == ["open", "close"]
        assert [row.kind for row in await work.due.ready(NOW, limit=1)] == ["open"]
        assert [row.kind for row in await work.due.ready(NOW - HOUR / 60)] == ["open"]


async def test_the_same_kind_and_subject_is_moved_never_doubled(database: Database) -> None:
    async with database.transaction() as work:
        await work.due.put(NOW, "close", 1)
        (seen,) = await work.due.ready(NOW)
        await work.due.put(NOW + DAY, "close", "1")
        assert await work.due.at("close", 1) == NOW + DAY
        assert await work.due.ready(NOW) == []
        assert not await work.due.claim(seen.id, "close", "1", NOW), "it moved: not due yet"
        assert await work.due.claim(seen.id, "close", "1", NOW + DAY)


async def test_a_row_is_claimed_once(database: Database) -> None:
    async with database.transaction() as work:
        await work.due.put(NOW, "close", 1)
        (row,) = await work.due.ready(NOW)

    async def claim() -> bool:
        async with database.transaction() as work:
            return await work.due.claim(row.id, row.kind, row.subject, NOW)

    assert sorted(await asyncio.gather(claim(), claim(), claim())) == [False, False, True]


async def test_a_number_used_again_is_not_taken_for_the_row_before(database: Database) -> None:
    async with database.transaction() as work:
        await work.due.put(NOW, "close", 1)
        (old,) = await work.due.ready(NOW)
        await work.due.drop("close", 1)
        await work.due.put(NOW, "close", 2)  # SQLite gives it the same id
        assert not await work.due.claim(old.id, old.kind, old.subject, NOW)
        assert await work.due.at("close", 2) == NOW


async def test_a_claim_that_is_rolled_back_never_happened(database: Database) -> None:
    async with database.transaction() as work:
        await work.due.put(NOW, "close", 1)
        (row,) = await work.due.ready(NOW)
    try:
        async with database.transaction() as work:
            assert await work.due.claim(row.id, row.kind, row.subject, NOW)
            raise RuntimeError("the feature failed")
    except RuntimeError:
        pass
    async with database.transaction() as work:
        assert await work.due.ready(NOW) == [row]


async def test_days_on_which_the_bot_posts_are_taken_in_the_groups_own_time(database: Database) -> None:
    zone = ZoneInfo("Pacific/Auckland")
    id = await community(database)
    async with database.transaction() as work:
        await work.due.put(NOW + HOUR, "open", 1, id, posts=True)  # 11 January in London, the 12th there
        await work.due.put(NOW + 3 * DAY, "note", 1, id)
        await work.due.put(NOW + 2 * DAY, "open", 2, id + 1, posts=True)
        taken = await work.due.days_taken(id, zone, NOW)
        assert [day.isoformat() for day in taken] == ["2027-01-12"]
        assert [row.kind for row in await work.due.upcoming(id)] == ["open", "note"]
