"""Which classes a word belongs to, after all packs are put together."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.noticing.pack import Head, Pack, PackError
from bot.noticing.spelling import Spelling

_ITEM = re.compile(r"(\^|[^*+?{}()\[\]^$\\]+)(\?|\{0,\d\})?")
_FIRST_CODE = 0xE000
_SHARED = ("num", "ratio", "?", "!", ",", "%", "quote")
_BUCKETS = (1, 3, 4, 10, 20, 36, 60, 300)


@dataclass(frozen=True, slots=True)
class Entry:
    """``code`` is one letter that stands for all classes; the rest is how the two models see the word.

    ``advice`` and ``urgent`` name its classes together, ``marks`` and ``alarms`` one by one.
    """

    code: str
    advice: str
    urgent: str
    marks: tuple[str, ...]
    alarms: tuple[str, ...]


class Lexicon:
    """Every listed word with its entry. Build it once; it is never changed afterwards."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._entries: dict[tuple[str, ...], Entry] = {}
        self._heads = [head for pack in packs for head in pack.heads]
        listed = _listed(packs, _literals(self._heads))
        self.unknown = self._entry(())
        words = {word: self._entry(classes) for word, classes in listed.items()}
        self.words = {word: entry for word, entry in words.items() if " " not in word}
        self.phrases = _phrases(words)
        self.alias = _aliases(packs)
        self._endings = [
            (ending, self._entry((name,)))
            for pack in packs
            for name, endings in pack.endings.items()
            for ending in endings
        ]
        self._numbers = [self._entry(("num", f"under{most}")) for most in _BUCKETS]
        self._numbers.append(self._entry(("num", "underno")))
        self._codes = self._by_class()
        self.shapes = [(head.name, self._shape(head)) for head in self._heads]

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(word for word, entry in self.words.items() if _slips_likely(entry))

    def entry(self, word: str) -> Entry:
        """The entry of a word that is not in ``words``: by its ending, or by a likely slip."""
        if len(word) > 5:
            for ending, entry in self._endings:
                if word.endswith(ending):
                    return entry
            meant = self._spelling.meant(word)
            if meant is not None:
                return self.words[meant]
        return self.unknown

    def number(self, digits: str) -> Entry:
        """Numbers by their size, because 1.9 and 29 mean something else than 7."""
        if ":" in digits or "/" in digits:
            return self.words["ratio"]
        try:
            value = float(digits.replace(",", "."))
        except ValueError:
            return self.words["ratio"]
        for most, entry in zip(_BUCKETS, self._numbers, strict=False):
            if value < most:
                return entry
        return self._numbers[-1]

    def _entry(self, classes: tuple[str, ...]) -> Entry:
        if classes in self._entries:
            return self._entries[classes]
        code = chr(_FIRST_CODE + len(self._entries))
        named = [name for name in classes if name[0] != "="]
        alarms = tuple(name for name in named if name.startswith(("u_", "under", "?", "quote")))
        marks = tuple(name for name in named if not name.startswith(("u_", "under")))
        entry = Entry(code, "/".join(marks) or "x", "/".join(alarms) or "x", marks, alarms)
        return self._entries.setdefault(classes, entry)

    def _by_class(self) -> dict[str, list[str]]:
        codes: dict[str, list[str]] = {}
        for classes, entry in self._entries.items():
            for name in classes:
                codes.setdefault(name, []).append(entry.code)
        return codes

    def _shape(self, head: Head) -> re.Pattern[str]:
        made = []
        for part in head.pattern.split():
            found = _ITEM.fullmatch(part)
            if not found:
                raise PackError(head.file, head.line, f"{part!r} is no class, and could run away")
            made.append("^" if part == "^" else self._letters(head, found[1]) + (found[2] or ""))
        if sum(part.endswith("}") for part in made) > 4:
            raise PackError(head.file, head.line, "the pattern could run away: at most four open stretches")
        return re.compile("".join(made))

    def _letters(self, head: Head, item: str) -> str:
        if item == ".":
            return "."
        wanted = {("=" + name[1:]) if name.startswith("'") else name for name in item.split("|")}
        letters = {code for name in wanted for code in self._codes.get(name, ())}
        if not letters:
            raise PackError(head.file, head.line, f"no class is called {item!r}")
        return f"[{_runs(sorted(letters))}]"


def _listed(packs: Sequence[Pack], literals: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [name] for name in _SHARED}
    for pack in packs:
        for name, words in pack.words.items():
            for word in words:
                classes = found.setdefault(word, [])
                if name not in classes:
                    classes.append(name)
    for word in literals:
        found.setdefault(word, []).append("=" + word)
    for word in [word for word in found if not word.isascii()]:
        found.setdefault(_bare(word), found[word])
    for phrase in [word for word in found if " " in word]:
        found[phrase] += _inherited(phrase, found)
    return {word: tuple(sorted(classes)) for word, classes in found.items()}


def _inherited(phrase: str, found: Mapping[str, list[str]]) -> list[str]:
    """A phrase must not hide its words: "stop taking" is still a "stop", "want to die" still a "die"."""
    words = phrase.split(" ")
    plain = any(not name.startswith(("u_", "=")) for name in found[phrase])
    kept: list[str] = []
    if not plain:
        kept += [name for name in found.get(words[0], ()) if not name.startswith(("u_", "="))]
    kept += [name for word in words for name in found.get(word, ()) if name.startswith("u_")]
    return sorted(set(kept))


def _bare(word: str) -> str:
    """Without accents, as many people type."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() or word


def _literals(heads: Iterable[Head]) -> set[str]:
    return {
        name[1:]
        for head in heads
        for item in head.pattern.split()
        for name in item.split("|")
        if name[0] == "'"
    }


def _phrases(words: dict[str, Entry]) -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """First word -> the rest of each phrase, the longest first."""
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for word, entry in words.items():
        first, *rest = word.split(" ")
        if rest:
            phrases.setdefault(first, []).append((tuple(rest), entry))
    for found in phrases.values():
        found.sort(key=lambda phrase: -len(phrase[0]))
    return phrases


def _aliases(packs: Sequence[Pack]) -> dict[str, str]:
    return {
        spelling: plain for pack in packs for plain, spellings in pack.alias.items() for spelling in spellings
    }


def _runs(letters: Sequence[str]) -> str:
    """Letters in a row as ranges, which are compiled sooner."""
    runs: list[list[str]] = []
    for letter in letters:
        if runs and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1][1:] = [letter]
        else:
            runs.append([letter])
    return "".join(["-".join(run) for run in runs])


def _slips_likely(entry: Entry) -> bool:
    return bool({"med", "up", "down", "stop", "take", "setting", "should"} & set(entry.marks))
