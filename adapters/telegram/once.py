"""A message that is sent once, as far as that can be known.

Telegram has no key that would refuse a second try. So a message is noted before it is sent; if its answer
was lost, the messages that came since are looked at: editing our own message to what it already says is
refused as "not modified", and editing anybody else's is refused otherwise. Others of ours are left alone.
"""

import asyncio
from datetime import timedelta

from telegram.error import ChatMigrated, TelegramError

from adapters.telegram import errors, outbound
from adapters.telegram.connection import Connection
from adapters.telegram.sends import Sending, Sends
from bot.contract.platform import TryLater

_LOOK_AT = 8  # messages, for one whose answer was lost
_WAIT_HERE = 0.5  # seconds; a longer wait is the outbox's


class Once:
    def __init__(self, connection: Connection, sends: Sends) -> None:
        self._connection = connection
        self._sends = sends

    async def send_all(
        self,
        key: str,
        chat: int,
        shown: list[outbound.Shown],
        thread: int | None = None,
        *,
        silent: bool = False,
        urgent: bool = False,
    ) -> int:
        """Send these under ``key``; the id of the last. A second time nothing is sent that is there."""
        sent = []
        for number, one in enumerate(shown):
            of_this = key if one is shown[-1] else f"{key}.{number}"
            sent.append(await self.send(of_this, chat, one, thread, silent=silent, urgent=urgent))
        self._sends.keep_parts(chat, sent[-1], sent)
        return sent[-1]

    async def send(
        self,
        key: str,
        chat: int,
        shown: outbound.Shown,
        thread: int | None = None,
        *,
        silent: bool = False,
        urgent: bool = False,
    ) -> int:
        """One message. TryLater if it would have to wait for its turn; TelegramError."""
        before = self._sends.find(key)
        if before is not None and before.chat == chat:
            message = before.message or await self._lost(before, shown)
            if message is not None:
                self._sends.done(key, message)
                return message
        if (seconds := self._connection.limiter.wait(chat, urgent=urgent)) > _WAIT_HERE:
            raise TryLater(timedelta(seconds=seconds))
        await asyncio.sleep(seconds)
        self._sends.begin(key, chat, self._connection.last(chat))
        try:
            sent = await self._connection.send(chat, shown, thread=thread, silent=silent, patient=False)
        except TelegramError as error:
            if errors.surely_not_done(error):
                self._sends.not_done(key)
            else:
                self._sends.lost(chat)
            raise
        self._sends.done(key, sent.message_id)
        return sent.message_id

    async def _lost(self, before: Sending, shown: outbound.Shown) -> int | None:
        """The message that was sent although its answer never came, where it can be found."""
        if before.after is None:
            return None
        for message in range(before.after + 1, before.after + 1 + _LOOK_AT):
            known = self._connection.is_own(before.chat, message) or self._sends.is_own(before.chat, message)
            if not known and await self._says_so(before.chat, message, shown):
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
