"""Counting hits and misses, with intervals that say how little a small file can tell."""

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_AGAIN = 1000
_SURE = 1.96


@dataclass(frozen=True, slots=True)
class Count:
    """Of ``all`` messages ``hit`` were flagged."""

    hit: int
    all: int

    @property
    def share(self) -> float:
        return self.hit / self.all if self.all else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval."""
        if not self.all:
            return 0.0, 1.0
        spread = _SURE * _SURE / self.all
        middle = (self.share + spread / 2) / (1 + spread)
        half = (
            _SURE / (1 + spread) * math.sqrt(self.share * (1 - self.share) / self.all + spread / 4 / self.all)
        )
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Flagged and rightly so, flagged wrongly, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> Count:
        return Count(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Count:
        return Count(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 0.0


def tally(pairs: Iterable[tuple[bool, bool]]) -> Tally:
    """From pairs of (should be flagged, was flagged)."""
    seen = list(pairs)
    return Tally(
        right=sum(wanted and flagged for wanted, flagged in seen),
        wrong=sum(flagged and not wanted for wanted, flagged in seen),
        missed=sum(wanted and not flagged for wanted, flagged in seen),
    )


def f1_interval(pairs: Sequence[tuple[bool, bool]]) -> tuple[float, float]:
    """A 95 % interval by drawing the file's lines again and again; the same every time."""
    if not pairs:
        return 0.0, 1.0
    draw = random.Random(7).choices  # noqa: S311
    drawn = sorted(tally(draw(pairs, k=len(pairs))).f1 for _ in range(_AGAIN))
    return drawn[int(0.025 * _AGAIN)], drawn[int(0.975 * _AGAIN)]
