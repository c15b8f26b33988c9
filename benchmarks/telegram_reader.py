"""One reader of ordinary group messages: the bare library with an empty handler, or the whole bot.

``python -m benchmarks.telegram_reader bare|bot|server ...`` runs one part in a process of its own; the
reader prints its CPU seconds for each message.
"""

import asyncio
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

TOKEN = "4242:AAE-a_made_up_token_for_the_benchmark"
_ME = {"id": 4242, "is_bot": True, "first_name": "Bot", "username": "CommonGroundBot"}
_BATCH = 100
WARM = 2_000  # messages that are read before the measuring begins


def message(number: int) -> dict[str, Any]:
    """An ordinary message, as Telegram tells it."""
    person = {
        "id": 100 + number % 500,
        "is_bot": False,
        "first_name": "Asha",
        "last_name": "K",
        "username": "asha",
        "language_code": "en",
    }
    chat = {
        "id": -1_001_000_000_000 - number % 100,
        "type": "supergroup",
        "title": "Type 1",
        "is_forum": True,
    }
    text = "good morning all, my sensor fell off again in the night"
    said = {"message_id": number, "date": 1_764_000_000, "chat": chat, "from": person, "text": text}
    return {"update_id": number, "message": said}


def serve() -> None:
    """The other side: batches of messages without end, and yes to everything else."""
    batches = [
        json.dumps({"ok": True, "result": [message(first + number) for number in range(_BATCH)]})
        for first in range(1, 100_000, _BATCH)
    ]

    async def called(request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        if method == "getme":
            return web.json_response({"ok": True, "result": _ME})
        if method == "getupdates":
            given = {**request.query, **(await request.post())}
            first = int(str(given.get("offset") or 1)) or 1
            return web.Response(text=batches[(first - 1) // _BATCH], content_type="application/json")
        if method == "deleteephemeralmessage":
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.json_response({"ok": True, "result": True})

    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", called)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[2]), access_log=None, print=None)


async def bare(address: str, most: int) -> float:
    """The library as its documentation begins: an Application, long polling, one handler."""
    from telegram import Update
    from telegram.ext import Application, MessageHandler, filters

    count, begun, ended = 0, 0.0, asyncio.Event()

    async def nothing(update: object, context: object) -> None:
        nonlocal count, begun
        count += 1
        if count == WARM:
            begun = time.process_time()
        if count == WARM + most:
            ended.set()

    app = Application.builder().token(TOKEN).base_url(f"{address}/bot").build()
    app.add_handler(MessageHandler(filters.ALL, nothing))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await ended.wait()
        used = time.process_time() - begun
        await app.updater.stop()
        await app.stop()
    return used / most


async def bot(address: str, most: int) -> float:
    """The whole bot with its core and database."""
    from tests.adapters.telegram.clock import MovedClock
    from tests.adapters.telegram.whole_bot import whole_bot

    with tempfile.TemporaryDirectory() as folder:
        async with whole_bot(Path(folder), address, TOKEN, MovedClock(datetime.now(UTC))) as whole:
            intake = whole.telegram.intake
            assert intake is not None
            take, count, begun, ended = intake.take, 0, 0.0, asyncio.Event()
            used = 0.0

            async def counted(updates: Any) -> None:
                nonlocal count, begun, used
                await take(updates)
                if count < WARM <= count + len(updates):
                    begun = time.process_time()
                count += len(updates)
                if count >= WARM + most and not ended.is_set():
                    used = time.process_time() - begun
                    ended.set()

            intake.take = counted  # type: ignore[method-assign]
            await ended.wait()
            return used / most


def main() -> None:
    if sys.argv[1] == "server":
        serve()
        return
    read = bare if sys.argv[1] == "bare" else bot
    print(asyncio.run(read(sys.argv[2], int(sys.argv[3]))))


if __name__ == "__main__":
    main()
