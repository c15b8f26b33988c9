"""Whether everything is in place on Discord's side: the token, the intents, the permissions."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import discord

from adapters.discord import address, errors, inbound, roles
from adapters.discord.settings import Settings
from bot.contract.events import Place

# What the bot needs where it speaks, and what it can do without: a sentence each.
_SPEAK = ("view_channel", "send_messages", "read_message_history")
_SPEAK_IN_THREADS = ("view_channel", "send_messages_in_threads", "read_message_history")
_OPEN_POSTS = (*_SPEAK, "send_messages_in_threads")
_USEFUL_HERE = ("pin_messages",)
_USEFUL = ("view_audit_log",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A sentence of the catalogue and what to fill into it. ``good``: nothing to do."""

    key: str
    good: bool = False
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """A server, the places in it where the bot speaks by itself, and the role that it gives, if any."""

    group: str
    places: tuple[Place, ...] = ()
    role: str = ""


async def check(settings: Settings, servers: Sequence[Expected] | None) -> list[Finding]:
    """Look at the token, the intents and each of these servers. Never raises; sends nothing people see.

    Without ``servers``: at every server that the bot is in.
    """
    address.use(settings.api_base)
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await errors.understood(client.login(settings.token))
        except discord.LoginFailure:
            return [Finding(key="discord.wrong-token")]
        except errors.NotDiscord:
            return [Finding(key="discord.not-discord")]
        except errors.Failure as fault:
            return [Finding(key="discord.check.unreachable", values={"error": errors.kind(fault)})]
        found = [_token(client), *_intents(client, settings)]
        for server in await _all(client) if servers is None else servers:
            found += await _server(client, server)
        return found


def _token(client: discord.Client) -> Finding:
    name = client.user.name if client.user is not None else ""
    return Finding(key="discord.check.token", good=True, values={"bot": name})


def _intents(client: discord.Client, settings: Settings) -> list[Finding]:
    flags, found = client.application_flags, []
    if settings.members and not (flags.gateway_guild_members or flags.gateway_guild_members_limited):
        found.append(Finding(key="discord.no-members-intent"))
    content = flags.gateway_message_content or flags.gateway_message_content_limited
    if settings.message_content and not content:
        found.append(Finding(key="discord.no-message-content-intent"))
    return found or [Finding(key="discord.check.intents", good=True)]


async def _all(client: discord.Client) -> list[Expected]:
    try:
        return [Expected(group=str(guild.id)) async for guild in client.fetch_guilds(limit=None)]
    except errors.Failure:
        return []


async def _server(client: discord.Client, expected: Expected) -> list[Finding]:
    try:
        guild = await client.fetch_guild(int(expected.group))
        me = await guild.fetch_member(client.user.id if client.user is not None else 0)
        channels = {str(channel.id): channel for channel in await guild.fetch_channels()}
    except errors.Failure:
        return [Finding(key="discord.check.no-group", values={"group": expected.group})]
    found = [*_useful(me, _USEFUL)]
    for place in expected.places or _first(guild, list(channels.values())):
        found += _place(me, place, channels.get(place.channel))
    if expected.role:
        found += _role(me, guild.get_role(int(expected.role)), list(channels.values()))
    named = [replace(one, values={"group": guild.name, **one.values}) for one in found]
    return named or [Finding(key="discord.check.group-good", good=True, values={"group": guild.name})]


def _first(guild: discord.Guild, channels: Sequence[discord.abc.GuildChannel]) -> tuple[Place, ...]:
    """Where the bot would speak first: where Discord greets, or the first channel for texts."""
    texts = sorted(
        (one for one in channels if isinstance(one, discord.TextChannel)), key=lambda one: one.position
    )
    system = guild._system_channel_id
    id = system if system is not None else next((one.id for one in texts), None)
    return () if id is None else (inbound.place(guild.id, id),)


def _useful(me: discord.Member, rights: Sequence[str]) -> list[Finding]:
    return [
        Finding(key=f"discord.check.no-{right.replace('_', '-')}")
        for right in rights
        if not getattr(me.guild_permissions, right)
    ]


def _place(me: discord.Member, place: Place, channel: discord.abc.GuildChannel | None) -> list[Finding]:
    """What is missing in one channel, which may differ from the rest of the server."""
    if channel is None:
        return [Finding(key="discord.check.no-channel")]
    allowed = channel.permissions_for(me)
    return [
        Finding(key=f"discord.check.no-{right.replace('_', '-')}", values={"channel": f"#{channel.name}"})
        for right in (*_needed(channel, place), *_USEFUL_HERE)
        if not getattr(allowed, right)
    ]


def _needed(channel: discord.abc.GuildChannel, place: Place) -> tuple[str, ...]:
    if place.thread is not None:
        return _SPEAK_IN_THREADS
    return _OPEN_POSTS if isinstance(channel, discord.ForumChannel) else _SPEAK


def _role(
    me: discord.Member, role: discord.Role | None, channels: Sequence[discord.abc.GuildChannel]
) -> list[Finding]:
    values = {"role": role.name if role is not None else ""}
    return [
        Finding(key=f"discord.check.{why.replace('_', '-')}", values=values)
        for why in roles.lacking(me, role, channels)
    ]
