"""Telegram's limits on sending, kept by us: sends only, each chat for itself, a flood wait to its end."""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable

from adapters.telegram.settings import Pace

_MINUTE = 60.0
_KEPT_FREE = 5  # of all messages in a second, for what is urgent


class Limiter:
    """Asks for nothing but a turn to send. Reads, edits and answers to presses never wait here."""

    def __init__(self, pace: Pace, now: Callable[[], float] = time.monotonic) -> None:
        self._pace = pace
        self._now = now
        self._by_chat: dict[int, deque[float]] = defaultdict(deque)
        self._all: deque[float] = deque()
        self._blocked: dict[int, float] = {}

    def wait(self, chat: int, *, urgent: bool = False) -> float:
        """Seconds until a message may go to this chat; 0 if it may now. What is urgent has some room kept."""
        now = self._now()
        most = self._pace.per_second + (_KEPT_FREE if urgent else 0)
        blocked = self._blocked.get(chat, 0.0) - now
        if blocked <= 0:
            self._blocked.pop(chat, None)
        return max(
            blocked,
            0.0 if chat > 0 else _until(self._by_chat[chat], now, _MINUTE, self._pace.per_minute),
            _until(self._all, now, 1.0, most),
            0.0,
        )

    def took(self, chat: int) -> None:
        """A message goes out now."""
        now = self._now()
        self._all.append(now)
        if chat < 0:
            self._by_chat[chat].append(now)

    def flooded(self, chat: int, seconds: float) -> None:
        """Telegram asked for a pause in this chat; nothing goes there before it has passed."""
        until = self._now() + seconds
        self._blocked[chat] = max(self._blocked.get(chat, 0.0), until)

    async def turn(self, chat: int) -> None:
        """Wait until a message may go to this chat, and take the turn."""
        while (seconds := self.wait(chat)) > 0:  # noqa: ASYNC110 - time passes, nothing happens
            await asyncio.sleep(seconds)
        self.took(chat)


def _until(said: deque[float], now: float, span: float, most: int) -> float:
    while said and said[0] <= now - span:
        said.popleft()
    return said[0] + span - now if len(said) >= most else 0.0
