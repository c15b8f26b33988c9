"""Where to draw the lines, from scores of lines that their model has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.noticing.lines import ADVICE, URGENT

_STEPS = [step / 20 for step in range(-80, 161)]


@dataclass(frozen=True, slots=True)
class Scored:
    """A line's label and the margins it got."""

    label: str
    advice: float
    urgent: float


def advice_numbers(scored: Sequence[Scored]) -> dict[str, float]:
    """The lowest bar at which enough of what is flagged is advice, in lines most of which are not."""
    pairs = [(one.advice, one.label == ADVICE) for one in scored]
    return {"keen": bar(pairs, 0.86), "normal": bar(pairs, 0.92), "quiet": bar(pairs, 0.97)}


def urgent_numbers(scored: Sequence[Scored]) -> dict[str, float]:
    return {"urgent": bar([(one.urgent, one.label in URGENT) for one in scored], 0.90)}


def bar(pairs: Sequence[tuple[float, bool]], precision: float) -> float:
    """The lowest step from which on the precision holds."""
    for step in _STEPS:
        flagged = [wanted for score, wanted in pairs if score >= step]
        if flagged and sum(flagged) / len(flagged) >= precision:
            return step
    return _STEPS[-1]
