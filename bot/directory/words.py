"""Words that people type, to the names they mean: as they stand, inside a sentence, or nearly so spelt."""

import re
from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import fuzz, process

_WORDS = re.compile(r"[^\w']+")
_SHORTEST, _LONGEST = 4, 40  # characters of what may be a spelling mistake
_CLOSE = 80.0  # of 100: one letter in five may differ
_ALIKE = 60.0


def said(words: str) -> str:
    """The words in small letters with single spaces, other signs left out."""
    return " ".join(_WORDS.sub(" ", words.replace("_", " ").replace("’", "'")).casefold().split())


def meant(typed: str, names: Mapping[str, str], first: Collection[str]) -> str | None:
    """What was meant: ``names`` maps other words to names; names in ``first`` win over all others."""
    if typed in names:
        return names[typed]
    inside = [alias for alias in names if within(alias, typed)]
    whole = [alias for alias in inside if not any(within(alias, other, apart=True) for other in inside)]
    if whole:
        return names[max(whole, key=lambda alias: (names[alias] in first, alias.count(" "), len(alias)))]
    if not _SHORTEST <= len(typed) <= _LONGEST:
        return None
    return _nearly(typed, names, _CLOSE) or _misspelt(typed, names, first)


def near(typed: str, names: Mapping[str, str]) -> list[str]:
    """The names of which another word looks like these, the nearest first; [] if none does."""
    close = process.extract(
        typed[:_LONGEST], names.keys(), scorer=fuzz.ratio, limit=None, score_cutoff=_ALIKE
    )
    return list(dict.fromkeys(names[alias] for alias, _, _ in close))


def within(alias: str, text: str, *, apart: bool = False) -> bool:
    """Whether these words stand in the text; ``apart``: and it says more, as "low mood" does of "low"."""
    return f" {alias} " in f" {text} " and not (apart and alias == text)


def _nearly(typed: str, names: Mapping[str, str], cutoff: float) -> str | None:
    """The name that is spelt nearly so. A first letter is seldom wrong: "dating" is not "eating"."""
    same = [alias for alias in names if alias[0] == typed[0]]
    close = process.extractOne(typed, same, scorer=fuzz.ratio, score_cutoff=cutoff)
    return names[close[0]] if close else None


def _misspelt(typed: str, names: Mapping[str, str], first: Collection[str]) -> str | None:
    """A name whose one long word stands misspelt in a short sentence: "help with insullin supplys"."""
    long = {alias: name for alias, name in names.items() if len(alias) > _SHORTEST + 1 and " " not in alias}
    found = [name for word in _long_words(typed) if (name := _nearly(word, long, _CLOSE + 5))]
    return max(found, key=lambda name: name in first) if found else None


def _long_words(typed: str) -> Iterable[str]:
    return (word for word in typed.split() if len(word) > _SHORTEST + 1)
