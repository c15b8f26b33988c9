"""An entry of a group's own, in the words that are kept of it: never when, or by whom, it was checked."""

from dataclasses import replace

from bot.directory.entry import Entry
from bot.directory.files import formatted, parse
from bot.directory.problem import BadEntries


def written(entry: Entry) -> str:
    """The words that are kept of an entry."""
    return formatted([unmarked(entry)], ".yaml")


def read(content: str) -> Entry | None:
    """An entry from the words that are kept of it; None if this version cannot read them."""
    try:
        ((entry, _),) = parse(content, ".yaml")
    except (BadEntries, ValueError):
        return None
    return entry


def unmarked(entry: Entry) -> Entry:
    """The entry without its checks: those are the group's, and kept apart."""
    return replace(entry, status="unchecked", last_checked=None, checked_by=())
