"""Who somebody is in their group, when they press a button in a private chat."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace

import discord

from adapters.discord import errors, inbound
from adapters.discord.core import PLATFORM, Groups
from bot.contract.actions import Duty
from bot.contract.events import ButtonPressed, CommandGiven, FormAnswered
from bot.contract.payload import decode

_MOST = 5000
_LOOK_AT = 5  # communities in which somebody may be, to find the one they mean
_PATIENCE = 1.0  # seconds; Discord waits three for the answer
Pressed = ButtonPressed | FormAnswered
Standing = tuple[bool, bool, tuple[str, ...]]  # is a member, is a moderator, roles

_NOBODY: Standing = (False, False, ())


class Members:
    def __init__(self, client: discord.Client, groups: Groups, fresh: float) -> None:
        self._client = client
        self._groups = groups
        self._fresh = fresh
        self._known: OrderedDict[tuple[str, int], tuple[float, Standing]] = OrderedDict()

    async def placed(self, event: Pressed) -> Pressed:
        """The same event, knowing whether its person is a member and a moderator there."""
        payload = decode(event.payload)
        if event.place.group or payload is None or payload.community is None:
            return event
        try:
            async with asyncio.timeout(_PATIENCE):
                if not self._groups.groups(PLATFORM, payload.community):
                    return event
                standing = await self._in_community(payload.community, int(event.person.id))
        except errors.Failure:
            return event
        member, moderator, roles = standing
        person = replace(event.person, is_moderator=moderator, roles=roles)
        return replace(event, person=person, is_member=member)

    async def at_home(self, event: CommandGiven) -> CommandGiven:
        """In a private chat: the same event, knowing the one community that its person is surely in."""
        if event.place.group:
            return event
        try:
            async with asyncio.timeout(_PATIENCE):
                known = await self._groups.acquainted(event.person, event.name)
                found = [
                    (one, await self._in_community(one, int(event.person.id)))
                    for one in (known if len(known) <= _LOOK_AT else ())
                ]
        except errors.Failure:
            return event
        sure = [(one, standing) for one, standing in found if standing[0]]
        if len(sure) != 1:
            return event
        [(community, (_, moderator, roles))] = sure
        person = replace(event.person, is_moderator=moderator, roles=roles)
        return replace(event, person=person, is_member=True, community=community)

    async def _in_community(self, community: int, person: int) -> Standing:
        """The best standing in any of a community's servers."""
        found = [await self._standing(guild, person) for guild in self._groups.groups(PLATFORM, community)]
        return (
            any(member for member, _, _ in found),
            any(moderator for _, moderator, _ in found),
            tuple(role for _, _, roles in found for role in roles),
        )

    async def _standing(self, group: str, person: int) -> Standing:
        until, standing = self._known.get((group, person), (0.0, _NOBODY))
        if time.monotonic() < until:
            return standing
        standing = await self._looked_up(int(group), person)
        self._known[group, person] = (time.monotonic() + self._fresh, standing)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return standing

    async def _looked_up(self, group: int, person: int) -> Standing:
        guild = self._client.get_guild(group)
        if guild is None:
            return _NOBODY
        try:
            member = await guild.fetch_member(person)
        except discord.NotFound:
            return _NOBODY
        roles = tuple(str(role.id) for role in member.roles[1:])
        return True, inbound.is_moderator(member.guild_permissions), roles


async def on_duty(client: discord.Client, person: int, duties: Iterable[Duty]) -> bool:
    """Whether they look after one of these servers now, in any channel; yes where Discord does not say."""
    for duty in duties:
        guild = client.get_guild(int(duty.place.group))
        if guild is None or guild.unavailable:
            return True
        try:
            member = await guild.fetch_member(person)
        except discord.NotFound:
            continue
        except errors.Failure:
            return True
        rights = [member.guild_permissions, *(channel.permissions_for(member) for channel in guild.channels)]
        if any(inbound.is_moderator(each) for each in rights):
            return True
        if not {str(role.id) for role in member.roles}.isdisjoint(duty.roles):
            return True
    return False
