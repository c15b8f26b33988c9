"""A country: its numbers and its clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A crisis line. ``word`` is what to text, ``then`` what to say or press after the call is answered.

    ``name`` is empty where the line is known by its number ("1737").
    """

    name: str
    number: str
    hours: str = ""
    word: str = ""
    then: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """What a group's country decides. None or empty means that we know of no number there.

    ``names`` are other words for it, as somebody may type them.
    """

    code: str
    emergency: str | None = None
    urgent: str | None = None
    voice: tuple[Line, ...] = ()
    text: tuple[Line, ...] = ()
    zones: tuple[str, ...] = ("UTC",)
    nation_of: str | None = None
    names: tuple[str, ...] = ()

    @property
    def zone(self) -> str:
        """The IANA name of its usual time zone."""
        return self.zones[0]

    @property
    def key(self) -> str:
        """The catalogue key of its name."""
        return f"country.{self.code}"


def read_country(code: str, values: Mapping[str, Any]) -> Country:
    """A country from its part of countries.yaml."""
    lines = {kind: tuple(Line(**line) for line in values.get(kind, ())) for kind in ("voice", "text")}
    return Country(
        code=code,
        emergency=values.get("emergency"),
        urgent=values.get("urgent"),
        voice=lines["voice"],
        text=lines["text"],
        zones=tuple(values["zones"]),
        nation_of=values.get("nation_of"),
        names=tuple(values.get("names", ())),
    )
