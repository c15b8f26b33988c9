"""A question to the moderators: private, once, answered by one of them, found again under /me."""

from datetime import timedelta

import pytest

from bot.contract.events import Place
from tests.group import GroupUnderTest


async def asks(group: GroupUnderTest, name: str, words: str) -> str:
    await group.type(name, "/help ask")
    if group.asked(name) is None:
        await group.press(name, "Go on")
    text = await group.fill(name, words=words)
    await group.settle()
    return text


async def test_a_question_reaches_the_moderators_and_the_answer_only_its_asker(group: GroupUnderTest) -> None:
    before = len(group.posts)
    text = await asks(group, "Asha", "Is it OK to post photos?")
    assert "usually comes within a day or two" in text
    assert "nobody may be reading" in text
    assert "Is it OK to post photos?" in group.private_texts("Mo")[-1]
    assert "Asha" not in group.private_texts("Mo")[-1]
    private = Place(platform="test", group="", channel="dm-Mo")
    await group.press("Mo", "Answer question 1")
    assert "passed your answer on" in await group.fill("Mo", private, words="Yes, if they are yours.")
    await group.settle()
    assert "Yes, if they are yours." in group.private_texts("Asha")[-1]
    assert "Yes, if they are yours." in await group.type("Asha", "/me questions")
    assert "no open questions" in await group.type("Ben", "/me questions")
    assert len(group.posts) == before


async def test_the_same_question_twice_is_one_question(group: GroupUnderTest) -> None:
    await asks(group, "Asha", "When do we meet?")
    await asks(group, "Asha", "When do we meet?")
    assert len(group.private_texts("Mo")) == 1
    assert (await group.type("Mo", "/desk questions")).count("When do we meet?") == 1
    await asks(group, "Ben", "When do we meet?")
    assert len(group.private_texts("Mo")) == 2


async def test_the_first_answer_counts(group: GroupUnderTest) -> None:
    group.add_person("Max", moderator=True)
    await group.type("Max", "/desk")
    await asks(group, "Asha", "When do we meet?")
    await group.type("Mo", "/desk answer 1")
    await group.type("Max", "/desk answer 1")
    await group.fill("Mo", words="On Mondays.")
    assert "Another moderator has answered" in await group.fill("Max", words="On Fridays.")
    assert "Mondays" in await group.type("Asha", "/me questions")
    assert "Another moderator has answered" in await group.type("Max", "/desk answer 1")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("", False),
        (" \n ", False),
        ("x" * 5000, False),
        ("😀", True),
        ("**bold** [x](https://a.example) @everyone {name}", True),
        ("متى نلتقي؟", True),
    ],
)
async def test_whatever_is_typed_gets_a_clear_answer(group: GroupUnderTest, words: str, kept: bool) -> None:
    text = await asks(group, "Asha", words)
    assert ("moderators have your question" in text) == kept
    assert len(group.private_texts("Mo")) == kept
    assert not kept or words in await group.type("Asha", "/me questions")


async def test_somebody_who_wants_no_private_messages_finds_the_answer_under_me(
    group: GroupUnderTest,
) -> None:
    await asks(group, "Asha", "When do we meet?")
    await group.type("Asha", "/me messages no")
    await group.type("Mo", "/desk answer 1")
    await group.fill("Mo", words="On Mondays.")
    await group.settle()
    assert group.private_texts("Asha") == []
    assert "Mondays" in await group.type("Asha", "/me questions")


async def test_an_answer_that_cannot_be_delivered_is_never_posted_to_the_room(group: GroupUnderTest) -> None:
    before = len(group.posts)
    await asks(group, "Asha", "When do we meet?")
    assert all(tell.otherwise is None for _, tell, _ in group.platform.told)
    assert len(group.posts) == before


async def test_questions_are_deleted_after_fourteen_days(group: GroupUnderTest) -> None:
    await asks(group, "Asha", "When do we meet?")
    await group.pass_time(timedelta(days=13))
    assert "When do we meet?" in await group.type("Mo", "/desk questions")
    await group.pass_time(timedelta(days=2))
    assert "No question waits" in await group.type("Mo", "/desk questions")
    assert "not kept any more" in await group.type("Mo", "/desk answer 1")


async def test_a_member_cannot_read_or_answer_questions(group: GroupUnderTest) -> None:
    await asks(group, "Asha", "A private thing")
    for typed in ("/desk questions", "/desk answer 1"):
        text = await group.type("Ben", typed)
        assert "That is for moderators" in text
        assert "private thing" not in text


@pytest.mark.parametrize("number", ["0", "99", "9" * 30, "abc", "-1"])
async def test_a_question_that_never_was_is_said_to_be_gone(group: GroupUnderTest, number: str) -> None:
    text = await group.type("Mo", f"/desk answer {number}")
    assert text
    assert "Something went wrong" not in text
