"""Edits of one post, gathered: the newest goes out, at most one every few seconds."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from adapters.telegram.outbound import Shown
from adapters.telegram.state import State


@dataclass(frozen=True, kw_only=True, slots=True)
class Pending:
    """What a post should look like, and since when it may be changed again. ``thread``: where it stands."""

    chat: int
    message: int
    thread: int | None
    number: int
    last: float
    shown: str = field(repr=False)

    def pieces(self) -> list[Shown]:
        """Its messages, in order."""
        return [Shown.unpacked(piece) for piece in json.loads(self.shown)]


class Edits:
    """Kept in the adapter's file, so that the last edit is not lost with the process."""

    def __init__(self, state: State) -> None:
        self._file: sqlite3.Connection = state.file

    def want(
        self, chat: int, message: int, number: int, pieces: Sequence[Shown], thread: int | None = None
    ) -> bool:
        """Keep an edit; False if a newer one (by outbox number) was already wanted."""
        made = self._file.execute(
            "INSERT INTO edits VALUES (:chat, :message, :thread, :number, 0, :shown) "
            "ON CONFLICT (chat, message) DO UPDATE SET number = excluded.number, shown = excluded.shown "
            "WHERE excluded.number >= edits.number",
            {
                "chat": chat,
                "message": message,
                "thread": thread,
                "number": number,
                "shown": json.dumps([piece.packed() for piece in pieces]),
            },
        )
        return made.rowcount == 1

    def pending(self) -> list[Pending]:
        rows = self._file.execute("SELECT * FROM edits WHERE shown IS NOT NULL ORDER BY last").fetchall()
        return [Pending(**dict(row)) for row in rows]

    def done(self, edit: Pending, at: float) -> None:
        """It was shown (or never can be); a newer one that came meanwhile stays pending."""
        self._file.execute(
            "UPDATE edits SET last = :at, shown = CASE WHEN number = :number THEN NULL ELSE shown END "
            "WHERE chat = :chat AND message = :message",
            {"at": at, "number": edit.number, "chat": edit.chat, "message": edit.message},
        )

    def later(self, edit: Pending, at: float) -> None:
        """Not before ``at``; measured as if it had been edited then."""
        self._file.execute(
            "UPDATE edits SET last = ? WHERE chat = ? AND message = ?", (at, edit.chat, edit.message)
        )
