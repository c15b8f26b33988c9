"""Cases on the moderators' side: picked up by one, worked through, handed over, closed, deleted."""

from datetime import timedelta

import pytest

from bot.features import case_words
from bot.storage.cases import CLOSED, PICKED, WAITING
from tests.features.worries import (
    ALL_DAY,
    THREAD,
    cases,
    hours,
    pick_up,
    pressed,
    reachable,
    the_case,
    worried,
)
from tests.group import TEXTS, GroupUnderTest

STATUS = "See if someone has it"


async def a_case(group: GroupUnderTest, level: str = "Set it to serious", about: str = "") -> str:
    """Mo and Nia can be reached, Asha is worried, Mo has it."""
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await worried(group, "Asha", "Not sure", THREAD, about=about)
    group.clock.at += timedelta(seconds=30)
    await pick_up(group, "Mo", level)
    return (await the_case(group)).id


async def test_it_is_theirs_from_the_press_and_the_level_is_set_then(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha")
    said = await group.press("Mo", "Pick it up")
    assert "It is yours" in said
    assert (await the_case(group)).state == PICKED
    assert "How serious: serious" in await group.press("Mo", "Set it to serious")
    case = await the_case(group)
    assert (case.level, case.owner and case.owner.id) == (3, "id-Mo")


async def test_steps_are_ticked_and_unticked(group: GroupUnderTest) -> None:
    id = await a_case(group)
    said = await group.press("Mo", "Tick: emergency")
    assert "Done: Is it an emergency?" in said
    assert "To do: Is it an emergency?" in await group.press("Mo", "Untick: emergency")
    assert "To do: Ask kindly" in await group.type("Mo", f"/desk case step {id} nonsense")


@pytest.mark.parametrize("level", case_words.LEVELS)
def test_each_level_has_its_own_steps_and_those_of_every_case(level: int) -> None:
    steps = case_words.steps(level)
    assert steps[-5:] == case_words.ALWAYS
    assert len(set(steps)) == len(steps)
    assert len(" ".join(steps)) <= 200
    reader = TEXTS.reader()
    for step in steps:
        assert reader.plain(f"case.step-{step}")
        assert reader.plain(f"case.step-{step}-short")


async def test_two_who_press_at_once_do_not_both_have_it(group: GroupUnderTest) -> None:
    await reachable(group, "Mo", "Nia")
    await worried(group, "Asha")
    id = (await the_case(group)).id
    await pressed(group, "Mo", "casetake", id)
    assert "Mo has it. You can take it over." in await pressed(group, "Nia", "casetake", id)
    owner = (await the_case(group)).owner
    assert owner is not None
    assert owner.name == "Mo"
    await group.press("Nia", "Take it over")
    await group.settle()
    owner = (await the_case(group)).owner
    assert owner is not None
    assert owner.name == "Nia"
    assert "Nia has taken over" in group.private_texts("Mo")[-1]


async def test_only_the_owner_changes_it(group: GroupUnderTest) -> None:
    id = await a_case(group)
    before = await the_case(group)
    for kind, arguments in (
        ("caselevel", (id, 1)),
        ("casestep", (id, "emergency")),
        ("casehand", (id,)),
        ("caseclose", (id,)),
        ("caseclosed", (id,)),
        ("casewrite", (id,)),
    ):
        await pressed(group, "Nia", kind, *arguments)
    assert await the_case(group) == before


async def test_handed_over_it_stays_until_picked_up_and_they_are_reminded(group: GroupUnderTest) -> None:
    id = await a_case(group)
    await pressed(group, "Mo", "case", id)
    await group.press("Mo", "Hand it over")
    await group.press("Mo", "Hand it to Nia")
    await group.settle()
    assert "hand a case over to you" in group.private_texts("Nia")[-1]
    told = len(group.private_texts("Nia"))
    owner = (await the_case(group)).owner
    assert owner is not None
    assert owner.name == "Mo"
    await group.pass_time(timedelta(minutes=31))
    assert len(group.private_texts("Nia")) == told + 1
    assert "It is yours" in await group.press("Nia", "Pick it up")
    await group.settle()
    owner = (await the_case(group)).owner
    assert owner is not None
    assert owner.name == "Nia"
    told = len(group.private_texts("Nia"))
    await group.pass_time(timedelta(days=1))
    assert len(group.private_texts("Nia")) == told


async def test_nobody_picks_it_up_and_all_are_reminded_less_and_less_often(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await hours(group, ALL_DAY)
    await worried(group, "Asha")
    await group.pass_time(timedelta(hours=11))
    first_day = len(group.private_texts("Mo"))
    assert 4 <= first_day <= 8
    await group.pass_time(timedelta(days=3))
    assert first_day < len(group.private_texts("Mo")) <= first_day + 8


async def test_it_stands_first_on_the_desk_of_those_who_may_see_it(group: GroupUnderTest) -> None:
    await reachable(group, "Mo", "Nia")
    await worried(group, "Asha")
    assert "A case needs someone" in await group.type("Mo", "/desk")
    await pick_up(group, "Mo")
    assert "You have an open case" in await group.type("Mo", "/desk")
    assert "case" not in await group.type("Nia", "/desk")


async def test_the_weekly_note_to_all_moderators_tells_of_no_case(group: GroupUnderTest) -> None:
    await reachable(group, "Mo", "Nia")
    await worried(group, "Asha")
    await pick_up(group, "Mo")
    group.platform.told.clear()
    await group.pass_time(timedelta(days=8))
    assert not any("case" in text.lower() for text in group.private_texts("Nia"))


async def test_an_owner_who_leaves_gives_it_back_and_all_are_alerted_anew(group: GroupUnderTest) -> None:
    await a_case(group)
    told = len(group.private_texts("Nia"))
    await group.leave("Mo")
    await group.settle()
    case = await the_case(group)
    assert (case.state, case.owner) == (WAITING, None)
    assert len(group.private_texts("Nia")) == told + 1
    assert "Nobody has picked this up yet." in await group.press("Asha", STATUS)


async def test_closed_cases_go_after_ninety_days_with_the_words_in_them(group: GroupUnderTest) -> None:
    id = await a_case(group)
    await pressed(group, "Mo", "case", id)
    await group.press("Mo", "Close it")
    assert "It is closed" in await group.press("Mo", "Close it now")
    assert (await the_case(group)).state == CLOSED
    assert "closed it on" in await group.press("Asha", STATUS)
    await group.pass_time(timedelta(days=89))
    assert len(await cases(group)) == 1
    await group.pass_time(timedelta(days=3))
    assert await cases(group) == []
    assert "not here any more" in await pressed(group, "Asha", "worrystatus", id)


async def test_an_open_case_is_never_deleted_by_time(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha")
    await pick_up(group, "Mo")
    await group.pass_time(timedelta(days=200))
    assert len(await cases(group)) == 1


async def test_a_moderator_writes_and_neither_learns_more_than_they_should(group: GroupUnderTest) -> None:
    id = await a_case(group)
    assert "Write to whoever told us" not in group.labels("Mo")
    await pressed(group, "Asha", "worrywriting", id)
    await group.press("Asha", "Yes, write to me")
    await pressed(group, "Mo", "case", id)
    await group.press("Mo", "Write to whoever told us")
    assert "on its way" in await group.fill("Mo", words="Would you like company tonight?")
    await group.settle()
    letter = group.private_texts("Asha")[-1]
    assert "Mo, a moderator, writes to you:" in letter
    assert "Would you like company tonight?" in letter
    await group.press("Asha", "Write to the moderator")
    await group.fill("Asha", words="Yes please.")
    await group.settle()
    assert "There is more to read" in group.private_texts("Mo")[-1]
    assert "Yes please." not in group.private_texts("Mo")[-1], "words are in the case only"
    assert "Yes please." in await pressed(group, "Mo", "case", id)
    assert not any("Asha" in text for text in group.private_texts("Mo"))


async def test_without_a_yes_nobody_can_write(group: GroupUnderTest) -> None:
    id = await a_case(group)
    await pressed(group, "Asha", "worrywriting", id)
    await group.press("Asha", "Yes, write to me")
    await pressed(group, "Mo", "case", id)
    await group.press("Mo", "Write to whoever told us")
    await pressed(group, "Asha", "worrywriting", id)
    await group.press("Asha", "Only tell me how it goes")
    assert "did not ask" in await group.fill("Mo", words="Hello?")
    await pressed(group, "Asha", "worrywrite", id, "none")
    await pressed(group, "Mo", "casewrite", id)
    assert "did not ask" in await pressed(group, "Mo", "case", id)
    await group.settle()
    assert group.private_texts("Asha") == []


async def test_a_case_survives_a_restart_between_any_two_steps(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await hours(group, ALL_DAY)
    await group.type("Asha", "/worried")
    await group.rebuild()
    await group.press("Asha", "Yes")
    await group.rebuild()
    await group.settle()
    await group.rebuild()
    assert "I have told one moderator." in await group.press("Asha", STATUS)
    await group.rebuild()
    await group.press("Mo", "Pick it up")
    await group.rebuild()
    await group.press("Mo", "Set it to now")
    await group.rebuild()
    await group.press("Mo", "Close it")
    await group.rebuild()
    assert "It is closed" in await group.press("Mo", "Close it now")


async def test_with_another_secret_key_words_are_locked_and_it_is_said(group: GroupUnderTest) -> None:
    id = await a_case(group)
    await pressed(group, "Asha", "worrywords", id)
    await group.fill("Asha", words="Locked away.")
    await group.rebuild("another secret")
    assert "my secret key has changed" in await pressed(group, "Mo", "case", id)
