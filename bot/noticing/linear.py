"""A linear model: a weight for each feature, one model a label."""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

_SCALE = 100


class Linear:
    """Scores between 0 and 1. Weights are small whole numbers, hundredths of a unit."""

    def __init__(self, bias: float, weights: Mapping[str, int]) -> None:
        self.bias = bias
        self.weights = weights

    def margin(self, features: Iterable[str]) -> float:
        """How far on the side of the label, before it is squeezed between 0 and 1."""
        weigh = self.weights.get
        return self.bias + sum([weigh(name, 0) for name in features]) / _SCALE


def squeezed(margin: float) -> float:
    """0.5 at the threshold that the margin is measured from."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, margin))))


def load(path: Path) -> tuple[dict[str, Linear], dict[str, float]]:
    """The models by label, and the numbers that were set with them."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    models = {label: Linear(model["bias"], model["weights"]) for label, model in stored["models"].items()}
    return models, stored["numbers"]


def save(path: Path, models: Mapping[str, Linear], numbers: Mapping[str, float]) -> None:
    """Sorted, one feature a line, so that a change can be read."""
    stored = {
        "numbers": dict(sorted(numbers.items())),
        "models": {
            label: {"bias": round(model.bias, 3), "weights": dict(sorted(model.weights.items()))}
            for label, model in models.items()
        },
    }
    path.write_text(json.dumps(stored, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
