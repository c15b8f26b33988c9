"""The dates of an idea, all known when it is suggested."""

from dataclasses import dataclass
from datetime import datetime

from ground_rules.calendar import Calendar, Taken, never

TALK_DAYS = 3
VOTE_DAYS = 4
FIRST_VOTE_DAYS = 7
MORE_TALK_DAYS = 3
MORE_TIME_DAYS = 3
EXTENSION_DAYS = 3
HOLD_DAYS = 14
MEND_DAYS = 7
MENDED_TALK_DAYS = 1
REST_DAYS = 60
TRY_AGAIN_DAYS = 14
TEMPORARY_DAYS = 14
TEMPORARY_REST_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When the vote on an idea opens, which is when its wording is fixed and announced, and closes."""

    opens_at: datetime
    closes_at: datetime


def plan_dates(
    now: datetime,
    calendar: Calendar,
    talk_days: int = TALK_DAYS,
    vote_days: int = VOTE_DAYS,
    taken: Taken = never,
) -> Dates:
    """The dates of an idea that comes up now: both allowed, on free days, never the same day."""
    opens_at = date_after(now, talk_days, calendar, taken)
    return Dates(opens_at=opens_at, closes_at=date_after(opens_at, vote_days, calendar, taken))


def date_after(at: datetime, days: int, calendar: Calendar, taken: Taken = never) -> datetime:
    """The first allowed date that many local days later."""
    return calendar.next_allowed(calendar.later(at, days), taken)
