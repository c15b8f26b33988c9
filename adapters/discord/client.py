"""The connection to Discord, and what is heard over it."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import discord

from adapters.discord import errors, inbound, no_repeats
from adapters.discord.asking import Asking
from adapters.discord.core import PLATFORM, Groups
from adapters.discord.newcomers import Newcomers
from adapters.discord.places import Refused
from adapters.discord.servers import Servers
from adapters.discord.settings import Settings
from adapters.discord.starts import Starts
from adapters.discord.under_way import UnderWay
from bot.contract.events import TextPosted, ThreadOpened
from bot.contract.platform import Receive

log = logging.getLogger(__name__)
_ORDINARY = (discord.MessageType.default, discord.MessageType.reply)


def intents(*, members: bool, message_content: bool) -> discord.Intents:
    """What is listened to. Ordinary messages only if they can be read."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.members = members
    wanted.guild_messages = wanted.dm_messages = wanted.message_content = message_content
    return wanted


class Client(discord.AutoShardedClient):
    """Keeps no members and no messages in memory; hands on what it hears."""

    def __init__(
        self, settings: Settings, listening: discord.Intents, repeated: no_repeats.Repeated | None = None
    ) -> None:
        shards = {"shard_ids": list(settings.shard_ids)} if settings.shard_ids else {}
        super().__init__(
            intents=listening,
            shard_count=settings.shard_count,
            **shards,  # type: ignore[arg-type]
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=30.0,
            http_trace=no_repeats.trace(repeated or no_repeats.Repeated()),
            guild_ready_timeout=settings.pace.guild_ready,
        )
        self._wire_updates()
        self.under_way = UnderWay()
        self.starts = Starts(settings.pace.identify)
        self.looked_up = asyncio.Event()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """discord.py starts one shard after the other; each waits for its turn here."""
        await self.starts.wait(shard_id or 0)

    def wire(
        self,
        *,
        receive: Receive,
        groups: Groups,
        asking: Asking,
        newcomers: Newcomers,
        servers: Servers,
        refused: Refused,
        since: datetime,
    ) -> None:
        """Everything that hears what happens."""
        self._receive = receive
        self._groups = groups
        self._asking = asking
        self._newcomers = newcomers
        self._servers = servers
        self._refused = refused
        self._alive_until: dict[int | None, datetime] = {None: since}

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        await self.under_way.do(self._asking.heard(interaction))

    async def on_message(self, message: discord.Message) -> None:
        """An ordinary message of a person, if anybody needs it."""
        await self._talk(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """The same with other words. Discord also calls it so when it adds a preview of a link."""
        if payload.message.edited_at is not None:
            await self._talk(payload.message, edited=True)

    async def _talk(self, message: discord.Message, *, edited: bool = False) -> None:
        if message.author.bot or message.webhook_id is not None or message.type not in _ORDINARY:
            return
        group = str(message.guild.id) if message.guild is not None else ""
        if self._groups.wants(TextPosted, PLATFORM, group):
            await self.under_way.do(self._receive(inbound.text(message, edited=edited)))

    async def on_thread_create(self, thread: discord.Thread) -> None:
        """A forum post or thread; its place can be answered in, so it may get a first message."""
        if self.user is not None and thread.owner_id == self.user.id:
            return
        if self._groups.wants(ThreadOpened, PLATFORM, str(thread.guild.id)):
            await self.under_way.do(self._receive(inbound.thread(thread)))

    async def on_member_join(self, member: discord.Member) -> None:
        await self.under_way.do(self._newcomers.joined(member))

    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        guild = self.get_guild(payload.guild_id)
        if guild is not None:
            await self.under_way.do(self._newcomers.left(guild, payload.user))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.under_way.do(self._servers.added(guild))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        await self.under_way.do(self._servers.back(guild))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self._newcomers.forget(guild.id)
        await self.under_way.do(self._servers.removed(guild.id))

    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: object) -> None:
        await self._look_again(before.guild)

    async def on_guild_role_update(self, before: discord.Role, after: object) -> None:
        await self._look_again(before.guild)

    async def _look_again(self, guild: discord.Guild) -> None:
        """Permissions changed: perhaps the bot may speak where it was refused."""
        if freed := self._refused.forget(guild.id):
            await self.under_way.do(self._servers.opened(guild, freed))

    async def on_shard_ready(self, shard: int) -> None:
        """A new session: what happened before it began was not heard."""
        if self.is_closed():
            return
        since = self._alive_until.pop(shard, self._alive_until[None])
        await self.under_way.do(self._reconcile(shard, since))
        self.looked_up.set()

    async def on_shard_disconnect(self, shard: int) -> None:
        self._alive_until.setdefault(shard, discord.utils.utcnow())
        self.looked_up.clear()

    async def on_shard_resumed(self, shard: int) -> None:
        self._alive_until.pop(shard, None)

    async def on_error(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """What went wrong, without the words of anybody."""
        log.error("handling %s failed", event, exc_info=errors.bare())

    async def _reconcile(self, shard: int, since: datetime) -> None:
        def is_mine(guild: int) -> bool:
            return (guild >> 22) % (self.shard_count or 1) == shard

        there = [guild for guild in self.guilds if is_mine(guild.id)]
        await self._servers.reconcile(there, is_mine)
        if self.intents.members:
            for guild in there:
                if not guild.unavailable:
                    await self._newcomers.reconcile(guild, since)

    def _wire_updates(self) -> None:
        """GUILD_MEMBER_UPDATE as it comes: discord.py drops it for members it does not keep
        (``ConnectionState.parse_guild_member_update``), and they are how screening ends."""
        parsers = self._connection.parsers
        parse: Callable[[Any], None] = parsers["GUILD_MEMBER_UPDATE"]

        def heard(data: Mapping[str, Any]) -> None:
            parse(data)
            guild = self.get_guild(int(data["guild_id"]))
            if guild is None:
                return
            if self.user is not None and int(data["user"]["id"]) == self.user.id:
                self.dispatch("own_roles", guild)
            self.dispatch("member_changed", guild, data)

        parsers["GUILD_MEMBER_UPDATE"] = heard

    async def on_own_roles(self, guild: discord.Guild) -> None:
        await self._look_again(guild)

    async def on_member_changed(self, guild: discord.Guild, data: Mapping[str, Any]) -> None:
        await self.under_way.do(self._newcomers.updated(guild, data))
