"""From a command on the gateway to its acknowledgement, while 200 messages a second go on beside it.

The stand-in, the bot and its database share one process and so one core: on Discord it is quicker.
"""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figure import Figure, percentile
from tests.adapters.discord.stand_in import Guild, Member, Someone, StandIn
from tests.adapters.discord.whole_bot import MovedClock, whole_bot

COMMANDS, MESSAGES_A_SECOND = 400, 200
BETWEEN = 0.02


async def measure() -> list[Figure]:
    stand_in = StandIn()
    await stand_in.start()
    owner, asha = Someone("Mo"), Someone("Asha")
    guild = stand_in.world.guild("Type 1", owner)
    guild.members[asha.id] = Member(asha)
    with tempfile.TemporaryDirectory() as folder:
        clock = MovedClock(datetime(2026, 11, 25, 10, tzinfo=UTC))
        async with whole_bot(
            Path(folder), stand_in.address, stand_in.token, clock, message_content=True
        ) as bot:
            await bot.settle()
            chatter = asyncio.ensure_future(_chatter(stand_in, guild, asha))
            waits = [await _one(stand_in, guild, asha, number) for number in range(COMMANDS)]
            chatter.cancel()
            await asyncio.gather(chatter, return_exceptions=True)
    await stand_in.stop()
    note = f"median {percentile(waits, 0.5) * 1000:.0f} ms"
    return [
        Figure(
            name="Discord: command to acknowledgement, p99 with 200 messages a second",
            value=percentile(waits, 0.99) * 1000,
            limit=150,
            unit="ms",
            note=note,
        )
    ]


async def _one(stand_in: StandIn, guild: Guild, who: Someone, number: int) -> float:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    name = ("rules", "signpost", "help")[number % 3]
    await stand_in.people.command(who, guild.channels[0], name)
    waited = loop.time() - begun
    await asyncio.sleep(BETWEEN)
    return waited


async def _chatter(stand_in: StandIn, guild: Guild, who: Someone) -> None:
    while True:
        await stand_in.people.write(who, guild.channels[0], "good morning all")
        await asyncio.sleep(1 / MESSAGES_A_SECOND)
