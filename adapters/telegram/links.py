"""Answers that wait behind a link into the private chat. A link shows, to one person; it never does.

In memory only and not for long: what is private is not written down. After a restart people ask again.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.contract.actions import Reply
from bot.contract.events import Place

_MOST = 5_000
_OPEN = 15 * 60.0
PREFIX = "a_"


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """An answer for ``user`` (None: for any moderator there) to something asked in ``place``, a group's."""

    place: Place
    user: int | None
    reply: Reply
    community: int | None
    until: float


class Links:
    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._waiting: OrderedDict[str, Waiting] = OrderedDict()

    def keep(self, *, place: Place, user: int | None, reply: Reply, community: int | None) -> str:
        """Keep an answer; returns the payload of the link that shows it."""
        token = PREFIX + secrets.token_urlsafe(12)
        until = self._now() + _OPEN
        self._waiting[token] = Waiting(place=place, user=user, reply=reply, community=community, until=until)
        if len(self._waiting) > _MOST:
            self._waiting.popitem(last=False)
        return token

    def find(self, token: str) -> Waiting | None:
        """What the link shows, while it does; opening it again shows it again."""
        waiting = self._waiting.get(token)
        if waiting is None or waiting.until < self._now():
            self._waiting.pop(token, None)
            return None
        return waiting
