"""From plain text to sentences of words with their classes."""

import re
from dataclasses import dataclass

from bot.noticing.lexicon import Entry, Lexicon

_TOKEN = re.compile(
    r"[^\W\d_]+\d[^\W_]*|[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:/]\d+)*"
    r"|[?!,%\x01💉💊]|\n|[.;](?=\s|$)|…|:(?=\s)| - |—"
)
_ENDS = frozenset(".;…\n?!")
MOST_TOKENS = 400
MOST_GUESSES = 80
MOST_SENTENCES = 60
MOST_REST = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the plain text, or a phrase that counts as one word."""

    word: str
    entry: Entry
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """``codes`` holds one letter a token, for the shapes; ``asks`` is whether a question mark ended it."""

    tokens: tuple[Token, ...]
    codes: str
    asks: bool


def sentences(text: str, lexicon: Lexicon) -> list[Sentence]:
    """At most 400 words; what follows 60 sentences is one more, of at most 60 words."""
    found = [(one.group(), one.start(), one.end()) for one in _TOKEN.finditer(text)][:MOST_TOKENS]
    made: list[Sentence] = []
    current: list[Token] = []
    guessed: dict[str, Entry] = {}
    place = 0
    while place < len(found):
        raw, _begin, _end = found[place]
        if raw[0] in _ENDS:
            if current and len(made) < MOST_SENTENCES:
                made.append(_sentence(current, raw == "?"))
                current = []
                if len(made) == MOST_SENTENCES:
                    del found[place + 1 + MOST_REST :]
            elif raw == "?" and not current and made and not made[-1].asks:
                made[-1] = Sentence(made[-1].tokens, made[-1].codes, asks=True)
            place += 1
            continue
        token, used = _token(found, place, lexicon, guessed)
        current.append(token)
        place += used
    if current:
        made.append(_sentence(current, asks=False))
    return made


def _sentence(tokens: list[Token], asks: bool) -> Sentence:
    return Sentence(tuple(tokens), "".join([token.entry.code for token in tokens]), asks)


def _number(found: list[tuple[str, int, int]], place: int, lexicon: Lexicon) -> Entry:
    """999 is a number to call only where somebody is told to call it."""
    raw = found[place][0]
    listed = lexicon.words.get(raw)
    before = [lexicon.words.get(one[0], lexicon.unknown) for one in found[max(0, place - 2) : place]]
    if listed and any("contact" in entry.marks for entry in before):
        return listed
    return lexicon.number(raw)


def _token(
    found: list[tuple[str, int, int]], place: int, lexicon: Lexicon, guessed: dict[str, Entry]
) -> tuple[Token, int]:
    raw, begin, end = found[place]
    if raw[0].isdigit():
        return Token(raw, _number(found, place, lexicon), begin, end), 1
    if raw == "\x01":
        return Token("quote", lexicon.words["quote"], begin, end), 1
    word = lexicon.alias.get(raw, raw)
    if word == "you" and raw == "u" and place and found[place - 1][0][0].isdigit():
        word = "units"
    for rest, entry in lexicon.phrases.get(word, ()):
        last = place + len(rest)
        if last < len(found) and all(
            lexicon.alias.get(one[0], one[0]) == wanted
            for one, wanted in zip(found[place + 1 : last + 1], rest, strict=True)
        ):
            return Token(" ".join((word, *rest)), entry, begin, found[last][2]), len(rest) + 1
    known = lexicon.words.get(word) or guessed.get(word)
    if known is None:
        known = lexicon.entry(word) if len(guessed) < MOST_GUESSES else lexicon.unknown
        guessed[word] = known
    return Token(word, known, begin, end), 1
