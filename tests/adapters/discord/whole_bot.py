"""The whole bot on Discord: the real core, wired as ``common-ground run`` wires it, on a moved clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from adapters.discord import Discord, Pace, Settings, build
from bot.assembly import Core, assembled
from bot.commands import COMMANDS
from bot.directory import Directory
from bot.reach import Phrases, Reach
from bot.texts import Texts

TEXTS, DIRECTORY = Texts.load(), Directory.load()
QUICK = Pace(guild_ready=0.02, lookup=0.0, last_words=5.0)
STUCK = timedelta(minutes=1)


class MovedClock:
    """Starts at ``start`` (aware) and goes forward only when told."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def set(self, moment: datetime) -> None:
        self._now = max(self._now, moment)


class WholeBot:
    """A running bot. ``settle`` until nothing is under way; time passes by ``pass_until``."""

    def __init__(self, core: Core, discord: Discord, clock: MovedClock) -> None:
        self.core = core
        self.discord = discord
        self.clock = clock

    async def settle(self) -> None:
        """Everything heard is handled, and what is due is done."""
        await self.discord.settled()
        await self.core.run_due()

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
    message_content: bool = True,
) -> AsyncIterator[WholeBot]:
    """The bot with its data in ``folder``, connected to the Discord at ``address``."""
    settings = Settings(token=token, api_base=address, pace=pace, message_content=message_content)
    discord = build(settings=settings, commands=COMMANDS, phrase=Phrases(TEXTS), languages=TEXTS.languages)
    async with assembled(
        url=f"sqlite:///{folder / 'group.db'}",
        secret_key="a secret for tests, long enough",
        platforms=[discord],
        clock=clock,
        texts=TEXTS,
        directory=DIRECTORY,
    ) as core:
        running = asyncio.ensure_future(discord.run(core.receive, Reach(core)))
        looking = asyncio.ensure_future(_looked_up(discord))
        await asyncio.wait([looking, running], return_when=asyncio.FIRST_COMPLETED)
        try:
            if running.done():
                running.result()
            yield WholeBot(core, discord, clock)
        finally:
            looking.cancel()
            running.cancel()
            await asyncio.gather(running, looking, return_exceptions=True)


async def _looked_up(discord: Discord) -> None:
    """Connected, and everything that happened meanwhile is made up for."""
    await discord.ready.wait()
    assert discord.client is not None
    await discord.client.looked_up.wait()
