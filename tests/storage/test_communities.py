"""Communities, their places, settings and moderators."""

from dataclasses import replace

from bot.contract.events import Person
from bot.storage.unit_of_work import Database
from tests.storage.about import DAY, ELSEWHERE, HOUR, MO, NOW, PLACE, community


async def test_a_community_is_loaded_with_its_places_oldest_first_and_its_settings(
    database: Database,
) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.communities.add_place(id, ELSEWHERE, NOW + DAY)
        await work.communities.set(id, "country", "wales")
        await work.communities.set(id, "country", "england")
    async with database.transaction() as work:
        (row,) = await work.communities.load()
        assert (row.id, row.places, row.settings) == (id, (PLACE, ELSEWHERE), {"country": "england"})
        assert await work.communities.created_at(id) == NOW


async def test_only_what_changed_since_a_version_is_loaded(database: Database) -> None:
    first, second = await community(database), await community(database, ELSEWHERE)
    async with database.transaction() as work:
        seen = await work.communities.newest_version()
        assert await work.communities.load(newer_than=seen) == []
        assert [row.id for row in await work.communities.load(only=[second])] == [second]
    async with database.transaction() as work:
        await work.touch(first)
    async with database.transaction() as work:
        assert [row.id for row in await work.communities.load(newer_than=seen)] == [first]
        assert [row.id for row in await work.communities.load()] == [first, second]


async def test_a_place_of_another_community_moves_over(database: Database) -> None:
    first, second = await community(database), await community(database, ELSEWHERE)
    async with database.transaction() as work:
        await work.communities.add_place(first, ELSEWHERE, NOW)
        rows = {row.id: row.places for row in await work.communities.load()}
        assert rows == {first: (PLACE, ELSEWHERE), second: ()}
        assert await work.communities.of_group("other", "g2") == first
        await work.communities.move_group("other", "g2", second)
        assert await work.communities.of_group("other", "g2") == second


async def test_a_group_that_removed_the_bot_is_known_but_not_a_place_until_it_is_back(
    database: Database,
) -> None:
    id = await community(database)
    for left, places in ((NOW, ()), (None, (PLACE,))):
        async with database.transaction() as work:
            await work.communities.remove_group("test", "g1", left)
            (row,) = await work.communities.load()
            assert row.places == places
            assert await work.communities.of_group("test", "g1") == id
            assert await work.communities.of_group("other", "g1") is None


async def test_a_code_works_until_its_time_and_only_the_newest_one(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.communities.offer_code(id, "OLD", NOW + HOUR)
        await work.communities.offer_code(id, "NEW", NOW + HOUR)
        assert await work.communities.by_code("OLD", NOW) is None
        assert await work.communities.by_code("NEW", NOW) == id
        assert await work.communities.by_code("NEW", NOW + HOUR) is None


async def test_moderators_are_remembered_once_and_forgotten(database: Database) -> None:
    id = await community(database)
    second = replace(MO, id="second")
    async with database.transaction() as work:
        assert await work.communities.add_moderator(id, second, NOW + HOUR)
        assert await work.communities.add_moderator(id, MO, NOW)
        assert not await work.communities.add_moderator(id, MO, NOW + DAY)
        found = await work.communities.moderators(id)
        assert found == [
            Person(platform="test", id=who, name=MO.name, is_moderator=True) for who in ("mo", "second")
        ], "members choose by name whom to leave out of a worry"
        await work.communities.remove_moderator(id, MO)
        assert [person.id for person in await work.communities.moderators(id)] == ["second"]


async def test_deleting_a_community_leaves_nothing_of_it_and_everything_of_others(database: Database) -> None:
    first, second = await community(database), await community(database, ELSEWHERE)
    async with database.transaction() as work:
        for id in (first, second):
            await work.communities.set(id, "country", "wales")
            await work.communities.add_moderator(id, MO, NOW)
            await work.due.put(NOW, "kind", id, id)
            await work.questions.add(id, MO, "words", NOW)
            await work.people.acknowledge(id, "k", 1, NOW)
    async with database.transaction() as work:
        await work.communities.delete(first)
    async with database.transaction() as work:
        assert [row.id for row in await work.communities.load()] == [second]
        assert await work.communities.moderators(first) == []
        assert await work.questions.waiting(first) == []
        assert await work.people.acknowledged(first, "k") is None
        assert [row.community for row in await work.due.ready(NOW)] == [second]
        assert await work.questions.waiting(second)
