"""When a group's numbers and links are due for a look. Moderators are asked once a week at most."""

from datetime import UTC, date, datetime, time, timedelta

from bot.context import Context
from bot.directory import Entry
from bot.directory.crisis_numbers import CALLED, key_of
from bot.storage.number_checks import NumberRow

NUMBERS_EVERY = timedelta(days=90)
REST = timedelta(days=7)  # from one ask to the next
AT_ONCE = 5  # links asked about together


def today(context: Context) -> date:
    return context.now.astimezone(context.group.settings.zone).date()


def noon(day: date) -> datetime:
    """A day as a moment that is that day in every zone people live in."""
    return datetime.combine(day, time(12), UTC)


def is_fresh(context: Context, row: NumberRow) -> bool:
    """Whether two people read it in the last 90 days, and it works."""
    if row.checked_on is None or row.broken:
        return False
    return today(context) < row.checked_on + NUMBERS_EVERY


def numbers_due(context: Context) -> bool:
    """Whether a number of the card has to be read again."""
    own = context.own_directory
    return any(not is_fresh(context, own.changes.number(number.key)) for number in own.card)


def rests(context: Context) -> bool:
    """Whether moderators were asked to check something in the last week."""
    last = context.group.settings.check_rest
    return bool(last) and today(context) < date.fromisoformat(last) + REST


async def rest(context: Context) -> None:
    """An ask has ended: nothing more for a week."""
    await context.set("check_rest", today(context).isoformat())


async def entries_due(context: Context) -> list[Entry]:
    """Services for this group that nobody looked at for a year, the longest unseen first.

    Those on the card of numbers are not among them.
    """
    made = (await context.work.communities.created_at(context.group.community)).date()
    own, settings = context.own_directory, context.group.settings
    known = own.full.country(settings.country)
    places = {settings.country, known.nation_of, "anywhere"}
    card = {number.key for number in own.card}
    due: list[tuple[date, Entry]] = []
    for entry in own.full.entries:
        row = own.changes.entry(entry.id)
        if row.hidden or entry.is_stopgap or places.isdisjoint(entry.countries):
            continue
        if not entry.suits(settings.audience or "all") or _on_card(entry, settings.country, card):
            continue
        since = entry.last_checked or made
        if today(context) >= since + timedelta(days=entry.check_every_days if not entry.crisis else 365):
            due.append((since, entry))
    return [entry for _, entry in sorted(due, key=lambda row: row[0])]


def _on_card(entry: Entry, country: str, card: set[str]) -> bool:
    numbers = {key_of(country, route.to) for route in entry.routes if route.kind in CALLED}
    return entry.crisis and bool(numbers & card)
