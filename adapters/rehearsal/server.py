"""The room's page on 127.0.0.1: static files, acts by POST, and a WebSocket for each view."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from adapters.rehearsal.clock import RoomClock
from adapters.rehearsal.core import CommandShown, Core
from adapters.rehearsal.deeds import Deeds
from adapters.rehearsal.places import DIRECT, direct
from adapters.rehearsal.room import Room
from adapters.rehearsal.view import place_for, snapshot
from adapters.rehearsal.words import RoomProblem, say

HOST = "127.0.0.1"
_LARGEST = 64 * 1024
_FILES = {"/": ("page.html", "text/html"), "/room.css": ("room.css", "text/css")} | {
    f"/{name}": (name, "text/javascript")
    for name in ("room.js", "message.js", "composer.js", "form.js", "sidebar.js")
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_HOURS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
_LOG = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """The web application of one room."""

    def __init__(
        self, room: Room, core: Core, clock: RoomClock, deeds: Deeds, commands: Sequence[CommandShown]
    ) -> None:
        self._room = room
        self._core = core
        self._clock = clock
        self._deeds = deeds
        self._commands = commands
        self._views: set[asyncio.Event] = set()
        room.watch(self._changed)

    def app(self) -> web.Application:
        app = web.Application(middlewares=[_guard, _explain], client_max_size=_LARGEST)
        for path in _FILES:
            app.router.add_get(path, _file)
        app.router.add_get("/api/view", self._view)
        app.router.add_post("/api/{act}", self._act)
        return app

    def _changed(self) -> None:
        for view in self._views:
            view.set()

    async def _act(self, request: web.Request) -> web.Response:
        """One act of a person; the answer is what the page needs at once, the rest comes by the view."""
        body = await request.json()
        if not isinstance(body, dict) or not all(isinstance(key, str) for key in body):
            raise RoomProblem("bad-request")
        return web.json_response(await self._do(request.match_info["act"], body) or {})

    async def _do(self, act: str, body: dict[str, Any]) -> dict[str, Any] | None:
        deeds = self._deeds
        match act, body:
            case "say", {"who": str(who), "place": str(place), "text": str(text)}:
                await deeds.say(who, self._key(who, place), text)
            case "press", {"who": str(who), "message": int(message), "payload": str(payload)}:
                await deeds.press(who, message, payload)
            case "use", {"who": str(who), "message": int(message), "command": str(name)}:
                await deeds.use(who, message, name)
            case "fill", {"who": str(who), "values": dict(values)}:
                await deeds.fill(who, {str(name): str(value) for name, value in values.items()})
            case "dismiss", {"who": str(who)}:
                await deeds.dismiss(who)
            case "choices", {"who": str(who), "place": str(place), "text": str(text)}:
                return {"choices": await deeds.choices(who, self._key(who, place), text)}
            case "join", {"who": str(who)}:
                await deeds.join(who)
            case "leave", {"who": str(who)}:
                await deeds.leave(who)
            case "person", {"name": str(name), "moderator": bool(moderator)}:
                return {"id": (await deeds.add_person(name, is_moderator=moderator)).id}
            case "thread", {"who": str(who), "title": str(title), "text": str(text)}:
                return {"place": (await deeds.start_thread(who, title, text)).key}
            case "time", {"to": str(to)}:
                await self._pass(to)
            case _:
                raise RoomProblem("bad-request")
        return None

    async def _pass(self, to: str) -> None:
        if to == "next":
            await self._deeds.to_next_due()
        elif to in _HOURS:
            await self._deeds.advance(_HOURS[to])
        else:
            raise RoomProblem("bad-request")

    def _key(self, who: str, place: str) -> str:
        return direct(who) if place == DIRECT else place

    async def _view(self, request: web.Request) -> web.WebSocketResponse:
        """A view: the page says {"who", "place"}, and gets a snapshot then and after every change."""
        socket = web.WebSocketResponse(heartbeat=30, max_msg_size=_LARGEST)
        await socket.prepare(request)
        await socket.send_json({"commands": [_command(one) for one in self._commands]})
        changed = asyncio.Event()
        self._views.add(changed)
        looking: dict[str, str] = {}
        sender = asyncio.create_task(self._send(socket, changed, looking))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    looking.update(_looking(message.data))
                    changed.set()
        finally:
            self._views.discard(changed)
            sender.cancel()
            with suppress(asyncio.CancelledError):
                await sender
        return socket

    async def _send(
        self, socket: web.WebSocketResponse, changed: asyncio.Event, looking: dict[str, str]
    ) -> None:
        while not socket.closed:
            await changed.wait()
            changed.clear()
            if not looking:
                continue
            with suppress(ConnectionError, RoomProblem):
                await socket.send_json(self._look(looking["who"], looking["place"]))

    def _look(self, who: str, place: str) -> dict[str, Any]:
        """The snapshot for a view; what it shows counts as read from now on."""
        people = self._room.people.all()
        person = next((one for one in people if one.id == who), people[0])
        key = place_for(self._room, person, place)
        self._room.log.look(person.id, key, self._room.counted)
        return snapshot(self._room, self._deeds, self._core, self._clock, person, place)


def _looking(text: str) -> dict[str, str]:
    with suppress(ValueError):
        match json.loads(text):
            case {"who": str(who), "place": str(place)}:
                return {"who": who, "place": place}
    return {}


def _command(command: CommandShown) -> dict[str, Any]:
    return {
        "name": command.name,
        "help": command.help,
        "argument": command.argument,
        "moderators": command.moderators_only,
        "menu": command.menu,
    }


async def _file(request: web.Request) -> web.Response:
    name, kind = _FILES[request.path]
    content = files("adapters.rehearsal").joinpath("page", name).read_bytes()
    return web.Response(body=content, content_type=kind, charset="utf-8")


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse every request that another site, or a name that points here, could have caused."""
    own = {"127.0.0.1", "localhost"}
    port = request.transport.get_extra_info("sockname")[1] if request.transport else None
    addresses = {f"{name}:{port}" for name in own} | (own if port == 80 else set())
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    foreign = origin is not None and urlsplit(origin).netloc not in addresses
    crossed = site in ("cross-site", "same-site") and request.path != "/"
    if request.host not in addresses or foreign or crossed:
        return web.Response(status=403, text=say("stale-page"), headers=_HEADERS)
    return await handler(request)


@web.middleware
async def _explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every failure into a sentence for the page, and log it without anybody's words."""
    try:
        response = await handler(request)
    except RoomProblem as problem:
        response = web.json_response({"problem": str(problem)}, status=409)
    except (ValueError, UnicodeDecodeError):
        response = web.json_response({"problem": say("bad-request")}, status=400)
    except (web.HTTPException, asyncio.CancelledError):
        raise
    except Exception:
        _LOG.exception("act %s failed", request.path)
        response = web.json_response({"problem": say("went-wrong")}, status=500)
    if not response.prepared:
        response.headers.update(_HEADERS)
    return response
