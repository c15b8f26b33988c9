"""Dates and times in words, by the pattern that each catalogue gives, with Babel's names."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from babel import Locale
from babel.dates import format_datetime, get_timezone_location

from bot.texts.template import Value


class Words(Protocol):
    """What the dates need of a reader."""

    @property
    def language(self) -> str: ...

    def plain(self, key: str, /, **values: Value) -> str: ...

    def has(self, key: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Dates:
    """Writes moments (aware datetimes) in the words of one reader."""

    words: Words

    def when(self, at: datetime, tz: tzinfo) -> str:
        return self.words.plain(
            "dates.when", day=self.day(at, tz), time=self.time(at, tz), zone=self.zone(tz)
        )

    def day(self, at: datetime, tz: tzinfo) -> str:
        return self._by("dates.day-pattern", at, tz)

    def date(self, at: datetime, tz: tzinfo) -> str:
        return self._by("dates.date-pattern", at, tz)

    def month(self, at: datetime, tz: tzinfo) -> str:
        return self._by("dates.month-pattern", at, tz)

    def time(self, at: datetime, tz: tzinfo) -> str:
        local = at.astimezone(tz)
        if (local.hour, local.minute) == (12, 0):
            return self.words.plain("dates.midday")
        return self._by("dates.minute-pattern" if local.minute else "dates.hour-pattern", at, tz)

    def zone(self, tz: tzinfo) -> str:
        """The zone as people say it ("UK time"); else by its city ("Lisbon time")."""
        name = getattr(tz, "key", None) or str(tz)
        if self.words.has(f"dates.zone.{name}"):
            return self.words.plain(f"dates.zone.{name}")
        if "/" not in name:
            return name
        city = get_timezone_location(tz, locale=self._locale, return_city=True)
        return self.words.plain("dates.zone-city", city=city)

    @property
    def _locale(self) -> Locale:
        language = self.words.language
        return Locale.parse("en_GB" if language == "en" else language)

    def _by(self, pattern: str, at: datetime, tz: tzinfo) -> str:
        if at.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        local = at.astimezone(tz).replace(tzinfo=None)
        return format_datetime(local, self.words.plain(pattern), locale=self._locale)
