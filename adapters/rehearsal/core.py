"""What the room asks of the bot: one door for events, and time."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

from bot.contract.actions import Answer
from bot.contract.events import Event, Person

if TYPE_CHECKING:
    from adapters.rehearsal.clock import RoomClock
    from adapters.rehearsal.platform import Rehearsal


class Core(Protocol):
    """The bot, as the room knows it. It reads the time from the room's clock only."""

    @property
    def zone(self) -> tzinfo:
        """The time zone of the group; the page and the transcript show times in it."""

    async def receive(self, event: Event) -> Sequence[Answer]:
        """Handle one event and return what the person is answered at once."""

    async def acquainted(self, person: Person, command: str = "") -> Sequence[int]:
        """The communities that this person may be a member of."""

    async def next_due(self) -> datetime | None:
        """When the soonest due row or waiting outbox row is due (aware), or None."""

    async def run_due(self) -> None:
        """Do everything that is due at the clock's now and deliver the outbox."""

    def wants(self, kind: type[Event], platform: str, group: str) -> bool:
        """Whether anybody needs events of this kind from this group; asked in memory."""

    def waits_for_nobody(self, event: Event) -> bool:
        """Whether this is answered beside everything else that happens, never behind it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandShown:
    """A command as the page suggests it. ``name`` has no slash; ``argument`` is empty if it takes none.

    ``menu`` is what it is called in the menu of a message, if it stands there.
    """

    name: str
    help: str
    argument: str = ""
    moderators_only: bool = False
    menu: str = ""


Build = Callable[["Rehearsal", "RoomClock"], AbstractAsyncContextManager[Core]]
"""Makes the bot for this room and disposes of it at the end; called again to rebuild it."""
