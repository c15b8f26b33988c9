"""Two programs with one token: nobody is answered twice, and the host hears of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.contract.actions import Button
from tests.adapters.discord.conftest import Bench
from tests.adapters.discord.small_core import SmallCore, ask, reply

AGREE = Button(label="Agree", payload="1-agree-7")
SENTENCE = "discord.another-bot"


@asynccontextmanager
async def another(bench: Bench) -> AsyncIterator[tuple[SmallCore, list[str]]]:
    """A second program with the same token: its core, and what its host reads."""
    core, said = SmallCore(), list[str]()
    core.communities = bench.core.communities
    bench.stand_in.gateway.connected.clear()
    second = bench.built(said.append)
    running = asyncio.ensure_future(second.run(core.receive, core))
    await asyncio.wait_for(bench.stand_in.gateway.connected.wait(), 10)
    await second.ready.wait()
    await bench.ready()
    try:
        yield core, said
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize("quick", [True, False])
async def test_a_command_is_answered_by_one_of_them(bench: Bench, quick: bool) -> None:
    async with another(bench) as (core, said):
        bench.core.quick = core.quick = quick
        for _ in range(3):
            await bench.people.command(bench.asha, bench.general, "rules")
            await bench.settle()
        assert bench.texts(bench.asha) == ["Here you are."] * 3
        heard = {*bench.said, *said}
        assert heard == {SENTENCE}, "whoever was slower says so"
        assert max(bench.said.count(SENTENCE), said.count(SENTENCE)) == 1, "once"


async def test_a_press_is_answered_by_one_of_them(bench: Bench) -> None:
    bench.core.answers = lambda event: (reply("Shall we?", AGREE, private=False),)
    await bench.people.command(bench.mo, bench.general, "post")
    await bench.settle()
    message = bench.sees(bench.asha)[-1]
    async with another(bench) as (core, _):
        bench.core.answers = core.answers = lambda event: (reply("Kept."), reply("And more."))
        bench.core.quick = core.quick = False
        await bench.people.press(bench.asha, message, "Agree")
        await bench.settle()
        assert bench.texts(bench.asha) == ["Shall we?", "Kept.", "And more."]
        bench.core.answers = core.answers = lambda event: (ask(),)
        bench.core.quick = core.quick = True
        await bench.people.press(bench.asha, message, "Agree")
        await bench.settle()
        assert len(bench.stand_in.questions.forms) == 1
        assert len(bench.texts(bench.asha)) == 3
