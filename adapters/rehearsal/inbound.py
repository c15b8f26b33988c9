"""What a person did in the room, as Events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from adapters.rehearsal.people import Resident
from adapters.rehearsal.places import PLATFORM, place_of
from bot.contract import events


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """Who did something where; ``number`` is the event's, ``size`` the group's at that moment."""

    number: int
    who: Resident
    place: str
    size: int

    @property
    def person(self) -> events.Person:
        return events.Person(
            platform=PLATFORM,
            id=self.who.id,
            name=self.who.name,
            locale="en",
            is_moderator=self.who.is_moderator,
            joined_at=self.who.joined_at,
        )

    def message(self, id: int | None) -> events.MessageRef | None:
        return None if id is None else events.MessageRef(place=place_of(self.place), id=str(id))


def command(deed: Deed, text: str, community: int | None = None) -> events.CommandGiven:
    """``/name words`` as a command; any name is passed on. ``community``: see CommandGiven."""
    name, words = split(text)
    return events.CommandGiven(**_happened(deed), name=name, words=words, community=community)


def used_on(deed: Deed, name: str, id: int, said: str, author: str) -> events.CommandGiven:
    """A command from the menu of a message, with what stands there and who wrote it."""
    wrote = events.Person(platform=PLATFORM, id=author)
    return events.CommandGiven(**_happened(deed), name=name, on=deed.message(id), said=said, wrote=wrote)


def thread(deed: Deed, title: str) -> events.ThreadOpened:
    return events.ThreadOpened(**_happened(deed), title=title)


def text(deed: Deed, words: str, message: int) -> events.TextPosted:
    ref = events.MessageRef(place=place_of(deed.place), id=str(message))
    return events.TextPosted(**_happened(deed), text=words, message=ref)


def press(deed: Deed, payload: str, on: int) -> events.ButtonPressed:
    return events.ButtonPressed(**_happened(deed), payload=payload, on=deed.message(on))


def answer(deed: Deed, payload: str, values: Mapping[str, str]) -> events.FormAnswered:
    return events.FormAnswered(**_happened(deed), payload=payload, values=values)


def choices(deed: Deed, name: str, words: str) -> events.ChoicesAsked:
    return events.ChoicesAsked(**_happened(deed), name=name, words=words)


def joined(deed: Deed) -> events.MemberJoined:
    return events.MemberJoined(**_happened(deed))


def left(deed: Deed) -> events.MemberLeft:
    return events.MemberLeft(**_happened(deed))


def added(deed: Deed) -> events.GroupAdded:
    return events.GroupAdded(**_happened(deed))


def is_command(typed: str) -> bool:
    return typed.startswith("/") and typed[1:2].isalnum()


def split(typed: str) -> tuple[str, str]:
    """``/name words`` as name and words."""
    name, _, words = typed.removeprefix("/").replace("\n", " ", 1).partition(" ")
    return name, words.strip()


class _Happened(TypedDict):
    """The fields that every event of a person has."""

    id: str
    seq: int
    place: events.Place
    person: events.Person
    is_member: bool | None
    group_size: int | None


def _happened(deed: Deed) -> _Happened:
    return {
        "id": str(deed.number),
        "seq": deed.number,
        "place": place_of(deed.place),
        "person": deed.person,
        "is_member": deed.who.here,
        "group_size": deed.size,
    }
