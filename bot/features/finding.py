"""What /signpost finds for some words in this group: the topic, the country, and its services."""

from dataclasses import dataclass

from bot.context import Context
from bot.directory import Asked, Country, Entry


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """``relaxed``: nothing fitted all that was asked for, so these come nearest."""

    asked: Asked
    country: Country
    entries: tuple[Entry, ...]
    crisis: bool
    relaxed: bool = False

    @property
    def topic(self) -> str | None:
        return self.asked.topic

    @property
    def country_known(self) -> bool:
        return self.country.code != "elsewhere"

    def written(self, context: Context) -> str:
        """The same question, as a button carries it."""
        return context.directory.written(self.asked)


def look(context: Context, words: str) -> Found:
    """Find services for these words: in the country they name, or else in the group's."""
    directory, settings = context.directory, context.known_group and context.known_group.settings
    asked = directory.asked(words)
    country = directory.country(asked.country or (settings.country if settings else ""))
    group = (settings.audience if settings else "") or "all"
    audience = asked.wanted or group
    if asked.topic is None:
        return Found(asked=asked, country=country, entries=(), crisis=False)
    crisis = directory.is_crisis(asked.topic)
    entries = directory.find(
        asked.topic, country.code, audience=audience, language=asked.language, way=asked.way
    )
    relaxed = not entries
    if relaxed:
        entries = directory.find(asked.topic, country.code, audience=group)
    return Found(
        asked=asked, country=country, entries=entries, crisis=crisis, relaxed=relaxed and bool(entries)
    )
