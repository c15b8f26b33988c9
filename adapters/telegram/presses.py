"""Pressed buttons: by whom, where, with which payload; each press is answered in time."""

from collections.abc import Callable, Sequence

from telegram import CallbackQuery, Chat, MaybeInaccessibleMessage, Message

from adapters.telegram import inbound
from adapters.telegram.asked import Asked, Query
from adapters.telegram.connection import Connection
from adapters.telegram.core import PLATFORM, Groups
from adapters.telegram.private import Private
from adapters.telegram.state import State
from bot.contract import events
from bot.contract.actions import Answer
from bot.contract.platform import Receive

Give = Callable[[Asked, Sequence[Answer]], None]


class Presses:
    """``spinner``: the seconds after which a button stops turning by itself."""

    def __init__(
        self,
        connection: Connection,
        state: State,
        private: Private,
        groups: Groups,
        receive: Receive,
        spinner: float,
    ) -> None:
        self._connection = connection
        self._state = state
        self._private = private
        self._groups = groups
        self._receive = receive
        self._spinner = spinner

    async def press(self, id: int, pressed: CallbackQuery, give: Give) -> None:
        """Take a press to the core; its button stops turning in any case."""
        query = Query(self._connection.bot, pressed.id, self._spinner)
        message = pressed.message
        if message is None or not pressed.data or pressed.from_user.is_bot:
            await query.answer()
            return
        asked = self._asked_by(pressed, message, query)
        standing = await self._private.standing(asked, pressed.data)
        person = inbound.person(pressed.from_user, is_moderator=standing.is_moderator)
        on = events.MessageRef(place=asked.place, id=str(asked.message)) if asked.message else None
        event = events.ButtonPressed(
            id=str(id),
            seq=id,
            place=asked.place,
            person=person,
            is_member=standing.is_member,
            group_size=standing.size,
            payload=pressed.data,
            on=on,
        )
        give(asked, await self._receive(event))

    def _asked_by(self, pressed: CallbackQuery, message: MaybeInaccessibleMessage, query: Query) -> Asked:
        chat = self._state.moved(message.chat.id)
        real = message if isinstance(message, Message) else None
        thread = inbound.thread_of(real) if real else None
        private = message.chat.type == Chat.PRIVATE
        place = inbound.private_place(chat) if private else inbound.group_place(chat, thread)
        return Asked(
            place=place,
            chat=chat,
            user=pressed.from_user.id,
            locale=pressed.from_user.language_code,
            thread=thread,
            message=message.message_id or None,
            ephemeral=inbound.ephemeral_id(real) if real else None,
            query=query,
            community=self._groups.community(PLATFORM, place.group),
            private=private,
        )
