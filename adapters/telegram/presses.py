"""Pressed buttons: by whom, where, with which payload; each press is answered in time."""

from collections.abc import Callable, Sequence

from telegram import CallbackQuery, Chat, MaybeInaccessibleMessage, Message

from adapters.telegram import inbound, origin
from adapters.telegram.asked import Asked, Query
from adapters.telegram.connection import Connection
from adapters.telegram.core import PLATFORM, Groups
from adapters.telegram.private import Private
from adapters.telegram.state import State
from bot.contract import events
from bot.contract.actions import Answer
from bot.contract.events import Place
from bot.contract.payload import decode
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
        payload, began = origin.split(pressed.data)
        asked = self._asked_by(pressed, message, query, self._there(payload, began))
        standing = await self._private.standing(asked, payload)
        person = inbound.person(pressed.from_user, is_moderator=standing.is_moderator)
        where = inbound.private_place(asked.chat) if asked.private else asked.place
        on = events.MessageRef(place=where, id=str(asked.message)) if asked.message else None
        event = events.ButtonPressed(
            id=str(id),
            seq=id,
            place=asked.place,
            person=person,
            is_member=standing.is_member,
            group_size=standing.size,
            payload=payload,
            on=on,
        )
        give(asked, await self._receive(event))

    def _there(self, payload: str, began: Place | None) -> Place | None:
        """Where the conversation began, if that is a group of the community that the button names."""
        found = decode(payload)
        if began is None or found is None or found.community is None:
            return None
        moved = self._state.moved(int(began.group))
        place = inbound.group_place(moved, int(began.thread) if began.thread else None)
        return place if self._groups.community(PLATFORM, place.group) == found.community else None

    def _asked_by(
        self, pressed: CallbackQuery, message: MaybeInaccessibleMessage, query: Query, began: Place | None
    ) -> Asked:
        chat = self._state.moved(message.chat.id)
        real = message if isinstance(message, Message) else None
        thread = inbound.thread_of(real) if real else None
        private = message.chat.type == Chat.PRIVATE
        private_place = began or inbound.private_place(chat)
        place = private_place if private else inbound.group_place(chat, thread)
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
