"""The places of the room: channels, a forum with threads, and each person's chat with the bot.

A place has a key: ``general``, ``living-with-type-1/3`` (a thread), ``direct-p1`` (a private chat).
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.rehearsal.words import RoomProblem
from bot.contract.events import Place

PLATFORM = "rehearsal"
GROUP = "room"
MAIN = "general"
CHANNELS = (MAIN, "welcome", "rules")
FORUM = "living-with-type-1"
DIRECT = "direct"
"""What people call their own private chat with the bot."""
_DIRECT = "direct-"
LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread in the forum."""

    key: str
    title: str


HOME = Place(platform=PLATFORM, group=GROUP, channel=MAIN)  # where the bot is added


def direct(person_id: str) -> str:
    """The key of a person's private chat with the bot."""
    return _DIRECT + person_id


def is_direct(key: str) -> bool:
    return key.startswith(_DIRECT)


def place_of(key: str) -> Place:
    """The place with that key, as events carry it."""
    channel, _, thread = key.partition("/")
    group = "" if is_direct(key) else GROUP
    return Place(platform=PLATFORM, group=group, channel=channel, thread=thread or None)


def key_of(place: Place) -> str:
    """The key of a place; the opposite of ``place_of``."""
    return f"{place.channel}/{place.thread}" if place.thread else place.channel


class Threads:
    """The threads of the forum, oldest first."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def all(self) -> Sequence[Thread]:
        rows = self._file.execute("SELECT number, title FROM threads ORDER BY number").fetchall()
        return [Thread(f"{FORUM}/{row['number']}", row["title"]) for row in rows]

    def start(self, title: str) -> Thread:
        title = " ".join(title.split())
        if not title or len(title) > LONGEST_TITLE:
            raise RoomProblem("title-length", longest=LONGEST_TITLE)
        made = self._file.execute("INSERT INTO threads (title) VALUES (?)", (title,))
        return Thread(f"{FORUM}/{made.lastrowid}", title)

    def has(self, key: str) -> bool:
        """Whether messages can stand in the place with that key (the forum itself holds only threads)."""
        return key in CHANNELS or any(thread.key == key for thread in self.all())

    def title(self, key: str) -> str:
        """What people call the channel or thread with that key."""
        return next((thread.title for thread in self.all() if thread.key == key), key)

    def find(self, name: str) -> str:
        """The key of the channel or thread a person calls ``name``; RoomProblem if there is none."""
        wanted = name.strip().removeprefix("#").casefold()
        for key, title in [(key, key) for key in CHANNELS] + [(one.key, one.title) for one in self.all()]:
            if wanted in (key.casefold(), title.casefold()):
                return key
        raise RoomProblem("unknown-place", name=name)
