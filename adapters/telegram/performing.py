"""What the core says by itself, performed once as far as that can be known.

Telegram has no key that would refuse a second try. So a post is noted before it is sent; if its answer
was lost, the messages that came since are looked at: editing our own message to what it already says is
refused as "not modified", and editing anybody else's is refused otherwise.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram.error import ChatMigrated, TelegramError

from adapters.telegram import errors, inbound, outbound
from adapters.telegram.connection import Connection
from adapters.telegram.edits import Edits
from adapters.telegram.state import Sending, State
from bot.contract.actions import DecideJoin, Delete, Edit, GiveRole, OpenThread, Post, Sent, Tell
from bot.contract.events import MessageRef, Place
from bot.contract.platform import TryLater, Unreachable

log = logging.getLogger(__name__)
_LONGEST_TITLE = 128
_LOOK_AT = 8  # messages, for one whose answer was lost
_WAIT_HERE = 0.5  # seconds; a longer wait is the outbox's
Moved = Callable[[int, int], Awaitable[None]]


class Performer:
    def __init__(self, connection: Connection, state: State, edits: Edits, moved: Moved) -> None:
        self._connection = connection
        self._state = state
        self._edits = edits
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

    async def _perform(self, action: Sent, key: str) -> MessageRef | None:
        match action:
            case Post():
                return await self._post(action, key)
            case Edit():
                return self._edit(action, key)
            case Delete():
                await self._connection.delete(*self._where(action.message))
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
        message = await self._once(key, chat, shown, thread=thread, silent=post.silent)
        if post.pin:
            await self._pin(chat, message)
        place = inbound.group_place(chat, thread) if post.place.group else post.place
        return MessageRef(place=place, id=str(message))

    async def _tell(self, tell: Tell, key: str) -> MessageRef:
        person = _number(tell.person.id)
        shown = outbound.messages(tell.body, tell.buttons)
        message = await self._once(key, person, shown)
        return MessageRef(place=inbound.private_place(person), id=str(message))

    async def _open(self, thread: OpenThread, key: str) -> MessageRef:
        """A topic of its own, where there are topics and the bot may make them."""
        chat = self._state.moved(_number(thread.place.channel))
        known = self._state.fact(f"topic {key}")
        if known is None:
            made = await self._connection.bot.create_forum_topic(chat, thread.title[:_LONGEST_TITLE])
            known = str(made.message_thread_id)
            self._state.keep(f"topic {key}", known)
        message = await self._once(key, chat, outbound.messages(thread.body, thread.buttons), int(known))
        return MessageRef(place=inbound.group_place(chat, int(known)), id=str(message))

    async def _once(
        self,
        key: str,
        chat: int,
        shown: list[outbound.Shown],
        thread: int | None = None,
        silent: bool = False,
    ) -> int:
        """Send these under ``key``; the id of the last. A second time nothing is sent that is there."""
        before = self._state.sending(key)
        if before is not None and before.chat == chat:
            message = before.message or await self._lost(before, shown[-1])
            if message is not None:
                self._state.sent(key, message)
                return message
        if (seconds := self._connection.limiter.wait(chat)) > _WAIT_HERE:
            raise TryLater(timedelta(seconds=seconds))
        await asyncio.sleep(seconds)
        self._state.begin_sending(key, chat, self._connection.last(chat))
        try:
            for one in shown:
                sent = await self._connection.send(chat, one, thread=thread, silent=silent, patient=False)
        except TelegramError as error:
            if errors.surely_not_done(error):
                self._state.not_sent(key)
            raise
        self._state.sent(key, sent.message_id)
        return sent.message_id

    async def _lost(self, before: Sending, shown: outbound.Shown) -> int | None:
        """The message that was sent although its answer never came, where it can be found."""
        if before.after is None:
            return None
        for message in range(before.after + 1, before.after + 1 + _LOOK_AT):
            if self._connection.is_own(before.chat, message):
                continue
            if await self._says_so(before.chat, message, shown):
                return message
        return None

    async def _says_so(self, chat: int, message: int, shown: outbound.Shown) -> bool:
        try:
            await self._connection.edit(chat, message, shown)
        except ChatMigrated:
            raise
        except TelegramError as error:
            if errors.is_refused(error):
                return False
            raise
        return True

    async def _pin(self, chat: int, message: int) -> None:
        try:
            await self._connection.bot.pin_chat_message(chat, message, disable_notification=True)
        except TelegramError as error:
            log.info("not pinned: %s", errors.kind(error))

    def _edit(self, edit: Edit, key: str) -> MessageRef:
        """Wanted now, shown in a moment: see Edits."""
        chat, message = self._where(edit.message)
        shown = outbound.messages(edit.body, edit.buttons)
        first = outbound.Shown(shown[0].text, shown[-1].keyboard)
        number = int("".join(letter for letter in key if letter.isdecimal()) or 0)
        self._edits.want(chat, message, number, first.packed())
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
            if not errors.is_settled(error):
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
