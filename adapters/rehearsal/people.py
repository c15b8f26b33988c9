"""The people of the room."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.rehearsal.words import RoomProblem

LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Resident:
    """Somebody in the room. ``here`` says whether they are in the group now."""

    id: str
    name: str
    is_moderator: bool
    here: bool
    joined_at: datetime | None


class People:
    """Everyone who ever was in the room, in the order they were added."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def all(self) -> Sequence[Resident]:
        rows = self._file.execute("SELECT * FROM people ORDER BY number").fetchall()
        return [_resident(row) for row in rows]

    def get(self, id: str) -> Resident:
        row = self._file.execute("SELECT * FROM people WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise RoomProblem("unknown-person", name=id)
        return _resident(row)

    def named(self, name: str) -> Resident:
        """The person of that name, whatever its case; RoomProblem if there is none."""
        for resident in self.all():
            if resident.name.casefold() == name.casefold():
                return resident
        raise RoomProblem("unknown-person", name=name)

    def size(self) -> int:
        """How many people are in the group now."""
        row = self._file.execute("SELECT count(*) FROM people WHERE here").fetchone()
        return int(row[0])

    def add(self, name: str, *, is_moderator: bool = False, joined_at: datetime | None = None) -> Resident:
        """A new person, in the group since ``joined_at`` or not yet there. Names are unique."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise RoomProblem("name-length", longest=LONGEST_NAME)
        if any(one.name.casefold() == name.casefold() for one in self.all()):
            raise RoomProblem("name-taken", name=name)
        number = len(self.all()) + 1
        self._file.execute(
            "INSERT INTO people (number, id, name, is_moderator, here, joined_at) VALUES (?, ?, ?, ?, ?, ?)",
            (number, f"p{number}", name, is_moderator, joined_at is not None, _text(joined_at)),
        )
        return self.get(f"p{number}")

    def join(self, id: str, at: datetime) -> Resident:
        self._file.execute("UPDATE people SET here = 1, joined_at = ? WHERE id = ?", (_text(at), id))
        return self.get(id)

    def leave(self, id: str) -> Resident:
        self._file.execute("UPDATE people SET here = 0 WHERE id = ?", (id,))
        return self.get(id)


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _resident(row: sqlite3.Row) -> Resident:
    joined_at = row["joined_at"]
    return Resident(
        id=row["id"],
        name=row["name"],
        is_moderator=bool(row["is_moderator"]),
        here=bool(row["here"]),
        joined_at=datetime.fromisoformat(joined_at) if joined_at else None,
    )
