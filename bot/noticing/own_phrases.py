"""Phrases that a group added itself: plain words, or patterns for experts, which cannot run away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.noticing.letters import plain

if TYPE_CHECKING:
    import re2

MOST = 200
LONGEST = 100


class BadPhrase(Exception):
    """``reason`` is empty, too-long, too-many or unsafe; ``phrase`` is the one meant."""

    def __init__(self, phrase: str, reason: str) -> None:
        super().__init__(reason)
        self.phrase, self.reason = phrase, reason


@dataclass(frozen=True, slots=True)
class OwnPhrases:
    """Made once a group changes its phrases, by ``own``; looking through it is linear in the message."""

    patterns: "Sequence[re2._Regexp[str]]" = ()

    def find(self, text: str) -> tuple[int, int] | None:
        """Where in the plain text the first phrase stands."""
        for pattern in self.patterns:
            if found := pattern.search(text):
                begin, end = found.span(1)
                return int(begin), int(end)
        return None


def own(phrases: Iterable[str], patterns: Iterable[str] = ()) -> OwnPhrases:
    """Whole words, in any case and any disguise. Raises BadPhrase."""
    from bot.noticing import safe_patterns

    wanted = [(phrase, safe_patterns.quoted(_plain(phrase))) for phrase in phrases]
    wanted += [(pattern, pattern) for pattern in patterns]
    if len(wanted) > MOST:
        raise BadPhrase(wanted[MOST][0], "too-many")
    made = []
    for written, pattern in wanted:
        if len(written) > LONGEST:
            raise BadPhrase(written, "too-long")
        try:
            made.append(safe_patterns.compiled(pattern))
        except safe_patterns.Unsafe:
            raise BadPhrase(written, "unsafe") from None
    return OwnPhrases(tuple(made))


def _plain(phrase: str) -> str:
    kept = " ".join(plain(phrase).text.split())
    if not kept:
        raise BadPhrase(phrase, "empty")
    return kept
