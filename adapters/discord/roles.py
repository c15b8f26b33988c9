"""Roles of a server: which there are, and giving one to somebody who is past Rules Screening."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord

from adapters.discord import errors
from bot.contract.actions import GiveRole
from bot.contract.events import Place, Role
from bot.contract.platform import TryLater, Unreachable

_SCREENED = timedelta(minutes=30)
_UNKNOWN_ROLE = 10011
# A role with one of these is never handed out.
POWER = discord.Permissions.elevated() | discord.Permissions(
    manage_nicknames=True,
    manage_events=True,
    mention_everyone=True,
    move_members=True,
    mute_members=True,
    deafen_members=True,
    view_audit_log=True,
    view_guild_insights=True,
)
Refused = Callable[[Place, tuple[str, ...]], Awaitable[None]]


def of(guild: discord.Guild | None) -> tuple[Role, ...]:
    """The roles that people are given in a server; those of bots and boosters are not."""
    found = [] if guild is None else [role for role in reversed(guild.roles[1:]) if not role.managed]
    return tuple(Role(id=str(one.id), name=one.name, plain=is_plain(one)) for one in found)


def is_plain(role: discord.Role) -> bool:
    """Whether it lets nobody do anything to others, or to the server."""
    return not role.permissions.value & POWER.value


def lacking(
    me: discord.Member, role: discord.Role | None, channels: Iterable[discord.abc.GuildChannel]
) -> tuple[str, ...]:
    """Why the bot cannot or must not give this role: names as in PlaceRefused."""
    if role is None:
        return ("role_gone",)
    if not is_plain(role) or any(_has_power_in(channel, role) for channel in channels):
        return ("role_powerful",)
    allowed = () if me.guild_permissions.manage_roles else ("manage_roles",)
    return allowed if me.top_role > role else (*allowed, "role_above")


def lacking_in(guild: discord.Guild, role: discord.Role | None) -> tuple[str, ...]:
    """The same, in a server that is connected."""
    return () if guild.me is None else lacking(guild.me, role, guild.channels)


async def give(client: discord.Client, action: GiveRole, on_refused: Refused) -> None:
    """Raises what Platform.perform may raise, and what Discord answers otherwise."""
    group, person, wanted = action.place.group, action.person.id, action.role
    if not all(one.isdecimal() for one in (group, person, wanted)):
        raise Unreachable(wanted)
    # It would let somebody past Rules Screening, so it waits for that.
    member: Any = await client.http.get_member(int(group), int(person))
    if member.get("pending"):
        raise TryLater(_SCREENED)
    where = replace(action.place, channel=wanted, thread=None)
    guild = client.get_guild(int(group))
    if guild is not None and (missing := lacking_in(guild, guild.get_role(int(wanted)))):
        await on_refused(where, missing)
        raise Unreachable(wanted)
    try:
        await client.http.add_role(int(group), int(person), int(wanted))
    except discord.Forbidden as fault:
        if fault.code in errors.NO_ACCESS:
            await on_refused(where, ("manage_roles",))
        raise
    except discord.NotFound as fault:
        if fault.code == _UNKNOWN_ROLE:
            await on_refused(where, ("role_gone",))
        raise


def _has_power_in(channel: discord.abc.GuildChannel, role: discord.Role) -> bool:
    """Whether one channel alone gives this role power."""
    allow, _ = channel.overwrites_for(role).pair()
    return bool(allow.value & POWER.value)
