"""Cover hours: when moderators said that one of them is there. Pure; times of day are the group's own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY_DAY = tuple(range(7))
WORKING_DAYS = tuple(range(5))
WEEKEND = (5, 6)
_SEARCHED_DAYS = 9
_TYPED = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """From a time of day to another, on some days of the week (0 is Monday).

    One that ends before it begins ends on the next day; one that ends as it begins is a whole day.
    """

    days: tuple[int, ...]
    start: time
    end: time

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """When it begins and ends if it begins on this day. Aware UTC."""
        ends = day if self.end > self.start else day + timedelta(days=1)
        return _moment(day, self.start, zone), _moment(ends, self.end, zone)


@dataclass(frozen=True, slots=True)
class CoverHours:
    """Any number of windows; none means that the group promises no hours."""

    windows: tuple[Window, ...] = ()

    @classmethod
    def read(cls, text: str) -> "CoverHours":
        """The hours that ``text`` wrote. ValueError if they are none."""
        return cls(tuple(_window(part) for part in text.split(";") if part))

    @property
    def text(self) -> str:
        """As a group's setting keeps them: ``0,1,2 18:00-22:00;5 10:00-12:00``."""
        return ";".join(
            f"{','.join(map(str, one.days))} {one.start:%H:%M}-{one.end:%H:%M}" for one in self.windows
        )

    def adding(self, window: Window) -> "CoverHours":
        """These hours and those of ``window``, each only once."""
        return CoverHours(tuple(sorted({*self.windows, window})))

    def day(self, at: datetime, zone: ZoneInfo) -> date | None:
        """The day whose cover is on at this moment (yesterday's after midnight); None outside the hours."""
        began = [start for start, end in self._near(at, zone) if start <= at < end]
        return max(began).astimezone(zone).date() if began else None

    def ends(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """When the cover that is on at this moment ends; None outside the hours."""
        until = at
        for start, end in sorted(self._near(at, zone)):
            if start <= until < end:
                until = end
        return until if until > at else None

    def next(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """When cover begins again after this moment; None if there are no hours at all."""
        return min((start for start, _ in self._near(at, zone) if start > at), default=None)

    def _near(self, at: datetime, zone: ZoneInfo) -> Iterable[tuple[datetime, datetime]]:
        today = at.astimezone(zone).date()
        for ahead in range(-1, _SEARCHED_DAYS):
            day = today + timedelta(days=ahead)
            for window in self.windows:
                if day.weekday() in window.days:
                    yield window.on(day, zone)


def read_time(typed: str) -> time:
    """``18:00``, ``18``, ``6pm`` or ``6.30 pm``. ValueError for anything else."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        raise ValueError("no time of day")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError("no time of day")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour % 24 if hour == 24 and not minute else hour, minute)


def read_days(text: str) -> tuple[int, ...]:
    """Days of the week as ``text`` of CoverHours has them. ValueError if there is none."""
    days = tuple(sorted({int(one) for one in text.split(",")}))
    if not all(0 <= day <= 6 for day in days):
        raise ValueError("no day of the week")
    return days


def _window(text: str) -> Window:
    days, _, hours = text.partition(" ")
    start, _, end = hours.partition("-")
    return Window(read_days(days), time.fromisoformat(start), time.fromisoformat(end))


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def whole_week(windows: Sequence[Window]) -> tuple[int, ...]:
    """The days on which some cover begins."""
    return tuple(sorted({day for window in windows for day in window.days}))
