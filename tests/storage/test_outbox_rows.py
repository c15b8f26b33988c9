"""Rows of the outbox: claimed by one, leased, marked done without their words."""

import asyncio
from datetime import datetime

from sqlalchemy import select

from bot.storage import tables
from bot.storage.outbox import LEASE, OutboxRow
from bot.storage.unit_of_work import Database, UnitOfWork
from tests.storage.about import DAY, HOUR, NOW, community


async def add(work: UnitOfWork, name: str | None = None, **changes: object) -> bool:
    values: dict[str, object] = {
        "community_id": 1,
        "kind": "Post",
        "action": "the words",
        "platform": "test",
        "grp": "g1",
        "started": False,
        "urgent": False,
        "due_at": NOW,
    }
    return await work.outbox.add(name=name, **{**values, **changes})


async def claim(database: Database, at: datetime = NOW, limit: int = 20) -> list[OutboxRow]:
    async with database.transaction() as work:
        return await work.outbox.claim("test", at, limit)


async def test_a_named_row_is_written_once_even_after_it_was_done(database: Database) -> None:
    async with database.transaction() as work:
        assert await add(work, "hello@1")
        assert not await add(work, "hello@1")
        assert await add(work)
        assert await add(work), "rows without a name are all different"
    rows = await claim(database)
    assert [row.name for row in rows] == ["hello@1", None, None]
    async with database.transaction() as work:
        await work.outbox.done(rows[0].id, NOW)
        assert not await add(work, "hello@1")


async def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(database: Database) -> None:
    async with database.transaction() as work:
        await add(work)
    (row,) = await claim(database)
    assert (row.attempts, row.action, row.group) == (1, "the words", "g1")
    assert await claim(database, NOW + LEASE / 2) == []
    async with database.transaction() as work:
        assert await work.outbox.next_at() == NOW + LEASE
    (again,) = await claim(database, NOW + LEASE)
    assert (again.id, again.attempts) == (row.id, 2)


async def test_several_who_claim_at_once_share_the_rows(database: Database) -> None:
    async with database.transaction() as work:
        for _ in range(12):
            await add(work)
    batches = await asyncio.gather(*(claim(database, limit=3) for _ in range(5)))
    ids = [row.id for batch in batches for row in batch]
    assert len(ids) == len(set(ids)) == 12


async def test_leases_of_an_ended_process_are_released_at_the_start(database: Database) -> None:
    async with database.transaction() as work:
        await add(work)
    (row,) = await claim(database)
    async with database.transaction() as work:
        await work.outbox.release_leases()
    assert [again.id for again in await claim(database)] == [row.id]


async def test_urgent_rows_come_first_then_the_longest_due(database: Database) -> None:
    async with database.transaction() as work:
        for name, due_at, urgent in (
            ("late", NOW, False),
            ("early", NOW - HOUR, False),
            ("now", NOW, True),
            ("next", NOW + HOUR / 60, False),
        ):
            await add(work, name, due_at=due_at, urgent=urgent)
    assert [row.name for row in await claim(database, limit=2)] == ["now", "early"]
    assert [row.name for row in await claim(database)] == ["late"]


async def test_a_row_is_claimed_for_its_own_platform_only(database: Database) -> None:
    async with database.transaction() as work:
        await add(work, platform="other")
    assert await claim(database) == []


async def test_done_erases_the_words_and_the_row_never_comes_back(database: Database) -> None:
    async with database.transaction() as work:
        await add(work, "hello@1")
    (row,) = await claim(database)
    async with database.transaction() as work:
        await work.outbox.done(row.id, NOW)
        kept = (await work.connection.execute(select(tables.outbox))).one()
        assert (kept.action, kept.done_at, kept.failed, kept.leased_until) == ("", NOW, False, None)
        assert await work.outbox.next_at() is None
        assert await work.outbox.waiting("hello") == []
        await work.outbox.rewrite("hello@1", "new words")
        assert (await work.connection.execute(select(tables.outbox.c.action))).scalar_one() == ""
        await work.outbox.forget_before(NOW)
        assert (await work.connection.execute(select(tables.outbox))).first() is not None
        await work.outbox.forget_before(NOW + HOUR)
        assert (await work.connection.execute(select(tables.outbox))).first() is None
    assert await claim(database, NOW + DAY) == []


async def test_a_postponed_row_waits_until_then(database: Database) -> None:
    async with database.transaction() as work:
        await add(work)
    (row,) = await claim(database)
    async with database.transaction() as work:
        await work.outbox.postpone(row.id, NOW + HOUR)
        assert await work.outbox.next_at() == NOW + HOUR
    assert await claim(database, NOW + HOUR / 2) == []
    assert len(await claim(database, NOW + HOUR)) == 1


async def test_waiting_words_are_found_by_the_start_of_their_name_and_put_anew(database: Database) -> None:
    async with database.transaction() as work:
        for name in ("vote1@a", "vote1@b", "vote11@a", "vote_@a"):
            await add(work, name)
        await work.outbox.rewrite("vote1@a", "new words")
        found = dict(await work.outbox.waiting("vote1@"))
        assert found == {"vote1@a": "new words", "vote1@b": "the words"}
        assert [name for name, _ in await work.outbox.waiting("vote_")] == ["vote_@a"], "_ is no wildcard"


async def test_the_budget_counts_what_was_said_or_is_being_said(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        for name in ("old@1", "new@1", "failed@1", "now@1", "undecided@1", "asking@1", "asking@2"):
            await add(work, name, started=True, community_id=id)
        await add(work, "answer@1", community_id=id)
        await add(work, "elsewhere@1", started=True, community_id=id, grp="g2")
    rows = {row.name: row for row in await claim(database)}
    ids = {name: row.id for name, row in rows.items() if name}
    async with database.transaction() as work:
        await work.outbox.done(ids["old@1"], NOW - 7 * DAY)
        await work.outbox.done(ids["new@1"], NOW - 7 * DAY + HOUR)
        await work.outbox.done(ids["failed@1"], NOW, failed=True)
        said = await work.outbox.started_since(rows["asking@1"], NOW - 7 * DAY, NOW, [ids["undecided@1"]])
    assert sorted(said) == [NOW - 7 * DAY + HOUR, NOW], "new@1, and now@1 which is under way"
