"""The whole bot in a process of its own, told over a pipe what time it is and when to settle.

Each line is a JSON list: a name and its arguments; each is answered by one line of JSON.
"""

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.adapters.discord.whole_bot import MovedClock, WholeBot, whole_bot


async def main(folder: str, address: str, token: str, start: str) -> None:
    clock = MovedClock(datetime.fromisoformat(start))
    loop = asyncio.get_running_loop()
    async with whole_bot(Path(folder), address, token, clock) as bot:
        _answer("ready")
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            name, *arguments = json.loads(line)
            _answer(await _done(bot, name, arguments))


async def _done(bot: WholeBot, name: str, arguments: list[Any]) -> Any:
    match name:
        case "settle":
            await bot.settle()
        case "pass_until":
            await bot.pass_until(datetime.fromisoformat(arguments[0]))
        case "next_due":
            due = await bot.next_due()
            return due.isoformat() if due else None
    return None


def _answer(value: Any) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
