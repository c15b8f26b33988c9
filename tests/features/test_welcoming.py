"""Newcomers are welcomed together, kindly, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

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
