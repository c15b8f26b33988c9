"""Posts that stand already: changed and deleted whole, however many messages they have."""

import logging
from dataclasses import replace

from telegram.error import BadRequest

from adapters.telegram import errors, outbound, text
from adapters.telegram.connection import Connection
from adapters.telegram.edits import Pending
from adapters.telegram.once import Once
from adapters.telegram.sends import Sends
from adapters.telegram.state import State

log = logging.getLogger(__name__)
_GONE = outbound.Shown(text.plain(""))


class Posted:
    """A post is known by its anchor: the message that was its last when it was posted."""

    def __init__(self, connection: Connection, state: State, sends: Sends, once: Once) -> None:
        self._connection = connection
        self._state = state
        self._sends = sends
        self._once = once

    async def show(self, edit: Pending) -> None:
        """Make the post look like this; TelegramError or TryLater if that has to wait."""
        if self._state.moved(edit.chat) != edit.chat:
            followed = self._state.followed(edit.chat, edit.message)
            if followed is None:
                await self._follow(edit)
                return
            edit = replace(edit, chat=followed[0], message=followed[1])
        pieces, parts = edit.pieces(), self._sends.parts(edit.chat, edit.message)
        parts = await self._shortened(edit, parts, len(pieces))
        for message, piece in zip(parts, pieces, strict=False):
            await self._connection.edit(edit.chat, message, piece)
        for number in range(len(parts), len(pieces)):
            key = f"e{edit.number}.{number}"
            parts.append(await self._once.send(key, edit.chat, pieces[number], edit.thread))
            self._sends.keep_parts(edit.chat, edit.message, parts)

    async def delete(self, chat: int, anchor: int) -> None:
        """Delete all of it; what is gone already is no error."""
        for message in self._sends.parts(chat, anchor):
            await self._connection.delete(chat, message)
        self._sends.keep_parts(chat, anchor, [])

    async def _shortened(self, edit: Pending, parts: list[int], pieces: int) -> list[int]:
        """Without the messages that it needs no longer. The anchor stays: it may be pinned."""
        while len(parts) > pieces:
            spare = parts[0] if parts[0] != edit.message else parts[-1]
            await self._remove(edit.chat, spare)
            parts = [one for one in parts if one != spare]
            self._sends.keep_parts(edit.chat, edit.message, parts)
        return parts

    async def _remove(self, chat: int, message: int) -> None:
        """A message that is too old to be deleted by us says nothing any more instead."""
        try:
            await self._connection.delete(chat, message)
        except BadRequest as error:
            log.info("a part could not be deleted: %s", errors.kind(error))
            await self._connection.edit(chat, message, _GONE)

    async def _follow(self, edit: Pending) -> None:
        """Messages do not move with their group: the newest words are said anew in the group as it is now."""
        new = self._state.moved(edit.chat)
        anchor = await self._once.send_all(f"f{edit.number}", new, edit.pieces())
        self._state.follow((edit.chat, edit.message), (new, anchor))
