"""One update from Telegram: the Event it is, through the core's door, and the answers on their way.

``handle`` returns when the core has stored what happened. Answers go out afterwards, so that a slow
chat delays nobody; a repeated update finds everything stored and changes nothing.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import Any

from telegram import (
    Chat,
    ChatJoinRequest,
    Message,
    Update,
)

from adapters.telegram import inbound
from adapters.telegram.answers import Answers
from adapters.telegram.asked import Asked
from adapters.telegram.connection import Connection
from adapters.telegram.core import PLATFORM, Groups
from adapters.telegram.life import Life
from adapters.telegram.members import Members
from adapters.telegram.presses import Presses
from adapters.telegram.private import Private
from bot.contract import events
from bot.contract.actions import Answer
from bot.contract.command import Command, Who
from bot.contract.platform import Receive

log = logging.getLogger(__name__)


class Handler:
    def __init__(
        self,
        *,
        connection: Connection,
        members: Members,
        answers: Answers,
        private: Private,
        presses: Presses,
        life: Life,
        commands: Sequence[Command],
        groups: Groups,
        receive: Receive,
    ) -> None:
        self._connection = connection
        self._members = members
        self._answers = answers
        self._private = private
        self._presses = presses
        self._life = life
        self._commands = {command.name: command for command in commands}
        self._groups = groups
        self._receive = receive
        self._going_out: set[asyncio.Task[object]] = set()

    def is_idle_talk(self, update: dict[str, Any]) -> bool:
        """Whether nobody needs this update; looked at before anything is made of it."""
        edited = update.get("edited_message")
        message = update.get("message") or edited
        if message is None:
            return False
        chat = message.get("chat") or {}
        if chat.get("type") not in inbound.GROUPS:
            return bool(chat.get("type") != Chat.PRIVATE or edited)
        if not edited:
            self._connection.saw(chat["id"], message.get("message_id") or 0)
        words = message.get("text") or message.get("caption")
        if words is None:
            return not any(name in message for name in inbound.SERVICE)
        if words[:1] == "/":
            return edited is not None
        return not self._groups.wants(events.TextPosted, PLATFORM, str(chat["id"]))

    def is_urgent(self, update: dict[str, Any]) -> bool:
        """Whether this asks for urgent help: it waits behind nothing else of its chat or person."""
        words = (update.get("message") or {}).get("text") or ""
        first = words[1:].split(maxsplit=1)[0] if words[:1] == "/" and words[1:].strip() else ""
        row = self._commands.get(first.partition("@")[0].lower().replace("_", "-"))
        return row is not None and row.waits_for_nobody

    async def handle(self, wire: dict[str, Any]) -> None:
        """Take one update to the core; raises only for faults of ours."""
        update = Update.de_json(wire, self._connection.bot)
        id = update.update_id
        if update.message is not None:
            await self._message(id, update.message)
        elif update.edited_message is not None:
            await self._edited(id, update.edited_message)
        elif update.callback_query is not None:
            await self._presses.press(id, update.callback_query, self.answer)
        elif update.my_chat_member is not None:
            await self._life.we_changed(id, update.my_chat_member, self.answer)
        elif update.chat_member is not None:
            await self._life.somebody_changed(id, update.chat_member, self.answer)
        elif update.chat_join_request is not None:
            await self._join_request(id, update.chat_join_request)

    async def settled(self) -> None:
        """Wait until every answer is out."""
        while self._going_out:
            await asyncio.wait(set(self._going_out))

    def stop(self) -> None:
        """Leave off with answers that are still on their way."""
        for task in list(self._going_out):
            task.cancel()

    def answer(self, asked: Asked, answers: Sequence[Answer]) -> None:
        """Give these answers in the background."""
        self._later(self._answers.give(asked, answers))

    def _later(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.ensure_future(work)
        self._going_out.add(task)
        task.add_done_callback(self._going_out.discard)

    async def _message(self, id: int, message: Message) -> None:
        if await self._life.told(id, message, self.answer) or not inbound.is_from_a_person(message):
            return
        given = inbound.typed(message, self._connection.me.username or "")
        if message.chat.type == Chat.PRIVATE:
            await self._private.message(id, message, given, self.answer)
        elif message.chat.type in inbound.GROUPS:
            await self._in_group(id, message, given)

    async def _in_group(self, id: int, message: Message, given: inbound.Typed | None) -> None:
        if given is not None and (given.to_us or given.name in self._commands):
            await self._command(id, message, given)
        elif given is None:
            await self._talk(id, message)

    async def _edited(self, id: int, message: Message) -> None:
        if message.chat.type in inbound.GROUPS and inbound.is_from_a_person(message):
            await self._talk(id, message, edited=True)

    async def _talk(self, id: int, message: Message, *, edited: bool = False) -> None:
        """An ordinary message, if anybody needs it."""
        words = inbound.words_of(message)
        if not words or not self._groups.wants(events.TextPosted, PLATFORM, str(message.chat.id)):
            return
        posted = events.TextPosted(
            **await self._happened(id, message),
            text=words,
            message=inbound.message_ref(message),
            edited=edited,
            link=message.link or "",
        )
        self.answer(self._asked(message), await self._receive(posted))

    async def _command(self, id: int, message: Message, given: inbound.Typed) -> None:
        happened = await self._happened(id, message)
        whispered = inbound.ephemeral_id(message) is not None
        event = events.CommandGiven(
            **happened,
            name=given.name,
            words=given.words,
            on=inbound.replied_to(message),
            said=inbound.words_replied_to(message),
            wrote=inbound.wrote(message),
            overheard=not whispered,
        )
        self.answer(self._asked(message), await self._receive(event))
        row = self._commands.get(given.name)
        if row is not None and (row.discreet or row.who is Who.MODERATORS) and not whispered:
            self._later(self._tidied(message))

    async def _tidied(self, message: Message) -> None:
        """What nobody else need read does not stand in the room, where the bot may delete."""
        ours = await self._members.ours(message.chat.id)
        if ours is not None and ours.can_delete_messages:
            await self._life.quietly(self._connection.delete(message.chat.id, message.message_id))

    async def _happened(self, id: int, message: Message) -> inbound.Happened:
        """The fields of what somebody did by writing in a group: whoever writes there is in it."""
        chat = message.chat.id
        if inbound.is_anonymous(message) or message.from_user is None:
            person = inbound.anonymous(message.chat)
        else:
            self._members.spoke(chat, message.from_user.id)
            moderates = await self._members.is_moderator(chat, message.from_user.id)
            person = inbound.person(message.from_user, is_moderator=moderates)
        return {
            "id": str(id),
            "seq": id,
            "place": inbound.place_of(message),
            "person": person,
            "is_member": True,
            "group_size": await self._members.size(chat),
        }

    def _asked(self, message: Message) -> Asked:
        unknown = inbound.is_anonymous(message) or message.from_user is None
        place = inbound.place_of(message)
        return Asked(
            place=place,
            chat=message.chat.id,
            user=None if unknown else message.from_user.id,  # type: ignore[union-attr]
            locale=message.from_user.language_code if message.from_user else None,
            thread=inbound.thread_of(message),
            message=message.message_id or None,
            community=self._groups.community(PLATFORM, place.group),
        )

    async def _join_request(self, id: int, request: ChatJoinRequest) -> None:
        """Somebody knocks: the answer goes to the chat that Telegram opens for five minutes."""
        place = inbound.group_place(request.chat.id)
        event = events.JoinRequested(
            id=str(id),
            seq=id,
            place=place,
            person=inbound.person(request.from_user),
            is_member=False,
        )
        asked = Asked(
            place=place,
            chat=request.user_chat_id,
            private=True,
            user=request.from_user.id,
            locale=request.from_user.language_code,
            community=self._groups.community(PLATFORM, place.group),
        )
        self._later(self._let_know(asked, event, await self._receive(event)))

    async def _let_know(self, asked: Asked, event: events.JoinRequested, answers: Sequence[Answer]) -> None:
        """Answer at the door. After a while Telegram does not allow that any more: then others must know."""
        if not await self._answers.give(asked, answers):
            await self._receive(replace(event, reached=False))
