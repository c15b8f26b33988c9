"""Where a scenario is played: the Stage that a player needs, and the room as one."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from adapters.rehearsal import outbound
from adapters.rehearsal.clock import RoomClock
from adapters.rehearsal.core import Build
from adapters.rehearsal.deeds import Deeds
from adapters.rehearsal.log import BOT, Message
from adapters.rehearsal.people import Resident
from adapters.rehearsal.places import CHANNELS, DIRECT, MAIN, direct, is_direct
from adapters.rehearsal.platform import Rehearsal
from adapters.rehearsal.room import Room
from adapters.rehearsal.scenario import Cast
from adapters.rehearsal.words import RoomProblem, say

_LONG_BEFORE = timedelta(days=120)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """Something a person can see. The same thing seen by two people has the same ``id``."""

    id: str
    place: str
    author: str
    private: bool
    text: str = field(repr=False)
    buttons: Sequence[str] = ()


class Stage(Protocol):
    """Anything a scenario can be played on. People go by their names; problems are RoomProblem."""

    async def begin(self, people: Sequence[Cast], start: datetime) -> None:
        """Set up the people at ``start`` (aware) and let the moderator add the bot."""

    def now(self) -> datetime:
        """The time on the stage, aware."""

    async def type(self, who: str, text: str, place: str | None) -> None:
        """Type a line in a channel or thread (the main one if None), or ``direct`` to the bot."""

    async def press(self, who: str, label: str, place: str | None) -> None:
        """Press the newest visible button with that label."""

    async def fill(self, who: str, values: Mapping[str, str]) -> None:
        """Send the open form; fields that are not named keep what stands in them."""

    async def join(self, who: str) -> None:
        """Join the group."""

    async def leave(self, who: str) -> None:
        """Leave the group."""

    async def advance(self, by: timedelta) -> None:
        """Let time pass; everything due on the way happens at its own time."""

    async def to_next_due(self) -> None:
        """Let time pass to the next thing due."""

    async def seen(self, who: str) -> Sequence[Seen]:
        """What ``who`` can see that is new or changed since this was last asked, oldest first."""

    async def rebuild(self) -> None:
        """Dispose of the bot and build it again from what it stored."""

    async def stop(self) -> None:
        """Stop the bot. Until ``start`` people can only look at what is there."""

    async def start(self) -> None:
        """Build the bot again from what it stored."""


class RoomStage:
    """The room as a stage, in this process and with no server. Use it as ``async with``."""

    def __init__(self, build: Build, folder: Path) -> None:
        self._build = build
        self._folder = folder
        self._stack = AsyncExitStack()
        self._seen_until: dict[str, int] = {}

    async def __aenter__(self) -> "RoomStage":
        return self

    async def __aexit__(self, *fault: object) -> None:
        await self._stack.aclose()

    async def begin(self, people: Sequence[Cast], start: datetime) -> None:
        self._start = start
        await self._open()
        with self._room.change():
            for one in people:
                joined = None if one.newcomer else start - _LONG_BEFORE
                self._room.people.add(one.name, is_moderator=one.is_moderator, joined_at=joined)
            self._room.threads.start(say("thread"))
        await self._deeds.add_bot()

    async def rebuild(self) -> None:
        await self._stack.aclose()
        await self._open()

    async def stop(self) -> None:
        await self._bot.aclose()

    async def start(self) -> None:
        await self._stack.aclose()
        await self._open()

    async def resume(self, start: datetime, looked: Mapping[str, int]) -> None:
        """Go on in a room that another stage, perhaps of a killed process, had begun at ``start``."""
        self._start = start
        self._seen_until = dict(looked)
        await self._open()

    @property
    def looked(self) -> Mapping[str, int]:
        """How far each person has looked, for ``resume``."""
        return self._seen_until

    def now(self) -> datetime:
        return self._clock.now()

    async def type(self, who: str, text: str, place: str | None) -> None:
        person = self._room.people.named(who)
        await self._deeds.say(person.id, self._key(person, place or MAIN), text)

    async def press(self, who: str, label: str, place: str | None) -> None:
        person = self._room.people.named(who)
        places = [self._key(person, place)] if place else self._places(person)
        labels: list[str] = []
        for message in reversed(self._room.log.since(0, person.id, places)):
            for button in message.buttons:
                if button["label"] == label and button["payload"]:
                    return await self._deeds.press(person.id, message.id, button["payload"])
                labels.append(button["label"])
        known = ", ".join(dict.fromkeys(labels)) or say("nothing")
        raise RoomProblem("script-no-button", name=who, label=label, known=known)

    async def fill(self, who: str, values: Mapping[str, str]) -> None:
        person = self._room.people.named(who)
        form = self._room.forms.of(person.id)
        if form is None:
            raise RoomProblem("no-form", name=who)
        standing = {field["name"]: field["value"] for field in form.fields}
        for name in values:
            if name not in standing:
                raise RoomProblem("script-no-field", name=name, known=", ".join(standing))
        await self._deeds.fill(person.id, standing | dict(values))

    async def join(self, who: str) -> None:
        await self._deeds.join(self._room.people.named(who).id)

    async def leave(self, who: str) -> None:
        await self._deeds.leave(self._room.people.named(who).id)

    async def advance(self, by: timedelta) -> None:
        await self._deeds.advance(by)

    async def to_next_due(self) -> None:
        await self._deeds.to_next_due()

    async def seen(self, who: str) -> Sequence[Seen]:
        person = self._room.people.named(who)
        since = self._seen_until.get(person.id, 0)
        self._seen_until[person.id] = self._room.counted
        new = self._room.log.since(since, person.id, self._places(person))
        shown = [_seen(one, self._room) for one in new if one.author != person.id and one.kind == "said"]
        return [*shown, *self._form(person, since)]

    def _form(self, person: Resident, since: int) -> Sequence[Seen]:
        form = self._room.forms.of(person.id)
        if form is None or self._seen_until.get(f"form-{person.id}") == form.id:
            return []
        self._seen_until[f"form-{person.id}"] = form.id
        lines = [form.title, outbound.plain(form.note)]
        lines += [f"{field['name']}: {field['label']}" for field in form.fields]
        text = "\n".join(line for line in lines if line)
        return [
            Seen(
                id=f"form-{form.id}",
                place=_title(form.place, self._room),
                author=BOT,
                private=True,
                text=text,
            )
        ]

    def _places(self, person: Resident) -> Sequence[str]:
        group = [*CHANNELS, *(thread.key for thread in self._room.threads.all())] if person.here else []
        return [*group, direct(person.id)]

    def _key(self, person: Resident, place: str) -> str:
        return direct(person.id) if place == DIRECT else self._room.threads.find(place)

    async def _open(self) -> None:
        self._room = Room.open(self._folder)
        self._stack.callback(self._room.close)
        self._clock = RoomClock(self._room, lambda: self._start)
        rehearsal = Rehearsal(self._room, self._clock)
        self._bot = await self._stack.enter_async_context(AsyncExitStack())
        core = await self._bot.enter_async_context(self._build(rehearsal, self._clock))
        self._deeds = Deeds(self._room, core, self._clock)


def _title(place: str, room: Room) -> str:
    return DIRECT if is_direct(place) else room.threads.title(place)


def _seen(message: Message, room: Room) -> Seen:
    private = message.only_for is not None or is_direct(message.place)
    return Seen(
        id=f"{message.id}.{message.rev}",
        place=_title(message.place, room),
        author=room.people.get(message.author).name if message.author else BOT,
        private=private,
        text=outbound.plain(message.body),
        buttons=[button["label"] for button in message.buttons],
    )
