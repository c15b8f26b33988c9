"""A running bot on its platforms, until one of them says what is wrong or it is stopped."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

import structlog

from bot.assembly import Core, assembled
from bot.contract.platform import Platform, Receive
from bot.reach import Reach
from bot.settings import GroupSettings
from bot.texts import Texts

log = structlog.get_logger(__name__)


class Connected(Platform, Protocol):
    """A platform that asks what is known of groups while it runs."""

    async def run(self, receive: Receive, groups: Reach | None = None) -> None:
        """Connect and hand every event to ``receive`` until cancelled."""

    async def close(self) -> None:
        """Let go of everything, after ``run`` has ended."""


def real_time() -> datetime:
    """Now, aware UTC."""
    return datetime.now(UTC)


async def connect(
    *,
    url: str,
    secret_key: str,
    platforms: Sequence[Connected],
    texts: Texts,
    defaults: GroupSettings,
    clock: Callable[[], datetime] = real_time,
    began: Callable[[Core], None] = lambda core: None,
) -> None:
    """Run every platform and what is due, until SIGTERM, SIGINT or a platform's problem (raised).

    What was received is finished first. ``began`` is told the core before anything happens. Hold the
    database's lock before (bot.lock).
    """
    async with assembled(
        url=url,
        secret_key=secret_key,
        platforms=platforms,
        clock=clock,
        texts=texts,
        defaults=defaults,
    ) as core:
        began(core)
        await _until_stopped(core, platforms)


async def _until_stopped(core: Core, platforms: Sequence[Connected]) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows has no such handlers: Ctrl+C cancels there
            loop.add_signal_handler(number, stopped.set)
    waiting = asyncio.ensure_future(stopped.wait())
    running = [asyncio.ensure_future(platform.run(core.receive, Reach(core))) for platform in platforms]
    due = asyncio.ensure_future(core.schedule.run())
    try:
        await asyncio.wait([waiting, *running], return_when=asyncio.FIRST_COMPLETED)
        for one in running:
            if one.done():
                one.result()
    finally:
        log.info("stopping")
        waiting.cancel()
        for task in (*running, due):
            task.cancel()
        await asyncio.gather(waiting, *running, due, return_exceptions=True)
        for platform in platforms:
            await platform.close()
