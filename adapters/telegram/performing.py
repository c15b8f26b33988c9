"""What the core says by itself, performed once as far as that can be known."""

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from telegram import ChatMember
from telegram.error import ChatMigrated, TelegramError

from adapters.telegram import errors, inbound, outbound
from adapters.telegram.connection import Connection
from adapters.telegram.edits import Edits
from adapters.telegram.members import NO_MEMBER
from adapters.telegram.once import Once
from adapters.telegram.posted import Posted
from adapters.telegram.refusals import INVITE, Refusals
from adapters.telegram.state import State
from adapters.telegram.topics import Topics
from bot.contract.actions import DecideJoin, Delete, Duty, Edit, GiveRole, OpenThread, Post, Sent, Tell
from bot.contract.events import MessageRef, Place
from bot.contract.platform import TryLater, Unreachable

log = logging.getLogger(__name__)
Moved = Callable[[int, int], Awaitable[None]]


class Performer:
    def __init__(
        self,
        *,
        connection: Connection,
        state: State,
        edits: Edits,
        once: Once,
        posted: Posted,
        topics: Topics,
        refusals: Refusals,
        moved: Moved,
    ) -> None:
        self._connection = connection
        self._state = state
        self._edits = edits
        self._once = once
        self._posted = posted
        self._topics = topics
        self._refusals = refusals
        self._moved = moved

    async def perform(self, action: Sent, key: str) -> MessageRef | None:
        """See Platform.perform."""
        try:
            return await self._perform(action, key)
        except ChatMigrated as migrated:
            await self._moved(_chat_of(action), migrated.new_chat_id)
            raise TryLater(timedelta(0)) from None
        except TelegramError as error:
            raise errors.for_outbox(error) from None
        except sqlite3.Error as fault:
            raise TryLater(errors.PAUSE) from fault
        finally:
            await self._refusals.settled()

    async def _perform(self, action: Sent, key: str) -> MessageRef | None:
        match action:
            case Post():
                return await self._post(action, key)
            case Edit():
                return self._edit(action, key)
            case Delete():
                await self._posted.delete(*self._where(action.message))
                return None
            case Tell():
                return await self._tell(action, key)
            case DecideJoin():
                await self._decide(action)
                return None
            case OpenThread():
                return await self._open(action, key)
            case _:  # Telegram has no roles
                raise Unreachable(type(action).__name__)

    async def _post(self, post: Post, key: str) -> MessageRef:
        chat = self._state.moved(_number(post.place.channel))
        thread = int(post.place.thread) if post.place.thread else None
        shown = outbound.messages(post.body, post.buttons)
        message = await self._once.send_all(key, chat, shown, thread, silent=post.silent)
        if post.pin:
            await self._pin(chat, message)
        if not post.place.group:
            return MessageRef(place=post.place, id=str(message))
        place = inbound.group_place(chat, self._refusals.really(chat, thread))
        return MessageRef(place=place, id=str(message))

    async def _tell(self, tell: Tell, key: str) -> MessageRef:
        person = _number(tell.person.id)
        if tell.duties and not await self._on_duty(person, tell.duties):
            raise Unreachable("no moderator")
        shown = outbound.messages(tell.body, tell.buttons)
        message = await self._once.send_all(key, person, shown, silent=tell.silent, urgent=tell.urgent)
        return MessageRef(place=inbound.private_place(person), id=str(message))

    async def _on_duty(self, person: int, duties: Sequence[Duty]) -> bool:
        """Whether they are an administrator of one of the groups, as far as Telegram says."""
        for duty in duties:
            chat = self._state.moved(_number(duty.place.channel))
            try:
                member = await self._connection.bot.get_chat_member(chat, person)
            except TelegramError as error:
                if not errors.says(error, *NO_MEMBER):
                    return True
            else:
                if member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR):
                    return True
        return False

    async def _open(self, thread: OpenThread, key: str) -> MessageRef:
        """A topic of its own, where there are topics and the bot may make them."""
        chat = self._state.moved(_number(thread.place.channel))
        topic = await self._topics.open(chat, thread.title, key)
        shown = outbound.messages(thread.body, thread.buttons)
        message = await self._once.send_all(key, chat, shown, topic)
        return MessageRef(
            place=inbound.group_place(chat, self._refusals.really(chat, topic)), id=str(message)
        )

    async def _pin(self, chat: int, message: int) -> None:
        try:
            await self._connection.bot.pin_chat_message(chat, message, disable_notification=True)
        except TelegramError as error:
            log.info("not pinned: %s", errors.kind(error))

    def _edit(self, edit: Edit, key: str) -> MessageRef:
        """Wanted now, shown in a moment: see Edits."""
        chat, message = self._where(edit.message)
        thread = int(edit.message.place.thread) if edit.message.place.thread else None
        shown = outbound.messages(edit.body, edit.buttons)
        number = int("".join(letter for letter in key if letter.isdecimal()) or 0)
        self._edits.want(chat, message, number, shown, thread)
        return edit.message

    async def _decide(self, decision: DecideJoin) -> None:
        chat, user = self._state.moved(_number(decision.place.channel)), _number(decision.person.id)
        bot = self._connection.bot
        try:
            if decision.let_in:
                await bot.approve_chat_join_request(chat, user)
            else:
                await bot.decline_chat_join_request(chat, user)
        except TelegramError as error:
            if errors.is_settled(error):
                return
            if errors.is_refused(error):
                self._refusals.no_right(chat, INVITE)
            raise

    def _where(self, ref: MessageRef) -> tuple[int, int]:
        chat, message = _number(ref.place.channel), _number(ref.id)
        return self._state.followed(chat, message) or (chat, message)


def _chat_of(action: Sent) -> int:
    place: Place | None = None
    if isinstance(action, Post | DecideJoin | OpenThread | GiveRole):
        place = action.place
    elif isinstance(action, Edit | Delete):
        place = action.message.place
    return _number(place.channel if place is not None else action.person.id)  # type: ignore[union-attr]


def _number(id: str) -> int:
    """An id of Telegram's; Unreachable for whoever has none, such as an anonymous moderator."""
    try:
        return int(id)
    except ValueError:
        raise Unreachable(id) from None
