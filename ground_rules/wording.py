"""Words that people typed: made tidy, measured, compared, and cut into rules."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from ground_rules.refusals import Reason, Refused

TITLE_LONGEST = 80
TEXT_LONGEST = 280
PASTED_LONGEST = 600
WHY_LONGEST = 280
TITLE_SHORTEST = 2
TEXT_SHORTEST = 5
PASTED_RULES = 40
TITLE_WORDS = 6
ALIKE = 0.6

_DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LIST_MARK = re.compile(r"^(?:\(?\d{1,2}[.):]|[-*\u2022\u2013#]+)\s+")
_BLANK_LINES = re.compile(r"\n\s*\n")
_SPACES = re.compile(r"[^\S\n]+")

Key = TypeVar("Key")


def tidy(text: str) -> str:
    """The same words without what could garble a post: control and direction marks, stray spaces."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _DIRECTION_MARKS.sub("", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.strip().split("\n"))


def measured(part: str, text: str, *, shortest: int, longest: int) -> str:
    """The tidied text, or Refused with the part, its limit and its length.

    The shortest length counts letters and digits only, so that emoji or dots alone are too short.
    """
    text = tidy(text)
    letters = sum(character.isalnum() for character in text)
    if letters < shortest:
        raise Refused(Reason.TOO_SHORT, part=part, limit=shortest, length=letters)
    if len(text) > longest:
        raise Refused(Reason.TOO_LONG, part=part, limit=longest, length=len(text))
    return text


def measured_title(title: str) -> str:
    """A rule's title, on one line."""
    one_line = " ".join(title.split())
    return measured("title", one_line, shortest=TITLE_SHORTEST, longest=TITLE_LONGEST)


def measured_text(text: str, longest: int = TEXT_LONGEST) -> str:
    """A rule's text."""
    return measured("text", text, shortest=TEXT_SHORTEST, longest=longest)


def measured_why(why: str) -> str:
    """The reason that comes with an idea or a hold."""
    return measured("why", why, shortest=TEXT_SHORTEST, longest=WHY_LONGEST)


def parse_pasted(text: str) -> tuple[tuple[str, str], ...]:
    """The rules a group already has, as (title, text), in order.

    One paragraph is one rule; so is each line of a list without blank lines. The first line is the
    title; a paragraph of one line gets its first words as a title. Refused tells which `rule`.
    """
    paragraphs = _paragraphs(tidy(text))
    if not paragraphs:
        raise Refused(Reason.TOO_SHORT, part="rules", limit=1, length=0)
    if len(paragraphs) > PASTED_RULES:
        raise Refused(Reason.TOO_MANY_RULES, limit=PASTED_RULES, length=len(paragraphs))
    return tuple(_pasted_rule(place, words) for place, words in enumerate(paragraphs, start=1))


def similar(text: str, others: Mapping[Key, str], threshold: float = ALIKE) -> Key | None:
    """The key of the other text most like this one, or None if none is like it enough."""
    likeness = {key: _likeness(text, other) for key, other in others.items()}
    best = max(likeness, key=lambda key: likeness[key], default=None)
    return best if best is not None and likeness[best] >= threshold else None


def _likeness(one: str, other: str) -> float:
    words, other_words = (re.findall(r"\w+", text.casefold()) for text in (one, other))
    if not words or not other_words:
        return 0.0
    as_said = SequenceMatcher(None, " ".join(words), " ".join(other_words), autojunk=False).ratio()
    in_any_order = SequenceMatcher(None, sorted(words), sorted(other_words), autojunk=False).ratio()
    return max(as_said, in_any_order)


def _paragraphs(text: str) -> list[str]:
    paragraphs = [part.strip() for part in _BLANK_LINES.split(text) if part.strip()]
    lines = text.splitlines()
    if len(paragraphs) == 1 and len(lines) > 1 and all(map(_LIST_MARK.match, lines)):
        return lines
    return paragraphs


def _pasted_rule(place: int, paragraph: str) -> tuple[str, str]:
    words = _LIST_MARK.sub("", paragraph)
    first, _, rest = words.partition("\n")
    title, text = (first, rest) if rest and len(first) <= TITLE_LONGEST else (_opening(words), words)
    try:
        return measured_title(title), measured_text(text, PASTED_LONGEST)
    except Refused as refused:
        raise Refused(refused.reason, **{**refused.details, "rule": place}) from refused


def _opening(words: str) -> str:
    """The first few words, marked as cut when there are more."""
    every = words.split()
    opening = " ".join(every[:TITLE_WORDS])[: TITLE_LONGEST - 1]
    return opening if len(opening) == len(" ".join(every)) else opening + "\N{HORIZONTAL ELLIPSIS}"
