"""Rows of the outbox: what is to be said or done on a platform, and how far it got."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.upsert import upsert

LEASE = timedelta(seconds=60)
LEASE_OF_URGENT = timedelta(seconds=20)  # a process that was killed holds up nobody's alert for long


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxRow:
    """One claimed row. ``action`` is JSON of ``kind``."""

    id: int
    name: str | None
    community: int | None
    kind: str
    action: str = field(repr=False)
    platform: str
    group: str
    started: bool
    attempts: int
    due_at: datetime
    urgent: bool = False
    planned: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Went:
    """How named private messages went so far, by their names."""

    delivered: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


class OutboxRows:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, *, name: str | None, **values: object) -> bool:
        """Add a row (columns as in the table). False if one of this name was added before."""
        return await upsert(
            self._connection,
            tables.outbox,
            key={"name": name, **values},
            values={},
            unique=("name",),
        )

    async def claim(
        self, platform: str, now: datetime, limit: int = 20, *, urgent: bool | None = None
    ) -> list[OutboxRow]:
        """Take what is due on a platform, urgent first, so that no other process does it as well.

        ``urgent``: only rows that are, or only rows that are not.
        """
        table = tables.outbox
        lease = LEASE_OF_URGENT if urgent else LEASE
        ready = (
            select(table.c.id)
            .where(
                table.c.platform == platform,
                table.c.done_at.is_(None),
                table.c.due_at <= now,
                or_(table.c.leased_until.is_(None), table.c.leased_until <= now),
                *(() if urgent is None else (table.c.urgent.is_(urgent),)),
            )
            .order_by(table.c.urgent.desc(), table.c.due_at, table.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = list((await self._connection.execute(ready)).scalars())
        if not ids:
            return []
        await self._connection.execute(
            update(table)
            .where(table.c.id.in_(ids))
            .values(leased_until=now + lease, attempts=table.c.attempts + 1)
        )
        rows = await self._connection.execute(
            select(table)
            .where(table.c.id.in_(ids))
            .order_by(table.c.urgent.desc(), table.c.due_at, table.c.id)
        )
        return [_read(row) for row in rows]

    async def went(self, name: str) -> Went:
        """How the private messages went whose names begin with ``name``; for a week after they went."""
        table = tables.outbox
        rows = await self._connection.execute(
            select(table.c.name, table.c.done_at, table.c.failed)
            .where(table.c.name.startswith(name, autoescape=True))
            .order_by(table.c.id)
        )
        found: dict[str, list[str]] = {"delivered": [], "failed": [], "waiting": []}
        for row in rows:
            kind = "waiting" if row.done_at is None else "failed" if row.failed else "delivered"
            found[kind].append(row.name)
        return Went(**{kind: tuple(names) for kind, names in found.items()})

    async def waiting_tells(self, community: int) -> list[tuple[int, str]]:
        """Private messages of a community that wait to be sent: row and packed action."""
        table = tables.outbox
        rows = await self._connection.execute(
            select(table.c.id, table.c.action).where(
                table.c.community_id == community, table.c.kind == "Tell", table.c.done_at.is_(None)
            )
        )
        return [(row.id, row.action) for row in rows]

    async def drop(self, ids: Sequence[int]) -> None:
        """These rows are not performed any more."""
        table = tables.outbox
        await self._connection.execute(
            delete(table).where(table.c.id.in_(list(ids)), table.c.done_at.is_(None))
        )

    async def withdraw(self, names: Sequence[str]) -> None:
        """What waits under these names is not sent any more."""
        table = tables.outbox
        await self._connection.execute(
            delete(table).where(table.c.name.in_(list(names)), table.c.done_at.is_(None))
        )

    async def done(self, id: int, now: datetime, failed: bool = False) -> None:
        """It was performed (or never can be): keep no words of it."""
        await self._connection.execute(
            update(tables.outbox)
            .where(tables.outbox.c.id == id)
            .values(done_at=now, leased_until=None, action="", failed=failed)
        )

    async def postpone(self, id: int, until: datetime) -> None:
        """Not now: try again then."""
        await self._connection.execute(
            update(tables.outbox).where(tables.outbox.c.id == id).values(due_at=until, leased_until=None)
        )

    async def hurry(self, platform: str, group: str, now: datetime) -> None:
        """Posts and roles that wait in this group are tried now; budgets and quiet times stay."""
        table = tables.outbox
        waiting = (table.c.platform == platform, table.c.grp == group, table.c.done_at.is_(None))
        await self._connection.execute(
            update(table)
            .where(*waiting, table.c.kind.in_(("Post", "OpenThread", "GiveRole")), table.c.due_at > now)
            .values(due_at=now)
        )

    async def rewrite(self, name: str, action: str) -> None:
        """Put new words into a row that was not performed yet."""
        await self._connection.execute(
            update(tables.outbox)
            .where(tables.outbox.c.name == name, tables.outbox.c.done_at.is_(None))
            .values(action=action)
        )

    async def action(self, id: int) -> str | None:
        """The action of a row as it is stored now; None if there is no such row."""
        found = await self._connection.execute(select(tables.outbox.c.action).where(tables.outbox.c.id == id))
        return found.scalar_one_or_none()

    async def rewrite_row(self, id: int, action: str) -> None:
        """Put another action of the same kind into a row that was not performed yet."""
        table = tables.outbox
        await self._connection.execute(
            update(table).where(table.c.id == id, table.c.done_at.is_(None)).values(action=action)
        )

    async def of_kinds(self, platform: str, group: str, kinds: Sequence[str]) -> list[tuple[int, str, str]]:
        """Id, kind and action of rows of a group that were not performed yet."""
        table = tables.outbox
        rows = await self._connection.execute(
            select(table.c.id, table.c.kind, table.c.action).where(
                table.c.platform == platform,
                table.c.grp == group,
                table.c.kind.in_(kinds),
                table.c.done_at.is_(None),
            )
        )
        return [(row.id, row.kind, row.action) for row in rows]

    async def cancel(self, name: str, now: datetime) -> bool:
        """Do not say any more what waits under this name. False if nothing waits, or it is being said."""
        table = tables.outbox
        done = await self._connection.execute(
            update(table)
            .where(
                table.c.name.startswith(f"{name}@", autoescape=True),
                table.c.done_at.is_(None),
                or_(table.c.leased_until.is_(None), table.c.leased_until <= now),
            )
            .values(done_at=now, leased_until=None, action="", failed=True)
        )
        return done.rowcount > 0

    async def waiting(self, name: str) -> list[tuple[str, str]]:
        """Name and action of rows that begin with this name and were not performed yet."""
        table = tables.outbox
        rows = await self._connection.execute(
            select(table.c.name, table.c.action).where(
                table.c.name.startswith(name, autoescape=True), table.c.done_at.is_(None)
            )
        )
        return [(row.name, row.action) for row in rows]

    async def unsaid(self, name: str) -> list[tuple[str, str, str]]:
        """Name, kind and action of rows that begin with this name and were not performed yet."""
        table = tables.outbox
        rows = await self._connection.execute(
            select(table.c.name, table.c.kind, table.c.action).where(
                table.c.name.startswith(name, autoescape=True), table.c.done_at.is_(None)
            )
        )
        return [(row.name, row.kind, row.action) for row in rows]

    async def next_at(self) -> datetime | None:
        """When the next row is to be tried; one that is leased, when its lease ends."""
        table = tables.outbox
        leased = table.c.leased_until > table.c.due_at
        moment = case((leased, table.c.leased_until), else_=table.c.due_at)
        found = await self._connection.execute(select(func.min(moment)).where(table.c.done_at.is_(None)))
        soonest: datetime | None = found.scalar_one_or_none()
        return soonest

    async def started_since(
        self, row: OutboxRow, since: datetime, now: datetime, undecided: Sequence[int] = ()
    ) -> list[datetime]:
        """When posts that the bot began by itself went out in this row's group after ``since``.

        One that somebody is sending now counts as sent now, those named in ``undecided`` do not. The
        same post in another channel of the group is the same post. Whoever asks is alone meanwhile:
        on PostgreSQL the community is locked until the transaction ends.
        """
        await self._connection.execute(
            select(tables.communities.c.id).where(tables.communities.c.id == row.community).with_for_update()
        )
        table = tables.outbox
        rows = await self._connection.execute(
            select(table.c.name, table.c.done_at).where(
                table.c.platform == row.platform,
                table.c.grp == row.group,
                table.c.started.is_(True),
                table.c.failed.is_(False),
                or_(table.c.done_at > since, and_(table.c.done_at.is_(None), table.c.leased_until > now)),
                table.c.id.not_in([row.id, *undecided]),
            )
        )
        same = None if row.name is None else _without_place(row.name)
        return [
            now if each.done_at is None else each.done_at
            for each in rows
            if each.name is None or _without_place(each.name) != same
        ]

    async def release_leases(self) -> None:
        """At the start of the only process: whatever an ended one had taken is free again."""
        await self._connection.execute(
            update(tables.outbox).where(tables.outbox.c.done_at.is_(None)).values(leased_until=None)
        )

    async def forget_before(self, before: datetime) -> None:
        """Delete rows done before then."""
        await self._connection.execute(delete(tables.outbox).where(tables.outbox.c.done_at < before))


def _without_place(name: str) -> str:
    return name.partition("@")[0]


def _read(row: Row[Any]) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        name=row.name,
        community=row.community_id,
        kind=row.kind,
        action=row.action,
        platform=row.platform,
        group=row.grp,
        started=row.started,
        attempts=row.attempts,
        due_at=row.due_at,
        urgent=row.urgent,
        planned=row.planned,
    )
