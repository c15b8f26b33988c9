"""What the core asks of a platform, and what a platform may raise."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.contract.actions import Answer, Sent
from bot.contract.events import Event, MessageRef

Receive = Callable[[Event], Awaitable[Sequence[Answer]]]
Wants = Callable[[type[Event], str, str], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Surface:
    """What a platform can show. Features state intent; only adapters and the outbox read this.

    ``max_text`` counts the platform's own units; ``dm_needs_hello``: people must write first.
    """

    max_text: int
    threads: bool
    dm_needs_hello: bool


class Unreachable(Exception):
    """The place or person cannot be reached; trying again is of no use."""


class TryLater(Exception):
    """Not now: the platform asks for a pause of ``after``, or the network failed."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"try again after {after}")
        self.after = after


class HostProblem(Exception):
    """Something that whoever runs the bot can put right; its text is one whole sentence for them."""


class Platform(Protocol):
    """One connected platform."""

    name: str
    surface: Surface

    async def run(self, receive: Receive) -> None:
        """Connect and hand every event to ``receive`` until cancelled."""

    async def perform(self, action: Sent, key: str) -> MessageRef | None:
        """Do ``action`` once. ``key`` is the same when it is tried again (at most 25 characters).

        Returns the message it made; after an Edit that is what it stands in now. Raises only
        ``Unreachable`` or ``TryLater``.
        """
