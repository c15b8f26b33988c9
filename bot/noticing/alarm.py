"""How urgent some sentences sound, and of which kind."""

from collections.abc import Collection, Mapping

from bot.noticing.linear import Linear
from bot.noticing.lines import NONE, URGENT


def alarm(models: Mapping[str, Linear], features: Collection[str]) -> tuple[float, str]:
    """Two opinions in one margin: the model of any kind, under "none", and that of the likeliest kind."""
    margin, label = max((models[kind].margin(features), kind) for kind in URGENT)
    return (models[NONE].margin(features) + margin) / 2, label
