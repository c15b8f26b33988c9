"""What people typed, without what no database and no platform can carry."""

import re
from dataclasses import replace
from typing import TypeVar

from bot.contract.events import CommandGiven, Event, FormAnswered, TimeCame

_UNREADABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL keeps no NUL, UTF-8 no half of a character

Heard = TypeVar("Heard", bound=Event)


def readable(event: Heard) -> Heard:
    """The same event, its words and its person's name without such characters."""
    if isinstance(event, TimeCame):
        return event
    if isinstance(event, CommandGiven):
        event = replace(event, words=_clean(event.words), said=_clean(event.said))
    elif isinstance(event, FormAnswered):
        event = replace(event, values={name: _clean(text) for name, text in event.values.items()})
    if _UNREADABLE.search(event.person.name):
        event = replace(event, person=replace(event.person, name=_clean(event.person.name)))
    return event


def _clean(text: str) -> str:
    return _UNREADABLE.sub("", text)
