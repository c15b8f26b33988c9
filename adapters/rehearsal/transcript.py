"""What happened in a scenario, in words and as JSON."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.rehearsal.scenario import Scenario, Step
from adapters.rehearsal.stage import Seen
from adapters.rehearsal.words import say

_WIDTH = 88


@dataclass(frozen=True, slots=True)
class Sight:
    """Something that was seen, and the names of everyone who saw it."""

    seen: Seen
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A step, when it ended, and everything that became visible by it."""

    step: Step | None
    at: datetime
    sights: Sequence[Sight]


@dataclass(frozen=True, kw_only=True, slots=True)
class Transcript:
    """A played scenario. ``problem`` is the whole sentence about an unmet expectation, or None."""

    scenario: Scenario
    scenes: Sequence[Scene] = field(default=())
    problem: str | None = None

    @property
    def ok(self) -> bool:
        return self.problem is None

    def text(self) -> str:
        """The transcript for people, ending with the result."""
        scenario = self.scenario
        lines = [scenario.title, "=" * len(scenario.title)]
        if scenario.about:
            lines += ["", textwrap.fill(scenario.about, _WIDTH)]
        day = ""
        for scene in self.scenes:
            now = _day(scene.at, scenario.zone)
            if now != day:
                lines += ["", now, "-" * len(now)]
                day = now
            lines += _scene(scene, scenario)
        return "\n".join([*lines, "", self.problem or say("result-good")])

    def json(self) -> dict[str, Any]:
        """The transcript for programs; ``saw[].private`` marks what only ``by`` could see."""
        return {
            "title": self.scenario.title,
            "about": self.scenario.about,
            "file": self.scenario.file,
            "ok": self.ok,
            "problem": self.problem,
            "steps": [_scene_json(scene) for scene in self.scenes],
        }


def _scene(scene: Scene, scenario: Scenario) -> list[str]:
    time = scene.at.astimezone(scenario.zone).strftime("%H:%M")
    lines = ["", f"{time}  {done(scene.step)}"] if scene.step and (scene.step.act or scene.sights) else []
    for sight in scene.sights:
        lines += _sight(sight, scenario)
    return lines


def done(step: Step) -> str:
    """What the step did, in words."""
    match step.act:
        case "pass":
            return say("does-pass-next") if step.length is None else say("does-pass", what=step.what)
        case "join" | "leave":
            return say(f"does-{step.act}", who=step.what)
        case "":
            return say("does-look", who=step.who)
        case act:
            what = ", ".join(step.values.values()) if act == "fill" else step.what
            return say(f"does-{act}", who=step.who, what=what)


def _sight(sight: Sight, scenario: Scenario) -> list[str]:
    seen = sight.seen
    here = say("everyone") if not seen.private else say("only", name=" and ".join(sight.by))
    head = f"       ({here}, {seen.place}) {seen.author}".rstrip()
    return [head, *_indented(seen)]


def _indented(seen: Seen) -> list[str]:
    lines: list[str] = []
    for line in seen.text.splitlines():
        lines += textwrap.wrap(line, _WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 9) or [""]
    if seen.buttons:
        row = "  ".join(f"[{label}]" for label in seen.buttons)
        lines += textwrap.wrap(row, _WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 9)
    return lines


def _day(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y}"


def _scene_json(scene: Scene) -> dict[str, Any]:
    step = scene.step
    return {
        "line": step.line if step else None,
        "at": scene.at.isoformat(),
        "who": step.who or None if step else None,
        "act": step.act or "look" if step else "begin",
        "what": step.what or dict(step.values) or None if step else None,
        "saw": [
            {
                "by": list(sight.by),
                "private": sight.seen.private,
                "place": sight.seen.place,
                "author": sight.seen.author or "bot",
                "text": sight.seen.text,
                "buttons": list(sight.seen.buttons),
            }
            for sight in scene.sights
        ],
    }
