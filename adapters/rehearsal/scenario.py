"""A scenario as written in YAML: who does what, time passing, what each person should see."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.rehearsal.nodes import Read, read_yaml
from adapters.rehearsal.words import RoomProblem, say

ACTS = ("type", "press", "fill", "join", "leave", "pass", "bot")
_BOT = ("stops", "starts")
_SETTINGS = ("title", "about", "zone", "start", "people", "steps")
_ROLES = {"moderator", "newcomer"}
_UNITS = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_LENGTH = re.compile(r"(\d{1,4}) (minute|hour|day|week)s?")
NEXT = "next"


@dataclass(frozen=True, slots=True)
class Cast:
    """One of the people of a scenario. A newcomer has not joined yet."""

    name: str
    is_moderator: bool = False
    newcomer: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """Words that should, or should not, be seen; ``line`` is where they stand in the file."""

    words: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step. ``act`` is one of ``ACTS``, or empty for only looking; ``what`` its words."""

    line: int
    who: str = ""
    act: str = ""
    what: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    place: str | None = None
    length: timedelta | None = None
    sees: Sequence[Expected] = ()
    lacks: Sequence[Expected] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """A whole scenario; ``start`` is aware UTC."""

    file: str
    title: str
    about: str
    start: datetime
    zone: ZoneInfo
    people: Sequence[Cast]
    steps: Sequence[Step]


def read_scenario(path: Path) -> Scenario:
    """The scenario in ``path``; RoomProblem is one clear sentence with the file and the line."""
    return _Reader(path.name).scenario(read_yaml(path))


class _Reader:
    """Turns read YAML into a scenario; it knows the file's name for its sentences."""

    def __init__(self, file: str) -> None:
        self._file = file

    def scenario(self, read: Read) -> Scenario:
        table = read.value
        if not isinstance(table, Mapping):
            raise self._no("script-shape", read)
        for name in ("title", "start", "steps"):
            if name not in table:
                raise self._no("script-missing", read, name=name)
        for name, value in table.items():
            if name not in _SETTINGS:
                raise self._no("script-unknown-setting", value, name=name, known=", ".join(_SETTINGS))
        zone = self._zone(table.get("zone", Read(1, "Europe/London")))
        people = self._people(table.get("people"))
        steps = table["steps"]
        if not isinstance(steps.value, tuple):
            raise self._no("script-shape", steps)
        return Scenario(
            file=self._file,
            title=self._text("title", table["title"]),
            about=self._text("about", table["about"]) if "about" in table else "",
            start=self._start(table["start"], zone),
            zone=zone,
            people=people,
            steps=[self._step(one, {person.name for person in people}) for one in steps.value],
        )

    def _zone(self, read: Read) -> ZoneInfo:
        name = self._text("zone", read)
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, KeyError) as fault:
            raise self._no("script-zone", read, name=name) from fault

    def _start(self, read: Read, zone: ZoneInfo) -> datetime:
        try:
            start = datetime.fromisoformat(self._text("start", read))
        except ValueError as fault:
            raise self._no("script-start", read) from fault
        if start.tzinfo is not None:
            raise self._no("script-start", read)
        return start.replace(tzinfo=zone).astimezone(UTC)

    def _people(self, read: Read | None) -> Sequence[Cast]:
        if read is None:
            return _usual_people()
        if not isinstance(read.value, tuple):
            raise self._no("script-people", read)
        people = [self._person(one) for one in read.value]
        if not any(one.is_moderator for one in people):
            raise self._no("script-no-moderator", read)
        if len({one.name for one in people}) < len(people):
            raise self._no("script-people", read)
        return people

    def _person(self, read: Read) -> Cast:
        match read.value:
            case str(name) if name.strip():
                return Cast(name.strip())
            case dict(table) if len(table) == 1:
                ((name, role),) = table.items()
                if role.value in _ROLES:
                    return Cast(name, role.value == "moderator", role.value == "newcomer")
        raise self._no("script-people", read)

    def _step(self, read: Read, people: set[str]) -> Step:
        table = read.value
        known = (*ACTS, "who", "in", "sees", "not")
        if not isinstance(table, Mapping):
            raise self._no("script-no-step", read, known=", ".join(known))
        for name, value in table.items():
            if name not in known:
                raise self._no("script-unknown-step", value, name=name, known=", ".join(known))
        acts = [name for name in ACTS if name in table]
        if len(acts) > 1:
            raise self._no("script-two-steps", read, names=", ".join(acts))
        if not acts and not {"sees", "not"} & set(table):
            raise self._no("script-no-step", read, known=", ".join(known))
        return self._done(read, table, acts[0] if acts else "", people)

    def _done(self, read: Read, table: Mapping[str, Read], act: str, people: set[str]) -> Step:
        what = "" if act in ("", "fill") else self._text(act, table[act])
        looks = bool({"sees", "not"} & set(table))
        who = self._text("who", table["who"]) if "who" in table else ""
        if act == "bot" and what not in _BOT:
            raise self._no("script-bot", table[act], known=", ".join(_BOT))
        if act in ("join", "leave"):
            who = who or what
            self._known(what, table[act], people)
        if not who and (act in ("", "type", "press", "fill") or looks):
            raise self._no("script-no-who", read)
        if who:
            self._known(who, table.get("who", read), people)
        return Step(
            line=read.line,
            who=who,
            act=act,
            what=what,
            values=self._values(table["fill"]) if act == "fill" else {},
            place=self._text("in", table["in"]) if "in" in table else None,
            length=self._length(table["pass"]) if act == "pass" and what != NEXT else None,
            sees=self._expected("sees", table),
            lacks=self._expected("not", table),
        )

    def _known(self, name: str, read: Read, people: set[str]) -> None:
        if name not in people:
            raise self._no("script-person", read, name=name, known=", ".join(sorted(people)))

    def _values(self, read: Read) -> Mapping[str, str]:
        if not isinstance(read.value, Mapping):
            raise self._no("script-fill", read)
        return {
            name: value.value if isinstance(value.value, str) else "" for name, value in read.value.items()
        }

    def _length(self, read: Read) -> timedelta:
        match = _LENGTH.fullmatch(self._text("pass", read))
        if match is None:
            raise self._no("script-pass", read)
        return timedelta(seconds=int(match[1]) * _UNITS[match[2]])

    def _expected(self, name: str, table: Mapping[str, Read]) -> Sequence[Expected]:
        read = table.get(name)
        if read is None:
            return ()
        found = read.value if isinstance(read.value, tuple) else (read,)
        if not all(isinstance(one.value, str) and one.value for one in found):
            raise self._no("script-list", read, name=name)
        return [Expected(str(one.value), one.line) for one in found]

    def _text(self, name: str, read: Read) -> str:
        if not isinstance(read.value, str) or not read.value.strip():
            raise self._no("script-text", read, name=name)
        return read.value.strip()

    def _no(self, key: str, read: Read, **values: object) -> RoomProblem:
        return RoomProblem(key, file=self._file, line=read.line, **values)


def _usual_people() -> Sequence[Cast]:
    members = [Cast(name) for name in say("members").split()]
    return [*members, Cast(say("moderator"), is_moderator=True), Cast(say("newcomer"), newcomer=True)]
