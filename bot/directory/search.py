"""Finding a service: the words somebody typed to a topic, and a topic to the nearest services."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from bot.directory.country import Country, read_country
from bot.directory.entry import Entry, read_entry

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = re.compile(r"[^\w']+")


@dataclass(frozen=True, slots=True)
class Directory:
    """Services in order of preference, topics with their other words, countries by code."""

    entries: tuple[Entry, ...]
    countries: Mapping[str, Country]
    topics: tuple[str, ...]
    crisis_topics: frozenset[str]
    aliases: Mapping[str, str]

    @classmethod
    def load(cls) -> "Directory":
        """The starter directory that comes with the bot."""
        topics: dict[str, dict[str, Any]] = _read("topics.yaml")
        rows = [*_read("uk.yaml"), *_read("anywhere.yaml")]
        return cls(
            entries=tuple(read_entry(row) for row in rows),
            countries={code: read_country(code, row) for code, row in _read("countries.yaml").items()},
            topics=tuple(topics),
            crisis_topics=frozenset(name for name, row in topics.items() if row.get("crisis")),
            aliases={_said(word): name for name, row in topics.items() for word in (name, *row["aliases"])},
        )

    def country(self, code: str) -> Country:
        """The country with this code; "elsewhere" for any other."""
        return self.countries.get(code) or self.countries["elsewhere"]

    def topic(self, words: str) -> str | None:
        """The topic that was meant: by name, other word, a word in a sentence, or nearly so spelt."""
        said = _said(words)
        if said in self.aliases:
            return self.aliases[said]
        inside = [alias for alias in self.aliases if _within(alias, said)]
        whole = [alias for alias in inside if not any(_within(alias, other, apart=True) for other in inside)]
        if whole:
            return self.aliases[max(whole, key=self._weight)]
        if 4 <= len(said) <= 40:
            close = difflib.get_close_matches(said, self.aliases, n=1, cutoff=0.8)
            return self.aliases[close[0]] if close else None
        return None

    def nearest(self, words: str) -> tuple[str, str]:
        """The two topics whose words look most like these, to offer when none matches."""
        said = _said(words)[:40]
        close = difflib.get_close_matches(said, self.aliases, n=len(self.aliases), cutoff=0)
        first, second, *_ = dict.fromkeys(self.aliases[alias] for alias in close)
        return first, second

    def find(self, words: str, country: str, *, audience: str = "all", most: int = 3) -> tuple[Entry, ...]:
        """Up to ``most`` services for a topic, or () if there is no link yet.

        The person's nation first, then the whole of the UK, then anywhere. In a crisis topic crisis
        lines come first, and one that needs no speaking is among them if there is any.
        """
        topic = self.topic(words)
        crisis = topic in self.crisis_topics
        fitting = [e for e in self.entries if topic in e.topics and e.suits(audience)]
        near = [(e, step) for e in fitting if (step := self._distance(e, country)) is not None]
        near.sort(key=lambda row: (crisis and not row[0].crisis, row[1]))
        found = [entry for entry, _ in near]
        return tuple(_with_text(found, most) if crisis else found[:most])

    def is_crisis(self, topic: str) -> bool:
        """Whether the country's own emergency number and crisis lines belong above the services."""
        return topic in self.crisis_topics

    def _distance(self, entry: Entry, country: str) -> int | None:
        places = (country, self.country(country).nation_of, "anywhere")
        reach = [step for step, place in enumerate(places) if place in entry.countries]
        return reach[0] if reach else None

    def _weight(self, alias: str) -> tuple[bool, int, int]:
        """What may be urgent first ("low at night" is about the low), then what says most."""
        return self.aliases[alias] in self.crisis_topics, len(alias.split()), len(alias)


def _with_text(found: list[Entry], most: int) -> list[Entry]:
    shown = found[:most]
    silent = [entry for entry in found if _needs_no_speaking(entry)]
    if silent and not any(_needs_no_speaking(entry) for entry in shown):
        shown[-1:] = silent[:1]
    return shown


def _needs_no_speaking(entry: Entry) -> bool:
    return any(route.word or route.kind == "webchat" for route in entry.routes)


def _within(alias: str, text: str, *, apart: bool = False) -> bool:
    """Whether these words stand in the text; ``apart``: and it says more, as "low mood" does of "low"."""
    return f" {alias} " in f" {text} " and not (apart and alias == text)


def _said(words: str) -> str:
    return " ".join(_WORDS.sub(" ", words.replace("_", " ").replace("’", "'")).casefold().split())


def _read(name: str) -> Any:
    text = (files(__package__) / name).read_text("utf-8")
    return yaml.load(text, _LOADER)  # noqa: S506 -- the safe loader, in C where there is one
