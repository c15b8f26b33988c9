"""Notices directive medical advice and urgent words in a message. Pure: no storage, no network, nothing kept.

``load()`` reads the packs once and gives a Watch; ``classify(text)`` is the same with the packaged packs.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from bot.noticing.pack import PackError, packaged, read_all
from bot.noticing.watch import Level, Room, Verdict, Watch

__all__ = [
    "Level",
    "PackError",
    "Room",
    "Verdict",
    "Watch",
    "advice",
    "classify",
    "knows",
    "load",
    "shared",
    "urgent",
]

Answer = tuple[str, float, list[tuple[int, int]]]


def load(packs: Iterable[Path] | None = None) -> Watch:
    """The watch with these pack files, or with all that come with the bot.

    A pack that cannot be used is left out and named in ``problems``.
    """
    usable, problems = read_all(packaged() if packs is None else packs)
    while True:
        try:
            return Watch(usable, problems)
        except PackError as problem:
            problems.append(problem)
            usable = [pack for pack in usable if pack.file != problem.file]


def classify(text: str) -> Answer:
    """(label, score, spans) at the normal level, urgent words first."""
    return _answer(text, Room())


def advice(text: str) -> Answer:
    """The same without the urgent words."""
    return _answer(text, Room(urgent=False))


def urgent(text: str) -> Answer:
    """Only the urgent words."""
    return _answer(text, Room(advice=False))


def shared() -> Watch:
    """The watch with the packs that come with the bot, read once in a process."""
    return _packaged()


def knows(language: str) -> bool:
    """Whether a packaged pack speaks this language, such as "en" or "es_MX"."""
    return language.replace("-", "_").split("_")[0] in _packaged().languages


def _answer(text: str, place: Room) -> Answer:
    verdict = _packaged().look(text, place)
    return verdict.label, verdict.score, list(verdict.words)


@cache
def _packaged() -> Watch:
    return load()
