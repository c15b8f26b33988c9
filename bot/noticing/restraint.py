"""When the bot keeps quiet by itself, whatever it noticed. A moderator is never held back by any of this."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NEWCOMER = timedelta(days=7)
AFTER_A_MODERATOR = timedelta(minutes=10)
AFTER_URGENT_WORDS = timedelta(hours=6)
IN_ONE_THREAD = timedelta(hours=6)
MOST_A_DAY = 4
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """What is known around a message. An unknown time is None; ``reminders`` are the group's latest."""

    now: datetime
    joined: datetime | None = None
    moderator_wrote: datetime | None = None
    reminded_here: datetime | None = None
    reminders: Sequence[datetime] = ()
    urgent_here: datetime | None = None
    grief: bool = False
    listening_only: bool = False
    quiet_hours: bool = False


def newcomer(moment: Moment) -> bool:
    """The author joined under seven days ago, as far as anybody knows."""
    return moment.joined is not None and moment.now - moment.joined < NEWCOMER


def grief_thread(moment: Moment) -> bool:
    """A moderator marked this thread as one of grief."""
    return moment.grief


def listening_only(moment: Moment) -> bool:
    """Somebody asked only to be heard here."""
    return moment.listening_only


def moderator_is_here(moment: Moment) -> bool:
    """A moderator wrote here within the last ten minutes."""
    return _within(moment, moment.moderator_wrote, AFTER_A_MODERATOR)


def reminded_lately(moment: Moment) -> bool:
    """This thread had its reminder within the last six hours."""
    return _within(moment, moment.reminded_here, IN_ONE_THREAD)


def enough_for_today(moment: Moment) -> bool:
    """The group had four reminders within a day."""
    return sum(_within(moment, posted, DAY) for posted in moment.reminders) >= MOST_A_DAY


def somebody_needs_help(moment: Moment) -> bool:
    """Somebody here may need a person soon: nothing is reminded of for six hours."""
    return _within(moment, moment.urgent_here, AFTER_URGENT_WORDS)


def quiet_hours(moment: Moment) -> bool:
    """The group sleeps."""
    return moment.quiet_hours


SILENT: Mapping[str, Callable[[Moment], bool]] = {
    "newcomer": newcomer,
    "grief-thread": grief_thread,
    "moderator-is-here": moderator_is_here,
    "reminded-lately": reminded_lately,
    "enough-for-today": enough_for_today,
    "somebody-needs-help": somebody_needs_help,
}
HINT_ONLY: Mapping[str, Callable[[Moment], bool]] = {
    "listening-only": listening_only,
    "quiet-hours": quiet_hours,
}


def held_back(moment: Moment) -> str:
    """The first reason to say nothing at all, also not to moderators; or ""."""
    return next((name for name, holds in SILENT.items() if holds(moment)), "")


def hint_instead(moment: Moment) -> str:
    """The first reason for a private hint to moderators instead of a post; or ""."""
    return next((name for name, holds in HINT_ONLY.items() if holds(moment)), "")


def _within(moment: Moment, before: datetime | None, span: timedelta) -> bool:
    return before is not None and timedelta(0) <= moment.now - before < span
