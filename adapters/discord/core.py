"""What the adapter asks of the core, besides its one door."""

from collections.abc import Sequence
from typing import Protocol

from bot.contract.events import Event, Person
from bot.contract.platform import HostProblem

PLATFORM = "discord"


class Phrase(Protocol):
    def __call__(self, key: str, locale: str | None, **values: str | int) -> str:
        """The catalogue entry ``key`` as plain text, in the language nearest to ``locale``."""


class Groups(Protocol):
    """What is known of groups, in memory. Group ids are Discord's server ids as strings."""

    def wants(self, kind: type[Event], platform: str, group: str) -> bool:
        """Whether anybody needs events of this kind from this group."""

    def community(self, platform: str, group: str) -> int | None:
        """The community that meets in this group."""

    def groups(self, platform: str, community: int) -> Sequence[str]:
        """The groups on this platform where this community meets."""

    def known(self, platform: str) -> Sequence[str]:
        """Every group on this platform where a community meets."""

    def at_once(self, event: Event) -> bool:
        """Whether what answers this event may open a form, or needs no storage: then it is answered
        without deferring first."""

    async def acquainted(self, person: Person, command: str = "") -> Sequence[int]:
        """Communities that this person may be a member of; the platform knows whether they are."""


class Nothing:
    """Groups before there are any: everything is wanted, nothing is known."""

    def wants(self, kind: type[Event], platform: str, group: str) -> bool:
        return True

    def community(self, platform: str, group: str) -> int | None:
        return None

    def groups(self, platform: str, community: int) -> Sequence[str]:
        return ()

    def known(self, platform: str) -> Sequence[str]:
        return ()

    def at_once(self, event: Event) -> bool:
        return True

    async def acquainted(self, person: Person, command: str = "") -> Sequence[int]:
        return ()


class DiscordProblem(HostProblem):
    """Something the host can put right; its text is one whole sentence for them."""
