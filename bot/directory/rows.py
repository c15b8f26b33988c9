"""An entry as rows of plain words, the way a file has it, and back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.directory.entry import CRISIS_DAYS, OTHER_DAYS, Entry, Route
from bot.directory.problem import Problem

# In the order in which files are written: everything of an entry, every field of a route.
FIELDS = (
    "id", "name", "purpose", "not_for", "countries", "topics", "audience", "routes", "languages",
    "run_by", "page", "crisis", "source", "last_checked", "checked_by", "check_every_days", "status",
)  # fmt: skip
ROUTE_FIELDS = ("kind", "to", "word", "note", "hours", "cost")
LISTS = ("countries", "topics", "audience", "languages", "checked_by")
NEEDED = ("id", "name", "purpose", "countries", "topics", "routes", "source")
_SPOKEN = {"yes": True, "true": True, "no": False, "false": False, "": False}

Words = str | list[str] | list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a file: its fields in words, and on which line each of them stands."""

    line: int
    values: Mapping[str, Words]
    lines: Mapping[str, int] = field(default_factory=dict)


def entry_of(row: Row) -> Entry | list[Problem]:
    """The entry of a row, or what keeps it from being one."""
    problems: list[Problem] = []

    def wrong(reason: str, name: str, value: str) -> None:
        line = row.lines.get(name, row.line)
        problems.append(Problem(reason=reason, value=value, line=line, field=name, entry=_id(row)))

    for name in row.values:
        if name not in FIELDS:
            wrong("unknown-field", name, name)
    for name in NEEDED:
        if not row.values.get(name):
            wrong("missing", name, name)
    values: dict[str, object] = {}
    for name in FIELDS:
        if row.values.get(name):
            try:
                values[name] = _READ.get(name, _text)(row.values[name])
            except ValueError as found:
                wrong("unreadable", name, str(found))
    if problems:
        return problems
    values.setdefault("check_every_days", CRISIS_DAYS if values.get("crisis") else OTHER_DAYS)
    return Entry(**values)  # type: ignore[arg-type]


def row_of(entry: Entry) -> dict[str, Words]:
    """All fields of an entry in words."""
    routes = [
        {name: value for name in ROUTE_FIELDS if (value := getattr(route, name))} for route in entry.routes
    ]
    return {
        **{name: str(getattr(entry, name)) for name in FIELDS},
        **{name: list(getattr(entry, name)) for name in LISTS},
        "routes": routes,
        "crisis": "yes" if entry.crisis else "no",
        "last_checked": entry.last_checked.isoformat() if entry.last_checked else "",
    }


def _id(row: Row) -> str:
    found = row.values.get("id", "")
    return found if isinstance(found, str) else ""


def _text(words: Words) -> str:
    if not isinstance(words, str):
        raise ValueError("list")
    return " ".join(words.split())


def _list(words: Words) -> tuple[str, ...]:
    if isinstance(words, str):
        words = words.split(";")
    if not all(isinstance(word, str) for word in words):
        raise ValueError("list")
    return tuple(said for word in words if (said := _text(word)))  # type: ignore[arg-type]


def _routes(words: Words) -> tuple[Route, ...]:
    if isinstance(words, str) or not all(isinstance(route, dict) for route in words):
        raise ValueError("routes")
    return tuple(_route(route) for route in words if isinstance(route, dict))


def _route(values: Mapping[str, str]) -> Route:
    strange = [name for name in values if name not in ROUTE_FIELDS]
    if strange or not values.get("kind") or not values.get("to"):
        raise ValueError(strange[0] if strange else "route")
    return Route(**{name: _text(value) for name, value in values.items()})


def _spoken(words: Words) -> bool:
    said = _text(words).casefold()
    if said not in _SPOKEN:
        raise ValueError(said)
    return _SPOKEN[said]


def _number(words: Words) -> int:
    said = _text(words)
    if not said.isascii() or not said.isdigit() or len(said) > 4:
        raise ValueError(said)
    return int(said)


def _date(words: Words) -> date:
    return date.fromisoformat(_text(words))


_READ: Mapping[str, Callable[[Words], object]] = {
    **dict.fromkeys(LISTS, _list),
    "routes": _routes,
    "crisis": _spoken,
    "check_every_days": _number,
    "last_checked": _date,
}
