"""The room as a platform of the bot."""

import asyncio
from datetime import timedelta

from adapters.rehearsal import outbound
from adapters.rehearsal.clock import RoomClock
from adapters.rehearsal.log import BOT, Message
from adapters.rehearsal.places import FORUM, LONGEST_TITLE, PLATFORM, direct, is_direct, key_of, place_of
from adapters.rehearsal.room import Room
from adapters.rehearsal.words import RoomProblem
from bot.contract.actions import Delete, Edit, OpenThread, Post, Sent, Tell
from bot.contract.events import MessageRef
from bot.contract.platform import Receive, Surface, TryLater, Unreachable

_PAUSE = timedelta(minutes=1)


class Rehearsal:
    """``bot.contract.platform.Platform`` for the room."""

    name = PLATFORM
    surface = Surface(max_text=4000, threads=True, dm_needs_hello=False)

    def __init__(self, room: Room, clock: RoomClock) -> None:
        self.room = room
        self._clock = clock

    async def run(self, receive: Receive) -> None:
        """Wait until cancelled: the room hands over each event itself, when a person acts."""
        await asyncio.Event().wait()

    async def perform(self, action: Sent, key: str) -> MessageRef | None:
        """Do ``action`` once; the same key again changes nothing and returns the same message."""
        done = self.room.done(key)
        if done is not None:
            message, place = done
            return MessageRef(place=place_of(place), id=str(message)) if place else None
        try:
            with self.room.change():
                made = self._perform(action)
                self.room.mark_done(key, made.id if made else None, made.place if made else None)
        except RoomProblem as problem:  # the disk is full, for example
            raise TryLater(_PAUSE) from problem
        return MessageRef(place=place_of(made.place), id=str(made.id)) if made else None

    def _perform(self, action: Sent) -> Message | None:
        match action:
            case Post():
                return self._post(action)
            case Edit():
                return self._edit(action)
            case Delete():
                self.room.log.delete(self._message(action.message).id)
                return None
            case Tell():
                return self._tell(action)
            case OpenThread():
                return self._open(action)
            case _:  # the room has no roles, and no door to knock at
                raise Unreachable(type(action).__name__)

    def _post(self, post: Post) -> Message:
        place = key_of(post.place)
        if not (is_direct(place) or self.room.threads.has(place)):
            raise Unreachable(place)
        return self.room.log.add(
            place,
            BOT,
            self._clock.now(),
            outbound.body(post.body),
            buttons=outbound.buttons(post.buttons),
            pinned=post.pin,
        )

    def _open(self, opened: OpenThread) -> Message:
        if opened.place.channel != FORUM:
            raise Unreachable(opened.place.channel)
        thread = self.room.threads.start(opened.title[:LONGEST_TITLE])
        return self._post(Post(place=place_of(thread.key), body=opened.body, buttons=opened.buttons))

    def _edit(self, edit: Edit) -> Message:
        message = self._message(edit.message)
        shown = outbound.body(edit.body), outbound.buttons(edit.buttons)
        return self.room.log.change(message.id, *shown, edited=True)

    def _tell(self, tell: Tell) -> Message:
        try:
            person = self.room.people.get(tell.person.id)
        except RoomProblem as problem:
            raise Unreachable(tell.person.id) from problem
        if tell.duties and not (person.is_moderator and person.here):
            raise Unreachable("no moderator")
        shown = outbound.body(tell.body)
        buttons = outbound.buttons(tell.buttons)
        return self.room.log.add(direct(person.id), BOT, self._clock.now(), shown, buttons=buttons)

    def _message(self, ref: MessageRef) -> Message:
        message = self.room.log.find(int(ref.id)) if ref.id.isdecimal() else None
        if message is None:
            raise Unreachable(ref.id)
        return message
