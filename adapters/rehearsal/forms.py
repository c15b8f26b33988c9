"""Forms that are open for somebody: at most one each, the newest."""

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """An open form. ``on`` is the message whose button opened it, if one did."""

    id: int
    person: str
    place: str
    on: int | None
    payload: str = field(repr=False)
    title: str
    fields: list[dict[str, Any]] = field(repr=False)
    note: list[dict[str, Any]] = field(repr=False)


class Forms:
    """The open forms of the room."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def open(self, person: str, place: str, on: int | None, shown: dict[str, Any]) -> None:
        """Open a form for somebody in place of an older one; ``shown`` is ``outbound.form``."""
        self.close(person)
        self._file.execute(
            "INSERT INTO forms (person, place, on_message, shown) VALUES (?, ?, ?, ?)",
            (person, place, on, json.dumps(shown)),
        )

    def of(self, person: str) -> Form | None:
        row = self._file.execute("SELECT * FROM forms WHERE person = ?", (person,)).fetchone()
        if row is None:
            return None
        shown = json.loads(row["shown"])
        return Form(id=row["id"], person=person, place=row["place"], on=row["on_message"], **shown)

    def close(self, person: str) -> None:
        self._file.execute("DELETE FROM forms WHERE person = ?", (person,))
