"""An entry of the directory: one service and the ways to reach it."""

from dataclasses import dataclass
from datetime import date

CRISIS_DAYS, OTHER_DAYS = 90, 365  # how often a group looks whether it is still right
AUDIENCES = ("all", "adults", "young", "children", "parents", "carers")
KINDS = ("phone", "text", "webchat", "web", "email", "relay", "sign", "ask", "local")
STATUSES = ("unchecked", "ok", "due", "overdue", "broken")
_SUITS = {
    "adults": {"all", "adults", "young", "parents", "carers"},
    "young": {"all", "adults", "young", "children"},
    "children": {"all", "children"},
    "parents": {"all", "adults", "parents", "carers", "children"},
    "carers": {"all", "adults", "parents", "carers"},
}
_SILENT = {"text", "webchat", "email", "relay", "sign"}
_SIGNED = {"sign", "relay"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One way to reach a service.

    ``kind``: one of KINDS. ``to``: the number, the full address, or in words where to ask ("ask") or
    whom to call ("local": a number that differs by place). ``word``: what to text. ``hours`` and
    ``cost`` are empty where unknown.
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

    ``purpose`` says what it is for, ``not_for`` its limits, ``page`` is its official page. ``source`` is
    where we saw it. ``status``: one of STATUSES, "unchecked" in the starter directory; ``checked_by``
    names who looked (two people for a crisis line) on ``last_checked``.
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
    run_by: str = ""
    page: str = ""
    crisis: bool = False
    last_checked: date | None = None
    checked_by: tuple[str, ...] = ()
    check_every_days: int = OTHER_DAYS
    status: str = "unchecked"

    def suits(self, audience: str) -> bool:
        """Whether it is for such people (AUDIENCES); any other word fits everyone."""
        wanted = _SUITS.get(audience)
        return wanted is None or not wanted.isdisjoint(self.audience)

    def speaks(self, language: str) -> bool:
        """Whether it names this language ("Welsh"); an empty one fits all."""
        said = language.casefold()
        return not said or any(said in each.casefold() for each in self.languages)

    def has_way(self, way: str) -> bool:
        """Whether it can be reached by "text" (without speaking) or "sign"; any other word fits all."""
        kinds = {route.kind for route in self.routes}
        if way == "text":
            return not kinds.isdisjoint(_SILENT)
        return way != "sign" or not kinds.isdisjoint(_SIGNED)

    @property
    def is_stopgap(self) -> bool:
        """Whether it only says in words what to look for, for places of which we know nothing better."""
        return all(route.kind == "local" for route in self.routes)
