"""Roles: which there are, and one given to somebody, never before screening has cleared, never with power."""

import pytest

from adapters.discord.roles import POWER
from bot.contract.actions import GiveRole
from bot.contract.events import CommandGiven, Person, Place, PlaceOpened, PlaceRefused
from bot.contract.platform import TryLater, Unreachable
from tests.adapters.discord.conftest import Bench
from tests.adapters.discord.stand_in import Someone
from tests.adapters.discord.stand_in.world import BOT_NEEDS, MANAGE_ROLES, MODERATE, snowflake

READERS, OWNERS = snowflake(), snowflake()


@pytest.fixture
async def with_roles(unconnected: Bench) -> Bench:
    unconnected.guild.more_roles = {READERS: "Readers", OWNERS: "Owners"}
    unconnected.guild.powers = {OWNERS: MODERATE}
    await unconnected.connect()
    return unconnected


def give(bench: Bench, role: str = READERS, to: Someone | None = None) -> GiveRole:
    where = Place(platform="discord", group=bench.guild.id, channel=bench.general.id)
    return GiveRole(place=where, person=Person(platform="discord", id=(to or bench.asha).id), role=role)


def roles(bench: Bench) -> list[str]:
    return bench.guild.members[bench.asha.id].roles


async def fails(bench: Bench, action: GiveRole) -> list[PlaceRefused]:
    bench.core.events.clear()
    with pytest.raises(Unreachable):
        await bench.discord.perform(action, "cg1")
    return bench.core.of(PlaceRefused)


async def test_a_role_waits_until_screening_is_over(with_roles: Bench) -> None:
    bench = with_roles
    bench.guild.members[bench.asha.id].pending = True
    with pytest.raises(TryLater):
        await bench.discord.perform(give(bench), "cg1")
    assert roles(bench) == []
    bench.guild.members[bench.asha.id].pending = False
    await bench.discord.perform(give(bench), "cg1")
    assert roles(bench) == [READERS]


async def test_every_role_is_told_with_whoever_asks_the_bot_something(with_roles: Bench) -> None:
    bench = with_roles
    await bench.people.command(bench.asha, bench.general, "rules")
    told = [(role.id, role.name, role.plain) for role in bench.core.of(CommandGiven)[0].group_roles]
    moderators = (bench.guild.moderators, "Moderators", False)
    assert told == [(OWNERS, "Owners", False), (READERS, "Readers", True), moderators]


async def test_a_role_with_power_is_never_given(with_roles: Bench) -> None:
    bench = with_roles
    (told,) = await fails(bench, give(bench, OWNERS))
    assert (told.missing, told.called, told.place.channel) == (("role_powerful",), "Owners", OWNERS)
    bench.guild.powers = {READERS: 1 << 3}  # it was plain when it was chosen
    await bench.people.change_roles(bench.guild)
    await bench.settle()
    assert (await fails(bench, give(bench)))[0].missing == ("role_powerful",)
    assert roles(bench) == []


@pytest.mark.parametrize("power", sorted(name for name, on in POWER if on))
async def test_each_power_counts(with_roles: Bench, power: str) -> None:
    bench = with_roles
    bench.guild.powers = {READERS: type(POWER)(**{power: True}).value}
    await bench.people.change_roles(bench.guild)
    await bench.settle()
    assert (await fails(bench, give(bench)))[0].missing == ("role_powerful",)


async def test_a_role_with_power_in_one_channel_alone_is_never_given(with_roles: Bench) -> None:
    bench = with_roles
    wire = bench.general.wire(bench.guild.bot_role)
    wire["permission_overwrites"] = [{"id": READERS, "type": 0, "allow": str(1 << 13), "deny": "0"}]
    await bench.stand_in.gateway.tell("CHANNEL_UPDATE", wire, bench.guild.id)
    await bench.settle()
    assert (await fails(bench, give(bench)))[0].missing == ("role_powerful",)


async def test_what_is_missing_is_told_and_so_is_that_it_works_again(with_roles: Bench) -> None:
    bench = with_roles
    bench.guild.bot_permissions, bench.guild.bot_position = BOT_NEEDS & ~MANAGE_ROLES, 1
    await bench.people.change_roles(bench.guild)
    await bench.settle()
    (told,) = await fails(bench, give(bench))
    assert (told.missing, told.called) == (("manage_roles", "role_above"), "Readers")
    assert not any("/roles/" in request for request in bench.stand_in.rest.requests)
    bench.guild.bot_permissions, bench.guild.bot_position = BOT_NEEDS, 100
    await bench.people.change_roles(bench.guild)
    await bench.settle()
    (opened,) = bench.core.of(PlaceOpened)
    assert opened.place == told.place
    await bench.discord.perform(give(bench), "cg1")
    assert roles(bench) == [READERS]


async def test_what_only_discord_knows_is_told_too(with_roles: Bench) -> None:
    bench = with_roles
    bench.stand_in.faults.on("PUT /guilds", 403, code=50013)
    assert (await fails(bench, give(bench)))[0].missing == ("manage_roles",)
    bench.stand_in.faults.on("PUT /guilds", 404, code=10011)
    assert (await fails(bench, give(bench)))[0].missing == ("role_gone",)
    assert (await fails(bench, give(bench, snowflake())))[0].missing == ("role_gone",)


async def test_somebody_who_left_gets_none_and_nobody_is_told(with_roles: Bench) -> None:
    bench = with_roles
    assert await fails(bench, give(bench, to=Someone("Gone"))) == []
    assert await fails(bench, give(bench, "no number")) == []
