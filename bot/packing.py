"""Actions as JSON, for the outbox."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from bot.contract.actions import Delete, Edit, Post, Sent, Tell

KINDS: Mapping[str, type[Sent]] = {"Post": Post, "Edit": Edit, "Delete": Delete, "Tell": Tell}
_CODECS = {name: TypeAdapter(kind) for name, kind in KINDS.items()}


def pack(action: Sent) -> str:
    """An action as JSON."""
    return _CODECS[type(action).__name__].dump_json(action).decode()


def unpack(kind: str, action: str) -> Sent:
    """The action that ``pack`` wrote."""
    return _CODECS[kind].validate_json(action)
