"""Moderators add, change and hide services of their own list; reports reach them without a name."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.contract.actions import Reply
from bot.groups import Groups
from bot.storage import tables
from tests.features.checks import check_numbers, nothing_else_waits
from tests.group import GroupUnderTest

GOOD = {
    "name": "Leeds Type 1 Cafe",
    "purpose": "Coffee and talk once a month",
    "topics": "work, travel",
    "phone": "0113 496 0000",
    "link": "https://example.org/leeds",
}


async def adds(group: GroupUnderTest, **typed: str) -> str:
    """Mo adds a service; ``typed`` instead of what is good."""
    await group.type("Mo", "/desk help-add")
    if "Go on" in group.labels("Mo") and group.asked("Mo") is None:
        await group.press("Mo", "Go on")
    return await group.fill("Mo", **{**GOOD, **typed})


async def opens(group: GroupUnderTest, entry: str, label: str) -> None:
    """Mo opens an entry and presses a button that opens a form."""
    await group.type("Mo", f"/desk help-entry {entry}")
    await group.press("Mo", label)
    if "Go on" in group.labels("Mo") and group.asked("Mo") is None:
        await group.press("Mo", "Go on")


async def test_a_service_of_their_own_is_found_at_once_and_first(group: GroupUnderTest) -> None:
    said = await adds(group)
    assert "Saved. This is what people see" in said
    for shown in (said, await group.type("Asha", "/signpost work")):
        for words in ("Leeds Type 1 Cafe: Coffee and talk", "Call 0113 496 0000", "example.org/leeds"):
            assert words in shown
    assert "Topics: Work, Travel" in said
    assert "Leeds" in await group.type("Asha", "/signpost travel")
    await group.rebuild()
    assert "Leeds" in await group.type("Asha", "/signpost work"), "it is stored"


async def test_the_form_has_five_fields_at_most(group: GroupUnderTest) -> None:
    await adds(group)
    for label in ("Change its words", "Change its hours and cost"):
        await opens(group, "own_leeds_type_1_cafe", label)
        form = group.asked("Mo")
        assert form is not None
        assert len(form.fields) == 5
    assert form is not None
    assert {field.value for field in form.fields} == {"", "English"}


async def test_hours_cost_and_other_ways_are_in_a_second_form(group: GroupUnderTest) -> None:
    await adds(group)
    await opens(group, "own_leeds_type_1_cafe", "Change its hours and cost")
    await group.fill(
        "Mo", hours="Mondays, 6pm", cost="free", email="cafe@example.org", languages="Urdu; English"
    )
    shown = await group.type("Asha", "/signpost work")
    for words in ("Open Mondays, 6pm", "Cost: free", "cafe@example.org", "Urdu, English"):
        assert words in shown


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("phone", "0113 496", "no whole number here"),
        ("phone", "+353 1 842 8118", "another country"),
        ("phone", "1800 66 66 66", "another country"),
        ("phone", "116 213", "It differs from 116 123, which is Samaritans. Have digits changed places?"),
        ("phone", "ring the bell", "type digits alone"),
        ("phone", "0113 496 OOOO", "type digits alone"),
        ("link", "http://example.org", "starts with http"),
        ("link", "https://bit.ly/3xYz", "short link"),
        ("link", "https://www.tinyurl.com/abc", "short link"),
        ("link", "http://bit.ly/3xYz", "short link"),
        ("link", "example.org", "not a whole address"),
        ("link", "javascript:alert(1)", "not a whole address"),
        ("link", "https://me:secret@example.org", "not a whole address"),
        ("link", "https://127.0.0.1/x", "not a whole address"),
        ("link", "https://localhost", "not a whole address"),
        ("topics", "eczema", "I do not know the topic eczema"),
        ("topics", " , ", "at least one topic"),
        ("name", "  ", "Please give a name"),
        ("purpose", "take 4 units of insulin", "not saved"),
        ("name", "=HYPERLINK(1)", "not saved"),
    ],
)
async def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_saved(
    group: GroupUnderTest, field: str, typed: str, said: str
) -> None:
    answer = await adds(group, **{field: typed})
    assert "I have not saved it yet" in answer
    assert said in answer
    kept = [words for name, words in GOOD.items() if name != field]
    assert all(words in answer for words in kept), "what was typed is not lost"
    assert "Leeds" not in await group.type("Asha", "/signpost work")
    async with group.database.transaction() as work:
        assert await work.directory.load() == {}


async def test_a_service_needs_a_way_to_reach_it(group: GroupUnderTest) -> None:
    assert "People need a way to reach it" in await adds(group, phone="", link="")


async def test_a_number_that_is_easily_taken_for_another_is_noticed(group: GroupUnderTest) -> None:
    said = await adds(group, phone="0800 068 4142")
    assert "Saved" in said
    assert "its number is close to 0800 068 4141, which is PAPYRUS HOPELINE247" in said


async def test_a_packaged_service_is_changed_hidden_shown_and_taken_back(group: GroupUnderTest) -> None:
    before = await group.type("Asha", "/signpost driving")
    await opens(group, "driving_great_britain", "Change its words")
    form = group.asked("Mo")
    assert form is not None
    values = {field.name: field.value for field in form.fields}
    await group.fill("Mo", **{**values, "purpose": "Rules of the road, in short"})
    assert "Rules of the road, in short" in await group.type("Asha", "/signpost driving")
    await group.press("Mo", "Hide it")
    assert "Rules of the road" not in await group.type("Asha", "/signpost driving")
    await group.press("Mo", "Show it again")
    assert "Rules of the road" in await group.type("Asha", "/signpost driving")
    assert "as it came with me" in await group.press("Mo", "Drop our own words")
    assert await group.type("Asha", "/signpost driving") == before


async def test_other_groups_keep_theirs(group: GroupUnderTest) -> None:
    await adds(group)
    async with group.database.transaction() as work:
        rows = await work.directory.load()
    assert set(rows) == {1}


async def test_a_second_process_follows(group: GroupUnderTest) -> None:
    other = Groups()
    await other.load(group.database)
    await adds(group)
    await other.load(group.database)
    known = other.by_id(1)
    assert known is not None
    assert [row.id for row in known.changes.entries] == ["own-leeds-type-1-cafe"]


async def test_a_crisis_number_is_not_changed_by_one_person(group: GroupUnderTest) -> None:
    await opens(group, "samaritans", "Change its words")
    form = group.asked("Mo")
    assert form is not None
    assert "phone" not in [field.name for field in form.fields]
    await group.fill(
        "Mo",
        name="Samaritans",
        purpose="Listening",
        topics="crisis",
        link="https://samaritans.org",
        phone="999",
    )
    assert "116 123" in await group.type("Asha", "/signpost crisis")
    await group.type("Mo", "/desk help-right samaritans")
    assert "not checked" not in await group.type("Asha", "/signpost crisis")
    async with group.database.transaction() as work:
        (row,) = (await work.directory.load())[1]
    assert row.checked_on is None, "one person alone cannot mark it checked"


async def test_a_service_that_does_not_work_is_hidden_until_it_is_shown_again(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk help-fails shout")
    assert "85258" not in (await group.type("Asha", "/signpost crisis")).replace("Text SHOUT", "")
    assert "999" in await group.type("Asha", "/signpost crisis")
    await group.type("Mo", "/desk help-show shout")
    assert "85258" in await group.type("Asha", "/signpost text only")


async def test_what_is_needed_when_all_else_fails_cannot_be_hidden(group: GroupUnderTest) -> None:
    for typed in ("/desk help-hide emergency_999", "/desk help-fails emergency_999"):
        assert "always shown" in await group.type("Mo", typed)
    assert "Hide it" not in group.labels("Mo")
    assert "Call 999" in await group.type("Asha", "/signpost emergency")


async def test_with_every_crisis_line_hidden_the_emergency_number_and_the_finder_stay(
    group: GroupUnderTest,
) -> None:
    for entry in group.app._directories._packaged.entries:
        if entry.crisis:
            await group.type("Mo", f"/desk help-hide {entry.id.replace('-', '_')}")
    for topic in ("crisis", "self-harm", "suicide"):
        text = await group.type("Asha", f"/signpost {topic}")
        assert "999" in text
        assert "findahelpline.com" in text


async def test_a_report_is_one_press_on_every_answer_and_nobody_knows_whose(group: GroupUnderTest) -> None:
    await group.type("Asha", "/signpost driving")
    await group.press("Asha", "Report a wrong number")
    said = await group.press("Asha", group.labels("Asha")[0])
    assert "I have noted it for the moderators" in said
    assert "call 999" in said
    async with group.database.transaction() as work:
        rows = (await work.connection.execute(select(tables.directory_entries))).all()
        assert not any("Asha" in str(row) for row in rows)
        assert (await work.connection.execute(select(tables.people))).all() == []
    await group.settle()
    assert group.private_texts("Mo") == [], "it waits on the desk"
    assert "Somebody says that" in await group.type("Mo", "/desk")
    await group.press("Mo", "Look at it now")
    await group.press("Mo", "Say it is not wrong")
    assert "Somebody says that" not in await group.type("Mo", "/desk")


async def test_a_report_about_a_crisis_line_reaches_moderators_at_once_and_once_a_day(
    group: GroupUnderTest,
) -> None:
    for entry in ("samaritans", "samaritans", "shout"):
        await group.type("Asha", f"/signpost wrong-entry {entry}")
    await group.settle()
    (told,) = group.private_texts("Mo")
    assert "Somebody says that Samaritans is wrong" in told
    assert "Asha" not in told
    assert "116 123" in await group.type("Ben", "/signpost crisis"), "the old one stays"


async def test_reports_of_nothing_are_answered_kindly(group: GroupUnderTest) -> None:
    for typed in (
        "/signpost wrong eczema",
        "/signpost wrong-entry nothing",
        "/signpost wrong-entry " + "x" * 39,
    ):
        assert "not on our list" in await group.type("Asha", typed)


async def test_outside_a_group_there_is_nobody_to_report_to(bare_group: GroupUnderTest) -> None:
    await bare_group.type("Asha", "/signpost crisis")
    assert "Report a wrong number" not in bare_group.labels("Asha")


async def test_links_are_looked_at_after_a_year_a_few_at_a_time_once_a_week(group: GroupUnderTest) -> None:
    await nothing_else_waits(group)
    group.clock.at += timedelta(days=365)
    await group.type("Mo", "/desk numbers")
    await check_numbers(group)
    assert "look at these once more" not in await group.type("Mo", "/desk"), (
        "the numbers were asked about this week"
    )
    group.clock.at += timedelta(days=7)
    assert "look at these once more" in await group.type("Mo", "/desk")
    for _ in range(5):
        await group.type("Mo", "/desk help-list due 1")
        await group.press("Mo", group.labels("Mo")[0])
        if "Say all of it is right" in group.labels("Mo"):
            await group.press("Mo", "Say all of it is right")
        if "Go on" in group.labels("Mo"):
            await group.press("Mo", "Go on")
    assert "look at these once more" not in await group.type("Mo", "/desk"), "five are enough for a week"
    group.clock.at += timedelta(days=7)
    assert "look at these once more" in await group.type("Mo", "/desk")


async def test_moderators_look_through_the_list_and_find_a_service(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk help-list")
    await group.press("Mo", "Show them all")
    first = group.labels("Mo")
    assert len(first) == 10
    await group.press("Mo", "Show more of them")
    assert group.labels("Mo") != first
    await group.type("Mo", "/desk help-list find")
    await group.fill("Mo", words="papyrus")
    assert "PAPYRUS HOPELINE247" in group.labels("Mo")
    await group.type("Mo", "/desk help-list find")
    await group.fill("Mo", words="steering a car")
    assert group.labels("Mo")
    for which in ("own", "hidden", "reported", "due", "nonsense"):
        assert await group.type("Mo", f"/desk help-list {which} 1")
    assert "There is none" in await group.type("Mo", "/desk help-list all 99")


async def test_members_do_not_change_the_list(group: GroupUnderTest) -> None:
    await adds(group)
    for typed in (
        "help-list",
        "help-add",
        "help-hide shout",
        "help-fails shout",
        "help-drop own_leeds_type_1_cafe",
    ):
        assert "for moderators" in await group.type("Ben", f"/desk {typed}")
    assert "Leeds" in await group.type("Ben", "/signpost work")


async def test_entries_that_are_gone_are_said_to_be_gone(group: GroupUnderTest) -> None:
    await adds(group)
    entry = "own_leeds_type_1_cafe"
    await opens(group, entry, "Change its words")
    await group.type("Mo", f"/desk help-drop {entry}")
    assert "not on our list" in await group.fill("Mo", **GOOD)
    for what in ("entry", "hide", "show", "fails", "leave", "drop", "words", "more", "right"):
        said = await group.type("Mo", f"/desk help-{what} {entry}")
        if "Go on" in group.labels("Mo"):
            said = await group.press("Mo", "Go on")
        assert "not on our list" in said


async def test_every_screen_fits_what_a_platform_shows(group: GroupUnderTest) -> None:
    await adds(group)
    for answers in group.seen.values():
        for answer in answers:
            assert not isinstance(answer, Reply) or len(answer.buttons) <= 25
