"""Phone numbers: their digits, whether a country can have such a number, and how two of them differ."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import shortnumberinfo

REGIONS = {
    "uk": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern_ireland": "GB",
    "ireland": "IE",
    "us": "US",
    "canada": "CA",
    "australia": "AU",
    "new_zealand": "NZ",
    "india": "IN",
}
_AWAY = re.compile(r"^\s*(?:\+|00(?=\s*[1-9]))\s*(?=\d)")
_SPACES = re.compile(r"[\s().\-–‑/]+")  # what people type between digits


class Difference(StrEnum):
    """How a typed number differs from the one that is known."""

    SAME = "same"
    EMPTY = "empty"  # no digit at all
    LETTERS = "letters"  # "116 I23"
    FOREIGN = "foreign"  # written for, or of, another country
    PARTIAL = "partial"  # some digits are missing
    LONGER = "longer"  # it has more than the known one
    SWAPPED = "swapped"  # the same digits in another order
    OTHER = "other"


def digits(text: str) -> str:
    """The digits alone, as 0–9 whatever script they were typed in."""
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdecimal())


def tidy(text: str) -> str:
    """The number as it is shown: 0–9, single spaces, hyphens and a leading plus kept."""
    signs = [str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text]
    return " ".join("".join(signs).split())


def has_letters(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def possible_signs(text: str) -> bool:
    """Whether it is made of digits and what people type between them."""
    return bool(digits(text)) and not _SPACES.sub("", text.strip().removeprefix("+")).strip("0123456789")


@lru_cache(maxsize=4096)
def national(text: str, country: str) -> str:
    """The digits as they are called inside ``country``: +44 808 808 8000 is 08088088000 in Wales."""
    region = REGIONS.get(country)
    if region in ("US", "CA") and len(digits(text)) == 11:
        return digits(text).removeprefix("1")
    if region is None or not _AWAY.match(text):
        return digits(text)
    parsed = _parse(text, region)
    if parsed is None or phonenumbers.country_code_for_region(region) != parsed.country_code:
        return digits(text)
    inside = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return digits(inside)


def spaced(number: str, country: str) -> str:
    """A full number as people of its country write it; a short one as it is."""
    region = REGIONS.get(country)
    parsed = _parse(number, region)
    if parsed is None or region is None or not phonenumbers.is_valid_number_for_region(parsed, region):
        return tidy(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


@lru_cache(maxsize=4096)
def valid(text: str, country: str) -> bool:
    """Whether such a full or short number can be called from ``country`` ("" or "anywhere": from abroad)."""
    region = REGIONS.get(country)
    parsed = _parse(text, region)
    if parsed is None or not possible_signs(tidy(text)):
        return False
    if region is None:
        return bool(phonenumbers.is_valid_number(parsed))
    return (
        phonenumbers.is_valid_number_for_region(parsed, region)
        or shortnumberinfo.is_valid_short_number_for_region(parsed, region)
        or shortnumberinfo.is_emergency_number(digits(text), region)
    )


def foreign(text: str, country: str) -> bool:
    """Whether it is written with the code of another country, or only another country has such a number."""
    region = REGIONS.get(country)
    if region is None or valid(text, country):
        return False
    if _AWAY.match(text):
        parsed = _parse(text, region)
        return parsed is None or parsed.country_code != phonenumbers.country_code_for_region(region)
    # Short numbers exist nearly everywhere: they say nothing about the country.
    return len(digits(text)) > 6 and any(valid(text, other) for other in REGIONS)


def compare(typed: str, known: str, country: str) -> Difference:
    """How ``typed`` differs from ``known``. "112 or 999" is known by either number."""
    if not digits(typed):
        return Difference.EMPTY
    if has_letters(typed.replace(" or ", " ")):
        return Difference.LETTERS
    given = national(typed, country)
    either = [national(part, country) for part in known.split(" or ")]
    if given in either or given == "".join(either):
        return Difference.SAME
    difference = min((_difference(given, number) for number in either), key=list(Difference).index)
    if _AWAY.match(typed) or difference is Difference.OTHER:
        return Difference.FOREIGN if foreign(typed, country) else difference
    return difference


def near(typed: str, known: str) -> bool:
    """Whether they are easily taken for each other: two digits swapped, or one digit different."""
    left, right = digits(typed), digits(known)
    if left == right or len(left) != len(right) or len(left) < 5:
        return False
    if sorted(left) == sorted(right):
        apart = [place for place, pair in enumerate(zip(left, right, strict=True)) if pair[0] != pair[1]]
        return len(apart) == 2
    return sum(one != other for one, other in zip(left, right, strict=True)) == 1


def _difference(given: str, known: str) -> Difference:
    if len(given) < len(known):
        return Difference.PARTIAL if _inside(given, known) else Difference.OTHER
    if len(given) > len(known):
        return Difference.LONGER if _inside(known, given) else Difference.OTHER
    return Difference.SWAPPED if sorted(given) == sorted(known) else Difference.OTHER


def _inside(short: str, long: str) -> bool:
    """Whether all digits of ``short`` stand in ``long`` in their order."""
    left = iter(long)
    return all(sign in left for sign in short)


def _parse(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(_AWAY.sub("+", tidy(text)), region)
    except phonenumbers.NumberParseException:
        return None
