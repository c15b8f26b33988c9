"""``/worried``: one question, the numbers first, and moderators are told: truly, and never who told."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import PATIENCE
from bot.contract.actions import Ask, Post
from bot.contract.events import ButtonPressed, CommandGiven, Place
from bot.contract.payload import LONGEST, encode
from bot.contract.platform import Unreachable
from bot.features.worry_place import About, _long, _short
from bot.outbox import Outbox, put
from tests.features.test_urgent import locked
from tests.features.worries import (
    ALL_DAY,
    EVERY_EVENING,
    THREAD,
    at_hour,
    cases,
    hours,
    on_duty,
    pick_up,
    reachable,
    the_case,
    worried,
)
from tests.group import PLACE, TEXTS, GroupUnderTest

STATUS = "See if someone has it"
HOME = Place(platform="test", group="", channel="dm-Asha")


async def test_the_numbers_come_first_on_yes_and_not_sure(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    for answer in ("Yes", "Not sure"):
        said = await worried(group, "Asha", answer)
        assert said.index("999") < said.index("Thank you for telling us.")
        assert "You do not have to carry this alone." in said
    said = await worried(group, "Ben", "No")
    assert "Please reach a person now" not in said
    assert "Thank you for telling us." in said


async def test_only_one_thing_is_asked_and_nobody_chooses_a_level(group: GroupUnderTest) -> None:
    assert "Is a life at risk now?" in await group.type("Asha", "/worried")
    assert group.labels("Asha")[:3] == ["Yes", "Not sure", "No"]
    await group.press("Asha", "Yes")
    assert "How serious" not in "".join(group.labels("Asha"))
    assert (await the_case(group)).level == 0


@pytest.mark.parametrize("words", ["yes", "Not sure", "not_sure", "no"])
async def test_it_can_be_typed_in_one_line(group: GroupUnderTest, words: str) -> None:
    await reachable(group, "Mo")
    assert "Thank you for telling us." in await group.type("Asha", f"/worried {words}")
    assert len(await cases(group)) == 1


@pytest.mark.parametrize("words", ["asha is a danger", "help", "answer x 0 0 0 0", "yes yes"])
async def test_other_words_are_asked_the_one_question_and_kept_nowhere(
    group: GroupUnderTest, words: str
) -> None:
    assert "Is a life at risk now?" in await group.type("Asha", f"/worried {words}")
    assert await cases(group) == []


async def test_i_have_told_is_said_only_once_a_message_arrived(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    group.platform.failures = [OSError("no network")] * 3
    said = await worried(group, "Asha")
    assert "on its way" in said
    assert "I have told" not in said
    assert "still on its way" in await group.press("Asha", STATUS)
    group.platform.failures.clear()
    await group.pass_time(timedelta(minutes=2))
    assert "I have told one moderator." in await group.press("Asha", STATUS)
    assert "Asha" not in group.private_texts("Mo")[0]


async def test_outside_cover_hours_the_first_card_says_until_when_and_no_clock_runs(
    group: GroupUnderTest,
) -> None:
    await reachable(group, "Mo")
    await hours(group, EVERY_EVENING)
    at_hour(group, 11)
    said = await worried(group, "Asha")
    assert (
        "No moderator is on duty until Monday 11 January, 6pm UK time. Please do not wait for them." in said
    )
    assert len(group.private_texts("Mo")) == 1, "they may see it, and nobody says that they do"
    await group.pass_time(timedelta(hours=6, minutes=50))
    assert len(group.private_texts("Mo")) == 1
    assert "Nobody has picked this up yet." in await group.press("Asha", STATUS)
    assert not (await the_case(group)).overdue
    await group.pass_time(timedelta(minutes=30))
    assert (await the_case(group)).overdue
    assert len(group.private_texts("Mo")) > 1


async def test_when_cover_ends_the_clock_stops_until_it_begins_again(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await hours(group, EVERY_EVENING)
    at_hour(group, 21, 58)
    await worried(group, "Asha")
    await group.pass_time(timedelta(hours=12))
    assert len(group.private_texts("Mo")) == 1
    assert not (await the_case(group)).overdue
    assert "No moderator is on duty until Tuesday 12 January, 6pm" in await group.press("Asha", STATUS)
    await group.pass_time(timedelta(hours=9))
    assert (await the_case(group)).overdue
    assert len(group.private_texts("Mo")) > 1


async def test_on_duty_then_backup_then_all_on_a_clock(group: GroupUnderTest) -> None:
    await reachable(group, "Mo", "Nia", "Oli")
    await hours(group, ALL_DAY)
    await on_duty(group, "Mo")
    await on_duty(group, "Nia", backup=True)
    await worried(group, "Asha")

    def told() -> list[int]:
        return [len(group.private_texts(name)) for name in ("Mo", "Nia", "Oli")]

    assert told() == [1, 0, 0]
    await group.pass_time(timedelta(minutes=6))
    assert told() == [1, 1, 0]
    await group.pass_time(timedelta(minutes=5))
    assert told() == [2, 2, 1]
    assert not (await the_case(group)).overdue
    await group.pass_time(timedelta(minutes=5))
    assert (await the_case(group)).overdue


async def test_who_picks_it_up_ends_the_clock(group: GroupUnderTest) -> None:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await on_duty(group, "Mo")
    await worried(group, "Asha")
    await pick_up(group, "Mo")
    await group.pass_time(timedelta(days=2))
    assert group.private_texts("Nia") == []
    assert "A moderator picked it up" in await group.press("Asha", STATUS)


async def test_one_who_cannot_be_reached_is_followed_by_the_next_at_once(group: GroupUnderTest) -> None:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await on_duty(group, "Mo")
    await on_duty(group, "Nia", backup=True)
    group.platform.failures = [Unreachable()]
    await worried(group, "Asha")
    await group.settle()
    assert len(group.private_texts("Nia")) == 1, "no five minutes are lost"
    assert "I have told one moderator." in await group.press("Asha", STATUS)


async def test_the_second_card_comes_by_private_message_to_those_who_chose_that(
    group: GroupUnderTest,
) -> None:
    await reachable(group, "Mo")
    await hours(group, ALL_DAY)
    await worried(group, "Ben")
    await worried(group, "Asha")
    await group.press("Asha", "Say if we may write to you")
    await group.press("Asha", "Only tell me how it goes")
    await group.pass_time(timedelta(minutes=16))
    [card] = group.private_texts("Asha")
    assert "Nobody has picked this up yet. Please do not wait for us." in card
    assert "999" in card
    assert "116 123" in card
    assert group.private_texts("Ben") == []
    assert "Nobody has picked this up yet. Please do not wait" in await group.press("Ben", STATUS)
    await pick_up(group, "Mo")
    assert "A moderator has picked up" in group.private_texts("Asha")[-1]


async def test_pressed_twice_it_is_one_report_and_one_alert(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha")
    said = await worried(group, "Asha")
    assert said.index("999") < said.index("I have told one moderator.")
    assert len(await cases(group)) == 1
    assert len(group.private_texts("Mo")) == 1


async def test_that_a_life_may_be_at_risk_after_all_is_news(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha", "No")
    group.clock.at += timedelta(seconds=30)
    await worried(group, "Asha", "Yes")
    assert (await the_case(group)).risk == "yes"
    assert "a life is at risk" in group.private_texts("Mo")[-1]


async def test_a_flood_of_reports_by_one_person_is_five_cases(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    for number in range(9):
        await worried(
            group, "Asha", place=Place(platform="test", group="g1", channel="c1", thread=f"t{number}")
        )
    assert len(await cases(group)) == 5


async def test_somebody_who_leaves_at_once_is_told_how_it_stands(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha")
    await group.leave("Asha")
    await group.settle()
    payload, _, _ = group.find_button("Asha", STATUS)
    event = ButtonPressed(**{**group.about("Asha"), "is_member": False}, payload=payload)
    [answer] = await group.receive(event)
    assert "I have told one moderator." in " ".join(block.plain for block in answer.body)  # type: ignore[union-attr]
    assert len(await cases(group)) == 1


async def test_with_no_moderator_who_can_be_told_it_says_so_and_what_is_left(group: GroupUnderTest) -> None:
    said = await worried(group, "Asha")  # nobody answered a test alert
    assert "I could not tell any moderator." in said
    assert "choose Report" in said
    assert "I have told" not in said


async def test_with_the_only_moderator_left_out_the_outside_contact_is_shown(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    async with group.database.transaction() as work:
        await work.communities.set(1, "outside_contact", "Ines, ines@example.org")
        await work.touch(1)
    await group.groups.load(group.database)
    await group.type("Asha", "/worried")
    await group.press("Asha", "Leave a moderator out first")
    assert "One moderator is left out." in await group.press("Asha", "Leave out Mo")
    said = await group.press("Asha", "Yes")
    await group.settle()
    assert "I could not tell any moderator." in said
    assert "ines@example.org" in said
    assert "choose Report" in said
    assert group.private_texts("Mo") == []


async def test_from_a_private_chat_it_is_the_same(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    event = CommandGiven(**group.about("Asha", HOME), name="worried", community=1)
    await group.receive(event)
    said = await group.press("Asha", "Not sure", HOME)
    await group.settle()
    assert "Thank you for telling us." in said
    assert (await the_case(group)).on is None
    assert len(group.private_texts("Mo")) == 1


async def test_where_no_community_is_known_the_numbers_of_several_countries_come(
    group: GroupUnderTest,
) -> None:
    said = await group.type("Asha", "/worried", HOME)
    assert said.index("999") < said.index("I do not know which group you mean")
    assert "988" in said
    assert await group.type("Asha", "/worried yes", HOME)
    assert await cases(group) == []


async def test_words_are_asked_for_in_a_form_that_says_where_they_pass_through(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha")
    await group.press("Asha", "Add a few words")
    form = group.asked("Asha")
    assert isinstance(form, Ask)
    assert "passes through Discord or Telegram" in " ".join(block.plain for block in form.note)
    assert form.fields[0].longest == 500
    assert form.fields[0].optional
    assert "at most 500 letters" in await group.fill("Asha", words="x" * 501)
    await group.press("Asha", "Add a few words")
    assert "There are no words" in await group.fill("Asha", words="  ")
    await group.press("Asha", "Add a few words")
    assert "Your words are with it" in await group.fill("Asha", words="She sounded so low.")
    await pick_up(group, "Mo")
    assert "She sounded so low." in await group.type("Mo", f"/desk case {(await the_case(group)).id}")


async def test_everything_else_can_be_left_out(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha")
    await group.press("Asha", "Say what it is about")
    assert "Thank you." in await group.press("Asha", "It is about someone")
    await pick_up(group, "Mo")
    assert "About: someone" in await group.type("Mo", f"/desk case {(await the_case(group)).id}")


async def test_what_it_is_about_travels_on_the_buttons_and_the_link_is_shown(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha", "Yes", THREAD, about="Ben")
    case = await the_case(group)
    assert case.on is not None
    assert (case.on.place, case.on.id) == (THREAD, "500")
    [(_, alert, _)] = [one for one in group.platform.told if one[0] == "id-Mo"]
    assert [button.opens for button in alert.buttons] == [None, case.on]
    assert "Ben" not in group.private_texts("Mo")[0]


@pytest.mark.parametrize(
    "id", ["1", "35", "36", "500", "1234567890123456789", "99999999999999999999", "t9", "A_b", ""]
)
def test_ids_of_platforms_come_back_from_a_button_as_they_were(id: str) -> None:
    assert _long(_short(id)) == id
    assert len(_short(id)) <= 14


@pytest.mark.parametrize("id", ["-5", "a b", "ü", "007", "x" * 40, "9" * 30])
def test_ids_that_no_button_can_carry_are_left_out(id: str) -> None:
    assert _long(_short(id)) in ("", "007")


def test_the_longest_button_of_any_platform_has_room() -> None:
    about = About(thread="9" * 20, message="9" * 20, wrote="f" * 8, out="f" * 5)
    assert len(encode("lifeof", "u", *about.arguments, community=99999)) <= LONGEST


async def test_the_database_broken_the_card_comes_and_the_truth(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await group.type("Asha", "/worried")
    async with group.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute_fetchall("PRAGMA query_only=ON")
    for said in (await group.press("Asha", "Yes"), await group.type("Ben", "/worried not sure")):
        assert said.index("999") < said.index("I could not tell the moderators.")
        assert "Thank you for telling us" not in said
    assert "I could not tell the moderators." in await group.press("Asha", "No")
    async with group.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute_fetchall("PRAGMA query_only=OFF")
    assert "on its way to the moderators" in await group.press("Asha", "Try to tell them again")
    assert (await the_case(group)).risk == "no"


async def test_with_the_database_gone_the_card_comes_without_the_question(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await group.type("Asha", "/worried")
    await group.database.close()
    folder = Path(group.url.removeprefix("sqlite:///")).parent
    folder.rename(folder.with_name("moved"))
    try:
        for said in (await group.type("Ben", "/worried"), await group.press("Asha", "Yes")):
            assert said.index("999") < said.index("I could not tell the moderators.")
            assert "116 123" in said
    finally:
        folder.with_name("moved").rename(folder)
    assert "Is a life at risk now?" in await group.type("Ben", "/worried")


async def test_urgent_numbers_lead_to_it_too(group: GroupUnderTest) -> None:
    await group.type("Asha", "/urgent")
    [tell] = [label for label in group.labels("Asha") if "moderator" in label.lower()]
    assert "Is a life at risk now?" in await group.press("Asha", tell)


async def test_a_group_that_gets_a_new_id_takes_its_cases_along(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha", "Yes", THREAD, about="Ben")
    after = Place(platform="test", group="g77", channel="c1")
    await group.move(PLACE, after)
    case = await the_case(group)
    assert case.on is not None
    assert (case.on.place.group, case.on.id) == ("g77", "500")


async def test_a_place_that_joins_another_community_takes_its_cases_along(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha")
    async with group.database.transaction() as work:
        new = await work.communities.create(Place(platform="test", group="g9", channel="c9"), group.clock())
        await work.communities.merge(1, new)
        await work.communities.delete(1)
        [case] = await work.cases.open_ones(new)
        assert await work.due.at("case_clock", case.id) is not None


async def test_an_alert_goes_before_a_thousand_other_posts(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    body = TEXTS.reader().body("rules.none")
    async with group.database.transaction() as work:
        for _ in range(1000):
            await put(work, Post(place=PLACE, body=body), 1, group.clock(), group.groups)
    before = len(group.platform.keys)
    await group.type("Asha", "/worried")
    await group.press("Asha", "Yes")
    async with group.database.transaction() as work:
        waiting = await work.outbox.went(f"alert{(await work.cases.open_ones(1))[0].id}/")
    assert len(waiting.waiting) == 1, "in the transaction of the case"
    [perform] = await Outbox(group.database, group.groups, [group.platform]).urgent(group.clock())
    await perform()
    assert len(group.platform.keys) == before + 1
    assert len(group.private_texts("Mo")) == 1


async def test_nothing_promises_what_cannot_be_kept(group: GroupUnderTest) -> None:
    """No watch, no score, no question about health or place, no numbers of a body, no secrecy."""
    entries = TEXTS.catalogues["en"].entries
    forbidden = re.compile(
        r"24/7|always (here|there|read)|we watch|monitor|we keep you safe|secret(?! key)|confidential|"
        r"nobody will (ever )?know|where (are|is) (you|they|he|she)\b|score|risk level|glucose|ketone|"
        r"mmol|dose of|units|how much insulin",
        re.IGNORECASE,
    )
    allowed = {"case.write-note"}  # asks moderators not to ask where somebody is
    found = [
        (key, match.group())
        for key, forms in entries.items()
        if key.startswith(("worrying.", "case.", "care.", "drills.")) and key not in allowed
        for form in forms
        if (match := forbidden.search(form))
    ]
    assert found == []


@pytest.mark.parametrize("typed", ["/worried", "/worried yes"])
async def test_a_slow_database_is_waited_for_and_not_called_broken(group: GroupUnderTest, typed: str) -> None:
    with locked(group):
        asked = asyncio.create_task(group.type("Asha", typed))
        await asyncio.wait({asked}, timeout=3 * PATIENCE)
        assert not asked.done()
    assert "cannot save anything" not in await asked
