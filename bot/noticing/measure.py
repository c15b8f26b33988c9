"""How good the watch is on labelled lines, and how fast. Numbers come out, never a line."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.noticing.lines import ADVICE, URGENT, Line
from bot.noticing.tally import Count, Tally, f1_interval, tally
from bot.noticing.watch import Level, Room, Verdict, Watch

ORDINARY = Path(__file__).parent / "ordinary.txt"
TIERS = ("core", "hard")


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Which labels are to be found, and with which settings."""

    name: str
    wanted: frozenset[str]
    room: Room


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """``flagged`` counts by the label a line carries; ``recall`` by tier and language of lines to be found.

    ``microseconds`` are the times per message in order; ``overlap`` counts right flags whose words touch
    those that the file marks.
    """

    task: str
    lines: int
    tally: Tally
    f1: tuple[float, float]
    flagged: Mapping[str, Count]
    recall: Mapping[str, Count]
    overlap: Count
    ordinary: Count
    microseconds: Sequence[float]

    def time(self, share: float) -> float:
        """The time that this share of messages does not exceed, in microseconds."""
        return self.microseconds[min(len(self.microseconds) - 1, int(share * len(self.microseconds)))]


def tasks(lines: Sequence[Line]) -> list[Task]:
    """What a file can measure: advice at three levels, or the urgent words."""
    labels = {line.label for line in lines}
    found = []
    if ADVICE in labels:
        wanted = frozenset({ADVICE})
        found += [
            Task(name=f"advice, {level.value}", wanted=wanted, room=Room(level=level))
            for level in (Level.NORMAL, Level.QUIET, Level.KEEN)
        ]
    if labels & set(URGENT):
        found.append(Task(name="urgent words", wanted=frozenset(URGENT), room=Room(advice=False)))
    return found


def measure(watch: Watch, lines: Sequence[Line], task: Task) -> Report:
    """The whole watch on every line; ordinary lines are the file that the project ships."""
    for line in lines[:5]:
        watch.look(line.text, task.room)
    timed = [_timed(watch, line.text, task.room) for line in lines]
    verdicts = [verdict for verdict, _ in timed]
    pairs = [
        (line.label in task.wanted, verdict.label in task.wanted)
        for line, verdict in zip(lines, verdicts, strict=True)
    ]
    quiet = [watch.look(text, task.room).label in task.wanted for text in ordinary()]
    return Report(
        task=task.name,
        lines=len(lines),
        tally=tally(pairs),
        f1=f1_interval(pairs),
        flagged=_counts(lines, pairs, lambda line: [line.label]),
        recall=_counts(lines, pairs, lambda line: _groups(line) if line.label in task.wanted else []),
        overlap=_overlap(lines, verdicts, pairs),
        ordinary=Count(sum(quiet), len(quiet)),
        microseconds=sorted(taken for _, taken in timed),
    )


def ordinary() -> list[str]:
    """Everyday group chat without anything to notice."""
    return ORDINARY.read_text(encoding="utf-8").splitlines()


def explained(text: str, verdict: Verdict) -> str:
    """The message with the words that triggered between » and «."""
    shown, last = [], 0
    for begin, end in verdict.words:
        shown += [text[last:begin], "»", text[begin:end], "«"]
        last = end
    return "".join([*shown, text[last:]])


def _timed(watch: Watch, text: str, room: Room) -> tuple[Verdict, float]:
    begun = time.perf_counter()
    verdict = watch.look(text, room)
    return verdict, (time.perf_counter() - begun) * 1e6


def _groups(line: Line) -> list[str]:
    return [line.language, *(tier for tier in TIERS if tier in line.tags)]


def _counts(
    lines: Sequence[Line], pairs: Sequence[tuple[bool, bool]], groups: Callable[[Line], Iterable[str]]
) -> dict[str, Count]:
    seen: dict[str, list[bool]] = defaultdict(list)
    for line, (_, flagged) in zip(lines, pairs, strict=True):
        for group in groups(line):
            seen[group].append(flagged)
    return {group: Count(sum(flags), len(flags)) for group, flags in sorted(seen.items())}


def _overlap(lines: Sequence[Line], verdicts: Sequence[Verdict], pairs: Sequence[tuple[bool, bool]]) -> Count:
    touched = [
        any(
            begin < line_end and line_begin < end
            for begin, end in verdict.words
            for line_begin, line_end in line.spans
        )
        for line, verdict, pair in zip(lines, verdicts, pairs, strict=True)
        if pair == (True, True) and line.spans
    ]
    return Count(sum(touched), len(touched))
