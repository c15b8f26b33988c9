"""A room on a stage of its own, and a room with its server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest_asyncio

from adapters.rehearsal import serve
from adapters.rehearsal.clock import real_time
from adapters.rehearsal.scenario import Cast
from adapters.rehearsal.stage import RoomStage
from tests.adapters.rehearsal.small_core import COMMANDS, Builder

START = datetime(2026, 12, 3, 10, 0, tzinfo=UTC)
PEOPLE = (Cast("Asha"), Cast("Ben"), Cast("Mo", is_moderator=True), Cast("Noor", newcomer=True))


@dataclass
class Staged:
    stage: RoomStage
    builder: Builder


@pytest_asyncio.fixture
async def staged(tmp_path: Path) -> AsyncIterator[Staged]:
    builder = Builder()
    async with RoomStage(builder, tmp_path) as stage:
        await stage.begin(PEOPLE, START)
        yield Staged(stage, builder)


@dataclass
class Served:
    http: aiohttp.ClientSession
    port: int
    builder: Builder
    folder: Path

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def act(self, act: str, /, **values: Any) -> tuple[int, dict[str, Any]]:
        async with self.http.post(self.url(f"/api/{act}"), json=values) as response:
            return response.status, await response.json()

    async def look(self, who: str, place: str = "general") -> dict[str, Any]:
        """The snapshot that a fresh view of ``who`` gets."""
        async with self.http.ws_connect(self.url("/api/view")) as socket:
            await socket.receive_json()
            await socket.send_json({"who": who, "place": place})
            snapshot: dict[str, Any] = await socket.receive_json(timeout=5)
            return snapshot


@asynccontextmanager
async def serving(
    folder: Path, builder: Builder, *, port: int = 0, real: Callable[[], datetime] = real_time
) -> AsyncIterator[Served]:
    bound: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(
        serve(
            builder,
            folder=folder,
            port=port,
            commands=COMMANDS,
            announce=lambda _: None,
            ready=bound.set_result,
            real=real,
        )
    )
    async with aiohttp.ClientSession() as http:
        yield Served(http, await bound, builder, folder)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@pytest_asyncio.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path / "room", Builder()) as room:
        yield room
