"""The pretend platform's own state, kept in room.db: it outlives restarts and kill -9."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from adapters.rehearsal.forms import Forms
from adapters.rehearsal.log import Log
from adapters.rehearsal.people import People
from adapters.rehearsal.places import Threads
from adapters.rehearsal.words import RoomProblem, say

FILE = "room.db"
_VERSION = 1
_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE people (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, name TEXT NOT NULL,
    is_moderator INTEGER NOT NULL, here INTEGER NOT NULL, joined_at TEXT);
CREATE TABLE threads (number INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL);
CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, rev INTEGER NOT NULL, place TEXT NOT NULL,
    author TEXT NOT NULL, only_for TEXT, kind TEXT NOT NULL, body TEXT NOT NULL, buttons TEXT NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0, edited INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL);
CREATE INDEX messages_by_place ON messages (place, id);
CREATE TABLE forms (id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT UNIQUE NOT NULL, place TEXT NOT NULL,
    on_message INTEGER, shown TEXT NOT NULL);
CREATE TABLE done (key TEXT PRIMARY KEY, message INTEGER, place TEXT);
CREATE TABLE looked (person TEXT NOT NULL, place TEXT NOT NULL, rev INTEGER NOT NULL,
    PRIMARY KEY (person, place));
"""
_LONG_BEFORE = timedelta(days=120)


class Room:
    """People, places, messages and forms, and a few facts. One process at a time."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        self._watchers: list[Callable[[], None]] = []
        self.people = People(file)
        self.threads = Threads(file)
        self.log = Log(file, self.count)
        self.forms = Forms(file)

    @classmethod
    def open(cls, folder: Path) -> "Room":
        """The room kept in ``folder``, made empty if there is none; RoomProblem says what is wrong."""
        path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(path, isolation_level=None)
        except (OSError, sqlite3.Error) as fault:
            raise RoomProblem("room-unusable", path=path, fault=fault) from fault
        file.row_factory = sqlite3.Row
        try:
            version = _prepare(file)
        except sqlite3.Error as fault:
            file.close()
            raise RoomProblem("room-unusable", path=path, fault=fault) from fault
        if version != _VERSION:
            file.close()
            raise RoomProblem("room-newer", path=path)
        return cls(file)

    def close(self) -> None:
        self._file.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """All changes inside are kept together or not at all; then whoever watches is told.

        RoomProblem if the file cannot be written, for example because the disk is full.
        """
        try:
            self._file.execute("BEGIN IMMEDIATE")
            yield
            self._file.execute("COMMIT")
        except BaseException as fault:
            if self._file.in_transaction:
                self._file.execute("ROLLBACK")
            if isinstance(fault, sqlite3.Error):
                raise RoomProblem("room-unwritable", fault=fault) from fault
            raise
        self.tell_watchers()

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call ``watcher`` after every change."""
        self._watchers.append(watcher)

    def tell_watchers(self) -> None:
        for watcher in self._watchers:
            watcher()

    def count(self) -> int:
        """The next number; it grows for ever and orders both events and changes of messages."""
        number = self.counted + 1
        self.keep("counter", str(number))
        return number

    @property
    def counted(self) -> int:
        return int(self.fact("counter") or 0)

    def fact(self, name: str) -> str | None:
        row = self._file.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else None

    def keep(self, name: str, value: str) -> None:
        self._file.execute(
            "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def done(self, key: str) -> tuple[int | None, str | None] | None:
        """The message and place that the action under ``key`` made, or None if it was never done."""
        row = self._file.execute("SELECT message, place FROM done WHERE key = ?", (key,)).fetchone()
        return (row["message"], row["place"]) if row else None

    def mark_done(self, key: str, message: int | None, place: str | None) -> None:
        self._file.execute("INSERT INTO done VALUES (?, ?, ?)", (key, message, place))

    def furnish(self, now: datetime) -> bool:
        """On the first start: two members, a moderator, somebody who has not joined yet, one thread.

        True if it was the first.
        """
        if self.people.all():
            return False
        with self.change():
            for name in say("members").split():
                self.people.add(name, joined_at=now - _LONG_BEFORE)
            self.people.add(say("moderator"), is_moderator=True, joined_at=now - _LONG_BEFORE)
            self.people.add(say("newcomer"))
            self.threads.start(say("thread"))
        return True


def _prepare(file: sqlite3.Connection) -> int:
    """Make the tables if there are none; returns the version of the file's shape."""
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("PRAGMA synchronous = NORMAL")
    version = int(file.execute("PRAGMA user_version").fetchone()[0])
    if version == 0:
        file.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        return _VERSION
    return version
