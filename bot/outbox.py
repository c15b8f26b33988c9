"""The outbox: everything said outside of a direct answer, performed at least once and known by key.

Claim in one transaction, speak outside of any, mark in another. Posts that the bot begins by itself
keep to one a day and four a week per group, and out of quiet times.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.contract.actions import Delete, Edit, GiveRole, OpenThread, Post, Sent, Tell
from bot.contract.events import MessageRef, Place
from bot.contract.platform import Platform, TryLater, Unreachable
from bot.faults import told
from bot.groups import Groups
from bot.packing import pack, unpack
from bot.storage.cases import CHANNEL_RESTS
from bot.storage.outbox import OutboxRow
from bot.storage.unit_of_work import Database, UnitOfWork

log = structlog.get_logger(__name__)

STARTED_A_WEEK = 4
GIVE_UP_AFTER = 200  # attempts
WAITS_FOR_PLACE = timedelta(days=7)
LOOKS_AGAIN = timedelta(days=1)
CASES_LOOKED_AT = timedelta(minutes=30)
LONGEST_PAUSE_OF_URGENT = timedelta(seconds=20)
SHORTEST_PAUSE = timedelta(seconds=1)  # a platform that says "after 0 seconds" gets no endless loop
_ABOUT_MESSAGES = (Edit.__name__, Delete.__name__)
Performance = Callable[[], Awaitable[None]]


async def put(
    work: UnitOfWork,
    action: Sent,
    community: int | None,
    now: datetime,
    groups: Groups,
    *,
    planned: bool = False,
) -> None:
    """Write an action into the outbox. A named post is written once per place.

    ``planned``: nobody asked for it just now, its time came.
    """
    platform, group = _address(action)
    name = (action.name or None) if isinstance(action, Tell) else None
    due_at = now
    started = isinstance(action, Post | OpenThread) and action.started
    if isinstance(action, Post | OpenThread) and action.name:
        place = action.place
        thread = "new" if isinstance(action, OpenThread) else place.thread or ""
        name = f"{action.name}@{place.platform}/{place.group}/{place.channel}/{thread}"
    known = groups.by_id(community) if community is not None else None
    if started and known is not None:
        due_at = known.settings.calendar.next_allowed(now)
    await work.outbox.add(
        name=name,
        community_id=community,
        kind=type(action).__name__,
        action=pack(action),
        platform=platform,
        grp=group,
        started=started,
        planned=planned,
        urgent=isinstance(action, Tell) and action.urgent,
        due_at=due_at,
    )


def _address(action: Sent) -> tuple[str, str]:
    if isinstance(action, Tell):
        return action.person.platform, ""
    place = action.message.place if isinstance(action, Edit | Delete) else action.place
    return place.platform, place.group


class Outbox:
    """Performs what waits, on the platforms that are connected."""

    def __init__(self, database: Database, groups: Groups, platforms: Sequence[Platform]) -> None:
        self._database = database
        self._groups = groups
        self._platforms = {platform.name: platform for platform in platforms}

    async def deliver(self, now: datetime) -> int:
        """Perform everything that is due now, urgent things first; returns how many rows were taken."""
        taken = 0
        while urgent := await self.urgent(now):
            taken += len(urgent)
            await asyncio.gather(*(perform() for perform in urgent))
        while some := await self.deliver_some(now):
            taken += some
        return taken

    async def deliver_some(self, now: datetime) -> int:
        """Perform a few of the things that are due and not urgent; returns how many rows were taken."""
        taken = 0
        for name, platform in self._platforms.items():
            rows = await self._claim(name, now)
            taken += len(rows)
            for row in rows:
                await self._perform(platform, row, now)
        return taken

    async def urgent(self, now: datetime) -> list[Performance]:
        """Take the urgent things that are due. Each is to be performed beside all others: none waits."""
        taken: list[Performance] = []
        for name, platform in self._platforms.items():
            async with self._database.transaction() as work:
                rows = await work.outbox.claim(name, now, urgent=True)
            taken += [partial(self._perform, platform, row, now) for row in rows]
        return taken

    async def _claim(self, platform: str, now: datetime) -> list[OutboxRow]:
        async with self._database.transaction() as work:
            rows = await work.outbox.claim(platform, now, urgent=False)
            undecided = {row.id for row in rows}
            ready = []
            for row in rows:
                until = await self._near_a_case(work, row, now)
                if until is None and row.started:
                    until = await self._over_budget(work, row, now, undecided)
                undecided.discard(row.id)
                if until is None:
                    ready.append(row)
                else:
                    await work.outbox.postpone(row.id, until)
            return ready

    @staticmethod
    async def _near_a_case(work: UnitOfWork, row: OutboxRow, now: datetime) -> datetime | None:
        """A post that nobody asked for just now waits while a case about its very place is open."""
        post = _read(row) if row.started or row.planned else None
        if not isinstance(post, Post) or not await work.cases.live_in(post.place, now - CHANNEL_RESTS):
            return None
        return now + CASES_LOOKED_AT

    async def _over_budget(
        self, work: UnitOfWork, row: OutboxRow, now: datetime, undecided: set[int]
    ) -> datetime | None:
        """When a post that the bot begins may go out, if that is not now."""
        group = self._groups.by_id(row.community) if row.community is not None else None
        if group is None:
            return None
        calendar, zone = group.settings.calendar, group.settings.zone
        said = await work.outbox.started_since(row, now - timedelta(days=7), now, sorted(undecided))
        today = now.astimezone(zone).date()
        if len(said) >= STARTED_A_WEEK:
            return calendar.next_allowed(sorted(said)[-STARTED_A_WEEK] + timedelta(days=7))
        if any(moment.astimezone(zone).date() == today for moment in said):
            return calendar.next_allowed(now, lambda day: day <= today)
        return None if calendar.allowed(now) else calendar.next_allowed(now)

    async def _perform(self, platform: Platform, row: OutboxRow, now: datetime) -> None:
        try:
            row = await self._as_it_stands(row)
            action = unpack(row.kind, row.action)
            message = await platform.perform(action, f"cg{row.id}")
        except TryLater as later:
            await self._try_again(row, now, later.after)
        except Unreachable:
            log.warning("unreachable", row=row.id, kind=row.kind, platform=row.platform)
            if not await self._place_refused(row, now):
                await self._finish(row, None, now, failed=True)
        except Exception as fault:
            log.error("performing failed", row=row.id, kind=row.kind, platform=row.platform, **told(fault))
            pause = timedelta(seconds=5 * 2 ** min(row.attempts, 8))
            await self._try_again(row, now, min(pause, LONGEST_PAUSE_OF_URGENT) if row.urgent else pause)
        else:
            await self._finish(row, message, now, failed=False)

    async def _as_it_stands(self, row: OutboxRow) -> OutboxRow:
        """What it is about may have become other messages since the row was taken."""
        if row.kind not in _ABOUT_MESSAGES:
            return row
        async with self._database.transaction() as work:
            return replace(row, action=await work.outbox.action(row.id) or row.action)

    async def _try_again(self, row: OutboxRow, now: datetime, after: timedelta) -> None:
        if row.attempts >= GIVE_UP_AFTER:
            log.warning("given up", row=row.id, kind=row.kind, platform=row.platform)
            await self._finish(row, None, now, failed=True)
            return
        async with self._database.transaction() as work:
            await work.outbox.postpone(row.id, now + max(after, SHORTEST_PAUSE))

    async def _place_refused(self, row: OutboxRow, now: datetime) -> bool:
        """A post to a place of the group itself waits for it, once a day; moderators see why."""
        action, group = _read(row), self._groups.by_id(row.community) if row.community is not None else None
        if isinstance(action, GiveRole):
            return await self._role_refused(row, action, now)
        if not isinstance(action, Post) or group is None or not group.speaks_in(action.place):
            return False
        async with self._database.transaction() as work:
            await work.refused.note(group.community, action.place, now)
            found = await work.refused.find(action.place)
            own = group.instead_of(action.place)
            if own is not None:
                await work.outbox.done(row.id, now, failed=True)
                await put(work, replace(action, place=own), group.community, now, self._groups)
                return True
            if found is None or now - found.since >= WAITS_FOR_PLACE:
                return False
            await work.outbox.postpone(row.id, now + LOOKS_AGAIN)
            return True

    async def _role_refused(self, row: OutboxRow, give: GiveRole, now: datetime) -> bool:
        """The same for a role, if the platform said why: moderators see it as a refused place."""
        async with self._database.transaction() as work:
            found = await work.refused.find(_of_role(give))
            if found is None or now - found.since >= WAITS_FOR_PLACE:
                return False
            await work.outbox.postpone(row.id, now + LOOKS_AGAIN)
            return True

    async def _finish(self, row: OutboxRow, message: MessageRef | None, now: datetime, failed: bool) -> None:
        async with self._database.transaction() as work:
            await work.outbox.done(row.id, now, failed=failed)
            action = _read(row)
            as_wished = isinstance(action, Post) and not failed and not _said_elsewhere(action, message)
            if isinstance(action, Post) and as_wished and await work.refused.clear(action.place):
                await work.outbox.hurry(row.platform, row.group, now)
            if isinstance(action, GiveRole) and not failed and await work.refused.clear(_of_role(action)):
                await work.outbox.hurry(row.platform, row.group, now)
            if message is not None and isinstance(action, Post | OpenThread) and action.name:
                await work.messages.remember(action.name, row.community, message)
            if isinstance(action, Edit) and message not in (None, action.message):
                await _follow(work, row, action.message, message)
            if isinstance(action, Tell) and action.then and row.name:
                await work.due.put(now, action.then, row.name, row.community)
            if failed and isinstance(action, Tell | OpenThread) and action.otherwise is not None:
                await put(work, action.otherwise, row.community, now, self._groups)


async def _follow(work: UnitOfWork, row: OutboxRow, before: MessageRef, after: MessageRef) -> None:
    """A long post stands in other messages now: what is to be done to it is done to those."""
    await work.messages.moved(before, after)
    for id, kind, packed in await work.outbox.of_kinds(row.platform, row.group, _ABOUT_MESSAGES):
        waiting = unpack(kind, packed)
        if isinstance(waiting, Edit | Delete) and waiting.message == before:
            await work.outbox.rewrite_row(id, pack(replace(waiting, message=after)))


def _of_role(give: GiveRole) -> Place:
    """How PlaceRefused names a role."""
    return replace(give.place, channel=give.role, thread=None)


def _read(row: OutboxRow) -> Sent | None:
    """The action of a row, or None if this version cannot read it."""
    try:
        return unpack(row.kind, row.action)
    except (KeyError, ValueError):
        return None


def _said_elsewhere(post: Post, message: MessageRef | None) -> bool:
    """Whether it was said outside of its thread, because that is closed or gone."""
    wished = post.place.thread
    return wished is not None and message is not None and message.place.thread != wished
