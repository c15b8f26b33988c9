"""What is wrong with an entry or a file of entries, and where."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong.

    ``reason`` ends the catalogue key of the sentence: directory.problem-<reason>; ``value`` is what was
    found and fills its {value}. ``line`` counts from 1 in the file; 0 where there is none. ``field`` is the
    name of the field and ``entry`` the id of the entry, both empty where it is about more than that.
    """

    reason: str
    value: str = ""
    line: int = 0
    field: str = ""
    entry: str = ""


class BadEntries(ValueError):
    """Entries that cannot be taken. ``problems`` is never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(f"{each.reason} (line {each.line})" for each in self.problems))
