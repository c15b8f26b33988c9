"""What the adapter must not forget: a small SQLite file beside the bot's own. One process at a time.

Deleted rows are overwritten, and there is no write-ahead log: what was handled leaves nothing behind.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE = "telegram.db"
_VERSION = 1
_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE waiting (update_id INTEGER PRIMARY KEY, wire TEXT NOT NULL);
CREATE TABLE questions (id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER UNIQUE NOT NULL,
    asked TEXT NOT NULL, step INTEGER NOT NULL, given TEXT NOT NULL, prompt INTEGER, taken INTEGER);
CREATE TABLE sends (key TEXT PRIMARY KEY, chat INTEGER NOT NULL, after INTEGER, message INTEGER,
    at REAL NOT NULL);
CREATE TABLE own (chat INTEGER NOT NULL, message INTEGER NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (chat, message));
CREATE TABLE parts (chat INTEGER NOT NULL, anchor INTEGER NOT NULL, number INTEGER NOT NULL,
    message INTEGER NOT NULL, PRIMARY KEY (chat, anchor, number));
CREATE TABLE topics (key TEXT PRIMARY KEY, chat INTEGER NOT NULL, title TEXT NOT NULL, thread INTEGER,
    at REAL NOT NULL);
CREATE TABLE edits (chat INTEGER NOT NULL, message INTEGER NOT NULL, thread INTEGER, number INTEGER NOT NULL,
    last REAL NOT NULL, shown TEXT, PRIMARY KEY (chat, message));
CREATE TABLE moved (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);
CREATE TABLE follows (chat INTEGER NOT NULL, message INTEGER NOT NULL, new_chat INTEGER NOT NULL,
    new_message INTEGER NOT NULL, PRIMARY KEY (chat, message));
CREATE TABLE joined (chat INTEGER NOT NULL, person INTEGER NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (chat, person));
"""
_JOINED = 600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptQuestion:
    """An open form: what was asked, how many fields are answered, and the prompt that waits."""

    id: int
    person: int
    asked: dict[str, Any] = field(repr=False)
    step: int
    given: dict[str, str] = field(repr=False)
    prompt: int | None
    taken: int | None  # the message that was taken as an answer last


class State:
    """Everything is written at once and in full."""

    def __init__(self, file: sqlite3.Connection, now: Callable[[], float]) -> None:
        self.file = file
        self.now = now

    @classmethod
    def open(cls, folder: Path, now: Callable[[], float] = time.time) -> "State":
        """The file in ``folder``, made if there is none. OSError or sqlite3.Error if that fails."""
        folder.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(folder / FILE, isolation_level=None)
        try:
            file.row_factory = sqlite3.Row
            file.execute("PRAGMA journal_mode = TRUNCATE")
            file.execute("PRAGMA secure_delete = ON")
            if not file.execute("PRAGMA user_version").fetchone()[0]:
                file.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
            state = cls(file, now)
            state.tidy()
        except sqlite3.Error:
            file.close()
            raise
        return state

    def close(self) -> None:
        self.file.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        self.file.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.file.execute("ROLLBACK")
            raise
        self.file.execute("COMMIT")

    def tidy(self) -> None:
        """Forget what no retry can need any more."""
        with self.together():
            self.file.execute("DELETE FROM joined WHERE at < ?", (self.now() - _JOINED,))

    def fact(self, name: str) -> str | None:
        row = self.file.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else None

    def keep(self, name: str, value: str) -> None:
        self.file.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    # Updates that were received and not handled in time

    def put_waiting(self, updates: Sequence[dict[str, Any]]) -> None:
        with self.together():
            rows = [(update["update_id"], json.dumps(update)) for update in updates]
            self.file.executemany("INSERT OR IGNORE INTO waiting VALUES (?, ?)", rows)

    def waiting(self) -> list[dict[str, Any]]:
        rows = self.file.execute("SELECT wire FROM waiting ORDER BY update_id").fetchall()
        return [json.loads(row["wire"]) for row in rows]

    def handled(self, update_id: int) -> None:
        self.file.execute("DELETE FROM waiting WHERE update_id = ?", (update_id,))

    # Open forms, one a person

    def ask(self, person: int, asked: dict[str, Any]) -> int:
        """Keep a new form in place of an older one; returns its number."""
        with self.together():
            self.file.execute("DELETE FROM questions WHERE person = ?", (person,))
            made = self.file.execute(
                "INSERT INTO questions (person, asked, step, given) VALUES (?, ?, 0, '{}')",
                (person, json.dumps(asked)),
            )
        return int(made.lastrowid or 0)

    def question(self, person: int) -> KeptQuestion | None:
        row = self.file.execute("SELECT * FROM questions WHERE person = ?", (person,)).fetchone()
        if row is None:
            return None
        return KeptQuestion(
            id=row["id"],
            person=row["person"],
            asked=json.loads(row["asked"]),
            step=row["step"],
            given=json.loads(row["given"]),
            prompt=row["prompt"],
            taken=row["taken"],
        )

    def go_on(self, question: KeptQuestion) -> None:
        """Keep how far the form is."""
        self.file.execute(
            "UPDATE questions SET step = ?, given = ?, prompt = ?, taken = ? WHERE id = ?",
            (question.step, json.dumps(question.given), question.prompt, question.taken, question.id),
        )

    def answered(self, id: int) -> None:
        self.file.execute("DELETE FROM questions WHERE id = ?", (id,))

    # Groups that became supergroups

    def moved(self, chat: int) -> int:
        """The chat's id now."""
        row = self.file.execute("SELECT new FROM moved WHERE old = ?", (chat,)).fetchone()
        return int(row["new"]) if row else chat

    def before(self, chat: int) -> int | None:
        """The id that the chat had before it became a supergroup."""
        row = self.file.execute("SELECT old FROM moved WHERE new = ?", (chat,)).fetchone()
        return int(row["old"]) if row else None

    def moves(self) -> list[tuple[int, int]]:
        """Every group that moved, by its old and its new id."""
        return [(row["old"], row["new"]) for row in self.file.execute("SELECT old, new FROM moved")]

    def move(self, old: int, new: int) -> bool:
        """Remember it; False if it was known."""
        made = self.file.execute("INSERT OR IGNORE INTO moved VALUES (?, ?)", (old, new))
        return made.rowcount == 1

    def follow(self, old: tuple[int, int], new: tuple[int, int]) -> None:
        self.file.execute("INSERT OR REPLACE INTO follows VALUES (?, ?, ?, ?)", (*old, *new))

    def followed(self, chat: int, message: int) -> tuple[int, int] | None:
        row = self.file.execute(
            "SELECT * FROM follows WHERE chat = ? AND message = ?", (chat, message)
        ).fetchone()
        return (row["new_chat"], row["new_message"]) if row else None

    # Who has just come, from whichever signal

    def has_come(self, chat: int, person: int) -> bool:
        """Whether it was told a moment ago that somebody came."""
        known = self.file.execute(
            "SELECT 1 FROM joined WHERE chat = ? AND person = ? AND at >= ?",
            (chat, person, self.now() - _JOINED),
        )
        return known.fetchone() is not None

    def came(self, chat: int, person: int) -> None:
        """It was told that somebody came."""
        self.file.execute("INSERT OR REPLACE INTO joined VALUES (?, ?, ?)", (chat, person, self.now()))

    def went(self, chat: int, person: int) -> None:
        self.file.execute("DELETE FROM joined WHERE chat = ? AND person = ?", (chat, person))
