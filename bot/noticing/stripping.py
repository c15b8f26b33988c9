"""What a message only passes on is not its author's advice: quotes, forwarded lines, links, code go."""

import re

_LINE = re.compile(r"^[ \t]*(?:>|&gt;|forwarded (?:message|from)|fwd:)[^\n]*", re.MULTILINE)
_LINK = re.compile(r"(?:https?://|www\.)\S{1,400}")
_QUOTED = re.compile(r'"[^"\n]{1,400}"')
_NAME = re.compile(r"(?<!\S)[@#][\w.]{1,40}")
_BLANK = "\x01"


def strip(text: str) -> str:
    """The text in its own length; what was taken out is blank, and a quotation leaves a mark."""
    if "```" in text:
        text = _blank_fences(text)
    if "'" in text or '"' in text:
        text = _QUOTED.sub(_quotation, text)
    if ">" in text or "fwd" in text or "forwarded" in text or "&gt;" in text:
        text = _LINE.sub(_nothing, text)
    if "http" in text or "www." in text:
        text = _LINK.sub(_nothing, text)
    if "@" in text or "#" in text:
        text = _NAME.sub(_nothing, text)
    return text


def _blank_fences(text: str) -> str:
    """An opening fence without an end is code down to the last line, as chat programs show it."""
    parts = text.split("```")
    return "   ".join(part if number % 2 == 0 else " " * len(part) for number, part in enumerate(parts))


def _quotation(found: re.Match[str]) -> str:
    return _BLANK + " " * (found.end() - found.start() - 1)


def _nothing(found: re.Match[str]) -> str:
    return " " * (found.end() - found.start())
