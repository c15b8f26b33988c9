"""Messages in a group that one person sees (Bot API 10.3), where this server has them.

A server that does not know them would ignore the wish and tell everyone. So the first one says nothing
private, and every answer is looked at; whatever came out public is deleted, and never tried again.
"""

import logging
from typing import Any

from telegram.error import EndPointNotFound, TelegramError

from adapters.telegram import errors, outbound, text
from adapters.telegram.asked import Asked
from adapters.telegram.connection import Connection
from adapters.telegram.core import Phrase
from adapters.telegram.inbound import ephemeral_id
from adapters.telegram.state import State

log = logging.getLogger(__name__)


class Ephemeral:
    def __init__(self, connection: Connection, state: State, phrase: Phrase) -> None:
        self._connection = connection
        self._state = state
        self._phrase = phrase
        self._fact = f"ephemeral at {connection.server}"  # what one server has, another may not

    @property
    def known(self) -> bool:
        """Whether this server is known to have them."""
        return self._state.fact(self._fact) == "yes"

    async def probe(self) -> None:
        """Ask once whether this server has the method that deletes one; old servers do not."""
        if self._state.fact(self._fact) is not None:
            return
        own = self._connection.me.id
        wish = {"chat_id": own, "receiver_user_id": own, "ephemeral_message_id": 1}
        try:
            await self._connection.bot.do_api_request("delete_ephemeral_message", api_kwargs=wish)
        except EndPointNotFound:
            self._state.keep(self._fact, "no")
        except TelegramError as error:
            if errors.is_refused(error):
                self._state.keep(self._fact, "perhaps")
        else:
            self._state.keep(self._fact, "perhaps")

    async def send(self, asked: Asked, shown: list[outbound.Shown], *, replace: bool = False) -> bool:
        """Show these to the asker alone; False if this server or group does not do that."""
        fact = self._state.fact(self._fact)
        if asked.user is None or fact not in ("yes", "perhaps"):
            return False
        try:
            if fact == "perhaps" and not await self._tried(asked):
                return False
            if replace and asked.ephemeral is not None and len(shown) == 1:
                await self._edit(asked, shown[0])
                return True
            return all([await self._send(asked, one) for one in shown])
        except TelegramError as error:
            log.info("only-for-you message refused: %s", errors.kind(error))
            return False

    async def _tried(self, asked: Asked) -> bool:
        """The first one ever: words that anybody may read."""
        harmless = text.plain(self._phrase("telegram.only-you", asked.locale))
        return await self._send(asked, outbound.Shown(harmless))

    async def _send(self, asked: Asked, shown: outbound.Shown) -> bool:
        wish: dict[str, Any] = {"receiver_user_id": asked.user}
        if asked.query is not None:
            wish["callback_query_id"] = asked.query.id
        sent = await self._connection.send(
            asked.chat, shown, thread=asked.thread, api_kwargs={"ephemeral_message_parameters": wish}
        )
        if ephemeral_id(sent) is not None:
            self._state.keep(self._fact, "yes")
            return True
        log.error("this server told everyone what one person should see; it is deleted and not tried again")
        self._state.keep(self._fact, "no")
        await self._connection.delete(asked.chat, sent.message_id)
        return False

    async def _edit(self, asked: Asked, shown: outbound.Shown) -> None:
        entities = [entity.to_dict() for entity in shown.text.entities]
        wish: dict[str, Any] = {
            "chat_id": asked.chat,
            "receiver_user_id": asked.user,
            "ephemeral_message_id": asked.ephemeral,
            "text": shown.text.text,
            "link_preview_options": outbound.NO_PREVIEW.to_dict(),
        }
        if entities:
            wish["entities"] = entities
        if shown.keyboard is not None:
            wish["reply_markup"] = shown.keyboard.to_dict()
        await self._connection.bot.do_api_request("edit_ephemeral_message_text", api_kwargs=wish)
