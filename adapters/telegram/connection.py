"""The line to Telegram: one Bot of the library, our limiter, and what was last said in each chat."""

import asyncio
import logging
import os
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from telegram import Bot, Message, ReplyParameters, User
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram import errors, outbound
from adapters.telegram.core import Phrase, TelegramProblem
from adapters.telegram.limiter import Limiter
from adapters.telegram.settings import Settings

log = logging.getLogger(__name__)
_REMEMBERED = 5_000
_TRIES = 3
_LONGEST_PATIENCE = 90.0  # seconds; nobody waits longer for an answer
# The library warns whenever it reports a pause in whole seconds, which it will stop doing.
_AS_TIMEDELTA = ("PTB_TIMEDELTA", "1")


class Connection:
    """Open it before anything else."""

    def __init__(self, settings: Settings, phrase: Phrase) -> None:
        os.environ.setdefault(*_AS_TIMEDELTA)
        for name in ("httpx", "httpcore"):  # at INFO they print addresses, and those hold the token
            logging.getLogger(name).setLevel(logging.WARNING)
        # It prints whole answers that it cannot read, and those can hold the address: we tell of them.
        logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
        base = self.server = settings.api_base.rstrip("/")
        self.bot = Bot(
            settings.token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=HTTPXRequest(connection_pool_size=128, pool_timeout=20.0, read_timeout=15.0),
        )
        self.limiter = Limiter(settings.pace)
        self._pace = settings.pace
        self._phrase = phrase
        self._last: OrderedDict[int, int] = OrderedDict()
        self._own: OrderedDict[tuple[int, int], None] = OrderedDict()
        # Told of each message that went out, by chat and topic or by chat and id, and of closed topics.
        self.on_sent: Callable[[int, int | None], None] = _nobody_asks
        self.on_message: Callable[[int, int], None] = _nobody_asks
        self.on_no_topic: Callable[[int, int | None], None] = _nobody_asks

    async def open(self) -> None:
        """Say hello to Telegram; without a network wait and try again. TelegramProblem for a wrong token."""
        pause = self._pace.first_retry
        while True:
            try:
                await self.bot.initialize()
            except (InvalidToken, BadRequest, Forbidden):
                raise TelegramProblem(self._phrase("telegram.wrong-token", None)) from None
            except TelegramError as error:
                log.warning("Telegram cannot be reached (%s), trying again", errors.kind(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, self._pace.longest_retry)
            else:
                return

    async def close(self) -> None:
        await self.bot.shutdown()

    @property
    def me(self) -> User:
        return self.bot.bot

    def deep_link(self, payload: str) -> str:
        """An address that opens the private chat with the bot and hands it ``payload``."""
        return f"https://t.me/{self.me.username}?start={payload}"

    def saw(self, chat: int, message: int) -> None:
        """A message with this id is in the chat."""
        if message > self._last.get(chat, 0):
            self._last[chat] = message
            self._last.move_to_end(chat)
            if len(self._last) > _REMEMBERED:
                self._last.popitem(last=False)

    def last(self, chat: int) -> int | None:
        """The highest message id seen in the chat."""
        return self._last.get(chat)

    def is_own(self, chat: int, message: int) -> bool:
        """Whether this message is known as one that we sent."""
        return (chat, message) in self._own

    async def send(
        self,
        chat: int,
        shown: outbound.Shown,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
        silent: bool = False,
        patient: bool = True,
        **more: Any,
    ) -> Message:
        """Send one message. Where the topic is closed or gone it goes to the chat itself.

        ``patient``: wait for a turn, and after a flood try again; otherwise the caller sees to that.
        """
        wishes = {**outbound.wire(shown), "disable_notification": silent or None, **more}
        if reply_to:
            wishes["reply_parameters"] = ReplyParameters(reply_to, allow_sending_without_reply=True)
        for tries_left in reversed(range(_TRIES if patient else 1)):
            if patient:
                await self.limiter.turn(chat)
            else:
                self.limiter.took(chat)
            try:
                return await self._send(chat, thread, wishes)
            except RetryAfter as error:
                seconds = errors.pause(error).total_seconds()
                self.limiter.flooded(chat, seconds)
                if not tries_left or seconds > _LONGEST_PATIENCE:
                    raise
        raise AssertionError("the last try returns or raises")

    async def _send(self, chat: int, thread: int | None, wishes: dict[str, Any]) -> Message:
        try:
            sent = await self.bot.send_message(chat, message_thread_id=thread, **wishes)
        except BadRequest as error:
            if not errors.is_no_topic(error):
                raise
            self.on_no_topic(chat, thread)
            if thread is None:
                raise
            wishes.pop("reply_parameters", None)
            sent = await self._send(chat, None, wishes)
        else:
            self.on_sent(chat, thread)
            self._sent(chat, sent.message_id)
        return sent

    def _sent(self, chat: int, message: int) -> None:
        self.saw(chat, message)
        self._own[chat, message] = None
        if len(self._own) > _REMEMBERED:
            self._own.popitem(last=False)
        self.on_message(chat, message)

    async def edit(self, chat: int, message: int, shown: outbound.Shown) -> None:
        """Change a message of ours; that it looks so already is no error."""
        try:
            await self.bot.edit_message_text(chat_id=chat, message_id=message, **outbound.wire(shown))
        except RetryAfter as error:
            self.limiter.flooded(chat, errors.pause(error).total_seconds())
            raise
        except BadRequest as error:
            if not errors.is_settled(error):
                raise

    async def delete(self, chat: int, message: int) -> None:
        """Delete a message; that it is gone already is no error."""
        try:
            await self.bot.delete_message(chat, message)
        except BadRequest as error:
            if not errors.is_settled(error):
                raise


def _nobody_asks(chat: int, what: int | None) -> None:
    """Until somebody wants to know."""
