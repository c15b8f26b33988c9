"""What was said in the room: every message, with who may see it."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from adapters.rehearsal.places import is_direct

BOT = ""
Shown = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One message as it stands now.

    ``author`` is a person's id, or ``BOT``. ``only_for`` names the one person who may see it.
    ``kind``: said, command, joined or left. ``rev`` grows with every change in the room.
    """

    id: int
    rev: int
    place: str
    author: str
    only_for: str | None
    kind: str
    body: Shown = field(repr=False)
    buttons: Shown = field(repr=False)
    pinned: bool
    edited: bool
    at: datetime


class Log:
    """All messages. Deleted ones leave no trace."""

    def __init__(self, file: sqlite3.Connection, count: Callable[[], int]) -> None:
        self._file = file
        self._count = count

    def add(
        self,
        place: str,
        author: str,
        at: datetime,
        body: Shown,
        *,
        buttons: Shown | None = None,
        only_for: str | None = None,
        kind: str = "said",
        pinned: bool = False,
    ) -> Message:
        values = (self._count(), place, author, None if is_direct(place) else only_for, kind)
        made = self._file.execute(
            "INSERT INTO messages (rev, place, author, only_for, kind, body, buttons, pinned, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, json.dumps(body), json.dumps(buttons or []), pinned, at.isoformat()),
        )
        return self._get(int(made.lastrowid or 0))

    def change(self, id: int, body: Shown, buttons: Shown, *, edited: bool) -> Message:
        """Put other words and buttons in a message; ``edited`` marks it as such for readers."""
        self._file.execute(
            "UPDATE messages SET rev = ?, body = ?, buttons = ?, edited = ? WHERE id = ?",
            (self._count(), json.dumps(body), json.dumps(buttons), edited, id),
        )
        return self._get(id)

    def delete(self, id: int) -> None:
        self._file.execute("DELETE FROM messages WHERE id = ?", (id,))

    def find(self, id: int) -> Message | None:
        row = self._file.execute("SELECT * FROM messages WHERE id = ?", (id,)).fetchone()
        return _message(row) if row else None

    def visible(self, place: str, reader: str, *, newest: int = 300) -> Sequence[Message]:
        """The newest messages of a place that ``reader`` may see, oldest first."""
        rows = self._file.execute(
            "SELECT * FROM messages WHERE place = ? AND (only_for IS NULL OR only_for = ?)"
            " ORDER BY id DESC LIMIT ?",
            (place, reader, newest),
        ).fetchall()
        return [_message(row) for row in reversed(rows)]

    def since(self, rev: int, reader: str, places: Sequence[str]) -> Sequence[Message]:
        """What is new or changed after ``rev`` in those places and visible to ``reader``, in order."""
        marks = ",".join("?" * len(places))
        rows = self._file.execute(
            f"SELECT * FROM messages WHERE rev > ? AND place IN ({marks})"  # noqa: S608 (only question marks)
            " AND (only_for IS NULL OR only_for = ?) ORDER BY rev",
            (rev, *places, reader),
        ).fetchall()
        return [_message(row) for row in rows]

    def unread(self, reader: str) -> dict[str, int]:
        """How many messages of others in each place ``reader`` has not looked at."""
        rows = self._file.execute(
            "SELECT place, count(*) AS many FROM messages AS m WHERE author <> :reader AND kind = 'said'"
            " AND (only_for IS NULL OR only_for = :reader) AND rev > coalesce("
            "(SELECT rev FROM looked WHERE person = :reader AND looked.place = m.place), 0) GROUP BY place",
            {"reader": reader},
        ).fetchall()
        return {row["place"]: int(row["many"]) for row in rows}

    def look(self, reader: str, place: str, rev: int) -> None:
        """Note that ``reader`` has seen everything in ``place`` up to ``rev``."""
        self._file.execute(
            "INSERT INTO looked (person, place, rev) VALUES (?, ?, ?)"
            " ON CONFLICT (person, place) DO UPDATE SET rev = max(rev, excluded.rev)",
            (reader, place, rev),
        )

    def _get(self, id: int) -> Message:
        message = self.find(id)
        if message is None:
            raise KeyError(id)
        return message


def _message(row: sqlite3.Row) -> Message:
    return Message(
        id=row["id"],
        rev=row["rev"],
        place=row["place"],
        author=row["author"],
        only_for=row["only_for"],
        kind=row["kind"],
        body=json.loads(row["body"]),
        buttons=json.loads(row["buttons"]),
        pinned=bool(row["pinned"]),
        edited=bool(row["edited"]),
        at=datetime.fromisoformat(row["at"]),
    )
