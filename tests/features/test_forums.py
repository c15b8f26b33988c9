"""Ideas and votes in a forum: each a post of its own, with the talk beneath."""

from datetime import timedelta

import pytest

from bot.contract.events import Place
from tests.features.idea_steps import all_agree, pass_to, suggest_rule
from tests.group import PLACE, GroupUnderTest

FORUM = "votes"
IN_FORUM = Place(platform="test", group="g1", channel=FORUM, thread="t0")


@pytest.fixture
async def with_forum(group: GroupUnderTest) -> GroupUnderTest:
    group.platform.forums.add(FORUM)
    await group.type("Mo", "/desk vote-forum", IN_FORUM)
    assert "Votes are held in this forum" in await group.press("Mo", "Hold votes in this forum", IN_FORUM)
    return group


def places(group: GroupUnderTest, key: str) -> list[tuple[str, str | None]]:
    found = [shown for shown in group.platform.messages.values() if key in shown.keys]
    return [(shown.place.channel, shown.place.thread) for shown in found]


async def asked(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk")
    await group.press("Mo", "Ask the group")
    await group.settle()


async def test_a_vote_is_a_post_of_its_own_and_its_result_stands_there_too(
    with_forum: GroupUnderTest,
) -> None:
    group = with_forum
    await asked(group)
    [thread] = group.platform.opened
    assert thread.title == "Vote 1: all the rules"
    assert places(group, "opening.set-title") == [(FORUM, "t1")]
    where = Place(platform="test", group="g1", channel=FORUM, thread="t1")
    for name in ("Asha", "Ben", "Cai", "Dee"):
        await group.press(name, "Agree to all", where)
        assert "Your vote is" in await group.press(name, "Go on", where)
    await group.rebuild()
    await group.pass_time(timedelta(days=9))
    assert places(group, "result.title") == [("c1", None), (FORUM, "t1")]
    [ballot] = [s for s in group.platform.messages.values() if "result.ballot-closed" in s.keys or s.edited]
    assert "closed" in ballot.text.casefold() or "over" in ballot.text.casefold()


async def test_an_idea_is_a_post_and_its_vote_is_held_beneath(with_forum: GroupUnderTest) -> None:
    group = with_forum
    await suggest_rule(group)
    [thread] = group.platform.opened
    assert thread.title.startswith("Idea 1: ")
    await group.rebuild()
    await pass_to(group, "vote_opens")
    assert places(group, "opening.title") == [(FORUM, "t1")]
    await all_agree(group)
    assert (FORUM, "t1") in places(group, "result.title")
    assert len(group.platform.opened) == 1
    [card] = [s for s in group.platform.messages.values() if "ideas.title-add" in s.keys]
    assert card.edited > 0, "the idea's post is kept current"


async def test_without_the_forum_it_is_posted_where_it_was(with_forum: GroupUnderTest) -> None:
    with_forum.platform.forums.clear()
    await asked(with_forum)
    assert places(with_forum, "opening.set-title") == [("c1", None)]


async def test_a_group_may_leave_the_forum(with_forum: GroupUnderTest) -> None:
    await with_forum.press("Mo", "Hold votes where they were", IN_FORUM)
    await asked(with_forum)
    assert with_forum.platform.opened == []


async def test_the_forum_is_chosen_inside_one_of_its_posts(group: GroupUnderTest) -> None:
    assert "inside any post of the forum" in await group.type("Mo", "/desk vote-forum", PLACE)
    assert "inside any post of the forum" in await group.type("Mo", "/desk vote-forum yes", PLACE)
    assert "That is for moderators" in await group.type("Asha", "/desk vote-forum yes", IN_FORUM)
