"""Cover in words: hours for everyone, names and reach for moderators."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from bot.context import Context
from bot.contract.events import Person
from bot.contract.markup import Body
from bot.cover_hours import EVERY_DAY, WEEKEND, WORKING_DAYS, CoverHours, Window
from bot.storage.cover import Guard
from bot.texts import Reader
from bot.texts.dates import Dates

_ANY_DAY = date(2027, 1, 1)
_NAMED_DAYS = {
    EVERY_DAY: "cover.days-every",
    WORKING_DAYS: "cover.days-working",
    WEEKEND: "cover.days-weekend",
}


def hours_of(context: Context) -> CoverHours:
    """The cover hours of the group."""
    return CoverHours.read(context.group.settings.cover_hours)


def hours(context: Context, t: Reader) -> str:
    """All cover hours in one line: "every day, 6pm to 10pm (UK time)"; empty without any."""
    windows = hours_of(context).windows
    if not windows:
        return ""
    spoken = "; ".join(window(t, each) for each in windows)
    return t.plain("cover.hours", hours=spoken, zone=Dates(t).zone(context.group.settings.zone))


def window(t: Reader, shown: Window) -> str:
    """One window: "every day, 6pm to 10pm"."""
    if shown.start == shown.end:
        return t.plain("cover.window-whole", days=days(t, shown.days))
    return t.plain(
        "cover.window", days=days(t, shown.days), start=_time(t, shown.start), end=_time(t, shown.end)
    )


def days(t: Reader, which: Sequence[int]) -> str:
    """Days of the week: "every day", "Monday and Tuesday"."""
    known = _NAMED_DAYS.get(tuple(which))
    return t.plain(known) if known else names_of(t, [weekday(t, day) for day in which])


def weekday(t: Reader, day: int) -> str:
    """A day of the week by its number; 0 is Monday."""
    return t.plain(f"cover.weekday-{day}")


def name(t: Reader, person: Person) -> str:
    """How a moderator is called before other moderators."""
    return person.name or t.plain("cover.unnamed")


def names_of(t: Reader, names: Sequence[str]) -> str:
    """ "Mo", "Mo and Asha", "Mo, Asha and Ben"."""
    if len(names) < 2:
        return "".join(names)
    return t.plain("cover.and", names=", ".join(names[:-1]), last=names[-1])


def for_members(context: Context) -> Body:
    """For "Where to turn": when a moderator tries to be here, and whom to turn to outside of them."""
    t, settings = context.public, context.group.settings
    blocks = []
    if spoken := hours(context, t):
        blocks.append(t("cover.public-hours", hours=spoken))
    if settings.outside_contact:
        blocks.append(t("cover.public-outside", contact=settings.outside_contact))
    elif settings.contact:
        blocks.append(t("cover.public-no-outside"))
    return tuple(blocks)


def why_not(t: Reader, guard: Guard, takes_messages: bool) -> str:
    """Why alerts do not reach a moderator."""
    if not takes_messages:
        key = "cover.off-messages"
    elif guard.lost_at is not None:
        key = "cover.off-lost"
    else:
        key = "cover.off-waiting" if guard.asked_at else "cover.off-untested"
    return t.plain(key, name=name(t, guard.person))


def _time(t: Reader, at: time) -> str:
    return t.time(datetime.combine(_ANY_DAY, at, UTC), UTC)
