"""The whole bot on Telegram: the real core, wired as ``common-ground run`` wires it, on a moved clock."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from adapters.telegram import Pace, Settings, Telegram, Webhook, build
from bot.assembly import Core, assembled
from bot.commands import COMMANDS
from bot.directory import Directory
from bot.reach import Phrases, Reach
from bot.storage import tables
from bot.texts import Texts
from tests.adapters.telegram.clock import STUCK, MovedClock

TEXTS, DIRECTORY = Texts.load(), Directory.load()
SECRET_KEY = "a secret for tests, long enough"
QUICK = Pace(
    poll=5,
    confirm=0.15,
    edits=0.0,
    per_minute=1_000_000,
    per_second=1_000_000,
    first_retry=0.01,
    longest_retry=0.1,
)


class WholeBot:
    """A running bot. ``settle`` until nothing is under way; time passes by ``pass_until``."""

    def __init__(self, core: Core, telegram: Telegram, clock: MovedClock) -> None:
        self.core = core
        self.telegram = telegram
        self.clock = clock

    async def settle(self) -> None:
        """Everything taken is handled, what is due is done, and edits are shown."""
        await self.telegram.settled()
        await self.core.run_due()
        while await self._is_speaking():  # noqa: ASYNC110 - the process's own schedule performs something
            await asyncio.sleep(0.01)
        await self.telegram.show_edits()

    async def _is_speaking(self) -> bool:
        table, now = tables.outbox, self.clock()
        query = select(table.c.id).where(
            table.c.done_at.is_(None), table.c.due_at <= now, table.c.leased_until > now
        )
        async with self.core.database.transaction() as work:
            return (await work.connection.execute(query)).first() is not None

    async def pass_until(self, until: datetime) -> None:
        """Let time pass, stopping at each thing due so that it happens at its own time."""
        await self.core.run_due()
        while (due := await self.core.next_due()) is not None and due <= until and self.clock() < until:
            self.clock.set(due if due > self.clock() else min(until, self.clock() + STUCK))
            await self.settle()
        self.clock.set(until)
        await self.settle()

    async def next_due(self) -> datetime | None:
        await self.core.run_due()
        return await self.core.next_due()


@asynccontextmanager
async def whole_bot(
    folder: Path,
    address: str,
    token: str,
    clock: MovedClock,
    pace: Pace = QUICK,
    webhook: Webhook | None = None,
) -> AsyncIterator[WholeBot]:
    """The bot with its data in ``folder``, connected to the Bot API at ``address``."""
    telegram = made(folder, address, token, pace, webhook)
    try:
        async with assembled(
            url=f"sqlite:///{folder / 'group.db'}",
            secret_key=SECRET_KEY,
            platforms=[telegram],
            clock=clock,
            texts=TEXTS,
            directory=DIRECTORY,
        ) as core:
            running = asyncio.ensure_future(telegram.run(core.receive, Reach(core)))
            ready = asyncio.ensure_future(telegram.ready.wait())
            await asyncio.wait([ready, running], return_when=asyncio.FIRST_COMPLETED)
            try:
                yield WholeBot(core, telegram, clock)
            finally:
                ready.cancel()
                running.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await running
    finally:
        await telegram.close()


def made(
    folder: Path, address: str, token: str, pace: Pace = QUICK, webhook: Webhook | None = None
) -> Telegram:
    """Telegram as ``common-ground run`` makes it, at a pace for tests."""
    settings = Settings(token=token, folder=folder, api_base=address, pace=pace, webhook=webhook)
    return build(settings=settings, commands=COMMANDS, phrase=Phrases(TEXTS), languages=TEXTS.languages)
