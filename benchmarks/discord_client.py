"""Our Discord client beside bare discord.py: CPU for an ordinary message, memory for many servers.

Each figure is taken in a process of its own, fed what the gateway would send, without a network.
"""

import asyncio
import gc
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import discord
from discord import utils

from adapters.discord import Settings
from adapters.discord.client import Client, intents
from benchmarks.figure import Figure

MESSAGES, ROUNDS, GUILDS = 20_000, 5, 1_000
LISTENING = intents(members=True, message_content=True)
LEAN = {
    "max_messages": None,
    "member_cache_flags": discord.MemberCacheFlags.none(),
    "chunk_guilds_at_startup": False,
    "allowed_mentions": discord.AllowedMentions.none(),
}


class Bare(discord.AutoShardedClient):
    async def on_message(self, message: discord.Message) -> None:
        pass


class NobodyWants:
    """A core without a message watch."""

    def wants(self, kind: object, platform: str, group: str) -> bool:
        return False


async def measure() -> list[Figure]:
    bare, ours = _in_a_process("bare", "cpu"), _in_a_process("ours", "cpu")
    small, large = _in_a_process("bare", "memory"), _in_a_process("ours", "memory")
    cpu = f"{ours * 1e6:.0f} µs, bare {bare * 1e6:.0f} µs"
    memory = f"{large / 1e6:.1f} MB, bare {small / 1e6:.1f} MB"
    return [
        Figure(
            name="Discord: CPU for an ordinary message", value=ours / bare, limit=1.3, unit="x bare", note=cpu
        ),
        Figure(
            name="Discord: memory for 1,000 servers",
            value=large / small,
            limit=1.2,
            unit="x bare",
            note=memory,
        ),
    ]


def _in_a_process(which: str, what: str) -> float:
    command = [sys.executable, "-m", "benchmarks.discord_client", which, what]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _client(which: str) -> discord.AutoShardedClient:
    if which == "bare":
        return Bare(intents=LISTENING, **LEAN)  # type: ignore[arg-type]
    client = Client(Settings(token="none"), LISTENING)
    client._groups = NobodyWants()  # type: ignore[assignment]
    return client


async def _cpu(client: discord.AutoShardedClient) -> float:
    """Seconds of CPU for one message, from its text to the end of its handler; the best of some rounds."""
    parsers = client._connection.parsers
    parsers["GUILD_CREATE"](_guild(1))
    texts = [json.dumps(_message(number)) for number in range(MESSAGES)]
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        for number, text in enumerate(texts):
            parsers["MESSAGE_CREATE"](utils._from_json(text))
            if number % 100 == 0:
                await asyncio.sleep(0)
        await asyncio.sleep(0)
        best = min(best, (time.process_time() - begun) / MESSAGES)
    return best


async def _memory(client: discord.AutoShardedClient) -> float:
    before = _resident()
    for number in range(GUILDS):
        client._connection.parsers["GUILD_CREATE"](json.loads(json.dumps(_guild(number))))
    return float(_resident() - before)


def _resident() -> int:
    """Bytes of memory that this process holds now (Linux)."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _guild(number: int) -> dict[str, Any]:
    """A server with 30 channels, 10 roles and 100 members, as GUILD_CREATE has it."""
    base = (number + 1) << 22
    return {
        **{key: [] for key in ("features", "emojis", "stickers", "threads", "voice_states", "presences")},
        "id": str(base),
        "name": f"server {number}",
        "owner_id": str(base + 1000),
        "roles": [_role(base, n) for n in range(10)],
        "channels": [_channel(base, n) for n in range(30)],
        "members": [_member(base + 1000 + n) | {"user": _user(base + 1000 + n)} for n in range(100)],
        "member_count": 100,
        "unavailable": False,
    }


def _role(base: int, number: int) -> dict[str, Any]:
    plain = {"color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0, "colors": {}}
    numbered = {"id": str(base + number), "name": f"role {number}", "position": number}
    return plain | numbered | {"permissions": "0"}


def _channel(base: int, number: int) -> dict[str, Any]:
    everyone = {"id": str(base), "type": 0, "allow": "0", "deny": "0"}
    numbered = {"id": str(base + 100 + number), "name": f"channel-{number}", "position": number}
    return numbered | {"type": 0, "nsfw": False, "parent_id": None, "permission_overwrites": [everyone]}


def _member(id: int) -> dict[str, Any]:
    joined = "2026-01-01T00:00:00+00:00"
    return {"roles": [], "joined_at": joined, "deaf": False, "mute": False, "flags": 0}


def _user(id: int) -> dict[str, Any]:
    return {"id": str(id), "username": f"user{id}", "global_name": None, "discriminator": "0", "avatar": None}


def _message(number: int) -> dict[str, Any]:
    base = 2 << 22
    return {
        **{key: [] for key in ("mentions", "mention_roles", "attachments", "embeds", "components")},
        **dict.fromkeys(("tts", "mention_everyone", "pinned"), False),
        "id": str((10 << 22) + number),
        "channel_id": str(base + 101),
        "guild_id": str(base),
        "author": _user(base + 1001),
        "member": _member(base + 1001),
        "content": "good morning all, how was your night?",
        "timestamp": "2026-11-25T10:00:00+00:00",
        "edited_timestamp": None,
        "type": 0,
        "flags": 0,
    }


async def _main(which: str, what: str) -> None:
    client = _client(which)
    await client._async_setup_hook()
    print(await (_cpu(client) if what == "cpu" else _memory(client)))


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
