"""Whether everything is in place on Discord's side: the token, the intents, the permissions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import discord

from adapters.discord import address, errors
from adapters.discord.settings import Settings

# What the bot needs in a server, and what it can do without: a sentence each.
_NEEDED = ("view_channel", "send_messages", "send_messages_in_threads", "read_message_history")
_USEFUL = ("view_audit_log", "pin_messages")


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A sentence of the catalogue and what to fill into it. ``good``: nothing to do."""

    key: str
    good: bool = False
    values: dict[str, str] = field(default_factory=dict)


async def check(settings: Settings, groups: Sequence[str]) -> list[Finding]:
    """Look at the token, the intents and each of these servers. Never raises; sends nothing people see."""
    address.use(settings.api_base)
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(settings.token)
        except discord.LoginFailure:
            return [Finding(key="discord.wrong-token")]
        except errors.Failure as fault:
            return [Finding(key="discord.check.unreachable", values={"error": errors.kind(fault)})]
        found = [_token(client), *_intents(client, settings)]
        for group in groups:
            found += await _group(client, int(group))
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


async def _group(client: discord.Client, guild_id: int) -> list[Finding]:
    try:
        guild = await client.fetch_guild(guild_id)
        me = await guild.fetch_member(client.user.id if client.user is not None else 0)
    except errors.Failure:
        return [Finding(key="discord.check.no-group", values={"group": str(guild_id)})]
    allowed, name = me.guild_permissions, {"group": guild.name}
    found = [
        Finding(key=f"discord.check.no-{right.replace('_', '-')}", values=name)
        for right in (*_NEEDED, *_USEFUL)
        if not getattr(allowed, right)
    ]
    return found or [Finding(key="discord.check.group-good", good=True, values=name)]
