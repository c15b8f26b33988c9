"""What was sent under which key, and in how many messages: nothing is said twice, all of it can be changed.

Kept in the adapter's file, so that a lost answer or a process that was killed does not double a post.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.telegram.state import State

_KEPT = 2 * 24 * 3600.0  # seconds that what was sent is remembered; retries are over by then


@dataclass(frozen=True, kw_only=True, slots=True)
class Sending:
    """A message that was tried: ``after`` is the last one known in the chat then, ``message`` ours."""

    chat: int
    after: int | None
    message: int | None


class Sends:
    def __init__(self, state: State) -> None:
        self._state = state
        self._file = state.file
        rows = self._file.execute("SELECT DISTINCT chat FROM sends WHERE message IS NULL")
        self._unsure = {int(row["chat"]) for row in rows}

    def tidy(self) -> None:
        """Forget what no retry can need any more."""
        with self._state.together():
            before = (self._state.now() - _KEPT,)
            for table in ("sends", "own", "topics"):
                self._file.execute(f"DELETE FROM {table} WHERE at < ?", before)  # noqa: S608 - our own names
            self._file.execute("DELETE FROM edits WHERE shown IS NULL AND last < ?", before)

    # One message under one key

    def find(self, key: str) -> Sending | None:
        row = self._file.execute("SELECT * FROM sends WHERE key = ?", (key,)).fetchone()
        return Sending(chat=row["chat"], after=row["after"], message=row["message"]) if row else None

    def begin(self, key: str, chat: int, after: int | None) -> None:
        """It is about to be sent; ``after``: the last message that is known in the chat."""
        if after is None:
            after = self._file.execute("SELECT max(message) FROM sends WHERE chat = ?", (chat,)).fetchone()[0]
        row = (key, chat, after, self._state.now())
        self._file.execute("INSERT OR REPLACE INTO sends VALUES (?, ?, ?, NULL, ?)", row)

    def done(self, key: str, message: int) -> None:
        self._file.execute("UPDATE sends SET message = ? WHERE key = ?", (message, key))

    def not_done(self, key: str) -> None:
        """It certainly was not sent."""
        self._file.execute("DELETE FROM sends WHERE key = ? AND message IS NULL", (key,))

    # Messages that are known as ours, while one of ours is looked for

    def lost(self, chat: int) -> None:
        """An answer was lost: from now on every message of ours in this chat is noted."""
        self._unsure.add(chat)

    def note_own(self, chat: int, message: int) -> None:
        """We sent this one; kept only where one is looked for."""
        if chat in self._unsure:
            row = (chat, message, self._state.now())
            self._file.execute("INSERT OR IGNORE INTO own VALUES (?, ?, ?)", row)

    def is_own(self, chat: int, message: int) -> bool:
        """Whether this is known as another message of ours."""
        query = (
            "SELECT 1 FROM sends WHERE chat = :chat AND message = :message "
            "UNION SELECT 1 FROM own WHERE chat = :chat AND message = :message"
        )
        return self._file.execute(query, {"chat": chat, "message": message}).fetchone() is not None

    # Posts in several messages, known by the one that was the last when it was posted

    def parts(self, chat: int, anchor: int) -> list[int]:
        """Every message of a post, in order."""
        query = "SELECT message FROM parts WHERE chat = ? AND anchor = ? ORDER BY number"
        return [int(row["message"]) for row in self._file.execute(query, (chat, anchor))] or [anchor]

    def keep_parts(self, chat: int, anchor: int, messages: Sequence[int]) -> None:
        """A post has these messages now; none: it is gone."""
        if self.parts(chat, anchor) == list(messages):
            return
        with self._state.together():
            self._file.execute("DELETE FROM parts WHERE chat = ? AND anchor = ?", (chat, anchor))
            if list(messages) != [anchor]:
                rows = [(chat, anchor, number, message) for number, message in enumerate(messages)]
                self._file.executemany("INSERT INTO parts VALUES (?, ?, ?, ?)", rows)

    # Topics that are being opened

    def begin_topic(self, key: str, chat: int, title: str) -> None:
        row = (key, chat, title, self._state.now())
        self._file.execute("INSERT OR IGNORE INTO topics VALUES (?, ?, ?, NULL, ?)", row)

    def topic(self, key: str) -> int | None:
        """The topic that was opened under this key."""
        row = self._file.execute("SELECT thread FROM topics WHERE key = ?", (key,)).fetchone()
        return int(row["thread"]) if row and row["thread"] is not None else None

    def topic_made(self, key: str, thread: int) -> None:
        self._file.execute("UPDATE topics SET thread = ? WHERE key = ?", (thread, key))

    def topic_seen(self, chat: int, title: str, thread: int) -> bool:
        """Telegram tells of a topic that we made: it is the oldest of this title whose answer never came.

        False if every topic of this title is known as another one: then this one is one too many.
        """
        query = "SELECT key, thread FROM topics WHERE chat = ? AND title = ? ORDER BY at"
        rows = self._file.execute(query, (chat, title)).fetchall()
        if not rows or any(row["thread"] == thread for row in rows):
            return True
        waiting = [row["key"] for row in rows if row["thread"] is None]
        if waiting:
            self.topic_made(waiting[0], thread)
        return bool(waiting)

    def no_topic(self, key: str) -> None:
        """It certainly was not opened."""
        self._file.execute("DELETE FROM topics WHERE key = ? AND thread IS NULL", (key,))
