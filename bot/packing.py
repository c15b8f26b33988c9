"""Actions as JSON, for the outbox."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import TypeAdapter

from bot.contract.actions import DecideJoin, Delete, Edit, GiveRole, OpenThread, Post, Sent, Tell
from bot.contract.events import Place

KINDS: Mapping[str, type[Sent]] = {
    kind.__name__: kind for kind in (Post, Edit, Delete, Tell, DecideJoin, OpenThread, GiveRole)
}
_CODECS = {name: TypeAdapter(kind) for name, kind in KINDS.items()}


def pack(action: Sent) -> str:
    """An action as JSON."""
    return _CODECS[type(action).__name__].dump_json(action).decode()


def unpack(kind: str, action: str) -> Sent:
    """The action that ``pack`` wrote."""
    return _CODECS[kind].validate_json(action)


def addressed(kind: str, action: str, before: Place, after: Place) -> str:
    """A packed action for the group as it is now. Messages that stand already stay where they are."""
    if not action:  # done
        return action
    try:
        return pack(_followed(unpack(kind, action), before, after))
    except (KeyError, ValueError):  # of another version: nobody can read it anyway
        return action


def _followed(action: Sent, before: Place, after: Place) -> Sent:
    match action:
        case Post() | GiveRole() | DecideJoin() | OpenThread():
            return replace(action, place=_at(action.place, before, after))
        case Tell(otherwise=Post() as otherwise):
            return replace(action, otherwise=replace(otherwise, place=_at(otherwise.place, before, after)))
        case _:
            return action


def _at(place: Place, before: Place, after: Place) -> Place:
    if (place.platform, place.group) != (before.platform, before.group):
        return place
    channel = after.channel if place.channel == before.channel else place.channel
    return replace(place, group=after.group, channel=channel)
