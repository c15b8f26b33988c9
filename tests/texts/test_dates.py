"""Dates in plain words, also around the changes of the clocks."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.texts import Texts

LONDON = ZoneInfo("Europe/London")
TEXTS = Texts.load()


@pytest.mark.parametrize(
    ("at", "zone", "expected"),
    [
        (datetime(2026, 12, 3, 10, tzinfo=UTC), "Europe/London", "Thursday 3 December, 10am UK time"),
        (datetime(2026, 12, 3, 19, 30, tzinfo=UTC), "Europe/London", "Thursday 3 December, 7:30pm UK time"),
        (datetime(2026, 7, 3, 9, 30, tzinfo=UTC), "Europe/London", "Friday 3 July, 10:30am UK time"),
        (datetime(2026, 12, 3, 12, tzinfo=UTC), "Europe/London", "Thursday 3 December, midday UK time"),
        (datetime(2026, 12, 3, 23, tzinfo=UTC), "Australia/Sydney", "Friday 4 December, 10am Sydney time"),
        (
            datetime(2026, 12, 3, 15, tzinfo=UTC),
            "America/New_York",
            "Thursday 3 December, 10am US Eastern time",
        ),
        (datetime(2026, 12, 3, 15, tzinfo=UTC), "Europe/Lisbon", "Thursday 3 December, 3pm Lisbon time"),
        (datetime(2026, 12, 3, 15, tzinfo=UTC), "UTC", "Thursday 3 December, 3pm UTC"),
    ],
)
def test_a_moment_is_said_in_the_groups_time(at: datetime, zone: str, expected: str) -> None:
    assert TEXTS.reader().when(at, ZoneInfo(zone)) == expected


def test_american_readers_see_the_same_plain_form() -> None:
    at = datetime(2026, 12, 3, 10, tzinfo=UTC)
    assert TEXTS.reader("en-US").when(at, LONDON) == "Thursday 3 December, 10am UK time"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "12:59am"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2am"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "1:30am"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "1:30am"),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "2am"),
    ],
)
def test_the_clock_changes_are_followed(at: datetime, expected: str) -> None:
    assert TEXTS.reader().time(at, LONDON) == expected


def test_a_day_and_a_far_date() -> None:
    at = datetime(2026, 7, 2, 23, 30, tzinfo=UTC)
    assert TEXTS.reader().day(at, LONDON) == "Friday 3 July"
    assert TEXTS.reader().date(at, LONDON) == "3 July 2026"


def test_a_moment_without_a_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        TEXTS.reader().day(datetime(2026, 7, 2), LONDON)  # noqa: DTZ001


def test_another_language_brings_its_own_names_and_order(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    for language, entries in {
        "en": {"dates.zone-city": "{city} time"},
        "fr": {
            "dates.when": "{day} à {time} ({zone})",
            "dates.day-pattern": "EEEE d MMMM",
            "dates.hour-pattern": "H 'h'",
            "dates.zone-city": "heure de {city}",
        },
    }.items():
        (tmp_path / language).mkdir()
        body = "\n".join(f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in entries.items())
        (tmp_path / language / "dates.po").write_text(head + body, "utf-8")
    reader = Texts.load(tmp_path).reader("fr-FR")
    at = datetime(2026, 12, 3, 14, tzinfo=UTC)
    assert reader.when(at, ZoneInfo("Europe/Paris")) == "jeudi 3 décembre à 15 h (heure de Paris)"
