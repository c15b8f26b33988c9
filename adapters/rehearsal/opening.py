"""Opening the room's page and keeping it open."""

import asyncio
import errno
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from aiohttp import web

from adapters.rehearsal.clock import RoomClock, real_time, working_hours
from adapters.rehearsal.core import Build, CommandShown
from adapters.rehearsal.deeds import Deeds
from adapters.rehearsal.platform import Rehearsal
from adapters.rehearsal.room import Room
from adapters.rehearsal.server import HOST, Server
from adapters.rehearsal.words import RoomProblem, say

_TICK = 1.0
_LOG = logging.getLogger(__name__)


async def serve(
    build: Build,
    *,
    folder: Path,
    port: int,
    commands: Sequence[CommandShown],
    announce: Callable[[str], None] = print,
    ready: Callable[[int], None] | None = None,
    real: Callable[[], datetime] = real_time,
) -> None:
    """Serve the room kept in ``folder`` on 127.0.0.1 until cancelled.

    ``announce`` gets the address in words; ``ready`` the port, which matters when ``port`` is 0. ``real``
    is the time outside; a new room begins at the next hour at which votes may open.
    Raises RoomProblem with a sentence for the terminal: port in use, folder unusable.
    """
    room = Room.open(folder)
    try:
        clock = RoomClock(room, real)
        new = room.furnish(clock.now())
        async with build(Rehearsal(room, clock), clock) as core:
            if new:
                clock.set(working_hours(clock.now(), core.zone))
            deeds = Deeds(room, core, clock)
            await _serve(Server(room, core, clock, deeds, commands), deeds, folder, port, announce, ready)
    finally:
        room.close()


async def _serve(
    server: Server,
    deeds: Deeds,
    folder: Path,
    port: int,
    announce: Callable[[str], None],
    ready: Callable[[int], None] | None,
) -> None:
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        bound = await _bind(runner, port)
        await deeds.add_bot()
        announce(say("serving", address=f"http://{HOST}:{bound}/", folder=folder))
        if ready:
            ready(bound)
        while True:
            await _settle(deeds)
            await asyncio.sleep(_TICK)
    finally:
        await runner.cleanup()


async def _settle(deeds: Deeds) -> None:
    """Do what is due; a failure is logged, and tried again at the next tick."""
    try:
        await deeds.settle()
    except Exception:
        _LOG.exception("doing what is due failed")


async def _bind(runner: web.AppRunner, port: int) -> int:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as fault:
        if fault.errno in (errno.EADDRINUSE, errno.EACCES):
            raise RoomProblem("port-taken", port=port) from fault
        raise
    return int(runner.addresses[0][1])
