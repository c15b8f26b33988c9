"""The adapter, connected to the stand-in, with a small core behind it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.telegram import Pace, Settings, Telegram, Webhook, build
from tests.adapters.telegram.small_core import COMMANDS, SmallCore, phrase
from tests.adapters.telegram.stand_in import Group, Said, Someone, StandIn
from tests.adapters.telegram.stand_in.people import People

QUICK = Pace(
    poll=5, confirm=0.15, edits=0.0, per_minute=1_000, per_second=1_000, first_retry=0.01, longest_retry=0.02
)


class Bench:
    """A stand-in, a small core, and the adapter between them."""

    def __init__(self, folder: Path, pace: Pace = QUICK) -> None:
        self.stand_in = StandIn()
        self.world = self.stand_in.world
        self.people = People(self.world)
        self.core = SmallCore()
        self.pace = pace
        self.webhook: Webhook | None = None
        self._folder = folder
        self.telegram: Telegram
        self._running: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Start the adapter and wait until it listens."""
        self.make()
        self._running = asyncio.ensure_future(self.telegram.run(self.core.receive, self.core))
        ready = asyncio.ensure_future(self.telegram.ready.wait())
        await asyncio.wait([ready, self._running], return_when=asyncio.FIRST_COMPLETED)
        if self._running.done():
            ready.cancel()
            self._running.result()

    def make(self) -> None:
        settings = Settings(
            token=self.stand_in.token,
            folder=self._folder,
            api_base=self.stand_in.address,
            pace=self.pace,
            webhook=self.webhook,
        )
        self.telegram = build(settings=settings, commands=COMMANDS, phrase=phrase, languages=("en", "de"))

    async def disconnect(self) -> None:
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
            self._running = None
            await self.telegram.close()

    async def restart(self) -> None:
        await self.disconnect()
        await self.connect()

    async def settle(self) -> None:
        """Everything that happened is handled and answered, and edits are shown."""
        await asyncio.wait_for(self.stand_in.fetched(), 10)
        await asyncio.wait_for(self.telegram.settled(), 10)
        await self.telegram.show_edits()

    def sees(self, who: Someone) -> list[Said]:
        """What the bot said that this person can see, oldest first."""
        return [said for said in self.world.visible(who) if said.by["id"] == 4242]

    def texts(self, who: Someone) -> list[str]:
        return [said.text for said in self.sees(who)]

    def quicker(self, **paces: float) -> None:
        self.pace = replace(self.pace, **paces)  # type: ignore[arg-type]


@pytest.fixture
async def unconnected(tmp_path: Path) -> AsyncIterator[Bench]:
    """A bench whose adapter is not running yet."""
    bench = Bench(tmp_path)
    await bench.stand_in.start()
    try:
        yield bench
    finally:
        await bench.disconnect()
        await bench.stand_in.stop()
    assert bench.stand_in.objections == []


@pytest.fixture
async def bench(unconnected: Bench) -> Bench:
    await unconnected.connect()
    return unconnected


@pytest.fixture
async def asha(bench: Bench) -> Someone:
    return bench.world.somebody("Asha", chat="started")


@pytest.fixture
async def mo(bench: Bench) -> Someone:
    """A moderator."""
    return bench.world.somebody("Mo", chat="started")


@pytest.fixture
async def group(bench: Bench, asha: Someone, mo: Someone) -> Group:
    """A forum in which the bot is an administrator; the core knows it as community 7."""
    group = bench.world.group("Type 1", asha, forum=True)
    group.standing[mo.id] = "creator"
    group.bot_status = "administrator"
    bench.core.communities[str(group.id)] = 7
    return group


@pytest.fixture
async def unused_port() -> int:
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = int(server.sockets[0].getsockname()[1])
    server.close()
    await server.wait_closed()
    return port
