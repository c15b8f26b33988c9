"""A room on standard input and output, one JSON call a line: to be killed at any moment."""

import asyncio
import json
import sys
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.rehearsal.scenario import Cast
from tests.conformance.stages import RoomStage, build


class Calls:
    """One method a call of KilledStage."""

    def __init__(self, folder: Path) -> None:
        self._stage = RoomStage(build(folder), folder / "room")

    async def begin(self, people: list[list[Any]], start: str) -> None:
        cast = [Cast(name, is_moderator=moderator, newcomer=new) for name, moderator, new in people]
        await self._stage.begin(cast, datetime.fromisoformat(start))

    async def resume(self, start: str, looked: dict[str, int]) -> None:
        await self._stage.resume(datetime.fromisoformat(start), looked)

    async def looked(self) -> dict[str, int]:
        return dict(self._stage.looked)

    async def now(self) -> str:
        return self._stage.now().isoformat()

    async def type(self, who: str, text: str, place: str | None) -> None:
        await self._stage.type(who, text, place)

    async def press(self, who: str, label: str, place: str | None) -> None:
        await self._stage.press(who, label, place)

    async def fill(self, who: str, values: dict[str, str]) -> None:
        await self._stage.fill(who, values)

    async def join(self, who: str) -> None:
        await self._stage.join(who)

    async def leave(self, who: str) -> None:
        await self._stage.leave(who)

    async def advance(self, seconds: float) -> None:
        await self._stage.advance(timedelta(seconds=seconds))

    async def to_next_due(self) -> None:
        await self._stage.to_next_due()

    async def seen(self, who: str) -> list[dict[str, Any]]:
        return [asdict(one) for one in await self._stage.seen(who)]


async def main(folder: Path) -> None:
    calls = Calls(folder)
    for line in iter(sys.stdin.readline, ""):
        name, *arguments = json.loads(line)
        print(json.dumps(await getattr(calls, name)(*arguments)), flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
