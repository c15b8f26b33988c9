"""Telegram: ordinary messages beside the bare library, a thousand presses, one slow chat among many."""

import asyncio
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from adapters.telegram import Pace
from benchmarks.figure import Figure, percentile
from tests.adapters.telegram.clock import MovedClock
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import reply
from tests.adapters.telegram.stand_in import BOT, Said, StandIn
from tests.adapters.telegram.stand_in.people import People
from tests.adapters.telegram.whole_bot import whole_bot

MESSAGES = 20_000
PRESSES = 1_000
GROUPS, A_SECOND, SECONDS = 1_000, 100, 10


async def measure() -> list[Figure]:
    return [*await asyncio.to_thread(_messages), await _presses(), await _slow_chat()]


def _messages() -> list[Figure]:
    with _server() as address:
        bare = min(_read("bare", address) for _ in range(3))
        bot = min(_read("bot", address) for _ in range(3))
    note = f"bare {bare * 1e6:.0f} µs, the bot {bot * 1e6:.0f} µs"
    return [
        Figure(
            name="Telegram: CPU of an ordinary message, beside bare",
            value=bot / bare,
            limit=1.3,
            unit="times",
            note=note,
        )
    ]


@contextmanager
def _server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.telegram_reader", "server", str(port)])
    try:
        for _ in range(200):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _read(kind: str, address: str) -> float:
    command = [sys.executable, "-m", "benchmarks.telegram_reader", kind, address, str(MESSAGES)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


async def _presses() -> Figure:
    """A thousand people press at once, through the core and its database; each is answered."""
    stand_in = StandIn()
    stand_in.strict = True
    await stand_in.start()
    world, people = stand_in.world, People(stand_in.world)
    crowd = [world.somebody(f"P{number}", chat="started") for number in range(PRESSES)]
    moderator = world.somebody("Mo", chat="started")
    group = world.group("Type 1", *crowd)
    group.standing[moderator.id] = "creator"
    with tempfile.TemporaryDirectory() as folder:
        clock = MovedClock(datetime.now(UTC))
        pace = Pace(poll=5)  # Telegram's own limits
        async with whole_bot(Path(folder), stand_in.address, stand_in.token, clock, pace) as bot:
            await people.add_bot(moderator, group)
            await stand_in.fetched()
            await bot.settle()
            keyboard = {"inline_keyboard": [[{"text": "Read", "callback_data": "1-rules"}]]}
            ballot = Said(world.next_message(group.id), group.id, BOT, "Vote", 1, keyboard=keyboard)
            begun = time.perf_counter()
            for person in crowd:
                await people.press(person, ballot, "Read")
            await stand_in.happens(lambda: all(done for _, done in world.queries.values()))
            seconds = time.perf_counter() - begun
    await stand_in.stop()
    answered = sum(done for _, done in world.queries.values())
    name = f"Telegram: {PRESSES} presses at once"
    note = f"{answered} answered, {stand_in.floods} flood errors; the stand-in shares the processor"
    return Figure(name=name, value=seconds if not stand_in.floods else 99, limit=10, unit="s", note=note)


async def _slow_chat() -> Figure:
    """Commands from a thousand groups while Telegram hangs on whatever concerns one of them."""
    waits: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        bench.quicker(per_minute=1_000_000, per_second=1_000_000)
        await bench.stand_in.start()
        world = bench.world
        asha = world.somebody("Asha", chat="started")
        groups = [world.group(f"G{number}", asha) for number in range(GROUPS)]
        for group in groups:
            group.bot_status = "administrator"
        bench.core.answers = lambda event: [reply("Here", private=False)]
        bench.stand_in.hang(groups[0].id)
        await bench.connect()
        for number in range(A_SECOND * SECONDS):
            group = groups[0] if number % 5 == 0 else groups[1 + number % (GROUPS - 1)]
            if group is not groups[0]:
                bench.stand_in.time_answer(group.id, waits)
            await bench.people.say(asha, group, "/rules")
            await asyncio.sleep(1 / A_SECOND)
        await asyncio.sleep(1)
        bench.stand_in.go_on()
        await bench.disconnect()
        await bench.stand_in.stop()
    worst = percentile(waits, 0.99) * 1_000
    note = f"{len(waits)} of {A_SECOND * SECONDS * 4 // 5} measured"
    name = f"Telegram: p99 from command to answer, {GROUPS} groups, one hangs"
    return Figure(name=name, value=worst, limit=250, unit="ms", note=note)
