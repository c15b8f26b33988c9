"""Newcomers are welcomed together, kindly, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.contract.platform import Unreachable
from bot.features.names import can_be_repeated
from tests.group import PLACE, GroupUnderTest

MINUTE = timedelta(minutes=1)
NIGHT = datetime(2027, 1, 11, 23, 40, tzinfo=UTC)


def welcomes(group: GroupUnderTest) -> list[str]:
    """The welcome posts after the one that stands there since the set-up."""
    return [text for text in group.posts if text.startswith("Welcome")][1:]


async def test_joins_within_a_minute_get_one_welcome_of_five_lines(group: GroupUnderTest) -> None:
    await group.join("Nia")
    await group.pass_time(timedelta(seconds=30))
    await group.join("Oli")
    assert welcomes(group) == []
    await group.pass_time(MINUTE)
    [text] = welcomes(group)
    assert len(text.splitlines()) == 5
    assert "Reading counts as being here." in text
    assert "999" in text
    assert "Nia" not in text
    await group.join("Pat")
    await group.pass_time(MINUTE)
    assert len(welcomes(group)) == 2


async def test_many_joins_one_after_the_other_do_not_put_the_welcome_off(group: GroupUnderTest) -> None:
    for number in range(6):
        await group.join(f"New{number}")
        await group.pass_time(timedelta(seconds=15))
    assert welcomes(group)


async def test_a_welcome_has_three_buttons_and_each_of_them_works(group: GroupUnderTest) -> None:
    await group.join("Nia")
    await group.pass_time(MINUTE)
    newest = list(group.platform.messages.values())[-1]
    assert [button.label for button in newest.buttons] == ["Read the rules", "Find help", "Ask a question"]
    assert all(button.typed in newest.text or button.typed for button in newest.buttons)
    assert "Starter rules" in await group.press("Nia", "Read the rules")
    assert "What would help?" in await group.press("Nia", "Find help")
    assert "Before I save anything about you" in await group.press("Nia", "Ask a question")


async def test_a_welcome_at_night_is_silent(group: GroupUnderTest) -> None:
    await group.pass_time(NIGHT - group.clock.at)
    await group.join("Nia")
    await group.pass_time(MINUTE)
    assert len(welcomes(group)) == 1
    assert silent(group)
    await group.pass_time(timedelta(hours=12))
    await group.join("Oli")
    await group.pass_time(MINUTE)
    assert not silent(group)


def silent(group: GroupUnderTest) -> bool:
    return list(group.platform.messages.values())[-1].silent


async def test_leaving_and_joining_again_is_one_welcome(group: GroupUnderTest) -> None:
    await group.join("Nia")
    await group.pass_time(MINUTE)
    await group.leave("Nia")
    await group.join("Nia")
    await group.pass_time(MINUTE)
    assert len(welcomes(group)) == 1
    await group.pass_time(timedelta(days=31))
    await group.join("Nia")
    await group.pass_time(MINUTE)
    assert len(welcomes(group)) == 2


async def test_a_group_may_switch_welcomes_off(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk welcomes")
    assert "Welcomes are off" in await group.press("Mo", "Turn welcomes off")
    await group.join("Nia")
    await group.pass_time(MINUTE)
    assert welcomes(group) == []
    await group.type("Mo", "/desk welcomes yes")
    await group.join("Oli")
    await group.pass_time(MINUTE)
    assert len(welcomes(group)) == 1


async def test_a_member_cannot_change_how_people_are_welcomed(group: GroupUnderTest) -> None:
    assert "moderators" in await group.type("Asha", "/desk welcomes no")
    await group.join("Nia")
    await group.pass_time(MINUTE)
    assert len(welcomes(group)) == 1


async def test_names_are_used_only_if_the_group_chose_so_and_are_gone_a_minute_later(
    group: GroupUnderTest,
) -> None:
    await group.type("Mo", "/desk welcomes names yes")
    await group.join("Nia")
    await group.join("ولید")
    await group.pass_time(MINUTE)
    [text] = welcomes(group)
    assert "Nia" in text
    assert "ولید" in text
    known = group.groups.of(PLACE)
    assert known is not None
    async with group.database.transaction() as work:
        assert await work.people.take_names(known.community) == []


@pytest.mark.parametrize(
    "name",
    [
        "**Big** [free](https://a.example)",
        "@everyone",
        "www.a.example",
        "come to a.example",
        "\u202eevil",
        "😀😀",
        "",
        "   ",
        "5" * 5000,
        "x" * 33,
        "fu" + "cker",
        "Sl" + "ut 99",
        "n1gg" + "er",
        "<b>Bob</b>",
        "`code`",
        "under_score_",
        "two\nlines",
    ],
)
async def test_a_name_that_is_not_plain_is_not_repeated(group: GroupUnderTest, name: str) -> None:
    await group.type("Mo", "/desk welcomes names yes")
    group.people["new"] = replace(group.add_person("new"), name=name)
    await group.arrive("new")
    await group.pass_time(MINUTE)
    [text] = welcomes(group)
    assert text.startswith("Welcome. You")


@pytest.mark.parametrize(
    "name", ["Nia", "O'Brien", "Jean-Luc", "José", "李雷", "Zoë 7", "J. Smith", "Dick Cockburn"]
)
def test_an_ordinary_name_can_be_repeated(name: str) -> None:
    assert can_be_repeated(name)


async def test_a_group_that_is_not_set_up_welcomes_nobody(bare_group: GroupUnderTest) -> None:
    await bare_group.add_bot()
    await bare_group.join("Nia")
    await bare_group.pass_time(MINUTE)
    assert not [text for text in bare_group.posts if text.startswith("Welcome")]


async def test_a_restart_between_joining_and_welcome_loses_nothing(group: GroupUnderTest) -> None:
    await group.join("Nia")
    await group.rebuild()
    await group.pass_time(MINUTE)
    assert len(welcomes(group)) == 1


async def test_who_asked_for_it_is_welcomed_in_private_and_not_in_the_group(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk welcomes names yes")
    group.add_person("Nia")
    await group.type("Nia", "/me")
    await group.press("Nia", "Welcome me in private")
    assert "I welcome you in private" in await group.press("Nia", "Go on")
    await group.join("Nia")
    await group.join("Oli")
    await group.pass_time(MINUTE)
    [told] = group.private_texts("Nia")
    assert told.startswith("Welcome.")
    [text] = welcomes(group)
    assert "Nia" not in text
    assert "Oli" in text
    assert "Starter rules" in await group.press("Nia", "Read the rules")
    await group.join("Nia")
    await group.pass_time(MINUTE)
    assert len(group.private_texts("Nia")) == 1


async def test_who_only_allows_private_answers_is_welcomed_in_the_group(group: GroupUnderTest) -> None:
    group.add_person("Nia")
    for typed in ("/me messages welcomes", "/me go-on", "/me messages welcomes", "/me messages yes"):
        await group.type("Nia", typed)
    await group.join("Nia")
    await group.pass_time(MINUTE)
    assert group.private_texts("Nia") == []
    assert len(welcomes(group)) == 1


async def test_a_private_welcome_that_cannot_reach_its_person_stands_in_the_group(
    group: GroupUnderTest,
) -> None:
    group.add_person("Nia")
    for typed in ("/me go-on", "/me messages welcomes"):
        await group.type("Nia", typed)
    group.platform.failures = [Unreachable()]
    await group.join("Nia")
    await group.pass_time(MINUTE)
    [text] = welcomes(group)
    assert "Nia" not in text


@pytest.mark.parametrize("choice", ["no", "yes"])
async def test_a_group_without_welcomes_welcomes_nobody_in_private(
    group: GroupUnderTest, choice: str
) -> None:
    group.add_person("Nia")
    for typed in ("/me go-on", "/me messages welcomes"):
        await group.type("Nia", typed)
    await group.type("Mo", f"/desk welcomes {choice}")
    await group.join("Nia")
    await group.pass_time(MINUTE)
    assert len(group.private_texts("Nia")) == (choice == "yes")
