"""Shows pending edits: each message at most once every few seconds, no chat waiting for another."""

import asyncio
import logging
import time
from collections.abc import Callable

from telegram.error import ChatMigrated, RetryAfter, TelegramError

from adapters.telegram import errors
from adapters.telegram.edits import Edits, Pending
from adapters.telegram.posted import Posted
from adapters.telegram.state import State
from bot.contract.platform import TryLater

log = logging.getLogger(__name__)
_PATIENCE = 1.0  # seconds for one round; a slow chat goes on by itself


class EditLoop:
    def __init__(
        self,
        posted: Posted,
        state: State,
        edits: Edits,
        gap: float,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._posted = posted
        self._state = state
        self._edits = edits
        self._gap = gap
        self._now = now
        self._showing: dict[tuple[int, int], asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                seconds = await self.show_due()
            except Exception as fault:
                log.error("edits failed: %s", errors.where(fault))
                seconds = self._gap
            await asyncio.sleep(max(seconds, 0.05))

    async def show_due(self) -> float:
        """Show what is due; returns the seconds until the next is (the gap if none waits)."""
        soonest = self._gap
        for edit in self._edits.pending():
            ahead = edit.last + self._gap - self._now()
            if ahead > 0:
                soonest = min(soonest, ahead)
            elif (edit.chat, edit.message) not in self._showing:
                self._begin(edit)
        if self._showing:
            await asyncio.wait(self._showing.values(), timeout=_PATIENCE)
        return soonest

    def stop(self) -> None:
        """Leave off; what was not shown stays pending."""
        for task in self._showing.values():
            task.cancel()

    def _begin(self, edit: Pending) -> None:
        key = (edit.chat, edit.message)
        task = asyncio.ensure_future(self._show(edit))
        self._showing[key] = task
        task.add_done_callback(lambda _: self._showing.pop(key, None))

    async def _show(self, edit: Pending) -> None:
        try:
            await self._posted.show(edit)
        except ChatMigrated as migrated:
            self._state.move(edit.chat, migrated.new_chat_id)
        except TelegramError as error:
            self._failed(edit, error)
        except TryLater as later:
            self._edits.later(edit, self._now() + later.after.total_seconds() - self._gap)
        else:
            self._edits.done(edit, self._now())

    def _failed(self, edit: Pending, error: TelegramError) -> None:
        if errors.is_refused(error):
            log.info("a message could not be edited: %s", errors.kind(error))
            self._edits.done(edit, self._now())
            return
        asked_for = errors.pause(error).total_seconds() if isinstance(error, RetryAfter) else self._gap
        self._edits.later(edit, self._now() + asked_for - self._gap)
