"""Train the watch from the lines in ``training/`` and write ``weights/watch.json``.

    python -m bot.noticing.train

Thresholds come from predictions on lines that the model of that fold has not seen. Test lines play no part.
"""

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from bot.noticing.alarm import alarm
from bot.noticing.features import advice_features, urgent_features
from bot.noticing.learning import Example, Recipe, learn
from bot.noticing.lexicon import Lexicon
from bot.noticing.linear import Linear, save
from bot.noticing.lines import ADVICE, NONE, URGENT, Line, training
from bot.noticing.pack import packaged, read_all
from bot.noticing.reading import heads, read
from bot.noticing.thresholds import Scored, advice_numbers, urgent_numbers

HERE = Path(__file__).parent
WEIGHTS = HERE / "weights" / "watch.json"
FOLDS = 5
NO_HEAD = 99.0

Units = list[set[str]]
Prepared = list[tuple[Line, Units, Units, list[float]]]


def prepared(lines: Sequence[Line], lexicon: Lexicon) -> Prepared:
    """Each line with the features of its units and windows, and what holds each unit back."""
    made = []
    for line in lines:
        reading = read(line.text, lexicon)
        units: Units = []
        gates: list[float] = []
        for unit in reading.units():
            found = heads(unit, lexicon)
            units.append(advice_features(unit, found, reading.about_treatment))
            gates.append(reading.handicap if found else NO_HEAD)
        urgent = [urgent_features(window) for window in reading.windows()] if reading.sentences else [set()]
        made.append((line, units, urgent, gates))
    return made


def advice_model(rows: Prepared, recipe: Recipe) -> Linear:
    """Twice: the second time the sentence that the first model believes in stands for its message."""
    model = learn(list(_advice_examples(rows, None)), recipe)
    if any(len(units) > 1 and line.label == ADVICE for line, units, _, _ in rows):
        model = learn(list(_advice_examples(rows, model)), recipe)
    return model


def _advice_examples(rows: Prepared, model: Linear | None) -> Iterator[Example]:
    for line, units, _, _ in rows:
        if line.label != ADVICE:
            for unit in units:
                yield unit, False, 1.0
            continue
        yield units[0], True, 1.0
        if len(units) > 1 and model is not None:
            yield max(units[1:], key=model.margin), True, 1.0


def urgent_models(rows: Prepared, recipe: Recipe) -> dict[str, Linear]:
    """One for each kind, and one for any kind."""
    wanted = {**{label: {label} for label in URGENT}, NONE: set(URGENT)}
    return {
        name: learn(
            list(_urgent_examples(rows, labels)), replace(recipe, kept=8_000 if name == NONE else 2_500)
        )
        for name, labels in wanted.items()
    }


def _urgent_examples(rows: Prepared, labels: set[str]) -> Iterator[Example]:
    """Of an urgent message the whole counts; of another, every window is without anything urgent."""
    for line, _, windows, _ in rows:
        for window in windows[:1] if line.label in URGENT else windows:
            yield window, line.label in labels, 1.0


def _fold(number: int) -> list[Scored]:
    lexicon = Lexicon(read_all(packaged())[0])
    rows = prepared(training(HERE / "training"), lexicon)
    kept = [row for place, row in enumerate(rows) if place % FOLDS != number]
    tried = [row for place, row in enumerate(rows) if place % FOLDS == number]
    advice, urgent = advice_model(kept, Recipe()), urgent_models(kept, Recipe())
    return [
        Scored(
            line.label,
            max(
                (advice.margin(unit) - gate for unit, gate in zip(units, gates, strict=True)),
                default=-NO_HEAD,
            ),
            max(alarm(urgent, window)[0] for window in windows),
        )
        for line, units, windows, gates in tried
    ]


def main() -> None:
    """Cross-validate for the thresholds, then train on everything."""
    with ProcessPoolExecutor(2) as pool:
        folds = list(pool.map(_fold, range(FOLDS)))
    scored = [one for fold in folds for one in fold]
    lexicon = Lexicon(read_all(packaged())[0])
    rows = prepared(training(HERE / "training"), lexicon)
    models = {ADVICE: advice_model(rows, Recipe()), **urgent_models(rows, Recipe())}
    numbers = {**advice_numbers(scored), **urgent_numbers(scored)}
    save(WEIGHTS, models, numbers)
    sizes = ", ".join(f"{label} {len(model.weights)}" for label, model in models.items())
    sys.stdout.write(f"{len(rows)} lines; weights: {sizes}; thresholds: {numbers}\n")


if __name__ == "__main__":
    main()
