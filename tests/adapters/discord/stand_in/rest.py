"""The stand-in's HTTP side."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from aiohttp import web

from tests.adapters.discord.stand_in import limits, reference
from tests.adapters.discord.stand_in.asked import Answer, Asked
from tests.adapters.discord.stand_in.channels import Channels
from tests.adapters.discord.stand_in.faults import Fault, Faults
from tests.adapters.discord.stand_in.guilds import Guilds
from tests.adapters.discord.stand_in.questions import Questions, Refusal
from tests.adapters.discord.stand_in.world import BOT, World


class Rest:
    def __init__(self, world: World, questions: Questions, faults: Faults, token: str) -> None:
        self.world, self.questions, self.faults = world, questions, faults
        self.token = token
        self.flags = (1 << 14) | (1 << 18)
        self.shards = 1
        self.max_concurrency = 1
        self.starts_left = 999
        self.commands: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self.objections: list[str] = []
        self.channels, self.guilds = Channels(world, self.objections), Guilds(world)
        self.address = self.gateway = ""
        self.tell: Callable[[str, dict[str, Any], str | None], Awaitable[None]] = _nobody
        self._routes: list[tuple[str, re.Pattern[str], Callable[[Asked], Answer]]] = [
            (method, re.compile(re.sub(r"\{\}", "([^/]+)", path) + "$"), do)
            for method, path, do in self._table()
        ]

    def _table(self) -> Iterator[tuple[str, str, Callable[[Asked], Answer]]]:
        channels, guilds = self.channels, self.guilds
        yield from (
            ("GET", "/users/@me", lambda asked: BOT.wire()),
            ("GET", "/users/@me/guilds", lambda asked: guilds.own(asked)),
            ("GET", "/oauth2/applications/@me", lambda asked: self._application()),
            ("GET", "/gateway/bot", lambda asked: self._gateway()),
            ("GET", "/applications/{}/commands", lambda asked: self.commands),
            ("PUT", "/applications/{}/commands", self._register),
            ("POST", "/interactions/{}/{}/callback", self._callback),
            ("POST", "/webhooks/{}/{}", self._follow),
            ("PATCH", "/webhooks/{}/{}/messages/@original", self._edit_original),
            ("DELETE", "/webhooks/{}/{}/messages/@original", self._delete_original),
            ("POST", "/users/@me/channels", channels.open_direct),
            ("PUT", "/channels/{}/messages/pins/{}", channels.pin),
            ("POST", "/channels/{}/messages", channels.send),
            ("PATCH", "/channels/{}/messages/{}", channels.edit),
            ("DELETE", "/channels/{}/messages/{}", channels.delete),
            ("POST", "/channels/{}/threads", channels.open_thread),
            ("PATCH", "/channels/{}", channels.change_channel),
            ("GET", "/guilds/{}/members", guilds.members),
            ("GET", "/guilds/{}/members/{}", guilds.member),
            ("PUT", "/guilds/{}/members/{}/roles/{}", guilds.give_role),
            ("GET", "/guilds/{}/channels", guilds.channels),
            ("GET", "/guilds/{}/audit-logs", guilds.audit),
            ("GET", "/guilds/{}", lambda asked: guilds.guild(asked.names[0]).wire()),
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
        for event, data, guild in self.channels.events:
            await self.tell(event, data, guild)
        self.channels.events.clear()
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
        left, self.starts_left = self.starts_left, 999
        limit = {
            "total": 1000,
            "remaining": left,
            "reset_after": 20,
            "max_concurrency": self.max_concurrency,
        }
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
