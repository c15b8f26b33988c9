"""When a group may be spoken to: its time zone, its quiet hours, its weekend."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(10)
NOON = time(12)
QUIET_FROM = time(21)
QUIET_UNTIL = time(8)
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
SEARCHED_DAYS = 400

Taken = Callable[[date], bool]


def never(day: date) -> bool:
    """No day is taken."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The hours at which something may begin or end for a group.

    Quiet hours run from `quiet_from` up to, not including, `quiet_until`, over midnight if the first
    is later. Equal times mean no quiet hours. Between Friday 12:00 and Sunday 12:00 nothing is due.
    """

    tz: ZoneInfo
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL

    def local(self, at: datetime) -> datetime:
        """The group's own time at this moment. A time without a zone is a fault: ValueError."""
        if at.tzinfo is None:
            raise ValueError("a time needs its zone")
        return at.astimezone(self.tz)

    def day(self, at: datetime) -> date:
        """The group's own date at this moment."""
        return self.local(at).date()

    def later(self, at: datetime, days: int) -> datetime:
        """The same time of day that many local days later, over any clock change. Aware UTC."""
        local = self.local(at)
        return self._moment(local.date() + timedelta(days=days), local.time())

    def is_quiet(self, at: datetime) -> bool:
        """Whether this moment lies in the group's quiet hours."""
        return self._quiet(self.local(at).time())

    def allowed(self, at: datetime) -> bool:
        """Whether something may be due at this moment."""
        local = self.local(at)
        return not self._quiet(local.time()) and not _weekend(local)

    def next_allowed(self, at: datetime, taken: Taken = never) -> datetime:
        """This moment if it is allowed and its day is free; or else the next allowed 10:00.

        `taken` says of a local day that the bot already posts on it. Where 10:00 lies in the quiet
        hours, the moment they end stands for it. Aware UTC, never before `at`.
        """
        if self.allowed(at) and not taken(self.day(at)):
            return at.astimezone(UTC)
        for moment in self._mornings(self.day(at)):
            if moment > at and self.allowed(moment) and not taken(self.day(moment)):
                return moment
        raise ValueError("every day is taken")

    def _mornings(self, first: date) -> Iterator[datetime]:
        for days in range(-1, SEARCHED_DAYS):
            yield self._morning(first + timedelta(days=days))

    def _morning(self, day: date) -> datetime:
        if not self._quiet(MORNING):
            return self._moment(day, MORNING)
        ends_next_day = self.quiet_until <= MORNING
        return self._moment(day + timedelta(days=ends_next_day), self.quiet_until)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.tz).astimezone(UTC)

    def _quiet(self, at: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


def _weekend(local: datetime) -> bool:
    weekday, at = local.weekday(), local.time()
    return weekday == SATURDAY or (weekday == FRIDAY and at >= NOON) or (weekday == SUNDAY and at < NOON)
