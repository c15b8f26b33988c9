"""Nine prompts: a moderator chooses, edits and posts, and goes first."""

import pytest

from bot.features.prompts import ALL
from tests.group import GroupUnderTest


async def test_a_moderator_chooses_one_of_nine_posts_it_and_is_asked_to_go_first(
    group: GroupUnderTest,
) -> None:
    labels = []
    for kind in ("Something hard", "Something good", "Something ordinary"):
        await group.type("Mo", "/desk prompts")
        await group.press("Mo", kind)
        labels += group.labels("Mo")[:-1]
    assert len(set(labels)) == len(ALL) == 9
    before = len(group.posts)
    await group.type("Mo", "/desk prompts hard")
    assert "You go first" in await group.press("Mo", "A hard week")
    assert len(group.posts) == before
    assert "You go first" in await group.press("Mo", "Post this prompt")
    await group.settle()
    [posted] = list(group.platform.messages.values())[before:]
    assert posted.text.startswith("What did Type 1 make harder this week?")
    assert not posted.started


async def test_its_words_can_be_changed_first(group: GroupUnderTest) -> None:
    before = len(group.posts)
    await group.type("Mo", "/desk prompt good_proud")
    await group.press("Mo", "Change its words")
    asked = group.asked("Mo")
    assert asked is not None
    assert asked.fields[0].value.startswith("What is one thing you are proud of")
    await group.fill("Mo", words="What **small** thing went well? 😀 متى")
    await group.settle()
    [posted] = group.posts[before:]
    assert posted.strip("\u2068\u2069") == "What **small** thing went well? 😀 متى"


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 5000])
async def test_no_words_or_too_many_post_nothing(group: GroupUnderTest, words: str) -> None:
    before = len(group.posts)
    await group.type("Mo", "/desk prompt edit good_proud")
    assert "I posted nothing" in await group.fill("Mo", words=words)
    await group.settle()
    assert len(group.posts) == before


async def test_every_prompt_can_be_typed(group: GroupUnderTest) -> None:
    for slug in ALL:
        before = len(group.posts)
        await group.type("Mo", f"/desk prompt post {slug.replace('-', '_')}")
        await group.settle()
        assert len(group.posts) == before + 1
    for typed in ("post nonsense", "edit nonsense", "nonsense"):
        assert "What kind of prompt?" in await group.type("Mo", f"/desk prompt {typed}")


async def test_a_member_cannot_post_a_prompt(group: GroupUnderTest) -> None:
    before = len(group.posts)
    assert "That is for moderators" in await group.type("Asha", "/desk prompt post good_proud")
    await group.settle()
    assert len(group.posts) == before
