"""``common-ground run`` in a process of its own, only its clock moved: a pipe tells it the time.

Each line is a JSON list: a name and its arguments; each is answered by one line of JSON.
"""

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from adapters.telegram import Webhook
from bot.assembly import Core
from bot.connecting import connect
from bot.lock import hold
from bot.settings import GroupSettings
from tests.adapters.telegram.clock import MovedClock
from tests.adapters.telegram.whole_bot import SECRET_KEY, TEXTS, WholeBot, made


async def main(folder: str, address: str, token: str, start: str, webhook: str) -> None:
    clock, cores = MovedClock(datetime.fromisoformat(start)), list[Core]()
    hook = Webhook(**json.loads(webhook)) if webhook else None
    telegram = made(Path(folder), address, token, webhook=hook)
    url = f"sqlite:///{Path(folder) / 'group.db'}"
    with hold(url):
        running = asyncio.ensure_future(
            connect(
                url=url,
                secret_key=SECRET_KEY,
                platforms=[telegram],
                texts=TEXTS,
                defaults=GroupSettings(),
                clock=clock,
                began=cores.append,
            )
        )
        ready = asyncio.ensure_future(telegram.ready.wait())
        await asyncio.wait([ready, running], return_when=asyncio.FIRST_COMPLETED)
        _answer("ready")
        told = asyncio.ensure_future(_told(WholeBot(cores[0], telegram, clock)))
        await asyncio.wait([told, running], return_when=asyncio.FIRST_COMPLETED)
        running.cancel()


async def _told(bot: WholeBot) -> None:
    loop = asyncio.get_running_loop()
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
