"""What people do in the room: each deed becomes an event, and the answers are shown."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from adapters.rehearsal import inbound, outbound
from adapters.rehearsal.clock import RoomClock, pass_time
from adapters.rehearsal.core import Core
from adapters.rehearsal.log import BOT, Message
from adapters.rehearsal.people import Resident
from adapters.rehearsal.places import FORUM, GROUP, MAIN, PLATFORM, Thread, direct, is_direct
from adapters.rehearsal.room import Room
from adapters.rehearsal.words import RoomProblem
from bot.contract.actions import Answer, Ask, Choices, Reply
from bot.contract.events import Event, TextPosted, ThreadOpened

_ADDED = "bot-added"


class Deeds:
    """One deed at a time; each returns when the bot has answered and everything due is done."""

    def __init__(self, room: Room, core: Core, clock: RoomClock) -> None:
        self._room = room
        self._core = core
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self.next_due: datetime | None = None

    async def settle(self) -> None:
        """Do what is due now; called now and then while nobody does anything."""
        async with self._one_at_a_time:
            await self._settle()

    async def add_bot(self) -> None:
        """The moderator brings the bot to the group, once in the life of the room."""
        if self._room.fact(_ADDED):
            return
        async with self._one_at_a_time:
            moderator = next(one for one in self._room.people.all() if one.is_moderator)
            deed = self._deed(moderator, MAIN)
            await self._receive(deed, inbound.added(deed), None)
            with self._room.change():
                self._room.keep(_ADDED, "yes")

    async def say(self, who: str, place: str, text: str) -> None:
        """Type a line: a command if it starts with /, otherwise a message that all there can read."""
        person = self._may_speak(who, place)
        if not text.strip():
            return
        if inbound.is_command(text):
            await self._command(person, place, text)
        else:
            async with self._one_at_a_time:
                await self._message(person, place, text)

    async def press(self, who: str, message: int, payload: str) -> None:
        """Press a button of a message that ``who`` can see."""
        async with self._one_at_a_time:
            found = self._room.log.find(message)
            if found is None or not any(one["payload"] == payload for one in found.buttons):
                raise RoomProblem("button-gone")
            person = self._may_speak(who, found.place)
            if found.only_for not in (None, who):
                raise RoomProblem("button-gone")
            deed = self._deed(person, found.place)
            await self._receive(deed, inbound.press(deed, payload, found.id), found.id)

    async def use(self, who: str, message: int, name: str) -> None:
        """Choose a command in the menu of what somebody said."""
        found = self._room.log.find(message)
        if found is None or found.kind != "said" or found.author == BOT:
            raise RoomProblem("button-gone")
        person = self._may_speak(who, found.place)
        deed, said = self._deed(person, found.place), outbound.plain(found.body)
        async with self._one_at_a_time:
            await self._receive(deed, inbound.used_on(deed, name, found.id, said, found.author), None)

    async def fill(self, who: str, values: Mapping[str, str]) -> None:
        """Send the form that is open for ``who``."""
        async with self._one_at_a_time:
            form = self._room.forms.of(who)
            if form is None:
                raise RoomProblem("no-form", name=self._room.people.get(who).name)
            person = self._may_speak(who, form.place)
            with self._room.change():
                self._room.forms.close(who)
            deed = self._deed(person, form.place)
            known = {field["name"]: values.get(field["name"], "") for field in form.fields}
            await self._receive(deed, inbound.answer(deed, form.payload, known), form.on)

    async def dismiss(self, who: str) -> None:
        """Close the open form of ``who`` without sending it; the bot hears nothing."""
        with self._room.change():
            self._room.forms.close(who)

    async def choices(self, who: str, place: str, typed: str) -> Sequence[tuple[str, str]]:
        """What could come next in a command that is being typed: (inserted, shown)."""
        person = self._may_speak(who, place)
        deed = self._deed(person, place)
        answers = await self._core.receive(inbound.choices(deed, *inbound.split(typed)))
        return [item for answer in answers if isinstance(answer, Choices) for item in answer.items]

    async def add_person(self, name: str, *, is_moderator: bool = False) -> Resident:
        """Somebody new, who has not joined yet."""
        with self._room.change():
            return self._room.people.add(name, is_moderator=is_moderator)

    async def join(self, who: str) -> None:
        async with self._one_at_a_time:
            if self._room.people.get(who).here:
                return
            with self._room.change():
                person = self._room.people.join(who, self._clock.now())
                self._room.log.add("welcome", who, self._clock.now(), [], kind="joined")
            deed = self._deed(person, MAIN)
            await self._receive(deed, inbound.joined(deed), None)

    async def leave(self, who: str) -> None:
        async with self._one_at_a_time:
            if not self._room.people.get(who).here:
                return
            with self._room.change():
                person = self._room.people.leave(who)
                self._room.log.add("welcome", who, self._clock.now(), [], kind="left")
            deed = self._deed(person, MAIN)
            await self._receive(deed, inbound.left(deed), None)

    async def start_thread(self, who: str, title: str, text: str) -> Thread:
        """Open a thread in the forum with its first message."""
        self._may_speak(who, FORUM)
        with self._room.change():
            thread = self._room.threads.start(title)
        await self.say(who, thread.key, text)
        if self._core.wants(ThreadOpened, PLATFORM, GROUP):
            async with self._one_at_a_time:
                deed = self._deed(self._room.people.get(who), thread.key)
                await self._receive(deed, inbound.thread(deed, title), None)
        return thread

    async def advance(self, by: timedelta) -> None:
        async with self._one_at_a_time:
            await pass_time(self._core, self._clock, self._clock.now() + by)
            await self._settle()

    async def to_next_due(self) -> None:
        """Let time pass to the next thing due; RoomProblem if nothing is."""
        async with self._one_at_a_time:
            await self._core.run_due()
            due = await self._core.next_due()
            if due is None:
                raise RoomProblem("nothing-due")
            await pass_time(self._core, self._clock, max(due, self._clock.now()))
            await self._settle()

    async def _command(self, person: Resident, place: str, text: str) -> None:
        with self._room.change():
            shown = outbound.words(text)
            self._room.log.add(place, person.id, self._clock.now(), shown, only_for=person.id, kind="command")
        deed = self._deed(person, place)
        name, _ = inbound.split(text)
        known = await self._core.acquainted(deed.person, name) if is_direct(place) and person.here else ()
        event = inbound.command(deed, text, known[0] if len(known) == 1 else None)
        if self._core.waits_for_nobody(event):
            await self._answer(deed, event, None)
            return
        async with self._one_at_a_time:
            await self._receive(deed, event, None)

    async def _message(self, person: Resident, place: str, text: str) -> None:
        with self._room.change():
            said = self._room.log.add(place, person.id, self._clock.now(), outbound.words(text))
        if not self._core.wants(TextPosted, PLATFORM, "" if is_direct(place) else GROUP):
            return
        deed = self._deed(person, place)
        await self._receive(deed, inbound.text(deed, text, said.id), None)

    async def _receive(self, deed: inbound.Deed, event: Event, on: int | None) -> None:
        await self._answer(deed, event, on)
        await self._settle()

    async def _answer(self, deed: inbound.Deed, event: Event, on: int | None) -> None:
        answers = await self._core.receive(event)
        with self._room.change():
            for answer in answers:
                self._show(deed, answer, on)

    def _show(self, deed: inbound.Deed, answer: Answer, on: int | None) -> None:
        match answer:
            case Reply():
                self._reply(deed, answer, on)
            case Ask():
                self._room.forms.open(deed.who.id, deed.place, on, outbound.form(answer))
            case Choices():
                pass

    def _reply(self, deed: inbound.Deed, reply: Reply, on: int | None) -> Message:
        shown, buttons = outbound.body(reply.body), outbound.buttons(reply.buttons)
        old = self._room.log.find(on) if reply.replaces and reply.private and on else None
        own = old is not None and (old.only_for == deed.who.id or old.place == direct(deed.who.id))
        if old is not None and own and old.author == BOT:
            return self._room.log.change(old.id, shown, buttons, edited=False)
        only_for = deed.who.id if reply.private else None
        return self._room.log.add(
            deed.place, BOT, self._clock.now(), shown, buttons=buttons, only_for=only_for
        )

    async def _settle(self) -> None:
        await self._core.run_due()
        due = await self._core.next_due()
        if due != self.next_due:
            self.next_due = due
            self._room.tell_watchers()

    def _deed(self, person: Resident, place: str) -> inbound.Deed:
        with self._room.change():
            number = self._room.count()
        return inbound.Deed(number=number, who=person, place=place, size=self._room.people.size())

    def _may_speak(self, who: str, place: str) -> Resident:
        person = self._room.people.get(who)
        if is_direct(place):
            if place != direct(who):
                raise RoomProblem("unknown-place", name=place)
        elif place != FORUM and not self._room.threads.has(place):
            raise RoomProblem("unknown-place", name=place)
        elif not person.here:
            raise RoomProblem("not-here", name=person.name)
        return person
