"""While a case about a place is open, the bot is quiet there."""

from datetime import timedelta

from bot.contract.actions import Post
from bot.contract.events import Place
from bot.outbox import put
from tests.features.worries import ALL_DAY, THREAD, hours, pick_up, reachable, worried
from tests.group import PLACE, GroupUnderTest

OTHER = Place(platform="test", group="g1", channel="c1", thread="t10")


async def live(group: GroupUnderTest, place: Place = THREAD) -> None:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await worried(group, "Asha", "Not sure", place)
    group.clock.at += timedelta(seconds=30)


async def close(group: GroupUnderTest) -> None:
    await pick_up(group, "Mo")
    await group.press("Mo", "Close it")
    await group.press("Mo", "Close it now")


def said_in(group: GroupUnderTest, place: Place) -> list[str]:
    return [shown.text for shown in group.platform.messages.values() if shown.place == place]


async def test_no_reminder_is_posted_there_not_even_anyway(group: GroupUnderTest) -> None:
    await live(group)
    for typed in ("/remind story", "/remind post story", "/remind anyway story"):
        assert "I post nothing of that kind here right now." in await group.type("Mo", typed, THREAD)
    await group.settle()
    assert said_in(group, THREAD) == []
    await group.type("Mo", "/remind anyway story", OTHER)
    await group.settle()
    assert len(said_in(group, OTHER)) == 1


async def test_the_refusal_tells_nobody_why(group: GroupUnderTest) -> None:
    await live(group)
    entitled = await group.type("Mo", "/remind anyway story", THREAD)
    group.add_person("Stranger", moderator=True)
    assert await group.type("Stranger", "/remind anyway story", THREAD) == entitled
    assert "case" not in entitled


async def test_no_prompt_is_posted_there(group: GroupUnderTest) -> None:
    await live(group)
    assert "I post nothing" in await group.type("Mo", "/desk prompt post hard_week", THREAD)
    await group.settle()
    assert said_in(group, THREAD) == []


async def test_nothing_that_was_planned_is_said_there_until_it_is_closed(group: GroupUnderTest) -> None:
    await live(group)
    async with group.database.transaction() as work:
        for place in (THREAD, OTHER):
            post = Post(place=place, body=group.app._texts.reader().body("rules.none"))
            await put(work, post, 1, group.clock(), group.groups, planned=True)
    await group.pass_time(timedelta(days=3))
    assert (said_in(group, THREAD), len(said_in(group, OTHER))) == ([], 1)
    await close(group)
    await group.pass_time(timedelta(hours=1))
    assert len(said_in(group, THREAD)) == 1


async def test_a_whole_channel_rests_for_a_day(group: GroupUnderTest) -> None:
    await live(group, PLACE)
    before = len(said_in(group, PLACE))
    await group.join("Hal")
    await group.pass_time(timedelta(hours=20))
    assert len(said_in(group, PLACE)) == before, "no welcome beside a worry"
    await group.pass_time(timedelta(hours=6))
    assert len(said_in(group, PLACE)) == before + 1


async def test_what_somebody_asks_for_is_said_there(group: GroupUnderTest) -> None:
    await live(group)
    async with group.database.transaction() as work:
        post = Post(place=THREAD, body=group.app._texts.reader().body("rules.none"))
        await put(work, post, 1, group.clock(), group.groups)
    await group.settle()
    assert len(said_in(group, THREAD)) == 1


async def test_no_first_message_is_said_there(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk first-message rules", THREAD)
    await live(group)
    await group.open_thread("Cai", THREAD)
    assert said_in(group, THREAD) == []
