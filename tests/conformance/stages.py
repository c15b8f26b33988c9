"""The stages that scenarios are played on. An adapter's stand-in adds its own here."""

import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.rehearsal import Build, Rehearsal, RoomClock
from adapters.rehearsal.scenario import Cast
from adapters.rehearsal.stage import RoomStage, Seen
from bot.assembly import Core, assembled
from bot.directory import Directory
from bot.texts import Texts

SHIPPED = Path(__file__).parents[2] / "adapters" / "rehearsal" / "scenarios"
OWN = Path(__file__).parent
SCENARIOS = sorted([*SHIPPED.glob("*.yaml"), *OWN.glob("*.yaml")])


def build(folder: Path) -> Build:
    """The real bot for a room, on an SQLite file in ``folder``."""
    texts, directory = Texts.load(), Directory.load()

    @asynccontextmanager
    async def make(room: Rehearsal, clock: RoomClock) -> AsyncIterator[Core]:
        async with assembled(
            url=f"sqlite:///{folder / 'group.db'}",
            secret_key="a secret for tests, long enough",
            platforms=[room],
            clock=clock.now,
            texts=texts,
            directory=directory,
        ) as core:
            yield core

    return make


KILL_EVERY = 6  # rebuilds: starting a process takes a second or two, a story has sixty steps


class KilledStage:
    """The room in a process of its own; every few times ``rebuild`` kills it (-9) and starts another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._start: datetime | None = None
        self._process: subprocess.Popen[str] | None = None
        self._asked = 0

    async def begin(self, people: Sequence[Cast], start: datetime) -> None:
        self._start = start
        self._begin()
        self._call("begin", [[one.name, one.is_moderator, one.newcomer] for one in people], start.isoformat())

    def now(self) -> datetime:
        return datetime.fromisoformat(self._call("now"))

    async def type(self, who: str, text: str, place: str | None) -> None:
        self._call("type", who, text, place)

    async def press(self, who: str, label: str, place: str | None) -> None:
        self._call("press", who, label, place)

    async def fill(self, who: str, values: Mapping[str, str]) -> None:
        self._call("fill", who, dict(values))

    async def join(self, who: str) -> None:
        self._call("join", who)

    async def leave(self, who: str) -> None:
        self._call("leave", who)

    async def advance(self, by: timedelta) -> None:
        self._call("advance", by.total_seconds())

    async def to_next_due(self) -> None:
        self._call("to_next_due")

    async def seen(self, who: str) -> Sequence[Seen]:
        return [Seen(**one) for one in self._call("seen", who)]

    async def rebuild(self) -> None:
        """Kill the process without warning, and start another on what is stored."""
        self._asked += 1
        if self._asked % KILL_EVERY:
            return
        self.kill()
        self._begin()
        assert self._start is not None
        self._call("resume", self._start.isoformat(), self._looked)

    async def stop(self) -> None:
        raise AssertionError("nobody can look into a room without its process")

    async def start(self) -> None:
        raise AssertionError("it was not stopped")

    def kill(self) -> None:
        if self._process is not None:
            self._looked = self._call("looked")
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    def _begin(self) -> None:
        command = [sys.executable, "-m", "tests.conformance.stage_process", str(self._folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def _call(self, name: str, *arguments: object) -> Any:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError("the stage's process ended by itself")
        return json.loads(line)


__all__ = ["SCENARIOS", "KilledStage", "RoomStage", "build"]
