"""The adapter, connected to the stand-in, with a small core behind it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from adapters.discord import Discord, Pace, Phrase, Settings, build
from bot.contract.command import Command
from tests.adapters.discord.small_core import COMMANDS, SmallCore, phrase
from tests.adapters.discord.stand_in import BOT, Channel, Guild, Member, Message, Someone, StandIn

QUICK = Pace(guild_ready=0.05, lookup=0.0, identify=0.2, login_again=0.01, grace=0.2, last_words=0.2)


class Bench:
    """A stand-in with one server that the bot is in, a small core, and the adapter between them."""

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.world, self.people = stand_in.world, stand_in.people
        self.core = SmallCore()
        self.said: list[str] = []
        self.table: Sequence[Command] = COMMANDS
        self.phrase: Phrase = phrase
        self.languages: Sequence[str] = ("en", "de")
        self.settings = Settings(token=stand_in.token, pace=QUICK)
        self.discord: Discord
        self.running: asyncio.Task[None] | None = None
        self.mo, self.asha = Someone("Mo"), Someone("Asha")
        self.guild = self.world.guild("Type 1", self.mo)
        self.guild.members[self.asha.id] = Member(self.asha)
        self.general: Channel = self.guild.channels[0]
        self.core.communities[self.guild.id] = 7

    def set(self, **settings: Any) -> None:
        self.settings = replace(self.settings, **settings)

    def pace(self, **pace: float) -> None:
        self.settings = replace(self.settings, pace=replace(self.settings.pace, **pace))

    async def connect(self) -> None:
        """Start the adapter and wait until it has heard of every server."""
        self.discord = self.built(self.said.append)
        self.stand_in.gateway.connected.clear()
        self.running = asyncio.ensure_future(self.discord.run(self.core.receive, self.core))
        connected = asyncio.ensure_future(self.stand_in.gateway.connected.wait())
        await asyncio.wait([connected, self.running], return_when=asyncio.FIRST_COMPLETED, timeout=20)
        connected.cancel()
        if self.running.done():
            self.running.result()
        await self.settle()

    def built(self, say: Callable[[str], None]) -> Discord:
        """The adapter, not connected; its clock is the stand-in's."""
        settings = replace(self.settings, api_base=self.stand_in.address)
        return build(
            settings=settings,
            commands=self.table,
            phrase=self.phrase,
            languages=self.languages,
            say=say,
            now=self.stand_in.questions.now,
        )

    async def disconnect(self) -> None:
        if self.running is not None:
            self.running.cancel()
            await asyncio.gather(self.running, return_exceptions=True)
            self.running = None

    async def restart(self) -> None:
        await self.disconnect()
        await self.connect()

    async def settle(self) -> None:
        """Everything that happened is handled and answered."""
        await self.stand_in.heard()
        await asyncio.wait_for(self.discord.settled(), 10)

    async def ready(self) -> None:
        """Everything that a new session looks up is looked up."""
        assert self.discord.client is not None
        await asyncio.wait_for(self.discord.client.looked_up.wait(), 10)
        await self.settle()

    def sees(self, who: Someone) -> list[Message]:
        return [one for one in self.world.visible(who) if one.author is BOT]

    def texts(self, who: Someone) -> list[str]:
        return [one.content for one in self.sees(who)]


@pytest.fixture
async def unconnected() -> AsyncIterator[Bench]:
    """A bench whose adapter is not running yet."""
    async for bench in _bench(StandIn()):
        yield bench


@pytest.fixture
async def without_intents() -> AsyncIterator[Bench]:
    """Neither privileged intent is switched on."""
    async for bench in _bench(StandIn(members_on=False, content_on=False)):
        yield bench


@pytest.fixture
async def bench(unconnected: Bench) -> Bench:
    await unconnected.connect()
    return unconnected


@pytest.fixture
def guild(bench: Bench) -> Guild:
    return bench.guild


async def _bench(stand_in: StandIn) -> AsyncIterator[Bench]:
    await stand_in.start()
    bench = Bench(stand_in)
    try:
        yield bench
    finally:
        await bench.disconnect()
        await stand_in.stop()
    assert stand_in.objections == []
