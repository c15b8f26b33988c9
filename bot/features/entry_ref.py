"""How buttons name an entry of the directory: its id in the letters of a payload, short enough."""

import hashlib

from bot.context import Context
from bot.contract.events import ButtonPressed, FormAnswered
from bot.directory import Entry
from bot.features.pressed import argument

LONGEST = 34


def ref(id: str) -> str:
    """The id as a button carries it."""
    text = id.replace("-", "_")
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - 9]}_{hashlib.sha256(id.encode()).hexdigest()[:8]}"


def named(event: ButtonPressed | FormAnswered, context: Context) -> Entry | None:
    """The entry that this press or form is about, hidden ones too; None if there is none any more."""
    wanted = argument(event)
    return next((entry for entry in context.own_directory.full.entries if ref(entry.id) == wanted), None)
