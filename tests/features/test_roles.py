"""Roles: chosen ones moderate, and one is given to who says that they have read the rules."""

from datetime import timedelta

import pytest

from bot.contract.actions import GiveRole
from bot.contract.events import ButtonPressed, FormAnswered, Place, PlaceRefused, Role
from bot.contract.platform import Unreachable
from tests.group import PLACE, GroupUnderTest

PRIVATE = Place(platform="test", group="", channel="dm-Asha")


@pytest.fixture
def with_roles(group: GroupUnderTest) -> GroupUnderTest:
    helpers, readers = Role(id="77", name="Helpers"), Role(id="88", name="Readers")
    group.roles = (Role(id="99", name="Owners", plain=False), helpers, readers)
    group.someone_else("Mo", roles=("77",))
    group.someone_else("Asha", roles=("77",))
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
    await group.type("Mo", "/desk drawer places")
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
    assert "I see no roles here" in await group.type("Mo", "/desk moderator-roles")
    assert "I see no roles here" in await group.type("Mo", "/desk read-role")


async def test_members_choose_no_roles(with_roles: GroupUnderTest) -> None:
    for typed in ("moderator-role 77", "not-moderator-role 77", "read-role 88"):
        assert "That is for moderators" in await with_roles.type("Asha", f"/desk {typed}", PLACE)


async def test_a_moderator_names_a_role_that_they_do_not_have(with_roles: GroupUnderTest) -> None:
    group = with_roles
    group.roles = (*(Role(id=f"5{n}", name=f"Colour {n}") for n in range(20)), *group.roles)
    await group.type("Mo", "/desk read-role")
    assert "Give Readers" not in group.labels("Mo"), "not everything has a button"
    await group.press("Mo", "Type another role's name")
    assert "Now: Readers." in await group.fill("Mo", name=" @readers ")
    await group.type("Mo", "/desk name moderator-role")
    assert "Now: Colour 17." in await group.fill("Mo", name="colour 17")
    assert "Now: Colour 17, Helpers." in await group.type("Mo", "/desk moderator-role helpers")
    assert "Now: Helpers." in await group.type("Mo", "/desk not-moderator-role colour_17")


@pytest.mark.parametrize("name", ["", "Nobody knows it", "@everyone", "x" * 200, "**Readers", "5" * 90])
async def test_a_role_that_is_not_there_is_not_chosen(with_roles: GroupUnderTest, name: str) -> None:
    group = with_roles
    for way in ("moderator-role", "read-role"):
        await group.type("Mo", f"/desk name {way}")
        assert "I know no role of that name" in await group.fill("Mo", name=name)
        await group.press("Mo", "Type another role's name")
        assert group.asked("Mo") is not None


async def test_a_role_with_power_is_given_to_nobody(with_roles: GroupUnderTest) -> None:
    group = with_roles
    for typed in ("/desk read-role 99", "/desk read-role owners"):
        assert "I do not give Owners" in await group.type("Mo", typed)
    await group.type("Mo", "/desk read-role")
    assert "Give Owners" not in group.labels("Mo")
    await group.type("Mo", "/desk name read-role")
    assert "I do not give Owners" in await group.fill("Mo", name="Owners")
    await says_read(group, "Asha")
    assert given(group) == []


async def test_who_has_read_the_rules_never_becomes_a_moderator_by_that(with_roles: GroupUnderTest) -> None:
    group = with_roles
    await group.type("Mo", "/desk moderator-role helpers")
    assert "I do not give Helpers" in await group.type("Mo", "/desk read-role helpers")
    await group.type("Mo", "/desk read-role readers")
    assert "So it cannot moderate" in await group.type("Mo", "/desk moderator-role readers")
    await group.type("Mo", "/desk moderator-roles")
    assert "Let Readers moderate" not in group.labels("Mo")


async def test_members_name_no_roles(with_roles: GroupUnderTest) -> None:
    group = with_roles
    for payload in ("1-modrolenamed", "1-readrolenamed"):
        form = FormAnswered(**group.about("Ben"), payload=payload, values={"name": "Readers"})
        await group.receive(form)
    assert "Now: none." in await group.type("Mo", "/desk read-role")
    assert "Now: none" in await group.type("Mo", "/desk moderator-roles")


async def refused(group: GroupUnderTest, why: str, role: str = "88", name: str = "Readers") -> None:
    """The platform says why it does not let the bot give a role, then fails the deed."""
    where = Place(platform="test", group="g1", channel=role)
    group.add_person("Bot")
    await group.receive(PlaceRefused(**group.about("Bot", where), missing=(why,), called=name))
    await group.settle()
    group.platform.failures = [Unreachable()]


async def says_read_once(group: GroupUnderTest, name: str) -> None:
    await group.press_payload(name, "1_1-goon-haveread-1")
    await group.settle()


@pytest.mark.parametrize(
    ("why", "mend"),
    [
        ("manage_roles", "allow my role to manage roles"),
        ("role_above", "move my own role above it"),
        ("role_gone", "It is not there any more"),
        ("role_powerful", "so I do not give it"),
    ],
)
async def test_moderators_see_why_a_role_is_not_given_and_it_is_given_once_that_is_mended(
    with_roles: GroupUnderTest, why: str, mend: str
) -> None:
    group = with_roles
    await group.type("Mo", "/desk read-role readers")
    await refused(group, why)
    await says_read_once(group, "Asha")
    assert given(group) == []
    [told] = group.private_texts("Mo")
    assert "I cannot give the role Readers" in told
    assert mend in told
    assert mend in await group.type("Mo", "/desk")
    await group.press("Mo", "Try again now")
    await group.settle()
    assert given(group) == [("id-Asha", "g1", "88")]
    assert mend not in await group.type("Mo", "/desk")


async def test_a_role_is_tried_once_a_day_for_a_week(with_roles: GroupUnderTest) -> None:
    group = with_roles
    await group.type("Mo", "/desk read-role readers")
    await refused(group, "role_above")
    await says_read_once(group, "Asha")
    group.platform.failures = [Unreachable() for _ in range(3)]
    await group.pass_time(timedelta(days=3, hours=1))
    assert (given(group), group.platform.failures) == ([], [])
    await group.pass_time(timedelta(days=1))
    assert given(group) == [("id-Asha", "g1", "88")]
    assert "I cannot give" not in await group.type("Mo", "/desk")
    await refused(group, "role_above")
    await says_read_once(group, "Ben")
    group.platform.failures = [Unreachable() for _ in range(20)]
    await group.pass_time(timedelta(days=12))
    assert 10 < len(group.platform.failures) < 14


async def test_somebody_who_left_gets_no_role_and_no_moderator_is_bothered(
    with_roles: GroupUnderTest,
) -> None:
    group = with_roles
    await group.type("Mo", "/desk read-role readers")
    group.platform.failures = [Unreachable()]
    await says_read_once(group, "Asha")
    await group.pass_time(timedelta(days=2))
    assert given(group) == []
    assert group.private_texts("Mo") == []
    assert "I cannot give" not in await group.type("Mo", "/desk")
