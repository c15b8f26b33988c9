"""Roles: chosen ones moderate, and one is given to who says that they have read the rules."""

import pytest

from bot.contract.actions import GiveRole
from bot.contract.events import ButtonPressed, Place
from tests.group import PLACE, GroupUnderTest

PRIVATE = Place(platform="test", group="", channel="dm-Asha")


@pytest.fixture
def with_roles(group: GroupUnderTest) -> GroupUnderTest:
    group.someone_else("Mo", roles=("77", "88"), role_names=("Helpers", "Readers"))
    group.someone_else("Asha", roles=("77",), role_names=("Helpers",))
    return group


def given(group: GroupUnderTest) -> list[tuple[str, str, str]]:
    found = [deed for deed in group.platform.deeds if isinstance(deed, GiveRole)]
    return [(deed.person.id, deed.place.group, deed.role) for deed in found]


async def says_read(group: GroupUnderTest, name: str, **changes: object) -> None:
    about = {**group.about(name), **changes}
    for payload in ("1_1-goon-haveread-1", "1_1-haveread-1"):
        await group.receive(ButtonPressed(**about, payload=payload))
    await group.settle()


async def test_a_chosen_role_moderates_until_it_does_no_longer(with_roles: GroupUnderTest) -> None:
    group = with_roles
    assert "That is for moderators" in await group.type("Asha", "/desk")
    await group.type("Mo", "/desk drawer settings")
    assert "Now: none" in await group.press("Mo", "Choose roles that moderate")
    assert "Now: Helpers." in await group.press("Mo", "Let Helpers moderate")
    await group.rebuild()
    assert "That is for moderators" not in await group.type("Asha", "/desk")
    assert "That is for moderators" not in await group.press_payload("Asha", "1_1-desk", place=PRIVATE)
    assert "That is for moderators" in await group.type("Ben", "/desk")
    await group.press("Mo", "Let Helpers no longer moderate")
    assert "That is for moderators" in await group.type("Asha", "/desk")


async def test_a_role_of_another_platform_moderates_nothing_here(with_roles: GroupUnderTest) -> None:
    group = with_roles
    await group.type("Mo", "/desk moderator-role 77")
    elsewhere = Place(platform="test", group="g2", channel="c1")
    await group.add_bot(elsewhere)
    assert "That is for moderators" in await group.type("Asha", "/desk", elsewhere)


async def test_who_has_read_the_rules_gets_the_role(with_roles: GroupUnderTest) -> None:
    group = with_roles
    await group.type("Mo", "/desk read-role")
    assert "Now: Readers." in await group.press("Mo", "Give Readers")
    await says_read(group, "Asha")
    await says_read(group, "Ben", place=PRIVATE)
    assert set(given(group)) == {("id-Asha", "g1", "88"), ("id-Ben", "g1", "88")}
    assert "Now: none." in await group.press("Mo", "Give no role")
    await says_read(group, "Cai")
    assert len({person for person, _, _ in given(group)}) == 2


@pytest.mark.parametrize("member", [False, None])
async def test_nobody_gets_it_who_is_not_surely_a_member(
    with_roles: GroupUnderTest, member: bool | None
) -> None:
    await with_roles.type("Mo", "/desk read-role 88")
    await says_read(with_roles, "Asha", is_member=member)
    assert given(with_roles) == []


async def test_without_roles_the_screen_says_so(group: GroupUnderTest) -> None:
    assert "I see no roles of yours here" in await group.type("Mo", "/desk moderator-roles")
    assert "I see no roles of yours here" in await group.type("Mo", "/desk read-role")


async def test_members_choose_no_roles(with_roles: GroupUnderTest) -> None:
    for typed in ("moderator-role 77", "not-moderator-role 77", "read-role 88"):
        assert "That is for moderators" in await with_roles.type("Asha", f"/desk {typed}", PLACE)
