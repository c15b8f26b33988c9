"""The help numbers are read off their own pages by two people; a wrong digit keeps the old entry live."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import tables
from tests.features.checks import RIGHT, card, check_numbers, nothing_else_waits, opens, reads
from tests.group import GroupUnderTest

SAMARITANS = "england_116123"


def where_to_turn(group: GroupUnderTest) -> str:
    (where,) = [text for text in group.posts if text.startswith("Where to turn")]
    return where


async def test_it_is_the_desks_next_step_and_one_card_of_six_numbers(group: GroupUnderTest) -> None:
    await nothing_else_waits(group)
    assert "check the help numbers" in await group.type("Mo", "/desk")
    said = await group.press("Mo", "Check the help numbers")
    assert "about ten minutes" in said
    assert said.count("not read yet") == 6
    assert "116 123" not in said, "nobody copies it from here"


async def test_each_person_types_each_number_three_at_a_time(group: GroupUnderTest) -> None:
    await card(group, "Mo")
    await opens(group, "Mo", "Type numbers 1 to 3")
    form = group.asked("Mo")
    assert form is not None
    assert [field.label for field in form.fields] == ["Emergency number", "Samaritans", "NHS 111"]
    assert all(field.value == "" for field in form.fields)
    said = await group.fill("Mo", **{SAMARITANS: "116123"})
    assert "Samaritans: that is the number we have. A second person has to read it too." in said
    assert said.count("one person has read it") == 1
    assert "Type numbers 1 to 3" in group.labels("Mo"), "two of the three are left"


async def test_two_people_make_it_checked_and_the_second_may_be_a_member(group: GroupUnderTest) -> None:
    await nothing_else_waits(group)
    await check_numbers(group, "Mo", "Ben")
    said = await card(group, "Mo")
    assert said.count("two people have read it, on ") == 6
    assert "check the help numbers" not in await group.type("Mo", "/desk")


async def test_the_same_person_on_both_turns_is_kindly_refused(group: GroupUnderTest) -> None:
    await reads(group, "Mo")
    await group.type("Mo", "/signpost check-number england_116123")
    said = await group.fill("Mo", **{SAMARITANS: "116 123"})
    assert "you were the first to read it. Thank you. Please let somebody else" in said
    assert said.count("one person has read it") == 3
    assert "two people" not in said


async def test_a_member_is_not_the_first(group: GroupUnderTest) -> None:
    assert "Type numbers 1 to 3" not in (await card(group, "Ben"), group.labels("Ben"))[1]
    await group.type("Ben", "/signpost check-number england_116123")
    await group.press("Ben", "Go on")
    assert "a moderator reads it first" in await group.fill("Ben", **{SAMARITANS: "116 123"})
    assert (await card(group, "Mo")).count("not read yet") == 6


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("116 213", "This differs from 116 123, and I know of no such number in your country"),
        ("116 12", "This differs from 116 123: some digits are missing"),
        ("116 1233", "This differs from 116 123: it has more digits"),
        ("+353 116 123", "it looks like a number of another country"),
        ("1800 66 66 66", "it looks like a number of another country"),
        ("116 I23", "There are letters in it"),
        ("none", "There is no digit in it"),
        ("---", "There is no digit in it"),
        ("9" * 40, "it"),
    ],
)
async def test_a_wrong_number_is_not_taken_and_the_old_one_stays(
    group: GroupUnderTest, typed: str, said: str
) -> None:
    answer = await reads(group, "Mo", 1, {SAMARITANS: typed})
    assert said in answer
    assert "The old number stays" in answer
    assert answer.count("one person has read it") == 2, "what was typed right counts"
    assert not [label for label in group.labels("Mo") if label.startswith("Say the page")]
    assert "116 123" in await group.type("Asha", "/signpost crisis")


@pytest.mark.parametrize("typed", ["116123", " 116-123 ", "١١٦ ١٢٣", "(116) 123"])
async def test_the_same_digits_written_otherwise_are_right(group: GroupUnderTest, typed: str) -> None:
    assert "Samaritans: that is the number we have" in await reads(group, "Mo", 1, {SAMARITANS: typed})


async def test_a_number_written_from_abroad_is_the_same_number(group: GroupUnderTest) -> None:
    said = await reads(group, "Mo", 2, {"england_08000684141": "+44 800 068 4141"})
    assert "PAPYRUS HOPELINE247: that is the number we have" in said


async def test_digits_that_changed_places_are_noticed(group: GroupUnderTest) -> None:
    said = await reads(group, "Mo", 2, {"england_08000684141": "0800 068 1441"})
    assert "you typed 0800 068 1441. This differs from 0800 068 4141: some digits have changed places" in said


ABUSE, OLD, NEW = "england_08082000247", "0808 2000 247", "0808 2000 348"


async def test_a_number_that_really_changed_needs_two_people_who_read_the_same(group: GroupUnderTest) -> None:
    said = await reads(group, "Mo", 2, {ABUSE: NEW})
    assert f"This differs from {OLD}. The old one stays" in said
    said = await group.press("Mo", f"Say the page shows {NEW}")
    assert f"The old one, {OLD}, stays until a second person reads the same" in said
    assert OLD in await group.type("Asha", "/signpost abuse")
    said = await reads(group, "Ben", 2, {ABUSE: NEW})
    assert "it is 0808 200 0348 from now on. Two people have read it." in said
    shown = await group.type("Asha", "/signpost abuse")
    assert "0808 200 0348" in shown
    assert OLD not in shown


async def test_two_people_who_read_different_numbers_change_nothing(group: GroupUnderTest) -> None:
    await reads(group, "Mo", 2, {ABUSE: NEW})
    await group.press("Mo", f"Say the page shows {NEW}")
    said = await reads(group, "Ben", 2)
    assert f"somebody else read another number. The old one stays for now: {OLD}" in said
    assert "Domestic abuse helpline: two people read different numbers" in await card(group, "Mo")
    await group.type("Mo", f"/signpost check-number {ABUSE}")
    await group.fill("Mo", **{ABUSE: OLD})
    assert "right. Two people have read it" in await reads(group, "Ben", 2), "now they agree"
    assert OLD in await group.type("Asha", "/signpost abuse")


async def test_where_to_turn_is_edited_when_a_checked_number_changes(group: GroupUnderTest) -> None:
    await group.type("Mo", "/signpost check-says england_116123 116000")
    await group.press("Mo", "Go on")
    await group.type("Ben", "/signpost check-number england_116123")
    await group.press("Ben", "Go on")
    await group.fill("Ben", **{SAMARITANS: "116 000"})
    await group.settle()
    assert "Samaritans on 116000" in where_to_turn(group)
    assert "116 123" not in where_to_turn(group)
    assert "116000" in await group.type("Asha", "/signpost crisis")
    await group.rebuild()
    assert "116000" in await group.type("Asha", "/signpost crisis"), "it is stored"


async def test_another_emergency_number_changes_rules_and_the_welcome_too(group: GroupUnderTest) -> None:
    for name in ("Mo", "Ben"):
        await group.type(name, "/signpost check-number england_999")
        await group.press(name, "Go on")
        await group.fill(name, england_999="112")
        if name == "Mo":
            await group.press(name, "Say the page shows 112")
    await group.settle()
    assert "call 112 now" in where_to_turn(group)
    assert "call 112" in await group.type("Ben", "/rules 7")
    assert not any("999" in post for post in group.posts if "Before:" not in post)


async def test_a_restart_in_between_keeps_what_was_typed_right(group: GroupUnderTest) -> None:
    await reads(group, "Mo", 1, {"england_111": "112"})
    await group.rebuild()
    assert (await card(group, "Mo")).count("one person has read it") == 2
    await reads(group, "Mo", 1)
    await group.rebuild()
    for name, part in (("Mo", 2), ("Ben", 1), ("Ben", 2)):
        await reads(group, name, part)
        await group.rebuild()
    assert (await card(group, "Mo")).count("two people have read it") == 6


async def test_after_90_days_it_is_asked_again_and_an_old_reading_is_not_half_a_check(
    group: GroupUnderTest,
) -> None:
    await nothing_else_waits(group)
    await check_numbers(group)
    await group.pass_time(timedelta(days=89))
    assert "check the help numbers" not in await group.type("Mo", "/desk")
    await group.pass_time(timedelta(days=1))
    assert "check the help numbers" in await group.type("Mo", "/desk")
    await reads(group, "Mo")
    await group.pass_time(timedelta(days=31))
    assert (await card(group, "Ben")).count("not read yet") == 6, "Mo read them too long ago"


async def test_overdue_numbers_still_show_without_a_doubt_and_with_a_second_way(
    group: GroupUnderTest,
) -> None:
    await check_numbers(group)
    before = await group.type("Asha", "/signpost crisis")
    await group.pass_time(timedelta(days=100))
    text = await group.type("Asha", "/signpost crisis")
    assert "116 123" in text
    assert "not checked" not in text
    assert "findahelpline.com" in text
    assert "findahelpline.com" not in before


async def test_whoever_has_just_set_up_the_group_can_begin_at_once(group: GroupUnderTest) -> None:
    assert "Check the help numbers" in group.labels("Mo")
    assert "not read yet" in await group.press("Mo", "Check the help numbers")


async def test_it_is_asked_once_a_week_at_most(group: GroupUnderTest) -> None:
    await nothing_else_waits(group)
    await group.type("Mo", "/desk numbers")
    assert "I ask again in a week" in await group.press("Mo", "Ask me again next week")
    await group.pass_time(timedelta(days=6))
    assert "help numbers" not in await group.type("Mo", "/desk")
    await group.pass_time(timedelta(days=1))
    assert "check the help numbers" in await group.type("Mo", "/desk")


async def test_the_group_is_asked_for_a_second_person_and_thanked(group: GroupUnderTest) -> None:
    await reads(group, "Mo", 1)
    await reads(group, "Mo", 2)
    await group.press("Mo", "Ask the group for a second person")
    await group.settle()
    asks = [text for text in group.posts if "Can you help with something small?" in text]
    assert len(asks) == 1
    assert "Mo" not in asks[0]
    assert "second person" not in await group.type("Mo", "/desk"), "not again this week"
    await group.press("Ben", "Check the help numbers")
    for part in (1, 2):
        await reads(group, "Ben", part)
    await group.settle()
    assert any("have been read by two people" in text for text in group.posts)
    assert not any("something small" in text for text in group.posts)


async def test_a_number_that_fails_is_hidden_and_what_always_works_stays(group: GroupUnderTest) -> None:
    for label in ("Samaritans", "NHS 111", "Shout, by text"):
        await group.type("Mo", "/desk numbers fail")
        await group.press("Mo", label)
    await group.settle()
    text = await group.type("Asha", "/signpost crisis")
    assert "116 123" not in text
    assert "116 123" not in where_to_turn(group)
    assert "findahelpline.com" in where_to_turn(group)
    assert "call 999" in text
    await group.type("Mo", "/desk number-works england_116123")
    await group.settle()
    assert "116 123" in where_to_turn(group)


async def test_the_emergency_number_cannot_be_hidden(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk numbers fail")
    assert "Emergency number" not in group.labels("Mo")
    assert "not on our list" in await group.type("Mo", "/desk number-fails england_999")
    assert "call 999" in await group.type("Asha", "/signpost emergency")


async def test_when_every_line_fails_a_crisis_falls_back_to_emergency_and_the_finder(
    group: GroupUnderTest,
) -> None:
    for key in RIGHT:
        await group.type("Mo", f"/desk number-fails {key}")
    text = await group.type("Asha", "/signpost crisis")
    assert "999" in text
    assert "findahelpline.com" in text
    for gone in ("116 123", "85258", "0800 068 4141"):
        assert gone not in text


async def test_members_do_not_hide_numbers_or_ask_the_group(group: GroupUnderTest) -> None:
    for typed in ("/desk number-fails england_116123", "/desk numbers ask-group", "/desk numbers later"):
        assert "for moderators" in await group.type("Ben", typed)
    assert "116 123" in await group.type("Ben", "/signpost crisis")


@pytest.mark.parametrize("key", ["england_000", "x", "9" * 30, "ireland_112"])
async def test_numbers_that_are_not_on_the_list_change_nothing(group: GroupUnderTest, key: str) -> None:
    assert "not on our list" in await group.type("Mo", f"/desk number-fails {key}")
    await group.type("Mo", f"/signpost check-number {key}")
    await group.press("Mo", "Go on")
    await group.type("Mo", f"/signpost check-says {key} 123")
    async with group.database.transaction() as work:
        assert (await work.connection.execute(select(tables.number_checks))).all() == []


async def test_another_country_has_its_own_numbers_to_read(group: GroupUnderTest) -> None:
    await nothing_else_waits(group)
    await check_numbers(group)
    await group.type("Mo", "/desk change country")
    await group.press("Mo", "Ireland")
    assert "check the help numbers" in await group.type("Mo", "/desk")
    said = await card(group, "Mo")
    assert "not read yet" in said
    assert "Pieta" in said


async def test_who_checked_is_kept_as_a_code_shown_and_deleted(group: GroupUnderTest) -> None:
    await check_numbers(group)
    async with group.database.transaction() as work:
        rows = (await work.connection.execute(select(tables.number_checks))).all()
    assert rows
    assert not any("id-Ben" in str(row) or "Ben" in str(row) for row in rows)
    await group.type("Ben", "/me")
    assert "You were one of the last to check 6 help numbers or links" in await group.press(
        "Ben", "Show what is kept about me"
    )
    await group.press("Ben", "Delete what is kept about me")
    await group.press("Ben", "Delete it now")
    assert "I keep nothing about you" in await group.type("Ben", "/me show")
    assert (await card(group, "Mo")).count("two people have read it") == 6, "that it was checked stays"
