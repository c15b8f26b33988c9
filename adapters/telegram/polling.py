"""Long polling. Telegram forgets updates when the next call confirms them; we call when they are taken."""

import asyncio
import logging
import time
from typing import Any

from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from adapters.telegram import errors
from adapters.telegram.connection import Connection
from adapters.telegram.core import Phrase, TelegramProblem
from adapters.telegram.intake import Intake
from adapters.telegram.settings import Pace

log = logging.getLogger(__name__)
WANTED = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "chat_join_request"]
_BATCH = 100
_CONFLICTS = 3  # a restart can overlap with the call that the old process left open
_SETTLED = 60.0  # seconds of polling after which a process outlasts one that was started by mistake
_CONFLICTS_WHEN_SETTLED = 8


class Polling:
    def __init__(self, connection: Connection, intake: Intake, pace: Pace, phrase: Phrase) -> None:
        self._connection = connection
        self._intake = intake
        self._pace = pace
        self._phrase = phrase
        self._offset: int | None = None
        self._began = time.monotonic()

    async def run(self) -> None:
        """Until cancelled. TelegramProblem if the token is refused or somebody else polls with it."""
        await self._retried(lambda: self._connection.bot.delete_webhook())
        while True:
            await self.once(self._pace.poll)

    async def once(self, wait: int) -> None:
        """One call, and everything it brings; the call after it confirms that."""
        updates = await self._retried(lambda: self._get(wait))
        if updates:
            await self._intake.take(updates)
            self._offset = max(int(update.get("update_id") or 0) for update in updates) + 1

    async def confirm(self) -> None:
        """Tell Telegram at the end what was taken, so that it does not come again."""
        if self._offset is not None:
            try:
                await self._get(0, limit=1)
            except TelegramError as error:
                log.info("the last updates were not confirmed: %s", errors.kind(error))

    async def _get(self, wait: int, limit: int = _BATCH) -> list[dict[str, Any]]:
        """Raw updates: one that the library cannot read must not keep the others, nor reach its log."""
        wish: dict[str, Any] = {"timeout": wait, "limit": limit, "allowed_updates": WANTED}
        if self._offset is not None:
            wish["offset"] = self._offset
        found: Any = await self._connection.bot.do_api_request(
            "getupdates", api_kwargs=wish, read_timeout=wait + 10
        )
        return [update for update in found if isinstance(update, dict)]

    async def _retried(self, call: Any) -> Any:
        """Call until it works, with growing pauses."""
        pause, conflicts = self._pace.first_retry, 0
        while True:
            try:
                return await call()
            except Conflict:
                conflicts += 1
                log.warning("another program asks for updates with this token")
                if conflicts > self._conflicts_borne():
                    raise TelegramProblem(self._phrase("telegram.second-poller", None)) from None
            except (InvalidToken, EndPointNotFound, Forbidden):
                raise TelegramProblem(self._phrase("telegram.wrong-token", None)) from None
            except RetryAfter as error:
                pause = max(pause, errors.pause(error).total_seconds())
            except BadRequest as error:
                log.error("Telegram refuses to be asked for updates: %s", errors.kind(error))
            except TelegramError as error:
                log.warning("Telegram cannot be reached (%s), trying again", errors.kind(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._pace.longest_retry)

    def _conflicts_borne(self) -> int:
        """Of two programs with one token the one that came later gives way."""
        settled = time.monotonic() - self._began > _SETTLED
        return _CONFLICTS_WHEN_SETTLED if settled else _CONFLICTS
