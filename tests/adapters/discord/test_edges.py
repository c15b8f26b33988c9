"""Wrong tokens, refused intents, several shards, and what `check` finds."""

import asyncio
from dataclasses import replace
from itertools import pairwise

import discord
import pytest
from aiohttp import web

from adapters.discord import DiscordProblem, Pace, check
from bot.contract.events import CommandGiven, MemberJoined
from tests.adapters.discord.conftest import Bench
from tests.adapters.discord.stand_in import Someone


async def test_a_wrong_token_ends_in_one_sentence(unconnected: Bench) -> None:
    unconnected.set(token="wrong")
    with pytest.raises(DiscordProblem, match="wrong-token"):
        await unconnected.connect()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(4004, "wrong-token"), (4011, "closed code=4011"), (4013, "intent-refused"), (4014, "intent-refused")],
)
async def test_a_connection_that_ends_for_good_ends_in_one_sentence(
    bench: Bench, code: int, sentence: str
) -> None:
    await bench.ready()
    await bench.stand_in.gateway.drop(code=code)
    assert bench.running is not None
    with pytest.raises(DiscordProblem, match=sentence):
        await asyncio.wait_for(bench.running, 10)
    bench.running = None


async def test_without_privileged_intents_the_bot_runs_and_says_what_is_off(without_intents: Bench) -> None:
    bench = without_intents
    bench.set(message_content=True)
    await bench.connect()
    assert bench.said == ["discord.no-members-intent", "discord.no-message-content-intent"]
    await bench.people.join(bench.guild, Someone("Noor"))
    await bench.people.command(bench.asha, bench.general, "rules")
    await bench.settle()
    assert bench.core.of(MemberJoined) == []
    assert bench.texts(bench.asha) == ["Here you are."]


async def test_an_intent_that_is_refused_after_all_ends_in_one_sentence(without_intents: Bench) -> None:
    bench = without_intents
    bench.stand_in.rest.flags = 1 << 14  # the page says on, the gateway says no
    with pytest.raises(DiscordProblem, match="intent-refused"):
        await bench.connect()


async def test_an_unreachable_discord_is_tried_until_it_answers(unconnected: Bench) -> None:
    unconnected.stand_in.faults.on("GET /users/@me", 503, times=2)
    await unconnected.connect()
    assert unconnected.said == ["discord.unreachable error=503 0"] * 2


async def test_the_gateway_is_the_one_that_the_api_names(bench: Bench) -> None:
    assert "GET /gateway/bot" in bench.stand_in.rest.requests
    assert bench.stand_in.gateway.identified == 1


async def test_several_shards_each_hear_their_own_servers(unconnected: Bench) -> None:
    bench = unconnected
    bench.stand_in.rest.shards = 2
    others = [bench.world.guild(f"Server {n}", bench.mo) for n in range(3)]
    await bench.connect()
    assert bench.discord.client is not None
    while len(bench.stand_in.gateway.sessions) < 2:
        bench.stand_in.gateway.connected.clear()
        await bench.stand_in.gateway.connected.wait()
    for guild in (bench.guild, *others):
        await bench.people.command(bench.mo, guild.channels[0], "rules")
    await bench.settle()
    assert len(bench.core.of(CommandGiven)) == 4


@pytest.mark.parametrize(("at_once", "waits"), [(1, [True, True]), (2, [False, True])])
async def test_shards_start_as_far_apart_as_discord_asks_for(
    unconnected: Bench, at_once: int, waits: list[bool]
) -> None:
    bench = unconnected
    bench.stand_in.rest.shards, bench.stand_in.rest.max_concurrency = 3, at_once
    assert bench.settings.pace.identify < Pace().identify == 5.0
    await bench.connect()
    starts = bench.stand_in.gateway.starts
    while len(starts) < 3:
        bench.stand_in.gateway.connected.clear()
        await bench.stand_in.gateway.connected.wait()
    assert [shard for shard, _ in starts] == [0, 1, 2]
    apart = bench.settings.pace.identify
    late = [later - earlier >= apart - 0.05 for (_, earlier), (_, later) in pairwise(starts)]
    assert late == waits


async def test_a_shard_that_has_to_start_again_waits_for_its_turn(bench: Bench) -> None:
    await bench.ready()
    bench.stand_in.gateway.forgets_sessions = True
    await bench.stand_in.gateway.drop()
    await bench.stand_in.gateway.connected.wait()
    (_, first), *_, (_, last) = bench.stand_in.gateway.starts
    assert last - first >= bench.settings.pace.identify - 0.05


async def test_who_started_too_often_waits_and_says_so(unconnected: Bench) -> None:
    bench = unconnected
    bench.stand_in.rest.starts_left = 0
    await bench.connect()
    assert bench.said == ["discord.no-starts-left minutes=1"]
    assert bench.stand_in.gateway.identified == 1


async def test_a_gateway_that_nobody_names_is_asked_for_until_somebody_does(unconnected: Bench) -> None:
    unconnected.stand_in.faults.on("GET /gateway/bot", 503)
    await unconnected.connect()
    assert unconnected.said == ["discord.unreachable error=GatewayNotFound"]


async def test_stopping_waits_for_nothing_forever(bench: Bench) -> None:
    bench.core.gate = asyncio.Event()
    running = bench.running
    assert running is not None
    asking = asyncio.ensure_future(bench.people.command(bench.asha, bench.general, "rules"))
    await bench.stand_in.heard()
    assert not running.done()
    await asyncio.wait_for(bench.disconnect(), 5)
    assert running.done()
    asking.cancel()


async def test_an_address_that_is_not_discords_ends_in_one_sentence(unconnected: Bench) -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(text="<h1>Welcome</h1>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    unconnected.stand_in.address = f"http://127.0.0.1:{runner.addresses[0][1]}/api"
    try:
        with pytest.raises(DiscordProblem, match="not-discord"):
            await unconnected.connect()
        settings = replace(unconnected.settings, api_base=unconnected.stand_in.address)
        assert [one.key for one in await check(settings, [])] == ["discord.not-discord"]
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("status", [400, 429, 503])
async def test_commands_that_discord_does_not_take_stop_nothing(unconnected: Bench, status: int) -> None:
    unconnected.stand_in.faults.on("PUT /applications", status, code=50035, times=9, retry_after=3600.0)
    await unconnected.connect()
    (said,) = unconnected.said
    assert said.startswith("discord.not-registered")
    await unconnected.people.command(unconnected.asha, unconnected.general, "rules")
    await unconnected.settle()
    assert unconnected.texts(unconnected.asha) == ["Here you are."]


def test_what_the_gateway_says_is_read_by_the_fast_reader() -> None:
    assert discord.utils.HAS_ORJSON
