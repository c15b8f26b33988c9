"""Telegram as a platform of the bot: everything wired together."""

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Sequence
from datetime import timedelta

from adapters.telegram import errors, webhook
from adapters.telegram.answers import Answers
from adapters.telegram.connection import Connection
from adapters.telegram.core import PLATFORM, Groups, Nothing, Phrase
from adapters.telegram.edit_loop import EditLoop
from adapters.telegram.edits import Edits
from adapters.telegram.ephemeral import Ephemeral
from adapters.telegram.handler import Handler
from adapters.telegram.intake import Intake
from adapters.telegram.life import Life
from adapters.telegram.links import Links
from adapters.telegram.members import Members
from adapters.telegram.menus import menus, set_menus
from adapters.telegram.moved import MovedGroups
from adapters.telegram.once import Once
from adapters.telegram.performing import Performer
from adapters.telegram.polling import Polling
from adapters.telegram.posted import Posted
from adapters.telegram.presses import Presses
from adapters.telegram.private import Private
from adapters.telegram.questions import Questions
from adapters.telegram.refusals import Refusals
from adapters.telegram.sends import Sends
from adapters.telegram.settings import Settings
from adapters.telegram.state import State
from adapters.telegram.text import LONGEST
from adapters.telegram.topics import Topics
from bot.contract.actions import Sent
from bot.contract.command import Command
from bot.contract.events import MessageRef
from bot.contract.platform import Receive, Surface, TryLater

log = logging.getLogger(__name__)
_TIDIED_EVERY = 3600.0  # seconds


class Telegram:
    """``bot.contract.platform.Platform`` for Telegram. ``close`` it at the end."""

    name = PLATFORM
    surface = Surface(max_text=LONGEST, threads=True, dm_needs_hello=True)

    def __init__(
        self, settings: Settings, commands: Sequence[Command], phrase: Phrase, languages: Sequence[str]
    ) -> None:
        self._settings = settings
        self._commands = commands
        self._phrase = phrase
        self._languages = languages
        self.state = State.open(settings.folder)
        self.connection = Connection(settings, phrase)
        self.members = Members(self.connection.bot, settings.pace)
        self.members.on_moved = self._moved
        self.ephemeral = Ephemeral(self.connection, self.state, phrase)
        self._edits = Edits(self.state)
        self.sends = Sends(self.state)
        self.connection.on_message = self.sends.note_own
        self._refusals = Refusals(self.connection)
        self._topics = Topics(self.connection, self.sends)
        once = Once(self.connection, self.sends)
        posted = Posted(self.connection, self.state, self.sends, once)
        self._edit_loop = EditLoop(posted, self.state, self._edits, settings.pace.edits)
        self._performer = Performer(
            connection=self.connection,
            state=self.state,
            edits=self._edits,
            once=once,
            posted=posted,
            topics=self._topics,
            refusals=self._refusals,
            moved=self._moved,
        )
        self._life: Life | None = None
        self._handler: Handler | None = None
        self.intake: Intake | None = None
        self._under_way: dict[str, asyncio.Task[MessageRef | None]] = {}
        self.ready = asyncio.Event()

    async def run(self, receive: Receive, groups: Groups | None = None) -> None:
        """Connect and hand every event to ``receive`` until cancelled.

        TelegramProblem is one sentence about what the host has to put right.
        """
        await self.connection.open()
        known = MovedGroups(groups or Nothing(), self.state)
        intake = self._wired(known.receiving(receive), known)
        await self.ephemeral.probe()
        await self._tell_menus()
        if self._life is not None:
            await self._life.catch_up()
        intake.recover()
        polling = Polling(self.connection, intake, self._settings.pace, self._phrase)
        beside = [asyncio.ensure_future(self._edit_loop.run()), asyncio.ensure_future(self._tidy())]
        try:
            if self._settings.webhook is not None:
                await webhook.listen(
                    self._settings.webhook,
                    self.connection,
                    intake,
                    self._settings.pace,
                    self._phrase,
                    self.ready,
                )
            else:
                self.ready.set()
                await polling.run()
        finally:
            for task in beside:
                task.cancel()
            self._edit_loop.stop()
            await self._finish(polling)

    async def _tidy(self) -> None:
        """Forget now and then what nobody needs any more."""
        while True:
            try:
                self.state.tidy()
                self.sends.tidy()
            except sqlite3.Error as fault:
                log.error("tidying failed: %s", errors.where(fault))
            await asyncio.sleep(_TIDIED_EVERY)

    async def perform(self, action: Sent, key: str) -> MessageRef | None:
        """Do ``action`` once; raises only ``Unreachable`` or ``TryLater``.

        What takes long goes on by itself; the same key asked again gets its outcome.
        """
        if not self.ready.is_set():
            raise TryLater(timedelta(seconds=self._settings.pace.first_retry))
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.ensure_future(self._performer.perform(action, key))
            self._under_way[key] = task
            task.add_done_callback(_looked_at)
        done, _ = await asyncio.wait([task], timeout=self._settings.pace.perform)
        if not done:  # nobody else's messages wait for a slow chat
            raise TryLater(timedelta(seconds=self._settings.pace.perform))
        del self._under_way[key]
        return task.result()

    async def settled(self) -> None:
        """Wait until everything received is handled and every answer is out."""
        if self.intake is not None and self._handler is not None:
            await self.intake.settled()
            await self._handler.settled()
        await self._refusals.settled()

    async def show_edits(self) -> None:
        """Show the edits that are due, now."""
        await self._edit_loop.show_due()

    async def close(self) -> None:
        """Let go of the connections and of the file."""
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        await self.connection.close()
        self.state.close()

    def _wired(self, receive: Receive, groups: MovedGroups) -> Intake:
        """Everything between a raw update and the core's door."""
        state = self.state
        self._refusals.begin(receive)
        self._life = Life(
            connection=self.connection,
            state=state,
            members=self.members,
            groups=groups,
            receive=receive,
            topics=self._topics,
            refusals=self._refusals,
        )
        self._handler = self._handling(receive, groups, self._life)
        self.intake = Intake(
            handle=self._handler.handle,
            is_idle_talk=self._handler.is_idle_talk,
            is_urgent=self._handler.is_urgent,
            state=state,
            patience=self._settings.pace.confirm,
        )
        return self.intake

    def _handling(self, receive: Receive, groups: Groups, life: Life) -> Handler:
        connection, state, members = self.connection, self.state, self.members
        questions, links = Questions(connection, state, self._phrase), Links()
        answers = Answers(connection, self.ephemeral, questions, links, self._phrase)
        private = Private(
            members=members,
            answers=answers,
            open_links=links,
            open_questions=questions,
            state=state,
            groups=groups,
            receive=receive,
        )
        spinner = self._settings.pace.spinner
        presses = Presses(connection, state, private, groups, receive, spinner)
        return Handler(
            connection=connection,
            members=members,
            answers=answers,
            private=private,
            presses=presses,
            life=life,
            commands=self._commands,
            groups=groups,
            receive=receive,
        )

    async def _tell_menus(self) -> None:
        whispered = self.ephemeral.known
        wanted = menus(self._commands, self._phrase, self._languages, whispered=whispered)
        await set_menus(self.connection.bot, self.state, wanted)

    async def _moved(self, old: int, new: int) -> None:
        if self._life is not None:
            await self._life.moved(old, new)

    async def _finish(self, polling: Polling) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.settled(), self._settings.pace.last_words)
        if self.intake is not None and self._handler is not None:
            self.intake.stop()
            self._handler.stop()
        if self._settings.webhook is None:
            await polling.confirm()
        self.ready.clear()


def _looked_at(task: "asyncio.Task[MessageRef | None]") -> None:
    """Take note of how it ended, also if nobody asks again."""
    if not task.cancelled():
        task.exception()
