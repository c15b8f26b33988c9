"""Telegram's world: people, chats, what was said, and the updates that the bot is told."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
BOT = {
    "id": 4242,
    "is_bot": True,
    "first_name": "Common Ground",
    "username": "CommonGroundBot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
ALL_RIGHTS = [
    "can_be_edited",
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_manage_topics",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_manage_direct_messages",
    "can_manage_tags",
]


@dataclass(eq=False, slots=True)
class Someone:
    """A person. ``chat`` is "new" (never met), "met", "started" or "blocked"."""

    id: int
    first_name: str
    last_name: str = ""
    language: str | None = "en"
    chat: str = "new"
    is_bot: bool = False

    def wire(self) -> dict[str, Any]:
        found: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            found["last_name"] = self.last_name
        if self.language:
            found["language_code"] = self.language
        return found


@dataclass(eq=False, slots=True)
class Said:
    """A message. ``only_for`` is who alone can see it; ``rev`` grows with every change of anything."""

    id: int
    chat: int
    by: dict[str, Any]
    text: str
    rev: int
    entities: list[dict[str, Any]] = field(default_factory=list)
    keyboard: dict[str, Any] | None = None
    thread: int | None = None
    only_for: int | None = None
    ephemeral: int | None = None
    deleted: bool = False
    edits: int = 0
    silent: bool = False
    pinned: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        rows = (self.keyboard or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


@dataclass(eq=False, slots=True)
class Topic:
    id: int
    name: str
    state: str = "open"  # open, closed, deleted


@dataclass(eq=False, slots=True)
class Group:
    """``standing`` is each person's status; ``rights`` are the bot's while it is an administrator."""

    id: int
    title: str
    kind: str = "supergroup"
    forum: bool = False
    standing: dict[int, str] = field(default_factory=dict)
    rights: set[str] = field(default_factory=lambda: set(ALL_RIGHTS))
    anonymous: set[int] = field(default_factory=set)
    topics: dict[int, Topic] = field(default_factory=dict)
    upgraded_to: int | None = None
    bot_status: str = "left"
    hides_joins: bool = False
    general: str = "open"  # closed (a hidden one is closed as well)
    requests: set[int] = field(default_factory=set)

    def wire(self) -> dict[str, Any]:
        found: dict[str, Any] = {"id": self.id, "type": self.kind, "title": self.title}
        if self.forum:
            found["is_forum"] = True
        return found


class World:
    """Everything there is. Deeds of people are in ``people.py``, the bot's in ``methods.py``."""

    def __init__(self) -> None:
        self.people: dict[int, Someone] = {}
        self.groups: dict[int, Group] = {}
        self.said: list[Said] = []
        self.updates: list[dict[str, Any]] = []
        self.alerts: list[tuple[int, str, str | None]] = []  # person, words, address
        self.queries: dict[str, tuple[int, bool]] = {}  # id -> who pressed, answered
        self.late_queries: set[str] = set()
        self.commands: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.decided: list[tuple[int, int, bool]] = []
        self.ephemeral = "none"  # or "ten_two", "full"
        self.too_old: set[int] = set()  # messages that only who has the right may delete
        self.privacy = True
        self.webhook: dict[str, Any] | None = None
        self.changed = asyncio.Condition()
        self._next_update = 1_000
        self._next_user = 100
        self._next_message: dict[int, int] = {}
        self._rev = 0
        self.handed_out = 0
        self.confirmed = 0

    def somebody(self, name: str, *, language: str | None = "en", chat: str = "new") -> Someone:
        first, _, last = name.partition(" ")
        self._next_user += 1
        person = Someone(self._next_user, first, last, language, chat)
        self.people[person.id] = person
        return person

    def group(
        self,
        title: str,
        *members: Someone,
        kind: str = "supergroup",
        forum: bool = False,
        id: int | None = None,
    ) -> Group:
        first = -1_000_000_000_000 if kind == "supergroup" else 0
        group = Group(id or first - 1000 - len(self.groups), title, kind, forum)
        group.standing = {member.id: "member" for member in members}
        self.groups[group.id] = group
        return group

    def next_rev(self) -> int:
        self._rev += 1
        return self._rev

    @property
    def rev(self) -> int:
        return self._rev

    def next_message(self, chat: int) -> int:
        self._next_message[chat] = self._next_message.get(chat, 0) + 1
        return self._next_message[chat]

    def find(self, chat: int, id: int) -> Said | None:
        for said in reversed(self.said):
            if (said.chat, said.id) == (chat, id) and not said.deleted and said.ephemeral is None:
                return said
        return None

    def visible(self, person: Someone, chat: int | None = None) -> list[Said]:
        """What this person can see now, oldest first."""
        mine = [
            group.id for group in self.groups.values() if group.standing.get(person.id) not in (None, "left")
        ]
        return [
            said
            for said in self.said
            if not said.deleted
            and (said.chat == person.id or said.chat in mine)
            and said.only_for in (None, person.id)
            and (chat is None or said.chat == chat)
        ]

    async def update(self, kind: str, content: dict[str, Any], *, id: int | None = None) -> int:
        """Something that the bot is told."""
        id = self.put(kind, content, id=id)
        async with self.changed:
            self.changed.notify_all()
        return id

    def put(self, kind: str, content: dict[str, Any], *, id: int | None = None) -> int:
        """The same, where whoever waits for updates is told in a moment."""
        if id is None:
            id, self._next_update = self._next_update, self._next_update + 1
        self.updates.append({"update_id": id, kind: content})
        return id

    def chat_wire(self, chat: int) -> dict[str, Any]:
        if chat in self.groups:
            return self.groups[chat].wire()
        return {"id": chat, "type": "private", "first_name": self.people[chat].first_name}

    def wire(self, said: Said, date: int = 1_764_000_000) -> dict[str, Any]:
        """A message as the Bot API tells it."""
        found: dict[str, Any] = {
            "message_id": said.id,
            "date": date,
            "chat": self.chat_wire(said.chat),
            "from": said.by,
            **said.extra,
        }
        if said.text:
            found["text"] = said.text
        if said.entities:
            found["entities"] = said.entities
        if said.buttons:
            found["reply_markup"] = said.keyboard
        if said.thread:
            found |= {"message_thread_id": said.thread, "is_topic_message": True}
        if said.ephemeral is not None and said.only_for is not None:
            found |= {
                "ephemeral_message_id": said.ephemeral,
                "receiver_user": self.people[said.only_for].wire(),
            }
        return found
