"""The files that come with the bot: topics, countries, and the services of each country."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from bot.directory import files as entry_files
from bot.directory.country import Country, read_country
from bot.directory.entry import Entry

# One file each, in packs/.
PACKS = (
    "england", "scotland", "wales", "northern_ireland", "uk", "ireland", "us", "canada", "australia",
    "new_zealand", "india", "anywhere",
)  # fmt: skip
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic's other words, its own name among them, and whether life may be at risk."""

    aliases: tuple[str, ...]
    crisis: bool


def topics() -> dict[str, Topic]:
    """Every topic by its name."""
    rows: Mapping[str, Mapping[str, Any]] = _read("topics.yaml")
    return {
        name: Topic((name, *map(str, row["aliases"])), bool(row.get("crisis"))) for name, row in rows.items()
    }


def countries() -> dict[str, Country]:
    """Every country by its code."""
    return {code: read_country(code, row) for code, row in _read("countries.yaml").items()}


def entries() -> tuple[Entry, ...]:
    """The services of all packs. BadEntries if one cannot be read."""
    return tuple(entry for name in PACKS for entry in pack(name))


def pack(name: str) -> list[Entry]:
    """The services of one pack."""
    return [entry for entry, _ in entry_files.parse(_text(f"packs/{name}.yaml"), ".yaml")]


def unusual() -> frozenset[tuple[str, str]]:
    """(country, digits) of numbers that are right although the library of numbers does not know them."""
    return frozenset(
        (str(row["country"]), _digits(str(row["number"]))) for row in _read("packs/unusual.yaml")
    )


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())


def _read(name: str) -> Any:
    return yaml.load(_text(name), _LOADER)  # noqa: S506 -- the safe loader, in C where there is one


def _text(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")
