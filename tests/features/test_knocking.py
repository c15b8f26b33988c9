"""Somebody asks to join: the rules in private, two presses, and a decision."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.contract.actions import DecideJoin
from bot.contract.events import JoinRequested, Place
from bot.storage import tables
from tests.group import PLACE, GroupUnderTest

DOOR = Place(platform="test", group="", channel="dm-Una")


async def knocks(group: GroupUnderTest, name: str = "Una") -> None:
    if name not in group.people:
        group.add_person(name, joined_at=None)
    await group.receive(JoinRequested(**{**group.about(name), "is_member": False}))


async def press(group: GroupUnderTest, name: str, label: str) -> str:
    """As in the private chat: the button knows the community, and the person is no member."""
    payload, _, _ = group.find_button(name, label, DOOR)
    payload = payload if payload.startswith("1_") else payload.replace("1-", "1_1-", 1)
    return await group.press_payload(name, payload, place=DOOR)


async def asks(group: GroupUnderTest, name: str = "Una") -> str:
    await knocks(group, name)
    await press(group, name, "I have read the rules")
    said = await press(group, name, "Ask to join")
    await group.settle()
    return said


def decisions(group: GroupUnderTest) -> list[tuple[str, str, bool]]:
    found = [deed for deed in group.platform.deeds if isinstance(deed, DecideJoin)]
    return [(deed.person.id, deed.place.group, deed.let_in) for deed in found]


async def test_they_read_the_rules_before_they_can_ask(group: GroupUnderTest) -> None:
    await knocks(group)
    assert group.labels("Una") == ["I have read the rules"]
    payload, _, _ = group.find_button("Una", "I have read the rules")
    skipped = payload.replace("knockread", "knock").replace("1-", "1_1-", 1)
    assert "It takes two presses" in await group.press_payload("Una", skipped, place=DOOR)


async def test_moderators_decide_and_are_told_who_asks(group: GroupUnderTest) -> None:
    assert "A moderator will look" in await asks(group)
    assert "Una asks to join" in group.private_texts("Mo")[-1]
    await group.press("Mo", "Let Una in")
    await group.settle()
    assert decisions(group) == [("id-Una", "g1", True)]


async def test_it_waits_over_a_restart_and_on_the_desk(group: GroupUnderTest) -> None:
    await knocks(group)
    await group.rebuild()
    await press(group, "Una", "I have read the rules")
    await group.rebuild()
    await press(group, "Una", "Ask to join")
    group.platform.told.clear()
    await group.rebuild()
    assert "One person asks to join" in await group.type("Mo", "/desk")
    assert "Una" in await group.press("Mo", "See who asks to join")
    await group.press("Mo", 'Say "not now" to Una')
    await group.settle()
    assert decisions(group) == [("id-Una", "g1", False)]
    assert "You can ask again later" in group.private_texts("Una")[-1]


async def test_a_group_may_let_people_in_after_two_presses(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk joining")
    await group.press("Mo", "Let them in after two presses")
    assert "You are in" in await asks(group)
    assert decisions(group) == [("id-Una", "g1", True)]
    assert "over" in await press(group, "Una", "Ask to join")
    assert len(decisions(group)) == 1


async def test_hearing_of_it_twice_and_pressing_twice_changes_nothing(group: GroupUnderTest) -> None:
    await asks(group)
    await knocks(group)
    for label in ("I have read the rules", "Ask to join"):
        assert "A moderator will look" in await press(group, "Una", label)
    await group.settle()
    assert len([text for text in group.private_texts("Mo") if "asks to join" in text]) == 1


async def test_the_first_decision_counts(group: GroupUnderTest) -> None:
    await asks(group)
    await group.type("Mo", "/desk let-in 1")
    assert "decided already" in await group.type("Mo", "/desk turn-away 1")
    await group.settle()
    assert decisions(group) == [("id-Una", "g1", True)]


async def test_nobody_presses_for_another(group: GroupUnderTest) -> None:
    await knocks(group)
    assert "This request is over" in await group.type("Ben", "/rules read-before 1")
    assert "This request is over" in await group.type("Ben", "/rules ask-to-join 1")
    assert "That is for moderators" in await group.type("Ben", "/desk let-in 1")


@pytest.mark.parametrize("end", ["came in", "deleted", "too old"])
async def test_nothing_is_kept_once_it_is_over(group: GroupUnderTest, end: str) -> None:
    await asks(group)
    if end == "came in":
        await group.arrive("Una")
    elif end == "deleted":
        await group.type("Una", "/me delete now")
    else:
        await group.pass_time(timedelta(days=16))
    async with group.database.transaction() as work:
        assert (await work.connection.execute(select(tables.join_requests))).all() == []


async def test_mine_shows_it(group: GroupUnderTest) -> None:
    await knocks(group)
    assert "You asked to join" in await group.type("Una", "/me show")


@pytest.mark.parametrize("name", ["**bold**", "[x](http://a.example)", "\u202eevil", "x" * 300, ""])
async def test_names_that_cannot_be_repeated_are_not(group: GroupUnderTest, name: str) -> None:
    group.add_person("Una", joined_at=None)
    group.people["Una"] = replace(group.people["Una"], name=name)
    await group.receive(JoinRequested(**{**group.about("Una"), "is_member": False}))
    await group.press_payload("Una", "1_1-knockread-1", place=DOOR)
    await group.press_payload("Una", "1_1-knock-1", place=DOOR)
    await group.settle()
    assert group.private_texts("Mo")[-1].startswith("Somebody asks to join.")


async def test_a_group_without_rules_leaves_it_to_its_platform(bare_group: GroupUnderTest) -> None:
    await knocks(bare_group)
    await bare_group.add_bot()
    await knocks(bare_group)
    assert "Una" not in bare_group.seen
    assert bare_group.groups.of(PLACE) is not None
