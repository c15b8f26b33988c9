"""Patterns by RE2, whose time grows with the message only; what it cannot promise, it refuses."""

import re2

_BEFORE, _AFTER = r"(?:^|[^\pL\pM\pN_])", r"(?:$|[^\pL\pM\pN_])"
_MEMORY = 8 << 20


class Unsafe(Exception):
    """RE2 does not take this pattern: look-around, back-references, huge repeats, or a slip in writing."""


def compiled(pattern: str) -> "re2._Regexp[str]":
    """Whole words, any case; group 1 is what was found. Raises Unsafe."""
    options = re2.Options()
    options.max_mem, options.log_errors, options.case_sensitive = _MEMORY, False, False
    try:
        made = re2.compile(f"{_BEFORE}({pattern}){_AFTER}", options)
    except re2.error as wrong:
        raise Unsafe(str(wrong)) from None
    if made.search("") is not None:
        raise Unsafe("it fits everything")
    return made


def quoted(phrase: str) -> str:
    """The phrase as a pattern that means exactly this; any space fits any run of spaces."""
    return r"\s{1,5}".join(re2.escape(word) for word in phrase.split())
