"""How long everything is kept: one table, read by the deletion job and by what people are told."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing that is kept. ``days`` is None where an event ends it, which its text names."""

    name: str
    days: int | None = None

    @property
    def text(self) -> str:
        """The catalogue key of what people are told; it may name the days as ``{n}``."""
        return f"keeping.{self.name}"


KEPT = (
    Kept("choices"),
    Kept("greeted", 30),
    Kept("acknowledged"),
    Kept("ballots"),
    Kept("ideas"),
    Kept("drafts", 1),
    Kept("questions", 14),
    Kept("cases", 90),
    Kept("left_alone"),
    Kept("requests", 14),
    Kept("moderators"),
    Kept("reminders", 30),
    Kept("wishes", 1),
    Kept("checks"),
    Kept("watched", 30),
    Kept("moderator_wrote", 1),
    Kept("marks"),
    Kept("gaps", 365),
    Kept("shown", 1),
    Kept("said", 7),
    Kept("removed", 30),
)


def time_kept(name: str) -> timedelta:
    """For how long things of this kind are kept. KeyError if an event ends it."""
    days = {kept.name: kept.days for kept in KEPT}[name]
    if days is None:
        raise KeyError(name)
    return timedelta(days=days)
