"""Telegram calls us: our own handler, which says 200 only when what came is stored."""

import asyncio
import hmac
import json
import logging
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram.error import TelegramError

from adapters.telegram import errors
from adapters.telegram.connection import Connection
from adapters.telegram.core import Phrase, TelegramProblem
from adapters.telegram.intake import Intake
from adapters.telegram.polling import WANTED
from adapters.telegram.settings import Pace, Webhook

log = logging.getLogger(__name__)
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_LONGEST = 1024 * 1024  # bytes; Telegram's own updates are far smaller
_CONNECTIONS = 40


class Listener:
    def __init__(self, settings: Webhook, intake: Intake) -> None:
        self._settings = settings
        self._intake = intake
        self.port = settings.port

    def app(self) -> web.Application:
        app = web.Application(client_max_size=_LONGEST)
        app.router.add_post(urlsplit(self._settings.url).path or "/", self._called)
        return app

    async def _called(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), self._settings.secret.encode()):
            return web.Response(status=403)
        try:
            update: Any = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        await self._intake.take([update])
        return web.Response()


async def listen(
    settings: Webhook,
    connection: Connection,
    intake: Intake,
    pace: Pace,
    phrase: Phrase,
    ready: "asyncio.Event",
) -> None:
    """Listen until cancelled, after telling Telegram where. The webhook stays set: updates wait for us."""
    listener = Listener(settings, intake)
    runner = web.AppRunner(listener.app(), access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError:
            problem = phrase("telegram.port-taken", None, port=settings.port)
            raise TelegramProblem(problem) from None
        await _set(settings, connection, pace, phrase)
        ready.set()
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


async def _set(settings: Webhook, connection: Connection, pace: Pace, phrase: Phrase) -> None:
    pause = pace.first_retry
    while True:
        try:
            await connection.bot.set_webhook(
                settings.url,
                secret_token=settings.secret,
                allowed_updates=WANTED,
                max_connections=_CONNECTIONS,
            )
        except TelegramError as error:
            if errors.is_refused(error):
                raise TelegramProblem(phrase("telegram.webhook-refused", None)) from None
            log.warning("Telegram cannot be reached (%s), trying again", errors.kind(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, pace.longest_retry)
        else:
            return
