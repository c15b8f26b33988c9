"""What the two small models see of a sentence: words, classes in a row or near each other, heads, guards."""

import itertools
from collections.abc import Mapping, Sequence

from bot.noticing.guards import ACTS, ELSEWHERE, GUARDS, THINGS, names_a_treatment
from bot.noticing.tokens import Sentence, Token

_NEAR = 6
_MOST_TOKENS = 120
_ORDERED = (
    ("a", ACTS),
    ("t", THINGS),
    ("n", frozenset({"num", "amt", "ratio", "unit", "measure"})),
    ("e", ELSEWHERE),
)


def advice_features(
    sentence: Sentence, heads: Mapping[str, tuple[int, int]], about_treatment: bool
) -> set[str]:
    """``about_treatment`` is whether any sentence of the message names a treatment."""
    tokens = sentence.tokens[:_MOST_TOKENS]
    found = _words(tokens)
    found.update(_rows([_seen(token) for token in tokens], "d"))
    found.update(_near([token.entry.marks for token in tokens], "s"))
    found.update(_orders(tokens, heads))
    found.update("g:" + name for name, holds in GUARDS.items() if holds(sentence))
    first = [_seen(token) for token in tokens[:2]]
    if sentence.asks:
        found.add("?")
        found.add("?" + "_".join(first))
        found.update("?" + one for one in first)
    here = names_a_treatment(sentence)
    found.add(f"m:{here}{about_treatment}")
    found.add("^" + first[0] if first else "^")
    return found


def urgent_features(sentence: Sentence) -> set[str]:
    """The urgent model looks at all sentences of a message as one."""
    tokens = sentence.tokens[:_MOST_TOKENS]
    found = _words(tokens)
    found.update(_near([token.entry.alarms for token in tokens], "u"))
    found.update(_rows([token.entry.urgent for token in tokens], "v"))
    if sentence.asks:
        found.add("?")
    return found


def joined(sentences: Sequence[Sentence]) -> Sentence:
    """All sentences as one."""
    if len(sentences) == 1:
        return sentences[0]
    tokens = tuple(token for sentence in sentences for token in sentence.tokens)
    codes = "".join([sentence.codes for sentence in sentences])
    return Sentence(tokens, codes, sentences[-1].asks)


def _orders(tokens: Sequence[Token], heads: Mapping[str, tuple[int, int]]) -> set[str]:
    """Each head, and whether an act, a treatment and an amount follow it closely."""
    found = set()
    for name, place in heads.items():
        what = ordered(tokens, place)
        found |= {"h:" + name, f"k:{name}:{what}", f"k:{what}"}
    return found


def ordered(tokens: Sequence[Token], place: tuple[int, int]) -> str:
    """A letter each for an act, a treatment, an amount and daily life from the head to shortly after it."""
    near = {mark for token in tokens[place[0] : place[1] + _NEAR] for mark in token.entry.marks}
    return "".join(letter for letter, marks in _ORDERED if marks & near)


def _seen(token: Token) -> str:
    """The classes; of a word without one, only how it ends."""
    seen = token.entry.advice
    if seen != "x":
        return seen
    return "x" + token.word[-2:] if token.word.endswith(("ing", "ed")) else "x"


def _words(tokens: Sequence[Token]) -> set[str]:
    said = [token.word if not token.word[0].isdigit() else "0" for token in tokens]
    words = " ".join(said).split(" ")
    found = {"w:" + word for word in words}
    found.update([f"w:{one} {other}" for one, other in itertools.pairwise(words)])
    return found


def _rows(seen: list[str], kind: str) -> list[str]:
    padded = ["^", *seen, "$"]
    pairs = [f"{kind}:{one} {other}" for one, other in itertools.pairwise(padded)]
    threes = [f"{pair} {last}" for pair, last in zip(pairs, padded[2:], strict=False)]
    return pairs + threes


def _near(classes: list[tuple[str, ...]], kind: str) -> set[str]:
    found: set[str] = set()
    placed = [(place, one) for place, some in enumerate(classes) for one in some]
    for number, (place, one) in enumerate(placed):
        found.add(f"{kind}:{one}")
        for later, other in placed[number + 1 : number + 1 + 2 * _NEAR]:
            if later - place > _NEAR:
                break
            if later > place:
                found.add(f"{kind}:{one}>{other}")
    return found
