"""Time: what is due becomes TimeCame events; the outbox is delivered; memory follows other processes."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.app import App
from bot.contract.events import TimeCame
from bot.faults import told
from bot.groups import Groups
from bot.outbox import Outbox
from bot.running import Clock
from bot.storage.due import DueRow
from bot.storage.unit_of_work import Database

log = structlog.get_logger(__name__)

EVERY = timedelta(seconds=1)
EVERY_URGENT = timedelta(seconds=0.5)
LAST_WORDS = 2.0  # seconds in which what was begun can end when the process stops
Doing = Callable[[], Awaitable[bool | None]]  # True: there is more to do at once
AT_ONCE = 50  # due rows read together
PUT_OFF = timedelta(minutes=1)  # a row whose feature failed is tried again after this


class Schedule:
    """Everything that happens because time passes."""

    def __init__(self, *, app: App, database: Database, groups: Groups, outbox: Outbox, clock: Clock) -> None:
        self._app = app
        self._database = database
        self._groups = groups
        self._outbox = outbox
        self._clock = clock
        self._put_off: dict[DueRow, datetime] = {}
        self._once_at_a_time = asyncio.Lock()

    async def run_due(self) -> None:
        """Do everything that is due now, and deliver what follows from it."""
        async with self._once_at_a_time:
            now, delivered = self._clock(), 1
            while delivered:  # that something arrived can be due at once
                while await self._receive_ready(now):
                    pass
                delivered = await self._outbox.deliver(now)

    async def next_due(self) -> datetime | None:
        """When there is something to do again: the soonest due row or waiting outbox row."""
        async with self._database.transaction() as work:
            moments = [await work.due.next_at(), await work.outbox.next_at()]
        known = [moment for moment in moments if moment is not None]
        return min(known, default=None)

    async def run(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Look every second, until cancelled. A fault is logged and does not end the loop.

        What is due, what is to be said and what is urgent do not wait for each other.
        """
        async with asyncio.TaskGroup() as beside:
            beside.create_task(self._again_and_again(self._time_passes, EVERY, pause))
            beside.create_task(self._again_and_again(self._say, EVERY, pause))
            beside.create_task(self._again_and_again(partial(self._hurry, beside), EVERY_URGENT, pause))

    async def _again_and_again(
        self, do: Doing, every: timedelta, pause: Callable[[float], Awaitable[None]]
    ) -> None:
        while True:
            if not await _to_its_end(do):
                await pause(every.total_seconds())

    async def _time_passes(self) -> None:
        await self._groups.load(self._database)
        async with self._once_at_a_time:
            while await self._receive_ready(self._clock()):
                pass

    async def _say(self) -> bool:
        return bool(await self._outbox.deliver_some(self._clock()))

    async def _hurry(self, beside: asyncio.TaskGroup) -> None:
        """Begin everything urgent at once; one that takes long holds up no other."""
        for perform in await self._outbox.urgent(self._clock()):
            beside.create_task(_to_its_end(perform))

    async def _receive_ready(self, now: datetime) -> bool:
        self._put_off = {row: until for row, until in self._put_off.items() if until > now}
        async with self._database.transaction() as work:
            rows = await work.due.ready(now, limit=AT_ONCE + len(self._put_off))
        ready = [row for row in rows if row not in self._put_off]
        for row in ready:
            # A row that is still there afterwards failed: it waits a minute, the others go on.
            self._put_off[row] = now + PUT_OFF
            await self._app.receive(
                TimeCame(due=row.id, kind=row.kind, subject=row.subject, community=row.community)
            )
        return bool(ready)


async def _to_its_end(do: Doing) -> bool:
    """Log a fault; when the process stops, finish what was begun, so that it is also noted down."""
    doing = asyncio.ensure_future(_minding_faults(do))
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait({doing}, timeout=LAST_WORDS)
        doing.cancel()
        raise


async def _minding_faults(do: Doing) -> bool:
    try:
        return bool(await do())
    except Exception as fault:
        log.error("schedule failed", **told(fault))
        return False
