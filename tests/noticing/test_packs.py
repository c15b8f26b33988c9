"""Packs are read with care: what is wrong in one is named by file and line, and the others still work."""

from pathlib import Path

import pytest

from bot.noticing import PackError, Watch, load
from bot.noticing.lexicon import Lexicon
from bot.noticing.lines import ADVICE
from bot.noticing.pack import packaged, read


def pack(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("language: en\nwords:\n  med: [a, b\n", 4),
        ("language: en\nwords:\n  med: a, , b\n", 3),
        ("language: en\nwords:\n  med: a\n  med: b\n", 4),
        ("language: en\nverbs:\n  med: a\n", 3),
        ("words:\n  med: a\n", 1),
        ("", 1),
        ("language: [en]\n", 1),
        ("- a\n- b\n", 1),
    ],
)
def test_a_pack_that_cannot_be_read_is_named_by_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(PackError, match=f"^mine.yaml, line {line}: ") as found:
        read(pack(tmp_path, text))
    assert found.value.line == line


@pytest.mark.parametrize("pattern", ["med+", "med*", "(med|treat)+", "med{1,99}", "nonsense", "a.*b"])
def test_a_pattern_that_could_run_away_or_knows_no_class_is_refused(tmp_path: Path, pattern: str) -> None:
    path = pack(tmp_path, f'language: en\nwords:\n  med: aspirin\nheads:\n  mine: "{pattern}"\n')
    with pytest.raises(PackError, match=r"^mine.yaml, line 5: "):
        Lexicon([read(path)])


def test_a_pack_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"language: \xff\xfe")
    with pytest.raises(PackError, match=r"^mine.yaml, line 1: "):
        read(path)


def test_the_watch_works_without_a_broken_pack_and_says_so(tmp_path: Path) -> None:
    for text in ("language: en\nwords: [", 'language: en\nheads:\n  mine: "nonsense+"\n'):
        watch = load([*packaged(), pack(tmp_path, text)])
        assert [problem.file for problem in watch.problems] == ["mine.yaml"]
        assert watch.look("You should drop your basal by 2 units").label == ADVICE


def test_every_packaged_pack_can_be_used(watch: Watch) -> None:
    assert not watch.problems
    assert watch.languages >= {"en", "es"}


def test_a_pack_adds_words_to_a_class(tmp_path: Path) -> None:
    path = pack(tmp_path, "language: en\nwords:\n  med: zorbulin\n")
    lexicon = Lexicon([read(path)])
    assert lexicon.words["zorbulin"].marks == ("med",)


def test_a_slip_of_the_finger_finds_the_medicine(watch: Watch) -> None:
    lexicon = Lexicon([read(path) for path in packaged()])
    for slip in ("metfromin", "levothyroxin", "sertralin", "novorapd"):
        assert "med" in lexicon.entry(slip).marks
    for word in ("lantern", "balance", "insular", "metronome", "general", "medicinal"):
        assert "med" not in lexicon.entry(word).marks
