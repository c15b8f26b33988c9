"""Links are asked once, politely, and what they answer is only a hint."""

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio
from aiohttp import web

from bot.link_hints import look


class Server:
    """A loopback server that remembers who asked for what, and how many at once."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.now = self.most = 0
        self.address = ""
        self.end = asyncio.Event()  # of those that make people wait

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        self.agents.add(request.headers.get("User-Agent", ""))
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            return await self._page(request)
        finally:
            self.now -= 1

    async def _page(self, request: web.Request) -> web.StreamResponse:
        match request.path:
            case "/gone":
                return web.Response(status=404)
            case "/moved":
                raise web.HTTPFound(self.address.replace("127.0.0.1", "localhost") + "/there")
            case "/round":
                raise web.HTTPFound("/round")
            case "/slow":
                await self.end.wait()
            case "/long":
                endless = web.StreamResponse()
                await endless.prepare(request)
                await endless.write(b"x" * 1000)
                await self.end.wait()
        return web.Response(text="here")


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Server]:
    known = Server()
    app = web.Application()
    app.router.add_get("/{rest:.*}", known.answer)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    known.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield known
    known.end.set()
    await runner.cleanup()


async def test_each_kind_of_answer_is_told_apart(server: Server) -> None:
    paths = ("/fine", "/gone", "/moved", "/round", "/slow", "/long")
    hints = await look([server.address + path for path in paths], pause=0, patience=0.5)
    seen = {hint.address.removeprefix(server.address): hint for hint in hints}
    assert [seen[path].status for path in paths] == [200, 404, 200, 0, 0, 200]
    assert [path for path in paths if seen[path].fine] == ["/fine", "/long"]
    assert seen["/moved"].moved_to.endswith("/there")


async def test_nobody_at_an_address_is_no_answer(server: Server) -> None:
    (hint,) = await look(["http://127.0.0.1:9"], pause=0, patience=1)
    assert (hint.status, hint.fine) == (0, False)


async def test_one_host_is_asked_one_thing_at_a_time_and_each_address_once(server: Server) -> None:
    addresses = [f"{server.address}/{number % 4}" for number in range(12)]
    hints = await look(addresses, pause=0, patience=5)
    assert (len(hints), len(server.asked), server.most) == (4, 4, 1)
    assert server.agents == {"common-ground link hints (run by hand)"}


async def test_it_asks_no_more_than_it_is_allowed(server: Server) -> None:
    hints = await look([f"{server.address}/{number}" for number in range(50)], pause=0, most=7)
    assert (len(hints), len(server.asked)) == (7, 7)
