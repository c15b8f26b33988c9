"""What is heard of talk in groups that chose the message watch: looked at in memory, and never kept.

What it learns goes on as an event without any words. It remembers for a while, in memory only, when a
moderator wrote in a thread, when urgent words stood there, and which messages were edited.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import structlog

from bot import noticing
from bot.contract.events import MessageNoticed, ModeratorWrote, Place, TextPosted, UrgentNoticed
from bot.features.watch_room import OWN, room
from bot.groups import Group
from bot.noticing import Level, Room, Verdict, Watch

log = structlog.get_logger(__name__)

ONE_HINT = timedelta(minutes=10)  # urgent words of one person in one thread are one hint
STORED_AGAIN = timedelta(minutes=1)  # when a moderator wrote is stored this often at most
MOST = 5000  # threads or messages remembered
QUIETER = {Level.KEEN: (Level.NORMAL, Level.QUIET), Level.NORMAL: (Level.QUIET,), Level.QUIET: ()}

Heard = MessageNoticed | UrgentNoticed | ModeratorWrote
Key = TypeVar("Key", bound=Hashable)


class Times(Generic[Key]):
    """When something was last so, for the newest few thousand of its kind."""

    def __init__(self) -> None:
        self._at: OrderedDict[Key, datetime] = OrderedDict()

    def of(self, key: Key) -> datetime | None:
        return self._at.get(key)

    def within(self, key: Key, span: timedelta, now: datetime) -> bool:
        """Whether it was so less than ``span`` ago."""
        at = self._at.get(key)
        return at is not None and timedelta(0) <= now - at < span

    def note(self, key: Key, now: datetime) -> None:
        self._at[key] = now
        self._at.move_to_end(key)
        if len(self._at) > MOST:
            self._at.popitem(last=False)


class Listener:
    """One for the whole process. ``load`` is called once, when the first message is to be looked at."""

    def __init__(self, load: Callable[[], Watch] = noticing.shared) -> None:
        self._load = load
        self._watch: Watch | None = None
        self._moderators: Times[Place] = Times()
        self._stored: Times[Place] = Times()
        self._urgent: Times[Place] = Times()
        self._told: Times[tuple[Place, str]] = Times()
        self._edited: Times[tuple[Place, str]] = Times()
        self._heard: Times[tuple[str, str]] = Times()

    async def hear(self, event: TextPosted, group: Group | None, now: datetime) -> Heard | None:
        """What is to be done about this message; most often nothing. No database."""
        if group is None:
            return None
        group = replace(group, settings=group.settings.for_group(event.place.platform, event.place.group))
        if not group.settings.reads_messages:
            return None
        self._heard.note((event.place.platform, event.place.group), now)
        if event.edited and not self._first_edit(event, now):
            return None
        by_moderator = self._is_moderator(event, group)
        if by_moderator:
            self._moderators.note(event.place, now)
        verdict = (await self._loaded()).look(event.text, self._room(group, by_moderator))
        if verdict.is_urgent:
            return self._urgently(event, now)
        if by_moderator:
            return self._moderator_wrote(event, now) if group.settings.watch != "off" else None
        return self._noticed(event, group, verdict) if verdict.rule else None

    def last_heard(self, platform: str, group: str) -> datetime | None:
        """When a message of this group was last looked at, since this process was started."""
        return self._heard.of((platform, group))

    def last_urgent(self, place: Place) -> datetime | None:
        """When urgent words stood in this thread, as far as memory knows."""
        return self._urgent.of(place)

    def told(self, event: UrgentNoticed, now: datetime) -> None:
        """The moderators will hear of it: more of the same within minutes tells them nothing new."""
        self._told.note((event.place, event.person.id), now)

    async def _loaded(self) -> Watch:
        if self._watch is None:
            self._watch = await asyncio.to_thread(self._load)
            for problem in self._watch.problems:
                log.error("a pack of the message watch is left out", problem=str(problem))
        return self._watch

    def _first_edit(self, event: TextPosted, now: datetime) -> bool:
        key = (event.place, event.message.id)
        known = self._edited.of(key) is not None
        self._edited.note(key, now)
        return not known

    @staticmethod
    def _is_moderator(event: TextPosted, group: Group) -> bool:
        person = event.person
        return person.is_moderator or group.settings.moderates(person.platform, person.roles)

    @staticmethod
    def _room(group: Group, by_moderator: bool) -> Room:
        """Moderators are reminded of nothing; they may need help like anybody else."""
        chosen = room(group.settings)
        return replace(chosen, advice=False) if by_moderator else chosen

    def _urgently(self, event: TextPosted, now: datetime) -> UrgentNoticed | None:
        self._urgent.note(event.place, now)
        if self._told.within((event.place, event.person.id), ONE_HINT, now):
            return None
        return UrgentNoticed(
            id=event.id, seq=event.seq, place=event.place, person=event.person, link=event.link
        )

    def _moderator_wrote(self, event: TextPosted, now: datetime) -> ModeratorWrote | None:
        if self._stored.within(event.place, STORED_AGAIN, now):
            return None
        self._stored.note(event.place, now)
        return ModeratorWrote(id=event.id, seq=event.seq, place=event.place, person=event.person)

    def _noticed(self, event: TextPosted, group: Group, verdict: Verdict) -> MessageNoticed:
        level, chosen = self._level(event.text, group), room(group.settings)
        raised = replace(chosen, urgent=False, raised=frozenset({verdict.rule}))
        clear = verdict.rule != OWN and bool(self._look(event.text, raised).rule)
        return MessageNoticed(
            id=event.id,
            seq=event.seq,
            place=event.place,
            person=event.person,
            is_member=event.is_member,
            message=event.message,
            link=event.link,
            rule=verdict.rule,
            level=level.value,
            clear=clear,
            edited=event.edited,
            moderator_wrote=self._moderators.of(event.place),
            urgent_here=self._urgent.of(event.place),
        )

    def _level(self, text: str, group: Group) -> Level:
        """The quietest level that notices it, from the group's own on."""
        chosen = replace(room(group.settings), urgent=False)
        found = chosen.level
        for level in QUIETER[chosen.level]:
            if not self._look(text, replace(chosen, level=level)).rule:
                break
            found = level
        return found

    def _look(self, text: str, where: Room) -> Verdict:
        if self._watch is None:
            raise LookupError("nothing was looked at yet")
        return self._watch.look(text, where)
