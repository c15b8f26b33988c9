"""What one browser view may see: everything here is already filtered for the person it speaks as."""

from typing import Any

from adapters.rehearsal.clock import RoomClock
from adapters.rehearsal.core import Core
from adapters.rehearsal.deeds import Deeds
from adapters.rehearsal.log import BOT, Message
from adapters.rehearsal.people import Resident
from adapters.rehearsal.places import CHANNELS, DIRECT, FORUM, MAIN, direct
from adapters.rehearsal.room import Room


def place_for(room: Room, person: Resident, place: str) -> str:
    """The key of the place the page calls ``place``; the main channel if there is no such place."""
    if place == DIRECT:
        return direct(person.id)
    return place if place == FORUM or room.threads.has(place) else MAIN


def snapshot(
    room: Room, deeds: Deeds, core: Core, clock: RoomClock, person: Resident, place: str
) -> dict[str, Any]:
    """The whole view of ``person`` at ``place``, as JSON."""
    key = place_for(room, person, place)
    names = {one.id: one.name for one in room.people.all()}
    readable = person.here or place == DIRECT
    messages = room.log.visible(key, person.id) if readable else []
    form = room.forms.of(person.id)
    return {
        "me": _person(person),
        "people": [_person(one) for one in room.people.all()],
        "place": DIRECT if place == DIRECT else key,
        "places": _places(room, person),
        "readable": readable,
        "messages": [_message(one, names) for one in messages],
        "form": None
        if form is None
        else {"id": form.id, "title": form.title, "fields": form.fields, "note": form.note},
        "now": clock.now().isoformat(),
        "zone": str(core.zone),
        "due": deeds.next_due.isoformat() if deeds.next_due else None,
    }


def _places(room: Room, person: Resident) -> list[dict[str, Any]]:
    """The channels, the forum with its threads, and the private chat, with what is unread."""
    unread = room.log.unread(person.id)
    private = {"key": DIRECT, "title": "", "kind": "direct", "unread": unread.get(direct(person.id), 0)}
    if not person.here:
        return [private]
    shown: list[dict[str, Any]] = [
        {"key": key, "title": key, "kind": "channel", "unread": unread.get(key, 0)} for key in CHANNELS
    ]
    shown.append({"key": FORUM, "title": FORUM, "kind": "forum", "unread": 0})
    for thread in room.threads.all():
        new = unread.get(thread.key, 0)
        shown.append({"key": thread.key, "title": thread.title, "kind": "thread", "unread": new})
    return [*shown, private]


def _person(person: Resident) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "moderator": person.is_moderator,
        "here": person.here,
        "newcomer": person.joined_at is None,
    }


def _message(message: Message, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": message.id,
        "rev": message.rev,
        "author": message.author,
        "name": names.get(message.author, ""),
        "bot": message.author == BOT,
        "kind": message.kind,
        "private": message.only_for is not None,
        "body": message.body,
        "buttons": message.buttons,
        "pinned": message.pinned,
        "edited": message.edited,
        "at": message.at.isoformat(),
    }
