"""The five doors, asking for somebody else, narrowing an answer, and showing it to everyone in a thread."""

import sqlite3
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text as sql

from bot.directory.asked import OTHERS
from bot.features.signpost_doors import TOPICS
from tests.group import DIRECTORY, PLACE, GroupUnderTest

DOORS = [
    "Urgent help now",
    "Diabetes and supplies",
    "Feeling low or alone",
    "Work, school, money, family",
    "I ask for someone else",
]
PRIVATE = replace(PLACE, group="", channel="dm-Asha")
THREAD = replace(PLACE, thread="t9")


async def test_without_a_topic_there_are_five_doors(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/signpost")
    assert group.labels("Asha") == DOORS
    assert "call 999" in text


async def test_behind_the_urgent_door_the_numbers_come_before_the_topics(group: GroupUnderTest) -> None:
    await group.type("Asha", "/signpost")
    text = await group.press("Asha", "Urgent help now")
    assert text.startswith("Life at risk: call 999 now.")
    assert text.index("116 123") < text.index("SHOUT to 85258")
    assert "In crisis" in group.labels("Asha")


async def test_every_topic_stands_behind_some_door_that_can_be_reached_by_pressing(
    group: GroupUnderTest,
) -> None:
    assert {topic for topics in TOPICS.values() for topic in topics} == set(DIRECTORY.topics)
    for door in DOORS[1:4]:
        await group.type("Asha", "/signpost")
        await group.press("Asha", door)
        screens = 1
        while "Show other topics" in group.labels("Asha"):
            await group.press("Asha", "Show other topics")
            screens += 1
        assert screens == 3
        assert "BSL and text relay" in group.labels("Asha")


@pytest.mark.parametrize("label", ["Help a friend", "Help my partner", "Help my child"])
async def test_who_asks_for_somebody_else_gets_a_line_for_themselves_too(
    group: GroupUnderTest, label: str
) -> None:
    await group.type("Asha", "/signpost")
    assert "call 999 for them" in await group.press("Asha", "I ask for someone else")
    assert "call 999 for them" in await group.press("Asha", label)
    text = await group.press("Asha", "In crisis")
    first, second, third, *_ = text.split("\n\n")
    assert (first, "999" in second) == ("In crisis", True)
    assert "You can use them too" in third
    assert "And for you" in text
    assert "You can call Samaritans for yourself too, on 116 123" in text
    assert text.endswith("If this does not work, call 999.")


async def test_a_parent_is_shown_what_children_and_worried_parents_use(group: GroupUnderTest) -> None:
    await group.type("Asha", "/signpost self-harm child scotland")
    asked = DIRECTORY.asked("self-harm child scotland")
    assert asked.wanted == "parents"
    assert "And for you" in await group.type("Asha", "/signpost my son is hurting himself")


async def test_for_somebody_else_there_is_an_answer_in_every_country(group: GroupUnderTest) -> None:
    for country in DIRECTORY.countries.values():
        named = country.names[0] if country.names else ""
        for whom in OTHERS:
            for topic in TOPICS["other"]:
                text = await group.type("Asha", f"/signpost {topic} {whom} {named}")
                assert "call" in text.casefold() or "https://" in text or "have no link" in text
                assert ("And for you" in text) or topic not in DIRECTORY.crisis_topics


async def test_another_country_can_be_typed_or_chosen(group: GroupUnderTest) -> None:
    assert "press 2" in await group.type("Asha", "/signpost crisis wales")
    await group.press("Asha", "Narrow this")
    await group.press("Asha", "Choose another country")
    text = await group.press("Asha", "New Zealand")
    assert text.split("\n\n")[1] == "Life at risk: call 111 now."
    assert text.endswith("If this does not work, call 111.")
    assert "999" not in text


async def test_where_the_country_is_not_known_it_can_be_chosen_at_once(bare_group: GroupUnderTest) -> None:
    text = await bare_group.type("Asha", "/signpost crisis", PRIVATE)
    assert "findahelpline.com" in text
    await bare_group.press("Asha", "Choose your country", PRIVATE)
    assert "116 123" in await bare_group.press("Asha", "Ireland", PRIVATE)


async def test_an_answer_can_be_narrowed_to_what_needs_no_speaking_or_to_signing(
    group: GroupUnderTest,
) -> None:
    await group.type("Asha", "/signpost mental health")
    await group.press("Asha", "Narrow this")
    text = await group.press("Asha", "Show help without speaking")
    assert "SHOUT to 85258" in text
    await group.press("Asha", "Narrow this")
    text = await group.press("Asha", "Show sign language and relay")
    assert "18001 111" in text


async def test_an_answer_can_be_narrowed_to_an_age_or_a_language(group: GroupUnderTest) -> None:
    await group.type("Asha", "/signpost school")
    assert "Childline" not in await group.type("Asha", "/signpost school")
    await group.press("Asha", "Narrow this")
    await group.press("Asha", "Choose an age or a role")
    assert "Childline" in await group.press("Asha", "Someone under 18")
    await group.type("Asha", "/signpost crisis")
    await group.press("Asha", "Narrow this")
    await group.press("Asha", "Choose a language")
    text = await group.press("Asha", "Welsh")
    assert "Welsh" in text
    assert "Shout" not in text.replace("SHOUT", "")


async def test_if_nothing_fits_all_of_it_the_nearest_is_shown_and_that_is_said(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/signpost work welsh")
    assert "Citizens Advice" in text
    assert "Nothing we know fits all of that" in text
    text = await group.type("Asha", "/signpost crisis bengali")
    assert "116 123" in text
    assert text.endswith("If this does not work, call 999.")


@pytest.mark.parametrize(
    "typed", ["/signpost narrow qqqq", "/signpost narrow crisis shoes", "/signpost door x"]
)
async def test_what_is_typed_wrong_leads_back_to_a_choice(group: GroupUnderTest, typed: str) -> None:
    await group.type("Asha", typed)
    assert len(group.labels("Asha")) >= 5


async def test_anyone_can_show_an_answer_to_everyone_once_in_a_thread_in_six_hours(
    group: GroupUnderTest,
) -> None:
    await group.type("Asha", "/signpost work", THREAD)
    assert "for everyone now" in await group.press("Asha", "Show this here", THREAD)
    await group.settle()
    assert "Acas" in group.posts[-1]
    assert "Asha" not in group.posts[-1]
    shown = len(group.posts)
    for typed in ("/signpost show work", "/signpost show travel"):
        assert "less than 6 hours ago" in await group.type("Ben", typed, THREAD)
    await group.type("Ben", "/signpost show work")  # another place
    await group.settle()
    assert len(group.posts) == shown + 1
    await group.pass_time(timedelta(hours=6))
    assert "for everyone now" in await group.type("Ben", "/signpost show work", THREAD)


async def test_crisis_numbers_do_not_wait_for_other_links(group: GroupUnderTest) -> None:
    await group.type("Asha", "/signpost show travel", THREAD)
    assert "for everyone now" in await group.type("Ben", "/signpost show crisis", THREAD)
    assert "less than 6 hours ago" in await group.type("Cai", "/signpost show hypo", THREAD)
    await group.settle()
    assert group.posts[-1].endswith("If this does not work, call 999.")


async def test_what_is_shown_does_not_tell_that_somebody_asks_for_a_friend(group: GroupUnderTest) -> None:
    await group.type("Asha", "/signpost my friend wants to die", THREAD)
    await group.press("Asha", "Show this here", THREAD)
    await group.settle()
    assert "116 123" in group.posts[-1]
    assert "for you" not in group.posts[-1]
    assert "friend" not in group.posts[-1]


async def test_in_a_private_chat_nothing_can_be_shown_and_it_says_how(group: GroupUnderTest) -> None:
    await group.type("Asha", "/signpost work", PRIVATE)
    assert "Show this here" not in group.labels("Asha")
    assert "no link" in await group.type("Asha", "/signpost show eczema")


async def test_a_topic_without_a_link_is_counted_and_moderators_see_the_month(group: GroupUnderTest) -> None:
    for name in ("Asha", "Ben"):
        await group.type(name, "/signpost easy-read")
    await group.type("Cai", "/signpost insulin bag for my secret trip")
    await group.type("Asha", "/signpost tattoo")
    text = await group.type("Mo", "/desk gaps")
    assert "Easy read: 2 times." in text
    assert "Something else: once." in text
    assert "secret" not in text
    assert "tattoo" not in text
    assert "moderators" in await group.type("Asha", "/desk gaps")


async def test_what_people_typed_is_kept_nowhere(group: GroupUnderTest) -> None:
    await group.type("Asha", "/signpost zzyzx-personal-story")
    async with group.database.transaction() as work:
        rows = (await work.connection.execute(sql("select * from gaps"))).all()
        names = (
            await work.connection.execute(sql("select name from sqlite_master where type='table'"))
        ).scalars()
        dump = [
            str(row)
            for name in names
            for row in (await work.connection.execute(sql(f'select * from "{name}"'))).all()
        ]
    assert len(rows) == 1
    assert not [row for row in dump if "zzyzx" in row or "id-Asha" in row]


async def test_counts_go_after_a_year_and_where_links_were_shown_after_a_day(group: GroupUnderTest) -> None:
    await group.type("Asha", "/signpost easy-read")
    await group.type("Asha", "/signpost show work", THREAD)
    assert await _rows(group) == [1, 1]
    await group.pass_time(timedelta(days=3))
    assert await _rows(group) == [1, 0]
    async with group.database.transaction() as work:
        await work.signposts.forget_gaps(group.clock() + timedelta(days=30))
    assert await _rows(group) == [0, 0]


async def test_an_unknown_topic_is_answered_when_nothing_can_be_written(group: GroupUnderTest) -> None:
    async with group.database.transaction() as work:
        await work.connection.execute(sql("drop table gaps"))
    assert "We have no link for that yet" in await group.type("Asha", "/signpost eczema")
    async with group.database.transaction() as work:
        await work.connection.execute(sql("drop table people"))
    for typed in ("/signpost", "/signpost door urgent", "/signpost for friend", "/signpost narrow crisis"):
        assert "cannot save anything" not in await group.type("Asha", typed)
    assert "116 123" in await group.type("Asha", "/signpost crisis_friend")


async def test_behind_a_topic_countries_are_suggested(group: GroupUnderTest) -> None:
    assert await group.choices("Asha", "/signpost dka wal") == [
        ("dka wales", "Very high glucose or ketones (DKA): Wales")
    ]


async def _rows(group: GroupUnderTest) -> list[int]:
    async with group.database.transaction() as work:
        return [
            len((await work.connection.execute(sql(f"select * from {name}"))).all())
            for name in ("gaps", "shown_links")
        ]


async def test_with_a_locked_database_help_is_found_within_a_second(group: GroupUnderTest) -> None:
    lock = sqlite3.connect(group.url.removeprefix("sqlite:///"), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    begun = time.perf_counter()
    assert "116 123" in await group.type("Asha", "/signpost crisis")
    assert time.perf_counter() - begun < 1
    assert "What would help?" in await group.type("Asha", "/signpost")
    assert "116 123" in await group.press("Asha", "Urgent help now")
    lock.execute("ROLLBACK")
    lock.close()
    await group.rebuild()
    assert "116 123" in await group.type("Asha", "/signpost crisis")


async def test_when_it_was_checked_is_said_but_no_doubt_beside_a_crisis_number(group: GroupUnderTest) -> None:
    on = date(2026, 11, 25)
    status = {
        "samaritans": "overdue",
        "nhs-111-mental-health-england": "ok",
        "acas": "overdue",
        "scope": "ok",
    }
    group.directory = replace(
        DIRECTORY,
        entries=tuple(
            replace(entry, status=status[entry.id], last_checked=on) if entry.id in status else entry
            for entry in DIRECTORY.entries
        ),
    )
    await group.rebuild()
    crisis = await group.type("Asha", "/signpost crisis")
    assert crisis.count("Last checked on 25 November 2026.") == 1  # good news about NHS 111, nothing else
    assert "look at their own page" not in crisis
    work = await group.type("Asha", "/signpost work")
    assert "Last checked on 25 November 2026. Please look at their own page too." in work
