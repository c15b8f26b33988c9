"""What happens on Discord, as Events."""

from collections.abc import Mapping
from typing import Any, TypedDict

import discord

from adapters.discord import roles
from adapters.discord.core import PLATFORM
from adapters.discord.outbound import payload_of
from bot.contract import events

# Whoever may do one of these looks after the group.
MODERATORS = discord.Permissions(manage_guild=True, moderate_members=True)
Someone = discord.Member | discord.User


class Happened(TypedDict):
    """The fields that every event of a person has."""

    id: str
    seq: int
    place: events.Place
    person: events.Person
    is_member: bool | None
    group_size: int | None


def place(guild: int | None, channel: int, parent: int | None = None) -> events.Place:
    """A channel, a thread (with the channel it is in), or a private chat (no guild)."""
    if parent is not None:
        return events.Place(
            platform=PLATFORM, group=str(guild or ""), channel=str(parent), thread=str(channel)
        )
    return events.Place(platform=PLATFORM, group=str(guild or ""), channel=str(channel))


def channel_of(where: events.Place) -> int:
    """The channel or thread that messages for a place go to; 0 if it is none of Discord's."""
    name = where.thread or where.channel
    return int(name) if name.isdecimal() else 0


def place_of(channel: Any, guild: int | None) -> events.Place:
    """The place of a channel object, whole or partial."""
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return place(guild, channel.id, parent)


def person(
    user: Someone, locale: str | None = None, permissions: discord.Permissions | None = None
) -> events.Person:
    """Somebody; ``permissions`` are theirs where it happened."""
    joined_at = user.joined_at if isinstance(user, discord.Member) else None
    own = user.roles[1:] if isinstance(user, discord.Member) else []  # the first is everybody's
    return events.Person(
        platform=PLATFORM,
        id=str(user.id),
        name=user.display_name,
        locale=locale,
        is_moderator=permissions is not None and is_moderator(permissions),
        joined_at=joined_at,
        roles=tuple(str(role.id) for role in own),
    )


def is_moderator(permissions: discord.Permissions) -> bool:
    return permissions.administrator or bool(permissions.value & MODERATORS.value)


def size_of(guild: discord.Guild | None) -> int | None:
    """The people of a server. Every bot that was added with permissions has a role of its own."""
    if guild is None or guild.member_count is None:
        return None
    bots = sum(role.is_bot_managed() for role in guild.roles)
    return max(guild.member_count - max(bots, 1), 0)


class Asked(Happened):
    """What only somebody who asks the bot something brings along."""

    group_roles: tuple[events.Role, ...]


def asked(interaction: discord.Interaction[Any]) -> Asked:
    """Who did something, and where."""
    in_guild = interaction.guild_id is not None
    locale = interaction.locale.value
    return {
        "id": str(interaction.id),
        "seq": interaction.id,
        "place": place_of(interaction.channel, interaction.guild_id)
        if interaction.channel is not None
        else place(interaction.guild_id, interaction.channel_id or 0),
        "person": person(interaction.user, locale, interaction.permissions if in_guild else None),
        "is_member": True if in_guild else None,
        "group_size": size_of(interaction.guild),
        "group_roles": roles.of(interaction.guild),
    }


def command(interaction: discord.Interaction[Any], menus: Mapping[str, str]) -> events.CommandGiven:
    """A slash command, or a message menu; ``menus`` maps a menu's name to its command."""
    data = _data(interaction)
    target = data.get("target_id")
    base = asked(interaction)
    on = events.MessageRef(place=base["place"], id=str(target)) if target else None
    name = menus.get(data["name"], data["name"]) if target else data["name"]
    return events.CommandGiven(
        **base,
        name=name,
        words=_words(data),
        on=on,
        said=str(_used_on(data, target).get("content") or ""),
        wrote=_wrote(data, target),
    )


def _used_on(data: dict[str, Any], target: str | None) -> dict[str, Any]:
    """The message that a menu was used on, as it came along."""
    return dict(data.get("resolved", {}).get("messages", {}).get(target, {}))


def _wrote(data: dict[str, Any], target: str | None) -> events.Person | None:
    """Who wrote the message that a menu was used on; nobody if it is a bot's."""
    found = _used_on(data, target).get("author", {})
    if not found or found.get("bot") or not str(found.get("id", "")).isdecimal():
        return None
    return events.Person(platform=PLATFORM, id=str(found["id"]))


def choices(interaction: discord.Interaction[Any]) -> events.ChoicesAsked:
    data = _data(interaction)
    return events.ChoicesAsked(**asked(interaction), name=data["name"], words=_words(data))


def press(interaction: discord.Interaction[Any]) -> events.ButtonPressed:
    base = asked(interaction)
    message = interaction.message
    on = None if message is None else events.MessageRef(place=base["place"], id=str(message.id))
    return events.ButtonPressed(**base, payload=payload_of(_data(interaction)["custom_id"]), on=on)


def answer(interaction: discord.Interaction[Any]) -> events.FormAnswered:
    data = _data(interaction)
    return events.FormAnswered(**asked(interaction), payload=data["custom_id"], values=_values(data))


def text(message: discord.Message, *, edited: bool = False) -> events.TextPosted:
    where = place_of(message.channel, message.guild.id if message.guild else None)
    author = message.author
    permissions = author.guild_permissions if isinstance(author, discord.Member) else None
    return events.TextPosted(
        id=str(message.id),
        seq=message.id,
        place=where,
        person=person(author, None, permissions),
        is_member=True if message.guild else None,
        group_size=size_of(message.guild),
        text=message.content,
        message=events.MessageRef(place=where, id=str(message.id)),
        edited=edited,
        link=message.jump_url,
    )


def thread(opened: discord.Thread) -> events.ThreadOpened:
    """A thread that was just opened; its id is the thread's, so it is the same however often it comes."""
    owner = opened.owner
    who = person(owner) if owner is not None else events.Person(platform=PLATFORM, id=str(opened.owner_id))
    return events.ThreadOpened(
        id=str(opened.id),
        seq=opened.id,
        place=place_of(opened, opened.guild.id),
        person=who,
        is_member=True,
        group_size=size_of(opened.guild),
        title=opened.name,
        tags=tuple(tag.name for tag in opened.applied_tags),
    )


def in_guild(guild: discord.Guild, who: events.Person, where: events.Place, member: bool) -> Happened:
    """Something about a server itself; it has no id of its own, so time numbers it."""
    number = discord.utils.time_snowflake(discord.utils.utcnow())
    return {
        "id": f"{guild.id}.{who.id}.{number}",
        "seq": number,
        "place": where,
        "person": who,
        "is_member": member,
        "group_size": size_of(guild),
    }


def _data(interaction: discord.Interaction[Any]) -> dict[str, Any]:
    return dict(interaction.data or {})


def _words(data: dict[str, Any]) -> str:
    """What was typed into the options, in their order."""
    typed = (str(option.get("value", "")) for option in data.get("options", []))
    return " ".join(word for word in typed if word).strip()


def _values(data: dict[str, Any]) -> dict[str, str]:
    """The fields of a form, each in a label or a row of its own."""
    found: dict[str, str] = {}
    for top in data.get("components", []):
        for one in [top.get("component"), *top.get("components", [])]:
            if one and "value" in one:
                found[one["custom_id"]] = one["value"]
    return found
