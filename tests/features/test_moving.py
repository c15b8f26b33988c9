"""A group gets a new id in the middle of everything: nothing is lost, nothing is said twice."""

from datetime import timedelta

from sqlalchemy import select

from bot.contract.actions import Post
from bot.contract.events import GroupRemoved, Place
from bot.outbox import put
from bot.storage import tables
from tests.group import PLACE, TEXTS, GroupUnderTest

NEW = Place(platform="test", group="g-new", channel="g-new")
OLD = Place(platform="test", group="g-old", channel="g-old")


async def started_in(group: GroupUnderTest, place: Place) -> None:
    await group.add_bot(place)
    for label in ("Set up this group", "England", "Adults only", "Name any moderator"):
        await group.press("Mo", label, place)
    await group.settle()


async def vote_opened(group: GroupUnderTest) -> None:
    await started_in(group, OLD)
    await group.type("Mo", "/desk", OLD)
    await group.press("Mo", "Ask the group", OLD)
    await group.settle()


async def everything(group: GroupUnderTest) -> dict[str, list[tuple[object, ...]]]:
    async with group.database.transaction() as work:
        return {
            table.name: sorted(tuple(row) for row in await work.connection.execute(select(table)))
            for table in (tables.places, tables.settings, tables.messages, tables.due, tables.outbox)
        }


async def votes(group: GroupUnderTest, name: str, place: Place) -> str:
    said = await group.press(name, "Agree to all", place)
    return await group.press(name, "Go on", place) if "Go on" in group.labels(name) else said


async def test_an_open_vote_goes_on_and_its_result_is_posted_in_the_new_place(
    bare_group: GroupUnderTest,
) -> None:
    group = bare_group
    await vote_opened(group)
    assert "Your vote is" in await votes(group, "Asha", OLD)
    await group.move(OLD, NEW)
    await group.rebuild()
    for name in ("Ben", "Cai", "Dee", "Eli"):
        assert "Your vote is" in await votes(group, name, NEW)
    await group.pass_time(timedelta(days=8))
    result = [shown for shown in group.platform.messages.values() if "5 people took part" in shown.text]
    assert [shown.place for shown in result] == [NEW]


async def test_the_old_id_is_nobodys_and_the_new_one_has_its_size(bare_group: GroupUnderTest) -> None:
    await started_in(bare_group, OLD)
    await bare_group.move(OLD, NEW)
    assert bare_group.groups.of(OLD) is None
    found = bare_group.groups.of(NEW)
    assert found is not None
    assert (found.places, dict(found.sizes)) == ((NEW,), {("test", "g-new"): 12})


async def test_hearing_of_it_twice_or_from_both_sides_changes_nothing(bare_group: GroupUnderTest) -> None:
    await vote_opened(bare_group)
    await bare_group.move(OLD, NEW)
    before = await everything(bare_group)
    await bare_group.move(OLD, NEW)
    assert await everything(bare_group) == before


async def test_the_new_group_may_have_been_heard_of_first(bare_group: GroupUnderTest) -> None:
    await started_in(bare_group, OLD)
    await bare_group.add_bot(NEW)
    await bare_group.move(OLD, NEW)
    assert "1." in await bare_group.type("Asha", "/rules", NEW)
    async with bare_group.database.transaction() as work:
        assert len((await work.connection.execute(select(tables.communities))).all()) == 1


async def test_the_old_group_may_have_removed_the_bot_first(bare_group: GroupUnderTest) -> None:
    await started_in(bare_group, OLD)
    await bare_group.receive(GroupRemoved(**bare_group.about("Mo", OLD)))
    await bare_group.move(OLD, NEW)
    await bare_group.pass_time(timedelta(days=40))
    assert "1." in await bare_group.type("Asha", "/rules", NEW)


async def test_what_waits_to_be_said_is_said_in_the_new_place_once(bare_group: GroupUnderTest) -> None:
    await started_in(bare_group, OLD)
    words = TEXTS.reader().body("setup.hello")
    async with bare_group.database.transaction() as work:
        later = bare_group.clock() + timedelta(hours=1)
        await put(work, Post(place=OLD, body=words, name="later"), 1, later, bare_group.groups)
    await bare_group.move(OLD, NEW)
    async with bare_group.database.transaction() as work:
        await put(work, Post(place=NEW, body=words, name="later"), 1, bare_group.clock(), bare_group.groups)
    await bare_group.pass_time(timedelta(hours=2))
    assert [shown.place for shown in bare_group.platform.messages.values()][-1] == NEW
    assert sum(shown.place == NEW for shown in bare_group.platform.messages.values()) == 1


async def test_a_newcomer_who_waits_for_the_welcome_gets_it_in_the_new_place(
    bare_group: GroupUnderTest,
) -> None:
    await started_in(bare_group, OLD)
    bare_group.add_person("Nia", joined_at=bare_group.clock())
    await bare_group.arrive("Nia", OLD)
    await bare_group.move(OLD, NEW)
    await bare_group.pass_time(timedelta(minutes=2))
    assert [s.place for s in bare_group.platform.messages.values() if s.keys == ("welcoming.text",)][
        -1
    ] == NEW


async def test_reminders_are_still_known_of(bare_group: GroupUnderTest) -> None:
    await started_in(bare_group, OLD)
    await bare_group.type("Mo", "/remind small", OLD)
    await bare_group.press("Mo", "Post it here", OLD)
    await bare_group.move(OLD, NEW)
    assert "There was one here" in await bare_group.type("Mo", "/remind small", NEW)


async def test_another_group_stays_where_it_is(group: GroupUnderTest) -> None:
    await started_in(group, OLD)
    await group.move(OLD, NEW)
    found = group.groups.of(PLACE)
    assert found is not None
    assert found.places == (PLACE,)


async def test_a_group_that_nobody_knows_may_move(bare_group: GroupUnderTest) -> None:
    await bare_group.move(OLD, NEW)
    assert bare_group.groups.of(NEW) is None
