"""What is true on the stand-in: servers, channels, people, messages. Everything in Discord's own shape."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

EPOCH = 1420070400000
EPHEMERAL, LOADING = 64, 128
VIEW, SEND, IN_THREADS, HISTORY = 1 << 10, 1 << 11, 1 << 38, 1 << 16
MODERATE, MANAGE, AUDIT, PIN, MANAGE_ROLES = 1 << 40, 1 << 5, 1 << 7, 1 << 51, 1 << 28
BOT_NEEDS = VIEW | SEND | IN_THREADS | HISTORY | AUDIT | PIN | MANAGE_ROLES
TEXT, DM, FORUM, POST = 0, 1, 15, 11
_numbers = itertools.count(1)


def snowflake(later: float = 0.0) -> str:
    """A new id of now, or of so many seconds later; later ids are greater."""
    return str((int((time.time() + later) * 1000) - EPOCH) << 22 | next(_numbers) % (1 << 22))


def iso(seconds: float | None = None) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000+00:00", time.gmtime(seconds))


@dataclass
class Someone:
    """A person (or bot) on the stand-in."""

    name: str
    bot: bool = False
    locale: str = "en-GB"
    accepts_messages: bool = True
    id: str = field(default_factory=snowflake)

    def wire(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "username": f"user{self.id[-6:]}",
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
        }


@dataclass
class Member:
    user: Someone
    permissions: int = 0
    pending: bool = False
    joined_at: str = field(default_factory=iso)
    roles: list[str] = field(default_factory=list)

    def wire(self) -> dict[str, Any]:
        return {
            "user": self.user.wire(),
            "nick": None,
            "avatar": None,
            "roles": list(self.roles),
            "joined_at": self.joined_at,
            "pending": self.pending,
            "deaf": False,
            "mute": False,
            "flags": 0,
        }


@dataclass
class Channel:
    """A channel, forum, forum post or private chat. ``recipient`` is set for a private chat."""

    name: str
    type: int = TEXT
    guild: "Guild | None" = None
    parent: "Channel | None" = None
    recipient: Someone | None = None
    denied: int = 0  # to the bot, here
    owner: Someone | None = None
    tags: list[dict[str, Any]] = field(default_factory=list)
    applied: list[str] = field(default_factory=list)
    require_tag: bool = False
    archived: bool = False
    locked: bool = False
    position: int = 0
    id: str = field(default_factory=snowflake)

    def wire(self, bot_role: str = "") -> dict[str, Any]:
        made: dict[str, Any] = {"id": self.id, "type": self.type, "name": self.name, "flags": 0}
        if self.recipient is not None:
            return {**made, "recipients": [self.recipient.wire()], "last_message_id": None}
        assert self.guild is not None
        made |= {"guild_id": self.guild.id, "position": self.position, "parent_id": None, "nsfw": False}
        if self.type == POST:
            return {**made, **self._thread()}
        denied = {"id": bot_role, "type": 0, "allow": "0", "deny": str(self.denied)}
        made["permission_overwrites"] = [denied] if self.denied else []
        if self.type == FORUM:
            made |= {
                "available_tags": self.tags,
                "default_reaction_emoji": None,
                "default_sort_order": None,
                "default_forum_layout": 0,
                "flags": 1 << 4 if self.require_tag else 0,
            }
        return made

    def _thread(self) -> dict[str, Any]:
        return {
            "parent_id": self.parent.id if self.parent else None,
            "owner_id": self.owner.id if self.owner else "0",
            "message_count": 0,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "applied_tags": self.applied,
            "thread_metadata": {
                "archived": self.archived,
                "auto_archive_duration": 1440,
                "archive_timestamp": iso(),
                "locked": self.locked,
            },
        }


@dataclass
class Guild:
    name: str
    owner: Someone
    bot_permissions: int = BOT_NEEDS
    members: dict[str, Member] = field(default_factory=dict)
    channels: list[Channel] = field(default_factory=list)
    threads: list[Channel] = field(default_factory=list)
    system: Channel | None = None
    added_by: Someone | None = None
    available: bool = True
    has_bot: bool = True
    locale: str = "en-GB"
    bot_role: str = field(default_factory=snowflake)
    moderators: str = field(default_factory=snowflake)  # a role
    more_roles: dict[str, str] = field(default_factory=dict)  # id -> name
    powers: dict[str, int] = field(default_factory=dict)  # of those, by id
    bot_position: int = 100  # of the bot's own role; further roles begin at 3
    id: str = field(default_factory=snowflake)

    def channel(self, name: str, type: int = TEXT, **more: Any) -> Channel:
        made = Channel(name, type, guild=self, position=len(self.channels), **more)
        self.channels.append(made)
        return made

    def roles(self) -> list[dict[str, Any]]:
        plain = {"color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0, "colors": {}}
        everyone = {**plain, "id": self.id, "name": "@everyone", "position": 0, "permissions": "0"}
        bot = {
            **plain,
            "id": self.bot_role,
            "name": "Common Ground",
            "position": self.bot_position,
            "managed": True,
            "permissions": str(self.bot_permissions),
            "tags": {"bot_id": BOT.id},
        }
        moderates = {"id": self.moderators, "name": "Moderators", "permissions": str(MODERATE)}
        more = [
            {
                **plain,
                "id": id,
                "name": name,
                "permissions": str(self.powers.get(id, 0)),
                "position": position,
            }
            for position, (id, name) in enumerate(self.more_roles.items(), start=3)
        ]
        return [everyone, bot, {**plain, **moderates, "position": 2}, *more]

    def allowed(self, channel: Channel) -> int:
        """What the bot may do in a channel."""
        denied = (channel.parent or channel).denied
        return self.bot_permissions & ~denied

    def wire(self) -> dict[str, Any]:
        me = Member(BOT, roles=[self.bot_role])
        return {
            "id": self.id,
            "name": self.name,
            "owner_id": self.owner.id,
            "icon": None,
            "features": [],
            "preferred_locale": self.locale,
            "system_channel_id": self.system.id if self.system else None,
            "system_channel_flags": 0,
            "roles": self.roles(),
            "channels": [channel.wire(self.bot_role) for channel in self.channels],
            "threads": [thread.wire() for thread in self.threads if not thread.archived],
            "members": [me.wire()],
            "member_count": len(self.members) + 1,
            "emojis": [],
            "stickers": [],
            "voice_states": [],
            "presences": [],
            "large": False,
            "joined_at": iso(),
        }


@dataclass
class Message:
    """A message as it stands. ``only_for`` is the one person who may see it."""

    channel: Channel
    author: Someone
    content: str
    components: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    only_for: Someone | None = None
    type: int = 0
    webhook: str | None = None
    pinned: bool = False
    deleted: bool = False
    edited: bool = False
    rev: int = 0
    id: str = field(default_factory=snowflake)

    def wire(self) -> dict[str, Any]:
        made: dict[str, Any] = {
            "id": self.id,
            "channel_id": self.channel.id,
            "author": self.author.wire(),
            "content": self.content,
            "timestamp": iso(),
            "edited_timestamp": iso() if self.edited else None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": self.components,
            "pinned": self.pinned,
            "flags": self.flags,
            "type": self.type,
        }
        return made | ({"webhook_id": self.webhook} if self.webhook else {})

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [button for row in self.components for button in row.get("components", [])]


BOT = Someone("Common Ground", bot=True, id="4242")


class World:
    """Everything on the stand-in; ``rev`` grows with every change that somebody can see."""

    def __init__(self) -> None:
        self.guilds: dict[str, Guild] = {}
        self.directs: dict[str, Channel] = {}
        self.messages: dict[str, Message] = {}
        self.rev = 0

    def guild(self, name: str, owner: Someone) -> Guild:
        made = Guild(name, owner)
        made.members[owner.id] = Member(owner, MANAGE | MODERATE, joined_at=iso(time.time() - 9e6))
        made.system = made.channel("general")
        self.guilds[made.id] = made
        return made

    def direct(self, person: Someone) -> Channel:
        return self.directs.setdefault(person.id, Channel("", DM, recipient=person))

    def channels(self) -> Iterator[Channel]:
        for guild in self.guilds.values():
            yield from (*guild.channels, *guild.threads)
        yield from self.directs.values()

    def find(self, id: str) -> Channel | None:
        return next((channel for channel in self.channels() if channel.id == id), None)

    def say(self, message: Message) -> Message:
        self.messages[message.id] = message
        return self.changed(message)

    def changed(self, message: Message) -> Message:
        self.rev += 1
        message.rev = self.rev
        return message

    def visible(self, who: Someone) -> list[Message]:
        """What a person can see, oldest change first."""
        seen = [one for one in self.messages.values() if not one.deleted and self._sees(who, one)]
        return sorted(seen, key=lambda one: one.rev)

    @staticmethod
    def _sees(who: Someone, message: Message) -> bool:
        if message.only_for is not None:
            return message.only_for.id == who.id
        guild = message.channel.guild
        if guild is None:
            return message.channel.recipient is who
        return who.id in guild.members
