"""The message watch: how often it is right, and what it costs.

The sealed lines are looked at only with COMMON_GROUND_LOOK=1, and each look is logged in their LOOKS.md.
"""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.figure import Figure, percentile
from bot.noticing import Watch, load
from bot.noticing.lines import labelled
from bot.noticing.measure import Report, ordinary, tasks
from bot.noticing.measure import measure as measured

SEALED = Path(__file__).parent.parent / "tests" / "noticing" / "sealed"
ROUNDS = 5
HOSTILE = (
    "you should " * 400,
    "a" * 4000,
    "1:" * 2000,
    '"' * 4000,
    "drop " * 800,
    "ṩ̷" * 2000,
    "if you , " * 450,
    "take two. " * 400,
    "metformni " * 400,
    "стоп " * 800,
)
_START = (
    "import time; begun = time.perf_counter(); from bot.noticing import load; load(); "
    "print(time.perf_counter() - begun)"
)
_MEMORY = (
    "import yaml, json, re, enum, dataclasses, pathlib, unicodedata, random, math, typing; "
    "held = lambda: int(open('/proc/self/statm').read().split()[1]) * 4096; begun = held(); "
    "from bot.noticing import load; watch = load(); watch.look('take two'); print((held() - begun) / 1e6)"
)


async def measure() -> list[Figure]:
    watch = await asyncio.to_thread(load)
    figures = [*_times(watch), _start(), _memory()]
    return [*figures, *_sealed(watch)] if os.environ.get("COMMON_GROUND_LOOK") == "1" else figures


def _times(watch: Watch) -> list[Figure]:
    texts = ordinary() + [line.text for line in labelled(SEALED / "advice.jsonl")]
    times = [min(_taken(watch, text) for _ in range(ROUNDS)) * 1e6 for text in texts]
    worst = max(min(_taken(watch, text[:4000]) for _ in range(ROUNDS)) for text in HOSTILE) * 1e3
    return [
        Figure(name="a message, half within", value=percentile(times, 0.5), limit=250, unit="µs"),
        Figure(name="a message, 95 % within", value=percentile(times, 0.95), limit=600, unit="µs"),
        Figure(name="4,000 hostile characters", value=worst, limit=5, unit="ms"),
    ]


def _taken(watch: Watch, text: str) -> float:
    begun = time.perf_counter()
    watch.look(text)
    return time.perf_counter() - begun


def _start() -> Figure:
    value = min(_printed(_START) for _ in range(ROUNDS))
    return Figure(name="the watch's start, imports included", value=value, limit=0.1, unit="s")


def _memory() -> Figure:
    return Figure(name="the watch's memory", value=_printed(_MEMORY), limit=20, unit="MB")


def _printed(code: str) -> float:
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _sealed(watch: Watch) -> list[Figure]:
    advice, urgent = (list(labelled(SEALED / f"{name}.jsonl")) for name in ("advice", "urgent"))
    normal, quiet, _ = (measured(watch, advice, task) for task in tasks(advice))
    emergency = measured(watch, urgent, tasks(urgent)[0])
    talk = [watch.look(line.text).is_urgent for line in advice]
    signposts = 100 * quiet.flagged["general_directive"].share
    return [
        *_two("advice, normal", normal, 0.88, 0.65),
        *_two("advice, quiet", quiet, 0.95, 0.45),
        *_two("urgent words", emergency, 0.80, 0.50),
        _alarms("advice on everyday chat, per 1,000", 1000 * normal.ordinary.share, 3),
        _alarms("signposts flagged at quiet, per cent", signposts, 0),
        _alarms("urgent words on ordinary health talk, per cent", 100 * sum(talk) / len(talk), 1),
    ]


def _two(name: str, report: Report, precision: float, recall: float) -> list[Figure]:
    return [
        Figure(
            name=f"{name}: {what}",
            value=count.share,
            limit=limit,
            unit="",
            at_most=False,
            note=_note(count.interval),
        )
        for what, count, limit in (
            ("precision", report.tally.precision, precision),
            ("recall", report.tally.recall, recall),
        )
    ]


def _note(interval: tuple[float, float]) -> str:
    return f"95 % interval {interval[0]:.2f} to {interval[1]:.2f}"


def _alarms(name: str, value: float, limit: float) -> Figure:
    return Figure(name=name, value=value, limit=limit, unit="")
