"""Cover: whom alerts reach, when a moderator tries to be here, whose turn it is, and what is missing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.contract.platform import Unreachable
from bot.storage import tables
from tests.features.alerts import OPEN, answer_test, cover_page
from tests.features.checks import check_numbers
from tests.features.votes import agree_first
from tests.group import GroupUnderTest

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def where(group: GroupUnderTest) -> str:
    """The "Where to turn" post as it stands."""
    [post] = [text for text in group.posts if text.startswith("Where to turn")]
    return post


def moderators(group: GroupUnderTest, *names: str) -> None:
    for name in names:
        group.someone_else(name, is_moderator=True)


# Test alerts


async def test_alerts_are_off_until_a_test_alert_was_answered(group: GroupUnderTest) -> None:
    assert "Alerts are off" in await cover_page(group)
    assert "I am sending a test alert" in await group.press("Mo", "Send a test alert")
    await group.settle()
    assert "Alerts are off" in await cover_page(group), "sent is not answered"
    assert "who has not answered the test alert yet" in await cover_page(group)
    assert "Alerts reach you now" in await group.press("Mo", "Answer the test alert")
    assert "Alerts are on. They reach Mo." in await cover_page(group)
    await group.rebuild()
    assert "Alerts are on. They reach Mo." in await cover_page(group)


async def test_a_test_alert_goes_to_every_moderator_once(group: GroupUnderTest) -> None:
    moderators(group, "Asha")
    await group.type("Asha", "/desk")
    await group.type("Mo", "/desk test alert")
    assert "a few minutes ago" in await group.type("Asha", "/desk test alert")
    await group.settle()
    for name in ("Mo", "Asha"):
        [told] = group.private_texts(name)
        assert "Nothing has happened" in told


async def test_whoever_cannot_be_reached_is_listed_with_the_reason(group: GroupUnderTest) -> None:
    moderators(group, "Asha", "Ben", "Cai", "Dee")
    await answer_test(group, "Mo", "Asha", "Ben")
    await group.type("Cai", "/desk")
    await group.type("Dee", "/me messages no")
    await group.press("Dee", "Go on")
    await group.type("Dee", "/desk")
    page = await cover_page(group)
    assert "They reach Asha, Ben and Mo." in page
    assert "Cai, who has had no test alert yet" in page
    assert "Dee, who takes no private messages from me" in page


async def test_a_test_alert_that_does_not_arrive_takes_its_moderator_off_the_list(
    group: GroupUnderTest,
) -> None:
    await answer_test(group, "Mo")
    await group.pass_time(11 * MINUTE)
    group.platform.failures = [Unreachable()]
    await group.type("Mo", "/desk test alert")
    await group.settle()
    page = await cover_page(group)
    assert "Alerts are off" in page
    assert "Mo. My last message did not arrive" in page
    await group.pass_time(11 * MINUTE)
    await answer_test(group, "Mo")
    assert "Alerts are on" in await cover_page(group)


async def test_nobody_says_they_got_an_alert_that_was_not_sent_to_them(group: GroupUnderTest) -> None:
    moderators(group, "Asha")
    stamp = int(group.clock.at.timestamp())
    assert "No test alert was sent to you" in await group.type("Mo", f"/desk got alert {stamp}")
    await group.type("Mo", "/desk test alert")
    await group.settle()
    assert "a newer test alert" in await group.type("Mo", "/desk got alert 123")
    assert "No test alert was sent" in await group.type("Asha", f"/desk got alert {stamp}")
    assert "for moderators" in await group.type("Ben", f"/desk got alert {stamp}")
    assert "Alerts are off" in await cover_page(group)


async def test_a_moderator_who_leaves_is_alerted_no_more(group: GroupUnderTest) -> None:
    moderators(group, "Asha")
    await answer_test(group, "Mo", "Asha")
    await group.type("Asha", "/desk rota take all duty")
    await group.leave("Asha")
    page = await cover_page(group)
    assert "They reach Mo." in page
    assert "Asha" not in page
    async with group.database.transaction() as work:
        assert await work.cover.duty(1) == {}
        assert len((await work.connection.execute(select(tables.moderator_reach))).all()) == 1


# Nights


async def test_nobody_is_woken_who_did_not_choose_it(group: GroupUnderTest) -> None:
    await answer_test(group, "Mo")
    assert "At night they wake nobody" in await cover_page(group)
    assert "may wake you" in await group.press("Mo", "Wake me at night")
    assert "At night they wake Mo" in await cover_page(group)
    assert "I do not wake you" in await group.press("Mo", "Let me sleep at night")
    assert "At night they wake nobody" in await cover_page(group)


async def test_what_a_moderator_chose_for_the_night_stays_over_tests_and_restarts(
    group: GroupUnderTest,
) -> None:
    await group.type("Mo", "/desk night wake")
    await group.rebuild()
    await answer_test(group, "Mo")
    assert "At night they wake Mo" in await cover_page(group)


# Hours


async def test_hours_are_one_press_and_members_see_them(group: GroupUnderTest) -> None:
    assert "A moderator tries" not in where(group)
    await cover_page(group)
    await group.press("Mo", "Choose cover hours")
    said = await group.press("Mo", "Add every day, 6pm to 10pm")
    assert "Cover hours: every day, 6pm to 10pm (UK time)." in said
    await group.settle()
    assert "A moderator tries to be here: every day, 6pm to 10pm (UK time)." in where(group)
    assert "Please do not wait for them" in where(group)
    assert "Add every day, 6pm to 10pm" not in group.labels("Mo")
    await group.press("Mo", "Remove all hours")
    await group.settle()
    assert "A moderator tries" not in where(group)


async def test_hours_of_their_own_are_two_presses_and_a_small_form(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk cover hours")
    await group.press("Mo", "Add other hours")
    await group.press("Mo", "Choose Tuesday")
    assert "Tuesday, 7:30pm to 9pm" in await group.fill("Mo", start="7.30pm", end="21:00")
    await group.press("Mo", "Add other hours")
    await group.press("Mo", "Choose Saturday and Sunday")
    said = await group.fill("Mo", start="10", end="midday")
    assert "could not read those times" in said
    await group.press("Mo", "Write the times again")
    said = await group.fill("Mo", start="10", end="12")
    assert "Tuesday, 7:30pm to 9pm; Saturday and Sunday, 10am to midday" in said


@pytest.mark.parametrize(
    ("start", "end"), [("", "6pm"), ("25", "6pm"), ("18:77", "22"), ("13pm", "22"), ("🙂", "x" * 90)]
)
async def test_times_that_are_none_change_nothing(group: GroupUnderTest, start: str, end: str) -> None:
    await group.type("Mo", "/desk cover days 0123456")
    assert "could not read" in await group.fill("Mo", start=start, end=end)
    assert "Cover hours: none" in await cover_page(group)


async def test_days_and_numbers_that_are_none_change_nothing(group: GroupUnderTest) -> None:
    for typed in ("days 9", "days x", "add 99x", "days 00000000000000000000"):
        assert await group.type("Mo", f"/desk cover {typed}") is not None
    assert "none" in await cover_page(group)


async def test_a_group_cannot_promise_more_than_ten_times(group: GroupUnderTest) -> None:
    for hour in range(11):
        await group.type("Mo", "/desk cover days 0")
        said = await group.fill("Mo", start=f"{hour}:00", end=f"{hour}:30")
    assert "more than ten" in said


# Rota


async def test_a_rota_is_pressed_and_not_typed(group: GroupUnderTest) -> None:
    moderators(group, "Asha")
    await answer_test(group, "Mo", "Asha")
    await cover_page(group)
    await group.press("Mo", "Choose who is on duty")
    await group.press("Mo", "Choose for every day")
    assert "Monday: Mo" in await group.press("Mo", "Take it myself")
    await group.press("Mo", "Change Monday")
    said = await group.press("Mo", "Make Asha the backup")
    assert "Monday: Mo, backup Asha" in said
    assert "Tuesday: Mo" in said


async def test_whoever_is_put_on_the_rota_is_told_and_can_step_down(group: GroupUnderTest) -> None:
    moderators(group, "Asha")
    await answer_test(group, "Mo", "Asha")
    await group.type("Mo", "/desk rota 2")
    await group.press("Mo", "Put Asha on duty")
    await group.settle()
    assert "put you on the rota: Wednesday" in group.private_texts("Asha")[-1]
    await group.press("Asha", "Step down from these days")
    assert "Asha" not in await group.type("Mo", "/desk rota")


async def test_nobody_is_on_duty_and_the_backup_at_once(group: GroupUnderTest) -> None:
    await answer_test(group, "Mo")
    await group.type("Mo", "/desk rota take 0 duty")
    said = await group.type("Mo", "/desk rota take 0 backup")
    assert "Monday: nobody, backup Mo" in said


async def test_days_without_anybody_are_shown(group: GroupUnderTest) -> None:
    await answer_test(group, "Mo")
    assert "no rota" in await cover_page(group)
    await group.type("Mo", "/desk cover add 1")  # Monday to Friday
    await group.type("Mo", "/desk rota take 0 duty")
    await group.type("Mo", "/desk rota take 1 duty")
    assert "on duty on: Wednesday, Thursday and Friday" in await cover_page(group)
    await group.type("Mo", "/desk rota take all duty")
    assert "somebody on every day" in await cover_page(group)
    await group.type("Mo", "/me messages no")
    await group.press("Mo", "Go on")
    assert "on duty on: Monday to Friday" in await cover_page(group), "who cannot be reached covers nothing"


@pytest.mark.parametrize(
    "typed", ["take 7 duty", "take 0 king", "put 0 duty ffffffffffff", "free x", "9", "down 88"]
)
async def test_presses_that_name_nothing_change_nothing(group: GroupUnderTest, typed: str) -> None:
    await group.type("Mo", "/desk")
    assert await group.type("Mo", f"/desk rota {typed}")
    assert "no rota" in await cover_page(group)


async def test_members_cannot_change_cover(group: GroupUnderTest) -> None:
    for typed in ("cover", "test alert", "night wake", "cover add 0", "rota take all duty", "outside nobody"):
        assert "for moderators" in await group.type("Asha", f"/desk {typed}")


async def test_the_rota_stays_over_a_restart_and_is_one_for_two_processes(group: GroupUnderTest) -> None:
    await answer_test(group, "Mo")
    await group.type("Mo", "/desk cover add 0")
    await group.type("Mo", "/desk rota take all duty")
    other = GroupUnderTest(group.url, group.clock, group.platform)
    await other.wire()
    other.people, other._events = group.people, 50_000
    await other.type("Mo", "/desk rota free 3")
    await other.type("Mo", "/desk cover add 3")
    await group.groups.load(group.database)
    page = await cover_page(group)
    assert "on duty on: Thursday" in page
    assert "Saturday and Sunday, 10am to 4pm" in page
    await other.close()


# The contact outside


async def test_a_contact_outside_is_asked_for_at_the_set_up(bare_group: GroupUnderTest) -> None:
    await bare_group.add_bot()
    await bare_group.press("Mo", "Set up this group")
    await bare_group.press("Mo", "England")
    assert "one person who is no moderator" in await bare_group.press("Mo", "Adults only")
    await bare_group.press("Mo", "Write a contact")
    await bare_group.fill("Mo", contact="Pat at the hall, 01632 960 001")
    await bare_group.settle()
    assert "Contact outside of the moderators: Pat at the hall" in where(bare_group)


async def test_that_there_is_nobody_outside_is_shown_to_members(group: GroupUnderTest) -> None:
    assert "Contact outside of the moderators: none yet." in where(group)


async def test_the_contact_outside_can_be_changed(group: GroupUnderTest) -> None:
    await cover_page(group)
    await group.press("Mo", "Change the contact outside")
    await group.press("Mo", "Write a contact outside")
    await group.fill("Mo", contact="  Pat \n at the hall ")
    await group.settle()
    assert "Contact outside of the moderators: Pat at the hall" in where(group)
    await group.type("Mo", "/desk outside")
    await group.press("Mo", "Say there is nobody outside")
    await group.settle()
    assert "Contact outside of the moderators: none yet." in where(group)


@pytest.mark.parametrize("words", ["", "   ", "x", "y" * 201])
async def test_a_contact_of_nothing_or_too_much_is_not_kept(group: GroupUnderTest, words: str) -> None:
    await group.type("Mo", "/desk outside write")
    assert await group.fill("Mo", contact=words)
    assert "none. Members see that" in await cover_page(group)


# The desk


async def test_that_alerts_are_off_is_on_the_desk_and_again_two_weeks_after_somebody_looked(
    group: GroupUnderTest,
) -> None:
    await agree_first(group)
    assert "Alerts are off" in await group.type("Mo", "/desk")
    await group.press("Mo", OPEN)
    assert "Alerts are off" not in await group.type("Mo", "/desk")
    await group.pass_time(14 * DAY)
    assert "Alerts are off" in await group.type("Mo", "/desk")
    await answer_test(group, "Mo")
    assert "Alerts are off" not in await group.type("Mo", "/desk")


async def test_what_is_missing_comes_one_after_the_other(group: GroupUnderTest) -> None:
    moderators(group, "Asha")
    await agree_first(group)
    await check_numbers(group)
    await answer_test(group, "Mo")
    await group.pass_time(11 * MINUTE)
    await answer_test(group, "Asha")
    assert "contact outside of the moderators is missing" in await group.type("Mo", "/desk")
    await group.type("Mo", "/desk outside nobody")
    await group.type("Mo", "/desk rota take 0 duty")
    assert "on duty on: Tuesday" in await group.type("Mo", "/desk")
    await group.type("Mo", "/desk rota take all duty")
    await group.type("Asha", "/me messages no")
    await group.press("Asha", "Go on")
    assert "Alerts do not reach Asha" in await group.type("Mo", "/desk")


async def test_nothing_claims_that_somebody_is_always_here(group: GroupUnderTest) -> None:
    await answer_test(group, "Mo")
    await group.type("Mo", "/desk cover add 0")
    await group.settle()
    said = (await cover_page(group) + where(group)).casefold()
    for claim in ("24/7", "always", "monitor", "we watch", "guarantee", "keep you safe", "at all times"):
        assert claim not in said


async def test_a_moderator_sees_what_is_kept_of_them_and_can_delete_it(group: GroupUnderTest) -> None:
    await answer_test(group, "Mo")
    await group.type("Mo", "/desk night wake")
    await group.type("Mo", "/desk rota take 4 backup")
    shown = await group.type("Mo", "/me show")
    assert "Alerts may wake you at night." in shown
    assert "You answered a test alert on 11 January 2027." in shown
    assert "You are in the rota: Friday." in shown
    await group.type("Mo", "/me delete")
    await group.press("Mo", "Delete it now")
    async with group.database.transaction() as work:
        for table in (tables.moderator_reach, tables.duties):
            assert (await work.connection.execute(select(table))).all() == []
