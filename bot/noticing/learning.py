"""Logistic regression by AdaGrad over named features. Plain Python: anyone can train the watch again."""

import math
import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.noticing.linear import Linear

Example = tuple[Collection[str], bool, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """``shrink`` pulls weights towards zero; ``kept`` is how many weights a model ships with."""

    rounds: int = 16
    rate: float = 0.07
    shrink: float = 2e-4
    seen_at_least: int = 2
    kept: int = 12_000
    seed: int = 11


def learn(examples: Sequence[Example], recipe: Recipe) -> Linear:
    """The same examples in the same order give the same weights."""
    counted = Counter(name for features, _, _ in examples for name in features)
    names = sorted(name for name, times in counted.items() if times >= recipe.seen_at_least)
    number = {name: place for place, name in enumerate(names)}
    rows = [
        ([number[name] for name in sorted(features) if name in number], 1.0 if wanted else 0.0, weight)
        for features, wanted, weight in examples
    ]
    bias, weights = _descend(rows, len(names), recipe)
    strongest = sorted(range(len(names)), key=lambda place: -abs(weights[place]))[: recipe.kept]
    rounded = {names[place]: round(weights[place] * 100) for place in strongest}
    return Linear(bias, {name: weight for name, weight in rounded.items() if weight})


def _descend(
    rows: Sequence[tuple[list[int], float, float]], size: int, recipe: Recipe
) -> tuple[float, list[float]]:
    weights, squares = [0.0] * size, [1e-2] * size
    bias, bias_square = 0.0, 1e-2
    order = list(range(len(rows)))
    shuffle = random.Random(recipe.seed).shuffle  # noqa: S311
    for _ in range(recipe.rounds):
        shuffle(order)
        for place in order:
            features, wanted, weight = rows[place]
            margin = bias + sum([weights[one] for one in features])
            error = weight * (1 / (1 + math.exp(-max(-30.0, min(30.0, margin)))) - wanted)
            bias_square += error * error
            bias -= recipe.rate * error / math.sqrt(bias_square)
            for one in features:
                slope = error + recipe.shrink * weights[one]
                squares[one] += slope * slope
                weights[one] -= recipe.rate * slope / math.sqrt(squares[one])
    return bias, weights
