"""What the message watch keeps: once for a message, counted by day, answered by rule, and gone in time."""

from datetime import date

from bot.contract.events import MessageRef
from bot.storage.unit_of_work import Database, UnitOfWork
from tests.storage.about import DAY, ELSEWHERE, HOUR, NOW, PLACE, community

TODAY = date(2027, 1, 11)


async def note(work: UnitOfWork, id: int, message: MessageRef, **changes: str) -> int | None:
    values = {"rule": "you-should", "level": "quiet", "outcome": "hint", **changes}
    return await work.watch.note(id, message, **values, now=NOW)


async def test_a_message_is_noted_once_and_belongs_to_its_community(database: Database) -> None:
    id, other = await community(database), await community(database, ELSEWHERE)
    message = MessageRef(place=PLACE, id="m1")
    async with database.transaction() as work:
        row = await note(work, id, message)
        assert row is not None
        assert await note(work, id, message, rule="i-would") is None
        found = await work.watch.of_message(id, message)
        assert found is not None
        assert (found.message, found.rule, found.outcome, found.at) == (message, "you-should", "hint", NOW)
        assert await work.watch.find(other, row) is None
        assert await work.watch.of_message(other, message) is None
        assert [each.id for each in await work.watch.in_thread(id, PLACE, NOW - HOUR)] == [row]
        assert await work.watch.in_thread(id, ELSEWHERE, NOW - HOUR) == []


async def test_what_came_of_it_changes_only_from_what_was_seen(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        row = await note(work, id, MessageRef(place=PLACE, id="m1"))
        assert row is not None
        assert await work.watch.settle(id, row, "reminded", seen="hint")
        assert not await work.watch.settle(id, row, "not-advice", seen="hint")
        assert not await work.watch.settle(id + 1, row, "not-advice", seen="reminded")


async def test_counts_add_up_by_day_and_answers_by_rule(database: Database) -> None:
    id, other = await community(database), await community(database, ELSEWHERE)
    async with database.transaction() as work:
        for day in (TODAY - DAY, TODAY, TODAY):
            await work.watch.count(id, day, "hint")
        await work.watch.count(id, TODAY, "urgent")
        assert await work.watch.counts(id, TODAY - DAY) == {"hint": 3, "urgent": 1}
        assert await work.watch.counts(id, TODAY) == {"hint": 2, "urgent": 1}
        assert await work.watch.counts(id, TODAY - DAY, until=TODAY) == {"hint": 1}
        assert await work.watch.counts(other, TODAY - DAY) == {}
        for is_advice in (True, False, True):
            await work.watch.answer(id, "i-would", is_advice=is_advice)
        await work.watch.answer(id, "off", is_advice=False)
        assert await work.watch.answers(id) == {"i-would": (2, 1), "off": (0, 1)}
        await work.watch.decided(id, "i-would")
        assert await work.watch.answers(id) == {"off": (0, 1)}
        assert await work.watch.answers(other) == {}


async def test_a_rule_is_raised_for_its_time(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.watch.raise_rule(id, "off", NOW + HOUR)
        await work.watch.raise_rule(id, "off", NOW + DAY)
        assert await work.watch.raised(id, NOW + 2 * HOUR) == {"off"}
        assert await work.watch.raised(id, NOW + DAY) == frozenset()


async def test_all_of_it_goes_in_time_and_with_its_community(database: Database) -> None:
    id = await community(database)
    message = MessageRef(place=PLACE, id="m1")
    async with database.transaction() as work:
        await note(work, id, message)
        await work.watch.count(id, TODAY, "urgent")
        await work.watch.forget_before(NOW)
        assert await work.watch.of_message(id, message) is not None
        assert await work.watch.counts(id, TODAY) == {"urgent": 1}
        await work.watch.forget_before(NOW + 2 * DAY)
        assert await work.watch.of_message(id, message) is None
        assert await work.watch.counts(id, TODAY) == {}
        await note(work, id, message)
        await work.watch.answer(id, "off", is_advice=False)
        await work.communities.delete(id)
        assert await work.watch.of_message(id, message) is None
        assert await work.watch.answers(id) == {}
