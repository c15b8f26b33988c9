"""A place refuses the bot: posts wait for it, moderators see what is missing, and it mends itself."""

from datetime import timedelta

import pytest

from bot.contract.actions import Post
from bot.contract.events import Place, PlaceOpened, PlaceRefused
from bot.contract.platform import Unreachable
from bot.outbox import put
from tests.group import PLACE, TEXTS, GroupUnderTest

DAY = timedelta(days=1)
ELSEWHERE = Place(platform="test", group="g1", channel="c9")


async def refuses(group: GroupUnderTest, *missing: str, called: str = "#general") -> None:
    await group.receive(PlaceRefused(**group.about("Bot"), missing=missing, called=called))
    await group.settle()


async def says(group: GroupUnderTest, place: Place = PLACE) -> None:
    async with group.database.transaction() as work:
        body = TEXTS.reader().body("setup.hello")
        await put(work, Post(place=place, body=body), 1, group.clock(), group.groups)


@pytest.fixture
def refused(group: GroupUnderTest) -> GroupUnderTest:
    group.add_person("Bot")
    return group


async def test_moderators_are_told_once_what_is_missing_and_how_to_mend_it(refused: GroupUnderTest) -> None:
    for _ in range(3):
        await refuses(refused, "send_messages")
    [told] = refused.private_texts("Mo")
    assert "I may not write in #general" in told
    assert "allow my role to send messages there" in told
    assert "#general" in await refused.type("Mo", "/desk")


async def test_what_is_to_be_said_there_is_tried_once_a_day_and_said_when_it_works(
    refused: GroupUnderTest,
) -> None:
    before = len(refused.posts)
    refused.platform.failures = [Unreachable() for _ in range(3)]
    await says(refused)
    await refused.pass_time(2 * DAY + timedelta(hours=1))
    assert (len(refused.posts), refused.platform.failures) == (before, [])
    await refused.pass_time(DAY)
    assert len(refused.posts) == before + 1
    assert "I may not write" not in await refused.type("Mo", "/desk")


async def test_once_it_works_again_everything_is_said_at_once(refused: GroupUnderTest) -> None:
    refused.platform.failures = [Unreachable()]
    await says(refused)
    await refused.settle()
    before = len(refused.posts)
    await refused.receive(PlaceOpened(**refused.about("Bot")))
    await refused.settle()
    assert len(refused.posts) == before + 1


async def test_a_moderator_says_try_again(refused: GroupUnderTest) -> None:
    await refuses(refused, "view_channel")
    refused.platform.failures = [Unreachable()]
    await says(refused)
    await refused.settle()
    before = len(refused.posts)
    await refused.type("Mo", "/desk")
    assert "I am trying again" in await refused.press("Mo", "Try again now")
    await refused.settle()
    assert len(refused.posts) == before + 1


async def test_after_a_week_it_is_given_up(refused: GroupUnderTest) -> None:
    before = len(refused.posts)
    refused.platform.failures = [Unreachable() for _ in range(50)]
    await says(refused)
    await refused.pass_time(20 * DAY)
    assert len(refused.platform.failures) > 35
    refused.platform.failures = []
    await refused.pass_time(2 * DAY)
    assert not any("I help this group" in text for text in refused.posts[before:])


async def test_a_place_where_the_bot_only_answered_is_not_waited_for(refused: GroupUnderTest) -> None:
    refused.platform.failures = [Unreachable()]
    await says(refused, ELSEWHERE)
    await refused.pass_time(3 * DAY)
    assert not any(shown.place == ELSEWHERE for shown in refused.platform.messages.values())
    assert "I may not write" not in await refused.type("Mo", "/desk")


async def test_a_group_that_nobody_knows_may_refuse(bare_group: GroupUnderTest) -> None:
    bare_group.add_person("Bot")
    await refuses(bare_group, "send_messages")
    assert await bare_group.receive(PlaceOpened(**bare_group.about("Bot"))) == ()
    assert bare_group.posts == []
