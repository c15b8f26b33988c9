"""One community over a Discord server and a Telegram group: one code, one vote, one result."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from adapters import discord, telegram
from adapters.discord import Discord
from adapters.rehearsal.scenario import Cast
from adapters.telegram import Telegram
from bot.assembly import Core, assembled
from bot.commands import COMMANDS
from bot.reach import Phrases, Reach
from bot.texts import Texts
from tests.adapters.discord import whole_bot as on_discord
from tests.adapters.discord.stage import DiscordStage
from tests.adapters.telegram import whole_bot as on_telegram
from tests.adapters.telegram.clock import STUCK, MovedClock
from tests.adapters.telegram.stage import TelegramStage

START = datetime(2026, 12, 1, 10, tzinfo=UTC)
TEXTS = Texts.load()
SETTING_UP = ("Set up this group", "England", "Adults only", "Name any moderator")


@dataclass
class BothBot:
    """One core, connected to both platforms."""

    core: Core
    discord: Discord
    telegram: Telegram
    clock: MovedClock

    async def settle(self) -> None:
        await self.discord.settled()
        await self.telegram.settled()
        await self.core.run_due()
        await self.telegram.show_edits()

    async def pass_until(self, until: datetime) -> None:
        await self.core.run_due()
        while (due := await self.core.next_due()) is not None and due <= until and self.clock() < until:
            self.clock.set(due if due > self.clock() else min(until, self.clock() + STUCK))
            await self.settle()
        self.clock.set(until)
        await self.settle()


class SharedDiscord(DiscordStage):
    """A stage whose bot is the one that serves both."""

    async def _connect(self) -> None:
        """It is connected already."""

    async def _disconnect(self) -> None:
        """Whoever made it ends it."""


class SharedTelegram(TelegramStage):
    """The same on Telegram."""

    async def _connect(self) -> None:
        """It is connected already."""

    async def _disconnect(self) -> None:
        """Whoever made it ends it."""


@asynccontextmanager
async def both(folder: Path) -> AsyncIterator[tuple[SharedDiscord, SharedTelegram]]:
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(SharedDiscord(folder))
        other = await stack.enter_async_context(SharedTelegram(folder))
        there: Any = discord.build(
            settings=discord.Settings(
                token=one.stand_in.token, api_base=one.stand_in.address, pace=on_discord.QUICK
            ),
            commands=COMMANDS,
            phrase=Phrases(TEXTS),
        )
        here = telegram.build(
            settings=telegram.Settings(
                token=other.stand_in.token,
                folder=folder,
                api_base=other.stand_in.address,
                pace=on_telegram.QUICK,
            ),
            commands=COMMANDS,
            phrase=Phrases(TEXTS),
        )
        stack.push_async_callback(here.close)
        clock = MovedClock(START)
        core = await stack.enter_async_context(
            assembled(
                url=f"sqlite:///{folder / 'group.db'}",
                secret_key="a secret for tests, long enough",
                platforms=[there, here],
                clock=clock,
                texts=TEXTS,
            )
        )
        running = [
            asyncio.ensure_future(platform.run(core.receive, Reach(core))) for platform in (there, here)
        ]
        await asyncio.gather(there.ready.wait(), here.ready.wait())
        await there.client.looked_up.wait()
        bot: Any = BothBot(core, there, here, clock)
        one._bot = other._bot = bot
        try:
            yield one, other
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


async def words(stage: DiscordStage | TelegramStage, who: str) -> str:
    return "\n".join(seen.text for seen in await stage.seen(who))


async def test_one_vote_is_held_on_both_platforms(tmp_path: Path) -> None:
    async with both(tmp_path) as (server, group):
        await server.begin([Cast("Mo", is_moderator=True), Cast("Asha"), Cast("Ben")], START)
        for label in SETTING_UP:
            await server.press("Mo", label, None)
        await group.begin([Cast("Tia", is_moderator=True), Cast("Cai"), Cast("Dee")], START)
        await server.type("Mo", "/desk drawer people", None)
        await server.press("Mo", "Give a code to another place", None)
        found = re.search(r"\b[A-HJ-NP-Z2-9]{6}\b", await words(server, "Mo"))
        assert found is not None
        await group.type("Tia", f"/desk join {found.group()}", None)
        await group.press("Tia", "Share rules now", None)
        assert "share rules, votes and settings" in await words(group, "Tia")

        await server.type("Mo", "/desk", None)
        await server.press("Mo", "Ask the group", None)
        await server.advance(timedelta(minutes=2))
        assert "shall these be our rules" in await words(server, "Asha")
        assert "vote once" in await words(group, "Cai")
        for stage, name in ((server, "Asha"), (server, "Ben"), (group, "Cai"), (group, "Dee")):
            await stage.press(name, "Agree to all", None)
            await stage.press(name, "Go on", None)
            assert "Your vote is: Agree to all" in await words(stage, name)

        await server.advance(timedelta(days=8))
        for stage, name in ((server, "Asha"), (group, "Cai")):
            result = await words(stage, name)
            assert "4 people took part" in result
            assert "vote once" in result
        await group.type("Dee", "/rules", None)
        assert "Our rules. We agreed these." in await words(group, "Dee")
        assert server.stand_in.objections == []
        assert group.stand_in.objections == []
