"""Starting sessions no faster than Discord allows: five seconds apart, so many a day.

Too quick ones are refused (opcode 9); too many a day cost the token
(https://docs.discord.com/developers/events/gateway#sharding).
"""

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta

import discord


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed:
    """``left``: starts that are allowed until ``pause`` has passed. ``at_once``: shards side by side."""

    gateway: str
    left: int
    pause: timedelta
    at_once: int


async def allowed(client: discord.Client) -> Allowed:
    """What Discord allows now, and where its gateway is."""
    _, gateway, limit = await client.http.get_bot_gateway()
    return Allowed(
        gateway=gateway,
        left=limit["remaining"],
        pause=timedelta(milliseconds=limit["reset_after"]),
        at_once=max(limit["max_concurrency"], 1),
    )


class Starts:
    """Shards whose numbers leave the same remainder, divided by ``at_once``, wait for each other."""

    def __init__(self, apart: float) -> None:
        self._apart = apart
        self._next: dict[int, float] = {}
        self.at_once = 1

    async def wait(self, shard: int) -> None:
        """Until this shard may start a session."""
        now, bucket = time.monotonic(), shard % self.at_once
        begin = max(now, self._next.get(bucket, now))
        self._next[bucket] = begin + self._apart
        await asyncio.sleep(begin - now)
