"""Finding a service: a topic and a country to the nearest services."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.directory import asked, packs, words
from bot.directory.asked import Asked
from bot.directory.country import Country
from bot.directory.entry import Entry

BROAD = ("mental-health", "other-groups")  # topics that fit many questions
FINDER = "find-a-helpline"  # the entry that a crisis never goes without


@dataclass(frozen=True, slots=True)
class Directory:
    """Services in order of preference, topics with their other words, countries by code.

    ``fallback``: what a crisis topic always has, whatever a group hides. ``languages``: each that an
    entry names by one word, in small letters.
    """

    entries: tuple[Entry, ...]
    countries: Mapping[str, Country]
    topics: tuple[str, ...]
    crisis_topics: frozenset[str]
    aliases: Mapping[str, str]
    places: Mapping[str, str]
    fallback: tuple[Entry, ...] = ()
    languages: frozenset[str] = field(init=False, repr=False, compare=False)
    _by_topic: Mapping[str, Sequence[Entry]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """What every question needs is looked up once."""
        by_topic: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for topic in entry.topics:
                by_topic.setdefault(topic, []).append(entry)
        spoken = {said.casefold() for entry in self.entries for said in entry.languages if said.isalpha()}
        object.__setattr__(self, "_by_topic", by_topic)
        object.__setattr__(self, "languages", frozenset(spoken))

    @classmethod
    def load(cls) -> "Directory":
        """The starter directory that comes with the bot."""
        topics, countries, entries = packs.topics(), packs.countries(), packs.entries()
        return cls(
            entries=entries,
            countries=countries,
            topics=tuple(topics),
            crisis_topics=frozenset(name for name, row in topics.items() if row.crisis),
            aliases={words.said(alias): name for name, row in topics.items() for alias in row.aliases},
            places={words.said(name): each.code for each in countries.values() for name in each.names},
            fallback=tuple(e for e in entries if e.id == FINDER or e.is_stopgap),
        )

    def with_changes(
        self, own: Iterable[Entry], hidden: Collection[str], status: Mapping[str, str]
    ) -> "Directory":
        """As one group has it.

        An entry of ``own`` replaces the one with its id, or comes before those of its country. Ids of
        ``hidden`` are left out. ``status`` is by id: "broken" ones are left out too, and what an
        overdue one answers has a second way beside it (``find``). Unknown ids do nothing.
        """
        changed = {entry.id: entry for entry in own}
        known = {entry.id for entry in self.entries}
        new = [entry for entry in changed.values() if entry.id not in known]
        entries = [changed.get(entry.id, entry) for entry in self.entries]
        marked = [replace(e, status=status[e.id]) if e.id in status else e for e in (*new, *entries)]
        shown = (e for e in marked if e.id not in hidden and e.status != "broken")
        return replace(self, entries=tuple(shown))

    def country(self, code: str) -> Country:
        """The country with this code; "elsewhere" for any other."""
        return self.countries.get(code) or self.countries["elsewhere"]

    def entry(self, id: str) -> Entry | None:
        """The entry with this id, if it is shown."""
        return next((entry for entry in self.entries if entry.id == id), None)

    def asked(self, typed: str) -> Asked:
        """What these words ask for: a topic, a country, and how to narrow it."""
        return asked.read(self, typed)

    def written(self, wanted: Asked) -> str:
        """The same question in at most 40 letters, digits and _, as a button carries it."""
        return asked.written(self, wanted)

    def placed(self, typed: str) -> tuple[str, str]:
        """What was typed, without the country it names, and that country's code ("" for none)."""
        return asked.placed(self, words.said(typed))

    def topic(self, typed: str) -> str | None:
        """The topic that was meant: by name, other word, a word in a sentence, or nearly so spelt."""
        return words.meant(words.said(typed), self.aliases, self.crisis_topics)

    def near(self, typed: str) -> str | None:
        """The topic whose words look most like these, if any do. It is too far off to be what was meant."""
        return next(iter(words.near(words.said(typed), self.aliases)), None)

    def nearest(self, typed: str) -> tuple[str, str]:
        """Two topics to offer where none is meant: those that look most like it, or else broad ones."""
        first, second, *_ = dict.fromkeys((*words.near(words.said(typed), self.aliases), *BROAD))
        return first, second

    def find(
        self,
        topic: str,
        country: str,
        *,
        audience: str = "all",
        language: str = "",
        way: str = "",
        most: int = 3,
    ) -> tuple[Entry, ...]:
        """Up to ``most`` services for a topic (or words that mean one), or () if there is no link yet.

        The person's nation first, then the whole of the UK, then anywhere. In a crisis topic crisis
        lines come first, one that needs no speaking is among them if there is any, and something is
        always found. Beside what is overdue stands something that is not.
        """
        if topic not in self.topics:
            topic = self.topic(topic) or ""
        crisis = topic in self.crisis_topics
        places = (country, self.country(country).nation_of, "anywhere")
        near = [
            (crisis and not entry.crisis, places.index(place), entry)
            for entry in self._by_topic.get(topic, ())
            if (place := _first(places, entry.countries))
        ]
        near.sort(key=lambda row: row[:2])
        found = _without_stopgaps(entry for _, _, entry in near)
        fitting = [e for e in found if e.suits(audience) and e.speaks(language) and e.has_way(way)]
        if crisis and not found:
            fitting = [entry for entry in self.fallback if topic in entry.topics]
        shown = _with_text(fitting, most) if crisis else fitting[:most]
        return tuple(_beside_overdue(shown, fitting, self.fallback if crisis else ()))

    def is_crisis(self, topic: str) -> bool:
        """Whether the country's own emergency number and crisis lines belong above the services."""
        return topic in self.crisis_topics


def _first(places: Iterable[str | None], countries: Collection[str]) -> str | None:
    return next((place for place in places if place in countries), None)


def _without_stopgaps(found: Iterable[Entry]) -> list[Entry]:
    """Words that say what to look for help only where the number itself is not known."""
    entries = list(found)
    known = any("emergency" in entry.topics and not entry.is_stopgap for entry in entries)
    return [entry for entry in entries if not (known and entry.is_stopgap)]


def _with_text(found: list[Entry], most: int) -> list[Entry]:
    shown = found[:most]
    silent = [entry for entry in found if _needs_no_speaking(entry)]
    if silent and not any(_needs_no_speaking(entry) for entry in shown):
        shown[-1:] = silent[:1]
    return shown


def _needs_no_speaking(entry: Entry) -> bool:
    return any(route.word or route.kind == "webchat" for route in entry.routes)


def _beside_overdue(shown: list[Entry], others: list[Entry], fallback: Iterable[Entry]) -> list[Entry]:
    if not shown or any(entry.status != "overdue" for entry in shown):
        return shown
    second = [e for e in (*others, *fallback) if e.status != "overdue" and e not in shown]
    return [*shown, *second[:1]]
