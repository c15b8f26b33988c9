"""The stand-in's gateway: sessions that are identified, resumed, and hear what their intents allow."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiohttp import WSMsgType, web

from tests.adapters.discord.stand_in.world import BOT, EPOCH, World

GUILDS, MEMBERS, GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT = 1, 1 << 1, 1 << 9, 1 << 12, 1 << 15
NEEDS = {
    "GUILD_MEMBER_ADD": MEMBERS,
    "GUILD_MEMBER_REMOVE": MEMBERS,
    "GUILD_MEMBER_UPDATE": MEMBERS,
    "MESSAGE_CREATE": GUILD_MESSAGES,
    "INTERACTION_CREATE": 0,
}
_sessions = itertools.count(1)


@dataclass
class Session:
    """One shard's session. It outlives its connection until it is ended."""

    id: str
    shard: tuple[int, int]
    intents: int
    seq: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None
    heard: int = 0
    beat: asyncio.Condition = field(default_factory=asyncio.Condition)

    def hears(self, guild: str | None) -> bool:
        number, many = self.shard
        return (int(guild) >> 22) % many == number if guild else number == 0


class Gateway:
    def __init__(self, world: World, token: str, privileged: int) -> None:
        self._world = world
        self._token = token
        self.privileged = privileged
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.starts: list[tuple[int, float]] = []  # shard and moment of each IDENTIFY
        self.resumed = 0
        self.forgets_sessions = False
        self.objections: list[str] = []
        self.connected = asyncio.Event()
        self.resume_address: Callable[[], str] = lambda: ""

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await _send(socket, {"op": 10, "d": {"heartbeat_interval": 45_000}, "s": None, "t": None})
        session: Session | None = None
        async for message in socket:
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                continue
            said = json.loads(message.data)
            match said["op"]:
                case 1:
                    await self._beat(socket, session, said["d"])
                case 2:
                    session = await self._identify(socket, said["d"])
                case 6:
                    session = await self._resume(socket, said["d"])
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def tell(self, event: str, data: dict[str, Any], guild: str | None = None) -> None:
        """An event to every session that may hear it; kept for those that are away."""
        for session in self.sessions.values():
            need = NEEDS.get(event, GUILDS)
            if event == "MESSAGE_CREATE" and guild is None:
                need = DIRECT_MESSAGES
            if session.hears(guild) and (not need or session.intents & need):
                await self._dispatch(session, event, data)

    async def heard(self) -> None:
        """Wait until every session has worked off everything that was sent to it."""
        for session in list(self.sessions.values()):
            if session.socket is None:
                continue
            sent = session.seq
            await _send(session.socket, {"op": 1, "d": None, "s": None, "t": None})
            async with session.beat:
                await asyncio.wait_for(session.beat.wait_for(partial(_has_heard, session, sent)), 10)

    async def drop(self, *, code: int = 4000) -> None:
        """Cut every connection; the sessions live on."""
        self.connected.clear()
        for session in self.sessions.values():
            if session.socket is not None:
                socket, session.socket = session.socket, None
                await socket.close(code=code)

    async def _beat(self, socket: web.WebSocketResponse, session: Session | None, seq: int | None) -> None:
        await _send(socket, {"op": 11, "d": None, "s": None, "t": None})
        if session is not None:
            async with session.beat:
                session.heard = max(session.heard, seq or 0)
                session.beat.notify_all()

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        self.identified += 1
        self.starts.append((data.get("shard", (0, 1))[0], time.monotonic()))
        if data["token"] != self._token:
            await socket.close(code=4004)
            return None
        if data["intents"] & (MEMBERS | CONTENT) & ~self.privileged:
            await socket.close(code=4014)
            return None
        number, many = data.get("shard", (0, 1))
        session = Session(f"s{next(_sessions)}", (number, many), data["intents"], socket=socket)
        for old in [one for one in self.sessions.values() if one.shard == session.shard]:
            if old.socket is None:
                del self.sessions[old.id]
        self.sessions[session.id] = session
        await self._ready(session)
        return session

    async def _ready(self, session: Session) -> None:
        mine = [one for one in self._world.guilds.values() if one.has_bot and session.hears(one.id)]
        await self._dispatch(
            session,
            "READY",
            {
                "v": 10,
                "user": BOT.wire(),
                "guilds": [{"id": one.id, "unavailable": True} for one in mine],
                "session_id": session.id,
                "resume_gateway_url": self.resume_address(),
                "shard": list(session.shard),
                "application": {"id": BOT.id, "flags": 0},
            },
        )
        for guild in mine:
            if guild.available:
                await self._dispatch(session, "GUILD_CREATE", guild.wire() | {"unavailable": False})
        self.connected.set()

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None or self.forgets_sessions:
            self.sessions.pop(data["session_id"], None)
            await _send(socket, {"op": 9, "d": False, "s": None, "t": None})
            return None
        self.resumed += 1
        session.socket = socket
        for missed in [one for one in session.sent if one["s"] > data["seq"]]:
            await _send(socket, missed)
        await self._dispatch(session, "RESUMED", {})
        self.connected.set()
        return session

    async def _dispatch(self, session: Session, event: str, data: dict[str, Any]) -> None:
        session.seq += 1
        sent = {"op": 0, "t": event, "s": session.seq, "d": data}
        session.sent.append(sent)
        if session.socket is not None:
            await _send(session.socket, sent)


def age(id: str) -> int:
    """When an id was made, in milliseconds since 1970."""
    return (int(id) >> 22) + EPOCH


def _has_heard(session: Session, seq: int) -> bool:
    return session.heard >= seq


async def _send(socket: web.WebSocketResponse, what: dict[str, Any]) -> None:
    if not socket.closed:
        await socket.send_str(json.dumps(what))
