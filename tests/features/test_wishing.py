"""A member asks for a gentle reminder: it reaches the moderators, and never who asked."""

from datetime import timedelta

from sqlalchemy import select

from bot.contract.events import Place
from bot.storage import tables
from tests.group import PLACE, GroupUnderTest

THREAD = Place(platform="test", group="g1", channel="c1", thread="t9")


async def asks(group: GroupUnderTest, name: str, place: Place = PLACE) -> str:
    await group.type(name, "/remind", place)
    said = await group.press(name, "Ask the moderators", place)
    said = await group.press(name, "Go on", place) if "Go on" in group.labels(name) else said
    await group.settle()
    return said


async def test_moderators_hear_of_it_and_not_who_asked(group: GroupUnderTest) -> None:
    assert "I have asked the moderators" in await asks(group, "Asha")
    [told] = group.private_texts("Mo")
    assert "Somebody would like a gentle reminder" in told
    assert "Asha" not in told


async def test_the_moderator_posts_one_where_it_was_wished_for(group: GroupUnderTest) -> None:
    await asks(group, "Asha", THREAD)
    said = await group.press("Mo", "Choose a reminder")
    assert "A small reminder: we share" in said
    await group.press("Mo", "Story, not orders")
    await group.settle()
    last = list(group.platform.messages.values())[-1]
    assert (last.text, last.place) == ("Story, not orders. Tell us what happened for you.", THREAD)
    assert "has been looked after" in await group.type("Mo", "/remind there 1")


async def test_it_waits_on_the_desk_until_somebody_looked(group: GroupUnderTest) -> None:
    await asks(group, "Asha")
    group.platform.told.clear()
    assert "Somebody would like a gentle reminder" in await group.type("Mo", "/desk")
    await group.press("Mo", "Choose a reminder")
    assert "I post nothing" in await group.press("Mo", "Post nothing")
    assert "gentle reminder" not in await group.type("Mo", "/desk")


async def test_each_person_asks_once_a_day_and_is_not_scolded(group: GroupUnderTest) -> None:
    await asks(group, "Asha")
    assert "You asked today" in await asks(group, "Asha", THREAD)
    assert len(group.private_texts("Mo")) == 1
    assert "I have asked" in await asks(group, "Ben", THREAD)
    await group.pass_time(timedelta(days=1, minutes=1))
    assert "I have asked" in await asks(group, "Asha")


async def test_what_is_kept_goes_after_a_day(group: GroupUnderTest) -> None:
    await asks(group, "Asha")
    await group.pass_time(timedelta(days=3))
    await group.pass_time(timedelta(days=1))
    async with group.database.transaction() as work:
        for table in (tables.asks, tables.reminder_wishes):
            assert (await work.connection.execute(select(table))).all() == []


async def test_nothing_is_kept_of_who_only_looked(group: GroupUnderTest) -> None:
    await group.type("Asha", "/remind")
    await group.type("Ben", "/remind")
    async with group.database.transaction() as work:
        assert (await work.connection.execute(select(tables.asks))).all() == []
        assert len((await work.connection.execute(select(tables.reminder_wishes))).all()) == 1


async def test_members_do_not_post_what_was_wished_for(group: GroupUnderTest) -> None:
    await asks(group, "Asha")
    for typed in ("/remind there 1", "/remind here 1 small", "/remind leave 1"):
        assert "That is for moderators" in await group.type("Ben", typed)


async def test_numbers_that_are_none_change_nothing(group: GroupUnderTest) -> None:
    for number in ("0", "99", "999999999999"):
        assert await group.type("Mo", f"/remind there {number}")
        assert await group.type("Mo", f"/remind here {number} small")
        assert await group.type("Asha", f"/remind ask {number}")


def stands(group: GroupUnderTest, place: Place = THREAD) -> list[str]:
    return [shown.text for shown in group.platform.messages.values() if shown.place == place]


async def test_two_who_ask_in_one_thread_within_an_hour_are_heard_without_a_moderator(
    group: GroupUnderTest,
) -> None:
    await asks(group, "Asha", THREAD)
    await group.pass_time(timedelta(minutes=59))
    assert stands(group) == []
    assert "I have posted a gentle reminder there" in await asks(group, "Ben", THREAD)
    assert "gentle reminder" not in await group.type("Mo", "/desk")
    assert "I have asked the moderators" in await asks(group, "Cai", THREAD)
    [text] = stands(group)
    assert text.startswith("A small reminder")


async def test_both_may_have_looked_before_either_asked(group: GroupUnderTest) -> None:
    await group.type("Asha", "/remind", THREAD)
    await group.type("Ben", "/remind", THREAD)
    for name in ("Asha", "Ben"):
        await group.press(name, "Ask the moderators", THREAD)
        await group.press(name, "Go on", THREAD)
    await group.settle()
    assert len(stands(group)) == 1


async def test_one_person_alone_an_hour_apart_or_two_threads_are_for_moderators(
    group: GroupUnderTest,
) -> None:
    await asks(group, "Asha", THREAD)
    await asks(group, "Asha", THREAD)
    await asks(group, "Ben")
    await group.pass_time(timedelta(hours=1, minutes=1))
    await asks(group, "Cai", THREAD)
    assert stands(group) == []


async def test_a_moderator_who_answered_first_is_not_outdone(group: GroupUnderTest) -> None:
    await asks(group, "Asha", THREAD)
    await group.press("Mo", "Choose a reminder")
    await group.press("Mo", "Post nothing")
    await asks(group, "Ben", THREAD)
    assert stands(group) == []


async def test_at_night_two_who_ask_wait_for_a_moderator(group: GroupUnderTest) -> None:
    await group.pass_time(timedelta(hours=13))  # 23:00
    await asks(group, "Asha", THREAD)
    assert "I have asked the moderators" in await asks(group, "Ben", THREAD)
    assert stands(group) == []


async def test_a_thread_hears_it_once_in_six_hours(group: GroupUnderTest) -> None:
    for pair in (("Asha", "Ben"), ("Cai", "Dee")):
        for name in pair:
            await asks(group, name, THREAD)
        await group.pass_time(timedelta(hours=1))
    assert len(stands(group)) == 1
    await group.pass_time(timedelta(hours=4))
    for name in ("Eli", "Fay"):
        await asks(group, name, THREAD)
    assert len(stands(group)) == 2
    assert len(set(stands(group))) == 2


async def test_a_group_hears_four_a_day_whoever_asks(group: GroupUnderTest) -> None:
    for number in range(5):
        where = Place(platform="test", group="g1", channel="c1", thread=f"n{number}")
        for name in (f"One{number}", f"Two{number}"):
            group.add_person(name)
            await asks(group, name, where)
        assert len(stands(group, where)) == (1 if number < 4 else 0)
