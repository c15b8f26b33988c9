"""Writing direction: names and numbers that run the other way are kept from moving the words around them."""

import unicodedata

_RTL_LANGUAGES = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
_OPEN, _CLOSE = "\u2068", "\u2069"
_ISOLATES = {"\u2066", "\u2067", _OPEN}
_OVERRIDES = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e"}


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language in _RTL_LANGUAGES


def isolated(text: str, rtl: bool = False) -> str:
    """``text`` set apart (U+2068 … U+2069) if it holds right-to-left letters or stands among them.

    Marks that would reorder what follows are taken out or closed, so a name cannot turn a sentence.
    """
    text = _closed(text)
    other_way = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    if text and (rtl or other_way):
        return f"{_OPEN}{text}{_CLOSE}"
    return text


def _closed(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    depth = 0
    for letter in text:
        if letter in _OVERRIDES or (letter == _CLOSE and depth == 0):
            continue
        depth += (letter in _ISOLATES) - (letter == _CLOSE)
        kept.append(letter)
    return "".join(kept) + _CLOSE * depth
