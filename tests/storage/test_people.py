"""What is kept about a person, by key."""

from bot.storage.unit_of_work import Database
from tests.storage.about import DAY, ELSEWHERE, HOUR, KEY, NOW, community

OTHER = KEY[::-1]


async def test_nobody_is_known_before_they_went_on(database: Database) -> None:
    async with database.transaction() as work:
        assert await work.people.find(KEY) is None
        await work.people.choose(KEY, typed=True)
        assert await work.people.find(KEY) is None
        await work.people.tell(KEY, NOW)
        row = await work.people.find(KEY)
    assert row is not None
    assert (row.told_at, row.language, row.typed, row.messages) == (NOW, "", False, True)


async def test_choices_outlast_being_told_again(database: Database) -> None:
    async with database.transaction() as work:
        await work.people.tell(KEY, NOW)
        await work.people.choose(KEY, typed=True, language="cy")
        await work.people.tell(KEY, NOW + DAY)
        row = await work.people.find(KEY)
    assert row is not None
    assert (row.told_at, row.typed, row.language) == (NOW + DAY, True, "cy")


async def test_a_newcomer_is_greeted_once_in_each_community(database: Database) -> None:
    first, second = await community(database), await community(database, ELSEWHERE)
    async with database.transaction() as work:
        assert await work.people.greet(first, KEY, NOW)
        assert not await work.people.greet(first, KEY, NOW + HOUR)
        assert await work.people.greet(second, KEY, NOW + DAY)
        assert await work.people.joined_at(first, KEY) == NOW
        assert await work.people.joined_at(first, OTHER) is None
        await work.people.forget_greeted(NOW + DAY)
        assert await work.people.joined_at(first, KEY) is None
        assert await work.people.joined_at(second, KEY) == NOW + DAY


async def test_the_newest_version_read_is_kept(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        assert await work.people.acknowledged(id, KEY) is None
        for version in (1, 2):
            await work.people.acknowledge(id, KEY, version, NOW)
        assert await work.people.acknowledged(id, KEY) == 2


async def test_a_wish_counts_once_a_person_until_it_is_followed(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        assert [await work.people.ask(id, "review", key, NOW) for key in (KEY, KEY, OTHER)] == [1, 1, 2]
        assert await work.people.ask(id, "typo", KEY, NOW) == 1
        await work.people.clear_asks(id, "review")
        assert await work.people.asking(id, "review") == 0
        assert await work.people.asking(id, "typo") == 1


async def test_forgetting_takes_everything_of_one_person(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        for key in (KEY, OTHER):
            await work.people.tell(key, NOW)
            await work.people.acknowledge(id, key, 1, NOW)
            await work.people.ask(id, "review", key, NOW)
        await work.people.forget(KEY)
        assert await work.people.find(KEY) is None
        assert await work.people.acknowledged(id, KEY) is None
        assert await work.people.asking(id, "review") == 1
        assert await work.people.find(OTHER) is not None
