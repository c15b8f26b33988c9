"""/help: one short screen, and everything else a word away."""

import re

import pytest

from bot.commands import COMMANDS
from bot.contract.command import Who
from tests.group import GroupUnderTest


async def test_help_alone_is_one_short_screen_whose_buttons_all_work(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/help")
    assert len(text) < 200
    for label in group.labels("Asha"):
        await group.type("Asha", "/help")
        assert await group.press("Asha", label)


async def test_about_says_what_to_expect_and_what_not_with_the_disclaimer(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/help about")
    for part in (
        "What you can expect",
        "What you cannot expect",
        "Call 999",
        "No one outside checks or approves us",
    ):
        assert part in text
    assert "write to any moderator here" in text


async def test_a_nurse_gets_a_leaflet_of_at_most_150_words_to_copy(group: GroupUnderTest) -> None:
    await group.type("Asha", "/help about")
    text = await group.press("Asha", "Copy for a leaflet")
    assert len(text.split()) <= 150
    for part in (
        "not instead of it",
        "medical advice",
        "call 999",
        "No one outside checks",
        "To get in touch",
    ):
        assert part in text
    assert "*" not in text


@pytest.mark.parametrize("contact", ["Jo, 01234 567890", "a " * 100])
async def test_a_leaflet_keeps_to_150_words_whatever_the_contact_and_the_country(
    group: GroupUnderTest, contact: str
) -> None:
    await group.press_payload("Mo", "1-country-elsewhere")
    await group.type("Mo", "/desk change contact")
    await group.press("Mo", "Write a contact")
    await group.fill("Mo", contact=contact)
    text = await group.type("Asha", "/help leaflet")
    assert len(text.split()) <= 150
    assert ("01234 567890" in text) is ("Jo" in contact)


async def test_all_six_principles_in_plain_words(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/help principles")
    assert len(text.split("\n\n")) == 8


async def test_information_or_advice_has_worked_examples_and_two_ways_on(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/help information or advice")
    assert text.count("Instead of:") == text.count("You could say:") == 2
    assert "Telling someone to get urgent help is always OK" in text
    assert "Three ways to start" in await group.press("Asha", "Say it as your story")
    assert "Three questions" in await group.type("Asha", "/help my team")
    await group.type("Asha", "/help information or advice")
    seen = {text}
    for _ in range(5):
        seen.add(await group.press("Asha", "More examples"))
    assert len(seen) == 6
    assert any("call 999 or 111 now" in text for text in seen)


async def test_commands_are_those_that_are_on_here_and_that_one_may_use(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/help commands")
    assert set(re.findall(r"^/([a-z-]+)", text, re.MULTILINE)) == {
        row.name for row in COMMANDS if row.who is Who.MEMBERS
    }
    assert "/remind" in await group.type("Mo", "/help commands")


async def test_typing_tells_how_to_do_without_buttons(group: GroupUnderTest) -> None:
    assert "Every button can be typed" in await group.type("Asha", "/help typing")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ADVICE", "Information or advice?"),
        ("what can you do?", "What you can expect"),
        ("buttons", "Every button can be typed"),
        ("moderator", "They have one vote each"),
        ("x" * 5000, "I do not know that word"),
        ("😀", "I do not know that word"),
        ("**about**", "I do not know that word"),
        ("", "Type /rules"),
        ("examples 99999999", "Instead of:"),
        ("examples x", "Instead of:"),
        ("I am low, what do I do?", "Call 999."),
        ("sick", "Sick days"),
        ("suicide", "Samaritans"),
        ("worried about someone", "Samaritans"),
        ("I cannot cope", "Samaritans"),
    ],
)
async def test_a_word_finds_its_screen_or_an_honest_answer(
    group: GroupUnderTest, words: str, found: str
) -> None:
    assert found in await group.type("Asha", f"/help {words}")
