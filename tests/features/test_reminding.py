"""/remind: a moderator reminds the room; never refused, never about a person."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.contract.events import Place
from bot.features import reminding
from bot.storage import tables
from tests.group import PLACE, GroupUnderTest

NIGHT = datetime(2027, 1, 11, 23, 0, tzinfo=UTC)
THREAD = Place(platform="test", group="g1", channel="c1", thread="t9")


async def reminds(group: GroupUnderTest, label: str, place: Place = PLACE) -> str:
    await group.type("Mo", "/remind", place)
    await group.press("Mo", label, place)
    text = await group.press("Mo", "Post it here", place)
    await group.settle()
    return text


async def test_three_choices_first_and_the_rest_under_more(group: GroupUnderTest) -> None:
    await group.type("Mo", "/remind")
    assert group.labels("Mo") == [
        "A small reminder",
        "Story, not orders",
        "Advice was given",
        "Show more reminders",
    ]
    await group.press("Mo", "Show more reminders")
    assert "A dose was given" in group.labels("Mo")
    assert len(group.labels("Mo")) == 9


async def test_it_is_previewed_then_posted_once_without_name_ping_or_reply(group: GroupUnderTest) -> None:
    before = len(group.posts)
    await group.type("Mo", "/remind")
    text = await group.press("Mo", "Advice was given")
    assert "Thanks for wanting to help." in text
    assert len(group.posts) == before
    assert await group.press("Mo", "Post it here") == "Posted."
    await group.settle()
    [posted] = list(group.platform.messages.values())[before:]
    assert posted.text.startswith("Thanks for wanting to help.")
    assert "Mo" not in posted.text
    assert "@" not in posted.text
    assert posted.buttons == ()
    assert not posted.started


async def test_a_second_one_within_six_hours_says_why_waiting_may_be_better_and_is_never_refused(
    group: GroupUnderTest,
) -> None:
    await reminds(group, "A small reminder")
    before = len(group.posts)
    await group.pass_time(timedelta(hours=2))
    await group.type("Mo", "/remind")
    text = await group.press("Mo", "Story, not orders")
    assert "There was one here at 10am" in text
    assert "Post it anyway" in group.labels("Mo")
    assert "Post it here" not in group.labels("Mo")
    await group.press("Mo", "Post it anyway")
    await group.settle()
    assert group.posts[before:] == ["Story, not orders. Tell us what happened for you."]
    await group.pass_time(timedelta(hours=6))
    await group.type("Mo", "/remind story")
    assert "There was one here" not in await group.type("Mo", "/remind story")
    assert "Post it here" in group.labels("Mo")


async def test_two_moderators_pressing_at_once_post_one(group: GroupUnderTest) -> None:
    group.add_person("Max", moderator=True)
    before = len(group.posts)
    for name in ("Mo", "Max"):
        await group.type(name, "/remind small")
    await group.press("Mo", "Post it here")
    assert "There was one here" in await group.press("Max", "Post it here")
    await group.settle()
    assert len(group.posts) == before + 1


async def test_places_are_apart(group: GroupUnderTest) -> None:
    await reminds(group, "A small reminder")
    assert "There was one here" not in await group.type("Mo", "/remind small", THREAD)
    await group.press("Mo", "Post it here", THREAD)
    await group.settle()
    assert list(group.platform.messages.values())[-1].place == THREAD


async def test_at_night_the_moderator_sees_why_the_morning_may_be_kinder(group: GroupUnderTest) -> None:
    await group.pass_time(NIGHT - group.clock.at)
    before = len(group.posts)
    assert "It is night" in await group.type("Mo", "/remind small")
    assert "without a sound" in await group.press("Mo", "Post it anyway")
    await group.settle()
    assert len(group.posts) == before + 1
    assert list(group.platform.messages.values())[-1].silent


@pytest.mark.parametrize(
    ("country", "words"),
    [
        (
            "england",
            "Your own team or 111 can help. If you already have and feel unwell, call 111 or 999 now.",
        ),
        ("ireland", "call your local urgent care line or 112 or 999 now."),
        ("australia", "or 000 now."),
    ],
)
async def test_the_dose_wording_has_the_numbers_of_the_country(
    group: GroupUnderTest, country: str, words: str
) -> None:
    await group.type("Mo", f"/desk country {country}")
    text = await group.type("Mo", "/remind dose-given")
    assert "Please do not act on a dose or setting from this chat." in text
    assert words in text


async def test_every_wording_can_be_typed_and_posted(group: GroupUnderTest) -> None:
    for slug in (*reminding.FIRST, *reminding.MORE):
        before = len(group.posts)
        assert "how it would look" in await group.type("Mo", f"/remind {slug}")
        assert await group.type("Mo", f"/remind anyway {slug.replace('-', '_')}")
        await group.settle()
        assert len(group.posts) == before + 1


async def test_only_time_and_place_are_noted(group: GroupUnderTest) -> None:
    await reminds(group, "A small reminder")
    async with group.database.transaction() as work:
        [row] = (await work.connection.execute(select(tables.reminders))).all()
    assert set(row._mapping) == {"id", "community_id", "place", "posted_at", "by_itself"}
    assert row.place == "test/g1/c1/"


async def test_a_member_cannot_remind_the_room_and_may_ask_for_it(group: GroupUnderTest) -> None:
    before = len(group.posts)
    for typed in ("/remind", "/remind small", "/remind post small", "/remind anyway small"):
        assert "I can ask the moderators" in await group.type("Asha", typed)
    await group.settle()
    assert len(group.posts) == before


@pytest.mark.parametrize("words", ["x" * 5000, "😀", "post nonsense", "anyway nonsense", "**small**"])
async def test_an_unknown_wording_leads_to_the_choices(group: GroupUnderTest, words: str) -> None:
    before = len(group.posts)
    assert "Which reminder?" in await group.type("Mo", f"/remind {words}")
    await group.settle()
    assert len(group.posts) == before
