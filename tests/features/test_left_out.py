"""A moderator to leave out is left out however often somebody tells, and does not count as told."""

from datetime import timedelta

from bot.contract.events import Place
from tests.features.worries import (
    ALL_DAY,
    THREAD,
    cases,
    hours,
    on_duty,
    pick_up,
    pressed,
    reachable,
    the_case,
    worried,
)
from tests.group import PLACE, GroupUnderTest

STATUS = "See if someone has it"
WORDS = "It is about Nia, who must not read this"


async def tell_without(group: GroupUnderTest, name: str, place: Place) -> None:
    await group.type("Asha", "/worried", place)
    await group.press("Asha", "Leave a moderator out first", place)
    await group.press("Asha", f"Leave out {name}", place)
    await group.press("Asha", "Yes", place)
    await group.settle()


async def test_somebody_left_out_of_a_second_worry_is_left_out_although_they_know_the_first(
    group: GroupUnderTest,
) -> None:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await worried(group, "Asha", "Yes", THREAD)
    group.platform.told.clear()
    await tell_without(group, "Nia", THREAD)
    await group.press("Asha", "Add a few words", THREAD)
    await group.fill("Asha", THREAD, words=WORDS)
    await group.settle()
    first, second = sorted(await cases(group), key=lambda case: len(case.left_out))
    assert WORDS not in await group.type("Nia", f"/desk case {first.id}")
    assert await group.type("Nia", f"/desk case {second.id}") == "There is no such case for you."
    assert WORDS in await group.type("Mo", f"/desk case {second.id}")
    assert group.private_texts("Nia") == []
    await tell_without(group, "Nia", THREAD)
    assert len(await cases(group)) == 2  # told again it is the same


async def test_after_many_worries_one_about_a_moderator_still_does_not_reach_them(
    group: GroupUnderTest,
) -> None:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    for number in range(5):
        place = Place(platform="test", group="g1", channel="c1", thread=f"t{number}")
        await worried(group, "Asha", "No", place)
    group.platform.told.clear()
    await worried(group, "Asha", "Yes", PLACE, about="Nia")
    assert group.private_texts("Nia") == []
    assert len(group.private_texts("Mo")) == 1


async def test_who_is_left_out_later_does_not_count_as_told(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await hours(group, ALL_DAY)
    await worried(group, "Asha")
    assert "I have told one moderator." in await group.press("Asha", STATUS)
    await group.press("Asha", "Leave a moderator out")
    await group.press("Asha", "Leave out Mo")
    await group.settle()
    said = await group.press("Asha", STATUS)
    assert "I have told" not in said
    assert "I could not tell any moderator." in said
    assert "choose Report" in said
    await group.pass_time(timedelta(minutes=30))
    await group.settle()
    said = await group.press("Asha", STATUS)
    assert "Nobody has picked this up yet." in said
    assert "choose Report" in said


async def test_if_only_somebody_who_is_left_out_was_told_the_others_are_told_at_once(
    group: GroupUnderTest,
) -> None:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await on_duty(group, "Mo")
    await worried(group, "Asha")
    assert group.private_texts("Nia") == []
    await group.press("Asha", "Leave a moderator out")
    await group.press("Asha", "Leave out Mo")
    await group.settle()
    assert len(group.private_texts("Nia")) == 1
    assert "I have told one moderator." in await group.press("Asha", STATUS)


async def test_leaving_out_whom_a_case_was_offered_to_does_not_take_it_from_who_has_it(
    group: GroupUnderTest,
) -> None:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await worried(group, "Asha")
    await pick_up(group, "Mo")
    await pressed(group, "Mo", "case", (await the_case(group)).id)
    await group.press("Mo", "Hand it over")
    await group.press("Mo", "Hand it to Nia")
    await group.settle()
    told = len(group.private_texts("Nia"))
    await group.press("Asha", STATUS)
    await group.press("Asha", "Leave a moderator out")
    await group.press("Asha", "Leave out Nia")
    await group.settle()
    owner = (await the_case(group)).owner
    assert owner is not None
    assert owner.name == "Mo"
    await group.pass_time(timedelta(days=1))
    assert len(group.private_texts("Nia")) == told
    assert "A moderator picked it up" in await group.press("Asha", STATUS)


async def test_a_moderator_to_whom_nothing_is_sent_holds_no_alert_up(group: GroupUnderTest) -> None:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    async with group.database.transaction() as work:
        await work.cases.stop_writing(1, group.app._secrecy.person_key(group.people["Nia"]), group.clock())
    await group.type("Nia", "/desk")
    await on_duty(group, "Nia")
    await worried(group, "Asha")
    assert len(group.private_texts("Mo")) == 1
    assert "I have told one moderator." in await group.press("Asha", STATUS)
    assert "Nia" in (await group.type("Mo", "/desk cover")).partition("Alerts do not reach:")[2]
