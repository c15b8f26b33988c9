"""What a worry is about, small enough for a button: nothing is stored until somebody answers.

A button of the first screen carries the thread and message, the beginning of the person key of who
wrote that message, and the beginning of that of a moderator to leave out. Numbers of platforms are
written to the base 36, other ids as they are behind a ``_``; 0 stands for none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.context import Context
from bot.contract.events import ButtonPressed, CommandGiven, MessageRef, Place
from bot.features.pressed import argument

NONE = "0"
_ABOUT, _OUT = 8, 5  # hexadecimal digits of a person key
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_RAW = re.compile(r"[A-Za-z0-9_]{1,12}")
_HEX = re.compile(r"[0-9a-f]{1,16}")


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """``wrote`` and ``out`` are beginnings of person keys; empty for nobody."""

    thread: str = ""
    message: str = ""
    wrote: str = ""
    out: str = ""

    @property
    def arguments(self) -> Sequence[str]:
        """For a payload, in the order in which ``of_press`` reads them."""
        return (_short(self.thread), _short(self.message), self.wrote or NONE, self.out or NONE)

    @property
    def nothing(self) -> bool:
        return self == About()

    def without(self, key: str) -> "About":
        """The same, with a moderator left out."""
        return replace(self, out=key[:_OUT])


def of_command(event: CommandGiven, context: Context) -> About:
    """The message or thread that the command was used on."""
    wrote = "" if event.wrote is None else context.person_key(event.wrote)[:_ABOUT]
    if wrote and context.person_key(event.person).startswith(wrote):
        wrote = ""  # their own message: they are told what becomes of it
    if not event.place.group:
        return About()
    return About(thread=event.place.thread or "", message=event.on.id if event.on else "", wrote=wrote)


def of_press(event: ButtonPressed, first: int) -> About:
    """What the payload's arguments say, from ``first`` on. What cannot be read is left out."""
    thread, message, wrote, out = (argument(event, first + place) for place in range(4))
    return About(thread=_long(thread), message=_long(message), wrote=_key(wrote), out=_key(out))


def where(event: ButtonPressed, context: Context, about: About) -> MessageRef | None:
    """The message or place on the platform. From a private chat only if a message or thread was named."""
    place = event.place
    if not place.group:
        if not (about.message or about.thread):
            return None
        place = context.here(place, about="")
        if place.platform != event.place.platform:
            return None
        place = Place(platform=place.platform, group=place.group, channel=place.channel)
    return MessageRef(place=replace(place, thread=place.thread or about.thread or None), id=about.message)


def _short(id: str) -> str:
    if id.isdecimal() and id.isascii() and not id.startswith("0") and len(id) <= 20:
        number, digits = int(id), ""
        while number:
            number, digit = divmod(number, 36)
            digits = _DIGITS[digit] + digits
        return digits
    return f"_{id}" if _RAW.fullmatch(id) else NONE


def _long(text: str) -> str:
    if text.startswith("_"):
        return text[1:] if _RAW.fullmatch(text[1:]) else ""
    known = text != NONE and 0 < len(text) <= 13 and all(digit in _DIGITS for digit in text)
    return str(int(text, 36)) if known else ""


def _key(text: str) -> str:
    return text if text != NONE and _HEX.fullmatch(text) else ""
