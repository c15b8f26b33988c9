"""Who must not know of a case, tried against: the one it is about, the one left out, other members, logs."""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot.buttons import BUTTONS
from bot.contract.command import Who
from bot.contract.events import Place
from bot.contract.payload import encode
from tests.features.test_secrecy import found
from tests.features.worries import (
    ALL_DAY,
    THREAD,
    hours,
    pick_up,
    pressed,
    reachable,
    the_case,
    worried,
)
from tests.group import GroupUnderTest

NOTHING = "There is no such case for you."
WORDS = "Somebody must never read this sentence"


async def without(group: GroupUnderTest, name: str = "Nia") -> str:
    """A case of Asha's that this moderator never sees; with words, and picked up by Mo."""
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await group.type("Asha", "/worried", THREAD)
    await group.press("Asha", "Leave a moderator out first", THREAD)
    await group.press("Asha", f"Leave out {name}", THREAD)
    await group.press("Asha", "Yes", THREAD)
    await group.settle()
    await group.press("Asha", "Add a few words", THREAD)
    await group.fill("Asha", THREAD, words=WORDS)
    await group.settle()
    return (await the_case(group)).id


def everything_typed(id: str) -> Iterator[str]:
    """Every typed form of every button of moderators about cases, with every kind of argument."""
    for press in BUTTONS.values():
        if press.who is Who.MODERATORS and press.typed.startswith("desk case ") and "<case>" in press.typed:
            places = [word for word in press.typed.split() if word.startswith("<")]
            for rest in itertools.product(("yes", "3", "emergency", "care"), repeat=len(places) - 1):
                given = iter((id, *rest))
                words = [next(given) if word.startswith("<") else word for word in press.typed.split()]
                yield f"/{' '.join(words)}"


async def test_a_moderator_who_is_left_out_gets_the_same_answer_as_if_there_were_none(
    group: GroupUnderTest,
) -> None:
    id = await without(group)
    before = await the_case(group)
    group.platform.told.clear()
    tried = 0
    for typed in everything_typed(id):
        nobody = typed.replace(id, "12345678")
        said = await group.type("Nia", typed)
        assert said == NOTHING, typed
        assert said == await group.type("Nia", nobody), typed
        tried += 1
    assert tried > 20
    assert "No case is open for you." in await group.type("Nia", "/desk cases")
    assert "case" not in (await group.type("Nia", "/desk")).lower()
    await group.settle()
    assert await the_case(group) == before
    assert group.private_texts("Nia") == []


async def test_nothing_ever_reaches_who_is_left_out(group: GroupUnderTest) -> None:
    await without(group)
    told = len(group.private_texts("Nia"))
    await group.pass_time(timedelta(minutes=40))
    await pick_up(group, "Mo")
    await group.press("Mo", "Hand it over")
    assert "Hand it to Nia" not in group.labels("Mo")
    await group.press("Mo", "Go back to the case")
    await group.press("Mo", "Close it")
    await group.press("Mo", "Close it now")
    await group.pass_time(timedelta(days=3))
    assert not [text for text in group.private_texts("Nia")[told:] if "note for moderators" not in text]


async def test_handing_it_to_who_is_left_out_by_typing_changes_nothing(group: GroupUnderTest) -> None:
    id = await without(group)
    await pick_up(group, "Mo")
    key = group.app._secrecy.person_key(group.people["Nia"])
    await pressed(group, "Mo", "casehandto", id, key[:16])
    await group.settle()
    assert (await the_case(group)).offered == ""
    assert group.private_texts("Nia") == []


async def test_left_out_later_alerts_on_their_way_do_not_go_and_the_case_begins_anew(
    group: GroupUnderTest,
) -> None:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await worried(group, "Asha")
    await group.press("Mo", "Pick it up")
    await group.press("Asha", "Leave a moderator out")
    said = await group.press("Asha", "Leave out Mo")
    await group.settle()
    assert "If a message has reached them before" in said
    case = await the_case(group)
    assert case.owner is None
    assert case.state == "waiting"
    assert NOTHING in await pressed(group, "Mo", "case", case.id)
    assert group.private_texts("Nia")


async def test_an_alert_that_waits_for_somebody_left_out_is_called_back(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    group.platform.failures = [OSError("no network")] * 2
    await worried(group, "Asha")
    await group.press("Asha", "Leave a moderator out")
    said = await group.press("Asha", "Leave out Mo")
    assert "choose Report" in said
    group.platform.failures.clear()
    await group.pass_time(timedelta(hours=3))
    assert group.private_texts("Mo") == []


async def test_a_moderator_who_wrote_the_message_is_left_out_by_itself(group: GroupUnderTest) -> None:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await worried(group, "Asha", "Yes", THREAD, about="Nia")
    case = await the_case(group)
    assert group.private_texts("Nia") == []
    assert len(group.private_texts("Mo")) == 1
    assert NOTHING in await pressed(group, "Nia", "case", case.id)
    assert "case" not in (await group.type("Nia", "/desk")).lower()


async def test_somebody_who_becomes_a_moderator_does_not_see_what_is_about_them(
    group: GroupUnderTest,
) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha", "Yes", THREAD, about="Ben")
    await reachable(group, "Ben")
    assert NOTHING in await pressed(group, "Ben", "case", (await the_case(group)).id)


async def test_another_account_of_who_is_left_out_sees_nothing_either(group: GroupUnderTest) -> None:
    id = await without(group)
    group.clock.at = group.clock.at.replace(second=30)
    await reachable(group, "Nia-again")
    assert NOTHING in await pressed(group, "Nia-again", "case", id)


async def test_who_it_is_about_finds_nothing_under_show_mine(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    await worried(group, "Asha", "Yes", THREAD, about="Ben")
    assert await group.type("Ben", "/me show") == "I keep nothing about you."


async def test_members_guessing_numbers_and_reporters_of_others_find_nothing(group: GroupUnderTest) -> None:
    id = await without(group)
    for kind, press in BUTTONS.items():
        if press.typed.startswith("worried ") and "<case>" in press.typed:
            words = press.typed.split()
            typed = " ".join(
                id if word == "<case>" else "all" if word.startswith("<") else word for word in words
            )
            before = await the_case(group)
            assert "not here any more" in await group.type("Ben", f"/{typed}"), kind
            assert await the_case(group) == before
    for typed in everything_typed(id):
        assert "That is for moderators" in await group.type("Ben", typed)


async def test_no_moderator_learns_who_told(group: GroupUnderTest) -> None:
    id = await without(group)
    await pick_up(group, "Mo")
    seen = "".join(
        [
            *group.private_texts("Mo"),
            await pressed(group, "Mo", "case", id),
            await group.type("Mo", "/desk cases"),
            *group.posts,
        ]
    )
    assert "Asha" not in seen
    assert "id-Asha" not in seen
    await group.pass_time(timedelta(days=2))
    assert not any("Asha" in post for post in group.posts)


async def test_nothing_is_said_in_public(group: GroupUnderTest) -> None:
    posts = list(group.posts)
    await without(group)
    await pick_up(group, "Mo")
    await group.pass_time(timedelta(hours=3))
    assert group.posts == posts


async def test_words_and_accounts_are_sealed_on_the_disk_and_never_in_a_log(
    group: GroupUnderTest, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with structlog.testing.capture_logs() as lines:
        await without(group)
        await group.press("Asha", "Say if we may write to you", THREAD)
        await group.press("Asha", "Yes, write to me", THREAD)
        assert found(tmp_path, WORDS, "id-Asha") == []
        group.platform.failures = [OSError(WORDS)] * 3
        await pick_up(group, "Mo")
        await group.press("Mo", "Close it")
        await group.press("Mo", "Close it now")
    assert WORDS in await pressed(group, "Mo", "case", (await the_case(group)).id)
    assert found(tmp_path, WORDS) == []
    assert WORDS not in str(lines) + "".join(capfd.readouterr())
    assert "id-Asha" not in str(lines)


async def test_a_number_of_a_case_says_nothing_about_another(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    ids = []
    for number in range(4):
        await worried(
            group, "Asha", place=Place(platform="test", group="g1", channel="c1", thread=f"t{number}")
        )
    async with group.database.transaction() as work:
        ids = [int(case.id) for case in await work.cases.open_ones(1)]
    gaps = [abs(later - earlier) for earlier, later in itertools.pairwise(sorted(ids))]
    assert all(len(str(id)) == 8 for id in ids)
    assert min(gaps) > 1


async def test_a_case_of_another_community_is_not_found_by_its_number(group: GroupUnderTest) -> None:
    id = await without(group)
    other = Place(platform="test", group="g2", channel="c9")
    await group.add_bot(other)
    said = await group.press_payload("Mo", encode("case", id), place=other)
    assert said == NOTHING
    assert await group.type("Mo", f"/desk case take {id}", other) == NOTHING


async def test_a_reporter_sees_what_is_kept_and_can_have_it_deleted(
    group: GroupUnderTest, tmp_path: Path
) -> None:
    await without(group)
    await group.press("Asha", "Say if we may write to you", THREAD)
    await group.press("Asha", "Yes, write to me", THREAD)
    shown = await group.type("Asha", "/me show")
    assert "you told me that you are worried. It is not closed yet." in shown
    assert WORDS in shown
    assert "Your account is kept with it" in shown
    await group.type("Asha", "/me delete")
    said = await group.press("Asha", "Delete it now")
    assert "stays with them until they close it" in said
    case = await the_case(group)
    assert (case.words, case.account, case.wants) == ("", "", "")
    assert case.open
