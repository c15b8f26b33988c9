"""A group's own directory: the packaged one with everything that the group changed, kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import structlog

from bot.directory import Directory, Entry, own_words, phone
from bot.directory.crisis_numbers import CALLED, MOST, CrisisNumber, corrected, crisis_numbers, key_of
from bot.groups import Group
from bot.storage.directory_changes import NOTHING, Changes
from bot.storage.directory_entries import EntryRow

log = structlog.get_logger(__name__)

CHECK_NUMBERS_EVERY = 90  # days, for what is on the card
YEARLY = 365  # days, for everything else
KEPT_IN_MEMORY = 500  # communities; another one is put together again when somebody asks


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnDirectory:
    """``shown`` is what members see. ``full`` has hidden and broken entries too, with packaged numbers.

    ``numbers``: what is checked by two people, the group's card first (its first MOST).
    """

    shown: Directory
    full: Directory
    changes: Changes
    numbers: tuple[CrisisNumber, ...]
    right: Mapping[str, str]  # numbers that two people put right, by key

    @property
    def card(self) -> tuple[CrisisNumber, ...]:
        """The group's six numbers; fewer in a country where fewer are known."""
        return self.numbers[:MOST]

    def live(self, number: CrisisNumber) -> str:
        """The number as it stands now."""
        return self.right.get(number.key, number.number)


class Directories:
    """Every group's own directory."""

    def __init__(self, packaged: Directory) -> None:
        self._packaged = packaged
        self._known: dict[int, tuple[Group, date, OwnDirectory]] = {}

    def of(self, group: Group | None, today: date) -> OwnDirectory:
        """The directory of this group; without one, as it is packaged. No database."""
        if group is None:
            plain = self._packaged
            return OwnDirectory(shown=plain, full=plain, changes=NOTHING, numbers=(), right={})
        known = self._known.get(group.community)
        if known is None or known[1] != today or not _same(known[0], group):
            known = (group, today, put_together(self._packaged, group, today))
            while len(self._known) >= KEPT_IN_MEMORY:
                del self._known[next(iter(self._known))]
            self._known[group.community] = known
        return known[2]


def put_together(packaged: Directory, group: Group, today: date) -> OwnDirectory:
    """The directory with what a group changed."""
    changes, country = group.changes, group.settings.country
    rows = {row.id: row for row in changes.entries}
    own = [entry for row in changes.entries if row.content and (entry := own_entry(row.content))]
    full = packaged.with_changes(own, (), {})
    numbers = crisis_numbers(full, country, group.settings.audience)
    fresh = _looked_at(changes, today)
    read = [(number.key, fresh.get(number.key)) for number in numbers]
    card, all_read = dict(read[:MOST]), dict(read)
    marked = [
        _marked(entry, rows.get(entry.id), today, *_readings(entry, country, card, all_read))
        for entry in full.entries
    ]
    looked = [entry for entry, before in zip(marked, full.entries, strict=True) if entry is not before]
    hidden = {row.id for row in changes.entries if row.hidden or row.broken}
    shown = full.with_changes(looked, hidden, {}) if looked or hidden else full
    right = {
        row.key: _written(row.number, number.number, country)
        for number in numbers
        if (row := changes.number(number.key)).number
    }
    broken = {row.key for row in changes.numbers if row.broken}
    return OwnDirectory(
        shown=corrected(shown, country, right, broken),
        full=full.with_changes(looked, (), {}),
        changes=changes,
        numbers=numbers,
        right=right,
    )


@lru_cache(maxsize=2048)
def own_entry(content: str) -> Entry | None:
    """An entry from the words that are kept of it; None, and a line in the log, if it cannot be read."""
    entry = own_words.read(content)
    if entry is None:
        log.warning("own entry left out")
    return entry


def _same(known: Group, group: Group) -> bool:
    before, now = known.settings, group.settings
    return known.changes is group.changes and (before.country, before.audience) == (now.country, now.audience)


def _looked_at(changes: Changes, today: date) -> dict[str, date]:
    """When two people last read each number."""
    return {row.key: row.checked_on for row in changes.numbers if row.checked_on}


def _readings(
    entry: Entry, country: str, card: Mapping[str, date | None], others: Mapping[str, date | None]
) -> tuple[list[date | None], int]:
    """When two people last read its numbers, and for how many days that counts."""
    called = [route for route in entry.routes if route.kind in CALLED] if entry.crisis else []
    keys = [key_of(country, route.to) for route in called]
    if on_card := [card[key] for key in keys if key in card]:
        return on_card, CHECK_NUMBERS_EVERY
    return [others[key] for key in keys if key in others], max(entry.check_every_days, YEARLY)


def _marked(entry: Entry, row: EntryRow | None, today: date, read: list[date | None], days: int) -> Entry:
    """The entry with when the group looked at it last, and whether that is too long ago."""
    looked = min((day for day in read if day), default=None) if all(read) else None
    if not read and row is not None:
        looked = row.checked_on
    if looked is None:
        return entry
    overdue = today - looked > timedelta(days=days)
    return replace(entry, last_checked=looked, status="overdue" if overdue else "ok")


def _written(number: str, packaged: str, country: str) -> str:
    """A number that was kept as digits, the way it is written."""
    same = phone.national(packaged, country) == number
    return packaged if same else phone.spaced(number, country)
