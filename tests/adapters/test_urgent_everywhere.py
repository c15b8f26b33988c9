"""``/urgent`` with a locked database, on every platform: within a second, behind nothing that is stuck."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from adapters.rehearsal.places import DIRECT
from adapters.rehearsal.scenario import Cast
from adapters.rehearsal.stage import RoomStage
from tests.adapters.discord.stage import DiscordStage
from tests.adapters.telegram.stage import TelegramStage
from tests.conformance.stages import build

START = datetime(2026, 12, 3, 10, 0, tzinfo=UTC)
PEOPLE = (Cast("Mo", is_moderator=True), Cast("Asha"), Cast("Ben"))
SETTING_UP = ("Set up this group", "England", "Adults only", "Name any moderator")
STAGES: dict[str, Callable[[Path], AbstractAsyncContextManager[Any]]] = {
    "rehearsal": lambda folder: RoomStage(build(folder), folder),
    "discord": DiscordStage,
    "telegram": TelegramStage,
}


@pytest_asyncio.fixture(params=list(STAGES))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Any]:
    async with STAGES[request.param](tmp_path) as made:
        await made.begin(PEOPLE, START)
        for label in SETTING_UP:
            await made.press("Mo", label, None)
        await made.type("Asha", "/help", DIRECT)  # on Telegram: a chat that was begun
        yield made


async def answer(stage: Any, who: str) -> str:
    """What this person is answered to /urgent."""
    while True:
        for one in await stage.seen(who):
            if "Urgent help in: England" in one.text:
                return str(one.text)
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("place", [None, DIRECT])
async def test_urgent_numbers_come_within_a_second_with_a_locked_database(
    stage: Any, tmp_path: Path, place: str | None
) -> None:
    with closing(sqlite3.connect(tmp_path / "group.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        stuck = [asyncio.ensure_future(stage.type(who, "/rules", None)) for who in ("Asha", "Ben")]
        await asyncio.sleep(0.1)
        begun = time.perf_counter()
        asking = asyncio.ensure_future(stage.type("Asha", "/urgent", place))
        said = await asyncio.wait_for(answer(stage, "Asha"), 5)
        taken = time.perf_counter() - begun
        other.execute("ROLLBACK")
    await asyncio.gather(asking, *stuck, return_exceptions=True)
    assert taken < 1
    assert "116 123" in said
    assert "I cannot tell the moderators" in said
    assert not any("Urgent help in: England" in one.text for one in await stage.seen("Ben")), "it is private"
