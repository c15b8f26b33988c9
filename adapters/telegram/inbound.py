"""What Telegram says happened, as the fields of Events. Nothing is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from telegram import Chat, Message, MessageEntity, User

from adapters.telegram.core import PLATFORM
from bot.contract.events import MessageRef, Person, Place

ANONYMOUS_ADMIN = 1087968824
GROUPS = (Chat.GROUP, Chat.SUPERGROUP)
# A message without words is of use only with one of these.
SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
    "forum_topic_reopened",
    "general_forum_topic_unhidden",
)
_CODE = (MessageEntity.CODE, MessageEntity.PRE)
_WORDS = ("text", "entities", "caption", "caption_entities")
_PASSED_ON = ("quote", "external_reply")
_QUOTE = (MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE)


class Happened(TypedDict):
    """The fields that every event of a person has."""

    id: str
    seq: int
    place: Place
    person: Person
    is_member: bool | None
    group_size: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """A command as typed. ``to_us``: the bot was named, or nobody else listens."""

    name: str
    words: str = field(repr=False)
    to_us: bool


def group_place(chat: int, thread: int | None = None) -> Place:
    """A group, or a topic in it. General is the group itself."""
    topic = str(thread) if thread else None
    return Place(platform=PLATFORM, group=str(chat), channel=str(chat), thread=topic)


def private_place(user: int) -> Place:
    return Place(platform=PLATFORM, group="", channel=str(user))


def thread_of(message: Message) -> int | None:
    """The topic's id. Replies in plain groups carry one too, which means nothing."""
    return message.message_thread_id if message.is_topic_message else None


def place_of(message: Message) -> Place:
    if message.chat.type == Chat.PRIVATE:
        return private_place(message.chat.id)
    return group_place(message.chat.id, thread_of(message))


def message_ref(message: Message) -> MessageRef:
    return MessageRef(place=place_of(message), id=str(message.message_id))


def replied_to(message: Message) -> MessageRef | None:
    """The message that a person chose to answer; every message in a topic "answers" its first one."""
    on = message.reply_to_message
    if on is None or on.forum_topic_created is not None:
        return None
    if message.is_topic_message and on.message_id == message.message_thread_id:
        return None
    shown = ephemeral_id(on) or on.message_id
    return MessageRef(place=place_of(message), id=str(shown)) if shown else None


def words_of(message: Message) -> str:
    """What somebody wrote, its quotes and code marked as Discord marks them: > before a line, ` around."""
    text, entities = message.text or "", message.entities
    if not text:
        text, entities = message.caption or "", message.caption_entities
    marks: dict[int, str] = {}
    for entity in entities:
        first, last = at_unit(text, entity.offset), at_unit(text, entity.offset + entity.length)
        if entity.type in _QUOTE:
            starts = [first, *(at + 1 for at in range(first, last - 1) if text[at] == "\n")]
            marks |= dict.fromkeys(starts, "> ")
        elif entity.type in _CODE:
            marks |= {first: "```", last: "```"}
    if not marks:
        return text
    return "".join(marks.get(at, "") + letter for at, letter in enumerate(text)) + marks.get(len(text), "")


def at_unit(text: str, units: int) -> int:
    """Where in a text Telegram's count of UTF-16 units is."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def is_talk(update: dict[str, Any]) -> bool:
    """Whether somebody just says something in a group. It is read at once or not at all, never kept."""
    message = update.get("message") or update.get("edited_message") or {}
    words = message.get("text") or message.get("caption") or ""
    return bool(words) and words[:1] != "/" and (message.get("chat") or {}).get("type") in GROUPS


def without_others_words(update: dict[str, Any]) -> dict[str, Any]:
    """An update as it may be written down: without what it shows of other messages."""
    found = dict(update)
    if isinstance(message := found.get("message"), dict):
        found["message"] = {name: value for name, value in message.items() if name not in _PASSED_ON}
        if isinstance(on := message.get("reply_to_message"), dict):
            found["message"]["reply_to_message"] = _wordless(on)
    if isinstance(query := found.get("callback_query"), dict) and isinstance(query.get("message"), dict):
        found["callback_query"] = query | {"message": _wordless(query["message"])}
    return found


def _wordless(message: dict[str, Any]) -> dict[str, Any]:
    left_out = (*_PASSED_ON, *_WORDS, "reply_to_message")
    return {name: value for name, value in message.items() if name not in left_out}


def words_replied_to(message: Message) -> str:
    """What that message says; of a long one that was quoted, the whole of it."""
    on = message.reply_to_message
    return "" if on is None or replied_to(message) is None else words_of(on)


def wrote(message: Message) -> Person | None:
    """Who wrote the message that a person chose to answer; nobody where a group or channel spoke."""
    on = message.reply_to_message
    if on is None or replied_to(message) is None or on.sender_chat is not None or on.from_user is None:
        return None
    return None if on.from_user.is_bot else person(on.from_user)


def person(user: User, *, is_moderator: bool = False) -> Person:
    return Person(
        platform=PLATFORM,
        id=str(user.id),
        name=user.full_name,
        locale=user.language_code,
        is_moderator=is_moderator,
    )


def anonymous(chat: Chat) -> Person:
    """A moderator who speaks as the group. Never the same as the account behind it."""
    return Person(platform=PLATFORM, id=f"anonymous{chat.id}", name=chat.title or "", is_moderator=True)


def is_anonymous(message: Message) -> bool:
    """Whether a moderator of this very group speaks as the group."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def is_from_a_person(message: Message) -> bool:
    """Whether a person wrote this here: no bot, no channel, nothing passed on."""
    if message.forward_origin is not None or message.via_bot is not None or message.is_automatic_forward:
        return False
    if is_anonymous(message):
        return True
    return message.sender_chat is None and message.from_user is not None and not message.from_user.is_bot


def typed(message: Message, username: str) -> Typed | None:
    """The command in a message, as COMMANDS names it: ``/agree_rules`` and ``/agree-rules`` are one."""
    text = message.text or ""
    if not text.startswith("/") or _in_code(message.entities):
        return None
    first, _, rest = text[1:].partition(" ")
    if "\n" in first:
        first, _, more = first.partition("\n")
        rest = f"{more} {rest}"
    name, at, bot = first.partition("@")
    if not name[:1].isalnum() or (at and bot.lower() != username.lower()):
        return None
    private = message.chat.type == Chat.PRIVATE
    return Typed(name=name.lower().replace("_", "-"), words=rest.strip(), to_us=bool(at) or private)


def _in_code(entities: Sequence[MessageEntity]) -> bool:
    return any(entity.offset == 0 and entity.type in (*_CODE, *_QUOTE) for entity in entities)


def ephemeral_id(message: Message) -> int | None:
    """The id of a message that only one person sees; None for an ordinary one."""
    found = message.api_kwargs.get("ephemeral_message_id")
    return found if isinstance(found, int) else None


def chat_of(update: dict[str, Any]) -> tuple[int, int]:
    """The chat and the person of an update as it came, for keeping things in order; 0 where unknown."""
    for content in update.values():
        if isinstance(content, dict):
            holder = content.get("message") if "data" in content else content
            chat = (holder or {}).get("chat") or {}
            user = content.get("from") or {}
            return int(chat.get("id") or 0), int(user.get("id") or 0)
    return 0, 0
