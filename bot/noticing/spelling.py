"""A word nobody listed may be a listed one with a slip of the finger: "levimir", "metfromin"."""

from collections.abc import Iterable

SHORTEST = 6
_VOWELS = str.maketrans("", "", "aeiouyáéíóúh")
_SAME = str.maketrans({"z": "s", "c": "k", "q": "k"})


class Spelling:
    """Finds the listed word behind a slip. Words shorter than six letters are taken as written."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_bones: dict[str, list[str]] = {}
        for word in words:
            if len(word) >= SHORTEST and word.isalpha():
                self._by_bones.setdefault(_bones(word), []).append(word)

    def meant(self, word: str) -> str | None:
        """The listed word at most two slips away (one, in words under eight letters), or None."""
        if not SHORTEST <= len(word) <= 20:
            return None
        allowed = 1 if len(word) < 8 else 2
        for listed in self._by_bones.get(_bones(word), ()):
            if abs(len(listed) - len(word)) <= allowed and _slips(word, listed) <= allowed:
                return listed
        return None


def _bones(word: str) -> str:
    """The first letter, then its consonants in alphabetical order, doubles once: slips rarely change it."""
    rest = word[1:].replace("ph", "f").translate(_VOWELS).translate(_SAME)
    return word[0] + "".join(sorted(set(rest)))


def _slips(one: str, other: str) -> int:
    """Letters changed, left out, added or swapped with their neighbour."""
    before, last = list(range(len(other) + 1)), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, now
    return last[-1]
