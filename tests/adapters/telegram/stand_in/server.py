"""The stand-in's HTTP side: one bot, long polling or webhook, and whatever faults a test asks for."""

import asyncio
import io
import json
import time
from collections import defaultdict, deque
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.adapters.telegram.stand_in import reference
from tests.adapters.telegram.stand_in.faults import Fault, Refused
from tests.adapters.telegram.stand_in.methods import Methods
from tests.adapters.telegram.stand_in.world import World

TOKEN = "4242:AAE-a_made_up_token_for_the_stand_in"


class StandIn:
    """Start it, give ``address`` to the adapter as its ``api_base``, and let people do things."""

    def __init__(self, world: World | None = None, *, token: str = TOKEN) -> None:
        self.world = world or World()
        self.token = token
        self.methods = Methods(self.world)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.objections: list[str] = []
        self._hanging: set[int] = set()
        self._go_on = asyncio.Event()
        self._timed: dict[int, tuple[float, list[float]]] = {}
        self.address = ""
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.strict = False  # whether sending too fast is refused, as Telegram does
        self.floods = 0
        self._sent: deque[tuple[float, int]] = deque()
        self._poller: asyncio.Event | None = None
        self._delivering: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    def deliver_to(self, port: int) -> None:
        """Be Telegram with a webhook: hand each update to the bot at this port until it says 200."""
        self._delivering = asyncio.ensure_future(self._deliver(port))

    async def _deliver(self, port: int) -> None:
        while True:
            async with self.world.changed:
                await self.world.changed.wait_for(lambda: self.world.updates and self.world.webhook)
            update = self.world.updates[0]
            try:
                status = await self.post_webhook(update, port=port)
            except ClientError:
                status = 0
            if status == 200:
                self.world.updates.remove(update)
                async with self.world.changed:
                    self.world.changed.notify_all()
            else:
                await asyncio.sleep(0.02)  # the bot is not there yet; Telegram waits too

    async def stop(self) -> None:
        if self._delivering is not None:
            self._delivering.cancel()
        if self._poller is not None:
            self._poller.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of this method go wrong like this."""
        self._faults[method.lower()].extend(faults)

    def hang(self, chat: int) -> None:
        """Leave every call about this chat without an answer, until ``go_on``."""
        self._hanging.add(chat)

    def go_on(self) -> None:
        self._hanging.clear()
        self._go_on.set()

    def time_answer(self, chat: int, into: list[float]) -> None:
        """Note how long it takes from now until the bot says something in this chat."""
        self._timed[chat] = (time.perf_counter(), into)

    def called(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method so far."""
        return [given for name, given in self.calls if name.lower() == method.lower()]

    async def fetched(self) -> None:
        """Wait until the bot has fetched and confirmed every update there is."""
        async with self.world.changed:
            await self.world.changed.wait_for(lambda: not self.world.updates)

    async def happens(self, what: Any) -> None:
        """Wait until ``what()`` is true; it is looked at whenever the bot calls."""
        async with self.world.changed:
            await asyncio.wait_for(self.world.changed.wait_for(what), 30)

    async def post_webhook(self, update: dict[str, Any], secret: str | None = None, port: int = 0) -> int:
        """Deliver an update as Telegram does; the status of the answer."""
        hook = self.world.webhook or {}
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret or hook.get("secret_token", "")}
        path = "/" + hook.get("url", "https://x/").split("/", 3)[-1]
        async with ClientSession() as session:
            address = f"http://127.0.0.1:{port}{path}"
            async with session.post(
                address, data=io.BytesIO(json.dumps(update).encode()), headers=headers
            ) as answer:
                return answer.status

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return _error(401, "Unauthorized")
        given = await _parameters(request)
        self.calls.append((method, given))
        if given.get("chat_id") in self._hanging:
            await self._go_on.wait()
        if method == "sendMessage" and self.strict and self._is_too_fast(int(given["chat_id"])):
            self.floods += 1
            return await _broken(request, Fault.flood(5))
        fault = self._faults[method.lower()].popleft() if self._faults[method.lower()] else None
        if fault is not None and not fault.done:
            return await _broken(request, fault)
        answer = await self._answer(method, given)
        if method == "sendMessage" and given.get("chat_id") in self._timed:
            begun, into = self._timed.pop(given["chat_id"])
            into.append(time.perf_counter() - begun)
        async with self.world.changed:
            self.world.changed.notify_all()
        return await _broken(request, fault) if fault is not None else answer

    def _is_too_fast(self, chat: int) -> bool:
        """Telegram's limits, with a little grace for the way: 30 a second, and 20 a minute into a group."""
        now = time.monotonic()
        while self._sent and self._sent[0][0] < now - 60:
            self._sent.popleft()
        self._sent.append((now, chat))
        in_a_second = sum(at > now - 1 for at, _ in self._sent)
        into_the_group = sum(where == chat for _, where in self._sent) if chat < 0 else 0
        return in_a_second > 33 or into_the_group > 21

    async def _answer(self, method: str, given: dict[str, Any]) -> web.Response:
        try:
            if method.lower() == "getupdates":
                return _good(await self._get_updates(given))
            found = self.methods.find(method)
            self.objections += reference.objections(method, given)
            return _good(found(given))
        except Refused as refused:
            return _error(refused.code, refused.text, refused.parameters)

    async def _get_updates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        """Confirm what is below the offset, then wait for more. An older call is ended by a newer one."""
        if self.world.webhook is not None:
            text = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            raise Refused(409, text)
        if self._poller is not None:
            self._poller.set()
        mine = self._poller = asyncio.Event()
        offset = int(given.get("offset") or 0)
        self.world.updates[:] = [one for one in self.world.updates if one["update_id"] >= offset]
        async with self.world.changed:
            self.world.changed.notify_all()
        wanted = set(given.get("allowed_updates") or [])
        await self._wait(mine, wanted, float(given.get("timeout") or 0))
        if mine.is_set():
            raise Refused(
                409,
                "Conflict: terminated by other getUpdates request; one bot instance only",
            )
        self._poller = None
        return self._wanted(wanted)[: int(given.get("limit") or 100)]

    def _wanted(self, kinds: set[str]) -> list[dict[str, Any]]:
        return [one for one in self.world.updates if not kinds or kinds & one.keys()]

    async def _wait(self, mine: asyncio.Event, wanted: set[str], seconds: float) -> None:
        def over() -> bool:
            return bool(self._wanted(wanted)) or mine.is_set()

        try:
            async with self.world.changed:
                await asyncio.wait_for(self.world.changed.wait_for(over), seconds or 0.001)
        except TimeoutError:
            pass


async def _parameters(request: web.Request) -> dict[str, Any]:
    """Parameters as they came: JSON where they are JSON."""
    if request.content_type == "application/json":
        return dict(await request.json())
    found = {**request.query, **(await request.post())}
    return {name: _read(name, value) for name, value in found.items()}


def _read(name: str, value: Any) -> Any:
    if name == "text" or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


async def _broken(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.kind == "reset":
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    if fault.kind == "page":
        page = f"<html>{fault.text} at {request.url}</html>"  # as proxies do, with the token in it
        return web.Response(status=fault.code, text=page, content_type="text/html")
    return _error(fault.code, fault.text, fault.parameters)


def _good(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _error(code: int, text: str, parameters: dict[str, Any] | None = None) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": text}
    if parameters:
        body["parameters"] = parameters
    return web.json_response(body, status=code)
