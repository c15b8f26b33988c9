"""The player of scenarios."""

import json
import tempfile
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from adapters.rehearsal.core import Build
from adapters.rehearsal.scenario import Expected, Scenario, Step, read_scenario
from adapters.rehearsal.stage import RoomStage, Seen, Stage
from adapters.rehearsal.transcript import Scene, Sight, Transcript
from adapters.rehearsal.words import RoomProblem, say

ALIKE = 5  # characters in a row, from which a line counts as the one that was meant


async def play(
    path: Path,
    build: Build,
    *,
    as_json: bool = False,
    folder: Path | None = None,
    announce: Callable[[str], None] = print,
) -> int:
    """Play the scenario in ``path`` in a new room and announce its transcript; returns the exit status.

    The room is kept in ``folder`` (empty or not there yet), or nowhere. RoomProblem: bad scenario file.
    """
    scenario = read_scenario(path)
    with tempfile.TemporaryDirectory() as temporary:
        async with RoomStage(build, folder or Path(temporary)) as stage:
            transcript = await play_on(stage, scenario)
    if as_json:
        announce(json.dumps(transcript.json(), indent=2, ensure_ascii=False))
    else:
        announce(transcript.text())
    return 0 if transcript.ok else 1


async def play_on(stage: Stage, scenario: Scenario, *, rebuilding: bool = False) -> Transcript:
    """Play a scenario on any stage; with ``rebuilding`` the bot is made anew between any two steps."""
    player = _Player(stage, scenario)
    await stage.begin(scenario.people, scenario.start)
    await player.look(None)
    for step in scenario.steps:
        if rebuilding and not player.stopped:
            await stage.rebuild()
        try:
            await player.step(step)
        except _Unmet as unmet:
            return Transcript(scenario=scenario, scenes=player.scenes, problem=str(unmet))
        except RoomProblem as problem:
            said = say("script-problem", file=scenario.file, line=step.line, problem=problem)
            return Transcript(scenario=scenario, scenes=player.scenes, problem=said)
    return Transcript(scenario=scenario, scenes=player.scenes)


class _Unmet(Exception):
    """An expectation was not met; the text says which."""


class _Player:
    """Plays step by step, and keeps for each person what they saw since they last looked."""

    def __init__(self, stage: Stage, scenario: Scenario) -> None:
        self._stage = stage
        self._scenario = scenario
        self._unlooked: dict[str, list[Seen]] = {one.name: [] for one in scenario.people}
        self.scenes: list[Scene] = []
        self.stopped = False  # the bot; what was said stays where it is

    async def step(self, step: Step) -> None:
        """Do the step, then compare. An act is followed by a look at only what is new since it."""
        if step.act and step.who:
            self._unlooked[step.who].clear()
        await self._act(step)
        await self.look(step)
        if step.sees or step.lacks:
            self._compare(step)

    async def _act(self, step: Step) -> None:
        stage = self._stage
        match step.act:
            case "type":
                await stage.type(step.who, step.what, step.place)
            case "press":
                await stage.press(step.who, step.what, step.place)
            case "fill":
                await stage.fill(step.who, step.values)
            case "join":
                await stage.join(step.what)
            case "leave":
                await stage.leave(step.what)
            case "bot":
                self.stopped = step.what == "stops"
                await (stage.stop() if self.stopped else stage.start())
            case "pass" if step.length is None:
                await stage.to_next_due()
            case "pass" if step.length is not None:
                await stage.advance(step.length)

    async def look(self, step: Step | None) -> None:
        """Note what everyone can see that is new, once per thing, with who saw it."""
        things: dict[str, tuple[Seen, list[str]]] = {}
        for name, unlooked in self._unlooked.items():
            for seen in await self._stage.seen(name):
                unlooked.append(seen)
                things.setdefault(seen.id, (seen, []))[1].append(name)
        typist = step.who if step and step.act == "type" else ""
        sights = [
            Sight(seen, tuple(by)) for seen, by in things.values() if not typist or seen.author != typist
        ]
        self.scenes.append(Scene(step, self._stage.now(), sights))

    def _compare(self, step: Step) -> None:
        seen = self._unlooked[step.who]
        seen, self._unlooked[step.who] = seen, []
        shown = [_words(one) for one in seen if step.act or _in(step.place, one)]
        for expected in step.sees:
            if not any(_flat(expected.words) in _flat(words) for words in shown):
                raise self._unmet("script-unmet", step, expected, shown)
        for unwanted in step.lacks:
            if any(_flat(unwanted.words) in _flat(words) for words in shown):
                raise self._unmet("script-unwanted", step, unwanted, shown)

    def _unmet(self, key: str, step: Step, expected: Expected, shown: Sequence[str]) -> _Unmet:
        lines = _marked([line for words in shown for line in words.splitlines() if line], expected.words)
        return _Unmet(
            say(
                key,
                file=self._scenario.file,
                line=expected.line,
                who=step.who,
                expected=json.dumps(expected.words, ensure_ascii=False),
                seen="\n".join(lines) or f"  {say('nothing')}",
            )
        )


def _in(place: str | None, seen: Seen) -> bool:
    return place is None or place.removeprefix("#").casefold() == seen.place.casefold()


def _words(seen: Seen) -> str:
    return "\n".join([seen.text, *(f"[{label}]" for label in seen.buttons)])


def _flat(text: str) -> str:
    """Line breaks and runs of spaces make no difference to an expectation."""
    return " ".join(text.split())


def _marked(lines: Sequence[str], expected: str) -> list[str]:
    """Each line with room before it; the one that has most of the expected words in a row is marked."""
    alike = [SequenceMatcher(None, line, expected, autojunk=False) for line in lines]
    sizes = [each.find_longest_match().size for each in alike]
    nearest = sizes.index(max(sizes)) if sizes and max(sizes) >= ALIKE else None
    return [f"{'>' if number == nearest else ' '} {line}" for number, line in enumerate(lines)]
