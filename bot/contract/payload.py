"""What a button carries: version, kind and short arguments in at most 64 characters.

The alphabet ``A-Z a-z 0-9 _ -`` fits Telegram's callback data and start links and Discord's
``custom_id`` alike. Nothing secret and nothing kept in memory, so buttons outlive restarts.
"""

import re
from dataclasses import dataclass

VERSION = "1"
LONGEST = 64
_PART = re.compile(r"[A-Za-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Payload:
    """A decoded payload. ``community`` is named where the place alone does not tell it: in private chats."""

    kind: str
    arguments: tuple[str, ...] = ()
    community: int | None = None


def encode(kind: str, *arguments: object, community: int | None = None) -> str:
    """The payload string of a button; ValueError if a part has other characters or it is too long."""
    first = VERSION if community is None else f"{VERSION}_{community}"
    parts = (first, kind, *(str(argument) for argument in arguments))
    for part in parts:
        if not _PART.fullmatch(part):
            raise ValueError(f"payload part {part!r} may use only letters, digits and _")
    text = "-".join(parts)
    if len(text) > LONGEST:
        raise ValueError(f"payload of {len(text)} characters, the limit is {LONGEST}")
    return text


def decode(text: str) -> Payload | None:
    """The payload in ``text``, or None for anything this version did not write."""
    parts = text.split("-")
    if len(text) > LONGEST or len(parts) < 2 or not all(_PART.fullmatch(part) for part in parts):
        return None
    version, _, community = parts[0].partition("_")
    if version != VERSION or not (community == "" or community.isdecimal()):
        return None
    return Payload(parts[1], tuple(parts[2:]), int(community) if community else None)


def at_community(text: str, community: int) -> str:
    """The same payload, naming the community it is about."""
    payload = decode(text)
    if payload is None:
        raise ValueError("not a payload of this version")
    return encode(payload.kind, *payload.arguments, community=community)
