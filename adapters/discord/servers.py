"""Servers that add and remove the bot, also while it was away."""

import logging
from collections.abc import Callable, Sequence

import discord

from adapters.discord import errors, inbound, places, roles
from adapters.discord.core import PLATFORM, Groups
from bot.contract.events import GroupAdded, GroupRemoved, Person, Place, PlaceOpened, PlaceRefused
from bot.contract.platform import Receive

log = logging.getLogger(__name__)
_LOOK_BACK = 10  # audit log entries


class Servers:
    def __init__(self, receive: Receive, groups: Groups) -> None:
        self._receive = receive
        self._groups = groups
        self._adding: set[int] = set()

    async def added(self, guild: discord.Guild) -> None:
        """A server added the bot: whoever did so is asked the first questions."""
        if guild.id in self._adding:
            return
        self._adding.add(guild.id)
        try:
            await self._add(guild)
        finally:
            self._adding.discard(guild.id)

    async def _add(self, guild: discord.Guild) -> None:
        home = places.home(guild)
        channel, where = guild.get_channel(home), inbound.place(guild.id, home)
        who = await _added_by(guild)
        added = GroupAdded(
            **inbound.in_guild(guild, who, where, True),
            missing=places.missing(channel) if channel is not None else (),
            called=places.called(channel),
        )
        await self._receive(added)

    async def removed(self, guild: int) -> None:
        """A server removed the bot, or is gone."""
        number = discord.utils.time_snowflake(discord.utils.utcnow())
        where = inbound.place(guild, guild)
        nobody = Person(platform=PLATFORM, id="0")
        await self._receive(
            GroupRemoved(id=f"{guild}.{number}", seq=number, place=where, person=nobody, is_member=False)
        )

    async def reconcile(self, there: Sequence[discord.Guild], is_mine: Callable[[int], bool]) -> None:
        """What changed while nobody listened. ``there``: the servers that we are in, of shards of ours.

        An unavailable server is one that we are in; it is looked at when it comes back.
        """
        ours = {guild.id for guild in there}
        for group in self._groups.known(PLATFORM):
            if group.isdecimal() and int(group) not in ours and is_mine(int(group)):
                await self.removed(int(group))
        for guild in there:
            await self.back(guild)

    async def back(self, guild: discord.Guild) -> None:
        """A server can be reached; perhaps it added the bot while nobody listened."""
        if not guild.unavailable and self._groups.community(PLATFORM, str(guild.id)) is None:
            await self.added(guild)

    async def refused(self, guild: discord.Guild | None, where: Place, missing: Sequence[str]) -> None:
        """The bot may not speak somewhere; whoever looks after the group should know."""
        me = guild.me if guild is not None else None
        if guild is None or me is None or not self._groups.wants(PlaceRefused, PLATFORM, str(guild.id)):
            return
        base = inbound.in_guild(guild, inbound.person(me), where, True)
        number = inbound.channel_of(where)
        role = guild.get_role(number)
        called = role.name if role is not None else places.called(guild.get_channel_or_thread(number))
        await self._receive(PlaceRefused(**base, missing=tuple(missing), called=called))

    async def opened(self, guild: discord.Guild, refused: Sequence[int]) -> None:
        """Permissions changed: in which of these channels the bot may speak now, which roles it may give."""
        for id in refused:
            channel, role, me = guild.get_channel_or_thread(id), guild.get_role(id), guild.me
            if channel is not None and not places.missing(channel):
                where = inbound.place_of(channel, guild.id)
            elif role is not None and not roles.lacking_in(guild, role):
                where = inbound.place(guild.id, role.id)
            else:
                continue
            if me is not None:
                await self._receive(PlaceOpened(**inbound.in_guild(guild, inbound.person(me), where, True)))


async def _added_by(guild: discord.Guild) -> Person:
    """Who added the bot, as the audit log has it; without a look at that, the owner."""
    me = guild.me
    try:
        async for entry in guild.audit_logs(limit=_LOOK_BACK, action=discord.AuditLogAction.bot_add):
            target = entry.target
            if me is not None and target is not None and getattr(target, "id", None) == me.id and entry.user:
                return _moderator(entry.user)
    except errors.Failure as fault:
        log.info("who added the bot is not known: %s", errors.kind(fault))
    owner = guild.owner_id or 0
    return Person(platform=PLATFORM, id=str(owner), is_moderator=True)


def _moderator(user: inbound.Someone) -> Person:
    """Only somebody who may manage a server can add a bot to it."""
    return Person(platform=PLATFORM, id=str(user.id), name=user.display_name, is_moderator=True)
