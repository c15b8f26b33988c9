"""An entry of the directory: one service and the ways to reach it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SUITS = {
    "adults": {"all", "adults", "young", "parents"},
    "young": {"all", "adults", "young", "children"},
    "parents": {"all", "adults", "parents", "children"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One way to reach a service.

    ``kind``: phone, text, webchat, web, email, relay, sign, ask. ``to``: the number, the full address,
    or where to ask. ``word``: what to text. ``hours`` and ``cost`` are empty where unknown.
    """

    kind: str
    to: str
    hours: str = ""
    cost: str = ""
    note: str = ""
    word: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One service. ``countries``: country codes, "uk" for all its nations, or "anywhere".

    ``purpose`` says what it is for, ``not_for`` its limits. ``status`` is "unchecked" in the starter
    directory (catalogue: directory.unchecked); ``source`` is where we saw it.
    """

    id: str
    name: str
    purpose: str
    countries: tuple[str, ...]
    topics: tuple[str, ...]
    routes: tuple[Route, ...]
    source: str
    not_for: str = ""
    audience: tuple[str, ...] = ("all",)
    languages: tuple[str, ...] = ("English",)
    crisis: bool = False
    status: str = "unchecked"

    def suits(self, audience: str) -> bool:
        """Whether it is for such a group ("adults", "young", "parents"; anything else: everyone)."""
        wanted = _SUITS.get(audience)
        return wanted is None or not wanted.isdisjoint(self.audience)


def read_entry(values: Mapping[str, Any]) -> Entry:
    """An entry from its YAML."""
    lists = {
        name: tuple(values[name])
        for name in ("countries", "topics", "audience", "languages")
        if name in values
    }
    routes = tuple(Route(**route) for route in values["routes"])
    return Entry(**{**values, **lists, "routes": routes})
