"""The figures: what is counted, and that no line is ever printed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.noticing import Watch, classify
from bot.noticing.lines import labelled, training
from bot.noticing.measure import explained, measure, ordinary, tasks
from bot.noticing.tally import Count, f1_interval, tally
from bot.watching_cli import watch as commands

SEALED = Path(__file__).parent / "sealed"
ROWS = [
    {
        "text": "You should halve your Lantus",
        "label": "directive_medical_advice",
        "lang": "en",
        "tags": ["core"],
    },
    {"text": "I halved my Lantus", "label": "shared_experience", "lang": "en"},
    {"text": "lovely weather, Marigold", "label": "other", "lang": "en"},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    return path


def test_precision_recall_and_f1_come_from_right_wrong_and_missed() -> None:
    counted = tally([(True, True), (True, False), (False, True), (False, False), (True, True)])
    assert (counted.right, counted.wrong, counted.missed) == (2, 1, 1)
    assert counted.precision.share == pytest.approx(2 / 3)
    assert counted.recall.share == pytest.approx(2 / 3)
    assert counted.f1 == pytest.approx(2 / 3)


def test_intervals_hold_the_share_and_shrink_with_more_lines() -> None:
    low, high = Count(8, 10).interval
    assert low < 0.8 < high
    narrow = Count(800, 1000).interval
    assert narrow[1] - narrow[0] < high - low
    assert Count(0, 0).interval == (0.0, 1.0)
    assert f1_interval([(True, True)] * 20) == (1.0, 1.0)


def test_a_file_is_measured_for_what_its_labels_ask(watch: Watch, file: Path) -> None:
    lines = list(labelled(file))
    found = tasks(lines)
    assert [task.name for task in found] == ["advice, normal", "advice, quiet", "advice, keen"]
    report = measure(watch, lines, found[0])
    assert report.tally.recall == Count(1, 1)
    assert report.recall == {"core": Count(1, 1), "en": Count(1, 1)}
    assert report.flagged["shared_experience"] == Count(0, 1)
    assert report.ordinary.all == len(ordinary()) >= 1000
    assert report.time(0.5) <= report.time(0.95)


def test_a_broken_line_is_named_by_its_number(file: Path) -> None:
    file.write_text(file.read_text() + "\n{not json", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^lines.jsonl, line 4: "):
        list(labelled(file))


def test_the_command_prints_numbers_and_no_line(file: Path) -> None:
    done = CliRunner().invoke(commands, ["test", str(file)])
    assert done.exit_code == 0
    assert "precision" in done.output
    assert "everyday chat" in done.output
    assert "Marigold" not in done.output


@pytest.mark.parametrize("text", ["{not json", '{"text": "hello", "label": "other"}'])
def test_the_command_says_when_there_is_nothing_to_measure(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(commands, ["test", str(path)]).exit_code == 1
    assert CliRunner().invoke(commands, ["test", str(tmp_path / "none.jsonl")]).exit_code == 1


def test_trying_explains_each_verdict() -> None:
    done = CliRunner().invoke(
        commands, ["try"], input="hm. you should halve your Lantus\nhello\n\nnever read\n"
    )
    first, second = done.output.splitlines()
    assert first.startswith("directive_medical_advice (")
    assert "»you should halve your Lantus«" in first
    assert second == "none (0.00): hello"


def test_explaining_nothing_changes_nothing(watch: Watch) -> None:
    assert explained("hello", watch.look("hello")) == "hello"


def test_sealed_and_ordinary_lines_are_in_no_training_file() -> None:
    folder = Path(__file__).parent.parent.parent / "bot" / "noticing" / "training"
    learned = {line.text.lower() for line in training(folder)}
    sealed = [
        line.text.lower() for name in ("advice", "urgent") for line in labelled(SEALED / f"{name}.jsonl")
    ]
    assert len(sealed) >= 400
    assert not learned & set(sealed)
    assert not learned & {text.lower() for text in ordinary()}


def test_the_bots_own_command_measures_and_explains(file: Path) -> None:
    measured = CliRunner().invoke(cli, ["watch", "test", str(file)])
    assert measured.exit_code == 0
    assert "advice, normal: 3 lines" in measured.stdout
    assert "Lantus" not in measured.stdout
    tried = CliRunner().invoke(cli, ["watch", "try"], input="You should halve your Lantus\n\n")
    assert tried.stdout.startswith("directive_medical_advice (")
    assert "»You should halve your Lantus«" in tried.stdout


def test_the_words_of_the_files_are_what_classify_says() -> None:
    label, score, spans = classify("You should halve your Lantus")
    assert (label, spans) == ("directive_medical_advice", [(0, 28)])
    assert 0.5 <= score <= 1
    assert classify("lovely weather, Marigold")[0] == "none"
    assert classify("I want to kill myself tonight")[0] == "self_harm"
