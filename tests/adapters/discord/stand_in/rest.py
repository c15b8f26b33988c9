"""The stand-in's HTTP side."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.adapters.discord.stand_in import limits, reference
from tests.adapters.discord.stand_in.faults import Fault, Faults
from tests.adapters.discord.stand_in.questions import Questions, Refusal
from tests.adapters.discord.stand_in.world import (
    BOT,
    DM,
    FORUM,
    IN_THREADS,
    POST,
    SEND,
    VIEW,
    Channel,
    Guild,
    Message,
    World,
)

Answer = Any


@dataclass
class Asked:
    """One request, as a method gets it."""

    names: tuple[str, ...]
    body: Any
    query: dict[str, str]


class Rest:
    def __init__(self, world: World, questions: Questions, faults: Faults, token: str) -> None:
        self.world, self.questions, self.faults = world, questions, faults
        self.token = token
        self.flags = (1 << 14) | (1 << 18)
        self.shards = 1
        self.commands: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self.objections: list[str] = []
        self.address = self.gateway = ""
        self.tell: Callable[[str, dict[str, Any], str | None], Awaitable[None]] = _nobody
        self._events: list[tuple[str, dict[str, Any], str | None]] = []
        self._nonces: dict[tuple[str, str], Message] = {}
        self._routes: list[tuple[str, re.Pattern[str], Callable[[Asked], Answer]]] = [
            (method, re.compile(re.sub(r"\{\}", "([^/]+)", path) + "$"), do)
            for method, path, do in self._table()
        ]

    def _table(self) -> Iterator[tuple[str, str, Callable[[Asked], Answer]]]:
        yield from (
            ("GET", "/users/@me", lambda asked: BOT.wire()),
            ("GET", "/oauth2/applications/@me", lambda asked: self._application()),
            ("GET", "/gateway/bot", lambda asked: self._gateway()),
            ("GET", "/applications/{}/commands", lambda asked: self.commands),
            ("PUT", "/applications/{}/commands", self._register),
            ("POST", "/interactions/{}/{}/callback", self._callback),
            ("POST", "/webhooks/{}/{}", self._follow),
            ("PATCH", "/webhooks/{}/{}/messages/@original", self._edit_original),
            ("DELETE", "/webhooks/{}/{}/messages/@original", self._delete_original),
            ("POST", "/users/@me/channels", self._open_direct),
            ("PUT", "/channels/{}/messages/pins/{}", self._pin),
            ("POST", "/channels/{}/messages", self._send),
            ("PATCH", "/channels/{}/messages/{}", self._edit),
            ("DELETE", "/channels/{}/messages/{}", self._delete),
            ("POST", "/channels/{}/threads", self._open_thread),
            ("PATCH", "/channels/{}", self._change_channel),
            ("GET", "/guilds/{}/members", self._members),
            ("GET", "/guilds/{}/members/{}", self._member),
            ("PUT", "/guilds/{}/members/{}/roles/{}", self._give_role),
            ("GET", "/guilds/{}/audit-logs", self._audit),
            ("GET", "/guilds/{}", lambda asked: self._guild(asked.names[0]).wire()),
        )

    async def serve(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v10")
        what = f"{request.method} {path}"
        self.requests.append(what)
        body = json.loads(await request.read() or b"null")
        fault = self.faults.take(what)
        if fault is not None and not fault.after:
            return self._broken(request, fault)
        own_token = path.startswith(("/interactions", "/webhooks"))
        if not own_token and request.headers.get("Authorization") != f"Bot {self.token}":
            return _json(401, {"message": "401: Unauthorized", "code": 0})
        self.objections += reference.objections(request.method, path, body)
        response = self._answer(request, path, body)
        for event, data, guild in self._events:
            await self.tell(event, data, guild)
        self._events.clear()
        return response if fault is None else self._broken(request, fault)

    def _answer(self, request: web.Request, path: str, body: Any) -> web.Response:
        for method, pattern, do in self._routes:
            found = pattern.match(path)
            if method == request.method and found:
                try:
                    return _json(200, do(Asked(found.groups(), body, dict(request.query))))
                except Refusal as refusal:
                    return _json(refusal.status, {"message": "refused", "code": refusal.code})
        self.objections.append(f"the stand-in does not know {request.method} {path}")
        return _json(404, {"message": "404: Not Found", "code": 0})

    @staticmethod
    def _broken(request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.cut and request.transport is not None:
            request.transport.abort()
        if fault.status == 429:
            said = {"message": "slow down", "retry_after": fault.retry_after, "global": False}
            return _json(429, said, {"Via": "1.1 google"})
        return _json(fault.status, {"message": "broken", "code": fault.code})

    def _application(self) -> dict[str, Any]:
        return {
            "id": BOT.id,
            "name": BOT.name,
            "description": "",
            "icon": None,
            "bot_public": True,
            "bot_require_code_grant": False,
            "owner": BOT.wire(),
            "verify_key": "",
            "flags": self.flags,
        }

    def _gateway(self) -> dict[str, Any]:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return {"url": self.gateway, "shards": self.shards, "session_start_limit": limit}

    def _register(self, asked: Asked) -> Answer:
        self.objections += limits.commands(asked.body)
        self.commands = [
            {**one, "id": str(900 + number), "application_id": BOT.id, "version": "1", "nsfw": False}
            for number, one in enumerate(asked.body)
        ]
        return self.commands

    def _callback(self, asked: Asked) -> Answer:
        kind, data = asked.body["type"], asked.body.get("data") or {}
        if kind in (4, 7):
            self.objections += limits.message(data)
        if kind == 9:
            self.objections += limits.modal(data)
        return self.questions.first_word(asked.names[1], asked.body)

    def _follow(self, asked: Asked) -> Answer:
        self.objections += limits.message(asked.body)
        return self.questions.follow(asked.names[1], asked.body).wire()

    def _edit_original(self, asked: Asked) -> Answer:
        self.objections += limits.message(asked.body)
        return self.questions.edit_original(asked.names[1], asked.body).wire()

    def _delete_original(self, asked: Asked) -> Answer:
        self.questions.delete_original(asked.names[1])

    def _open_direct(self, asked: Asked) -> Answer:
        id = asked.body["recipient_id"]
        people = [member.user for guild in self.world.guilds.values() for member in guild.members.values()]
        people += [channel.recipient for channel in self.world.directs.values() if channel.recipient]
        for person in people:
            if person.id == str(id):
                return self.world.direct(person).wire()
        raise Refusal(400, 50033)

    def _send(self, asked: Asked) -> Answer:
        channel = self._writable(asked.names[0])
        self.objections += limits.message(asked.body)
        nonce = (channel.id, str(asked.body.get("nonce")))
        if asked.body.get("enforce_nonce") and nonce in self._nonces:
            return self._nonces[nonce].wire()
        if not asked.body.get("content") and not asked.body.get("components"):
            raise Refusal(400, 50006)
        body = asked.body
        made = Message(
            channel, BOT, body.get("content") or "", body.get("components") or [], body.get("flags", 0)
        )
        channel.archived = False
        self._nonces[nonce] = self.world.say(made)
        return made.wire()

    def _writable(self, id: str) -> Channel:
        channel = self._channel(id)
        if channel.type == DM:
            assert channel.recipient is not None
            if not channel.recipient.accepts_messages:
                raise Refusal(403, 50007)
            return channel
        assert channel.guild is not None
        need = VIEW | (IN_THREADS if channel.type == POST else SEND)
        if not channel.guild.has_bot or channel.guild.allowed(channel) & need != need:
            raise Refusal(403, 50001 if not channel.guild.allowed(channel) & VIEW else 50013)
        if channel.type == POST and not any(one.channel is channel for one in self.world.messages.values()):
            raise Refusal(403, 40058)
        if channel.locked:
            raise Refusal(403, 160005)
        return channel

    def _edit(self, asked: Asked) -> Answer:
        self.objections += limits.message(asked.body)
        message = self._message(asked.names[1])
        if message.channel.archived:
            raise Refusal(400, 50083)
        message.content = asked.body.get("content", message.content) or ""
        message.components = asked.body.get("components", message.components) or []
        message.edited = True
        return self.world.changed(message).wire()

    def _delete(self, asked: Asked) -> Answer:
        message = self._message(asked.names[1])
        message.deleted = True
        self.world.changed(message)

    def _pin(self, asked: Asked) -> Answer:
        self._message(asked.names[1]).pinned = True

    def _open_thread(self, asked: Asked) -> Answer:
        forum = self._channel(asked.names[0])
        assert forum.guild is not None
        if forum.type == FORUM and forum.require_tag and not asked.body.get("applied_tags"):
            raise Refusal(400, 40067)
        said = asked.body["message"]
        self.objections += limits.message(said)
        post = Channel(asked.body["name"], POST, guild=forum.guild, parent=forum, owner=BOT)
        post.applied = [str(tag) for tag in asked.body.get("applied_tags", [])]
        forum.guild.threads.append(post)
        first = Message(post, BOT, said.get("content") or "", said.get("components") or [], id=post.id)
        self._events.append(("THREAD_CREATE", post.wire() | {"newly_created": True}, forum.guild.id))
        return {**post.wire(), "message": self.world.say(first).wire()}

    def _change_channel(self, asked: Asked) -> Answer:
        channel = self._channel(asked.names[0])
        channel.archived = asked.body.get("archived", channel.archived)
        return channel.wire()

    def _members(self, asked: Asked) -> Answer:
        after = int(asked.query.get("after", 0))
        found = sorted(self._guild(asked.names[0]).members.values(), key=lambda one: int(one.user.id))
        page = [one for one in found if int(one.user.id) > after][: int(asked.query.get("limit", 1))]
        return [one.wire() for one in page]

    def _member(self, asked: Asked) -> Answer:
        guild = self._guild(asked.names[0])
        if asked.names[1] == BOT.id:
            return {
                "user": BOT.wire(),
                "roles": [guild.bot_role],
                "joined_at": None,
                "deaf": False,
                "mute": False,
                "flags": 0,
            }
        if asked.names[1] not in guild.members:
            raise Refusal(404, 10007)
        return guild.members[asked.names[1]].wire()

    def _give_role(self, asked: Asked) -> Answer:
        self._guild(asked.names[0]).members[asked.names[1]].roles.append(asked.names[2])

    def _audit(self, asked: Asked) -> Answer:
        guild = self._guild(asked.names[0])
        if not guild.bot_permissions & (1 << 7):
            raise Refusal(403, 50013)
        who = guild.added_by or guild.owner
        entry = {"id": "1", "user_id": who.id, "target_id": BOT.id, "action_type": 28}
        empty: list[object] = []
        return {
            "audit_log_entries": [entry],
            "users": [who.wire(), BOT.wire()],
            "webhooks": empty,
            "integrations": empty,
            "threads": empty,
            "application_commands": empty,
            "auto_moderation_rules": empty,
            "guild_scheduled_events": empty,
        }

    def _guild(self, id: str) -> Guild:
        guild = self.world.guilds.get(id)
        if guild is None or not guild.has_bot:
            raise Refusal(404, 10004)
        return guild

    def _channel(self, id: str) -> Channel:
        channel = self.world.find(id)
        if channel is None:
            raise Refusal(404, 10003)
        return channel

    def _message(self, id: str) -> Message:
        message = self.world.messages.get(id)
        if message is None or message.deleted:
            raise Refusal(404, 10008)
        return message


async def _nobody(event: str, data: dict[str, Any], guild: str | None) -> None:
    """Before there is a gateway, nobody is told."""


def _json(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    """Exactly this content type, or discord.py takes it for text."""
    if body is None:
        return web.Response(status=204)
    return web.Response(
        status=status,
        body=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})},
    )
