"""What is due and when. A row is written with the thing it belongs to and deleted when acted on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.upsert import upsert

UNNOTICED = "housekeeping"  # the daily deletion job


@dataclass(frozen=True, kw_only=True, slots=True)
class DueRow:
    """Something whose time comes: ``kind`` names the feature, ``subject`` what it is about."""

    id: int
    due_at: datetime
    kind: str
    subject: str
    community: int | None


class Dues:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self, at: datetime, kind: str, subject: object, community: int | None = None, posts: bool = False
    ) -> None:
        """Make something due at ``at``; the same kind and subject is moved, never doubled.

        ``posts``: the bot will say something in the group then, so the day is taken.
        """
        await upsert(
            self._connection,
            tables.due,
            key={"kind": kind, "subject": str(subject)},
            values={"due_at": at, "community_id": community, "posts": posts},
        )

    async def drop(self, kind: str, subject: object) -> None:
        """It is not due any more."""
        table = tables.due
        await self._connection.execute(
            delete(table).where(table.c.kind == kind, table.c.subject == str(subject))
        )

    async def claim(self, id: int, kind: str, subject: str, now: datetime) -> bool:
        """Take a row that is due. False if it was taken, moved or dropped by another meanwhile."""
        table = tables.due
        result = await self._connection.execute(
            delete(table).where(
                table.c.id == id, table.c.kind == kind, table.c.subject == subject, table.c.due_at <= now
            )
        )
        return result.rowcount == 1

    async def ready(self, now: datetime, limit: int = 50) -> list[DueRow]:
        """What is due now, longest overdue first."""
        table = tables.due
        rows = await self._connection.execute(
            select(table).where(table.c.due_at <= now).order_by(table.c.due_at, table.c.id).limit(limit)
        )
        return [
            DueRow(
                id=row.id, due_at=row.due_at, kind=row.kind, subject=row.subject, community=row.community_id
            )
            for row in rows
        ]

    async def next_at(self) -> datetime | None:
        """When the next thing is due that anybody can notice (the deletion job is not)."""
        query = select(func.min(tables.due.c.due_at)).where(tables.due.c.kind != UNNOTICED)
        found = await self._connection.execute(query)
        moment: datetime | None = found.scalar_one_or_none()
        return moment

    async def at(self, kind: str, subject: object) -> datetime | None:
        """When this is due, if it is."""
        table = tables.due
        found = await self._connection.execute(
            select(table.c.due_at).where(table.c.kind == kind, table.c.subject == str(subject))
        )
        return found.scalar_one_or_none()

    async def upcoming(self, community: int) -> list[DueRow]:
        """What is due in this community, soonest first."""
        table = tables.due
        rows = await self._connection.execute(
            select(table).where(table.c.community_id == community).order_by(table.c.due_at)
        )
        return [
            DueRow(
                id=row.id, due_at=row.due_at, kind=row.kind, subject=row.subject, community=row.community_id
            )
            for row in rows
        ]

    async def days_taken(self, community: int, zone: ZoneInfo, since: datetime) -> list[date]:
        """Local days on which the bot posts, or posted since then, by itself (a day twice if two posts)."""
        coming = select(tables.due.c.due_at).where(
            tables.due.c.community_id == community, tables.due.c.posts.is_(True)
        )
        said = select(tables.outbox.c.due_at).where(
            tables.outbox.c.community_id == community,
            tables.outbox.c.started.is_(True),
            tables.outbox.c.due_at >= since - timedelta(days=7),
        )
        moments = [
            *(await self._connection.execute(coming)).scalars(),
            *(await self._connection.execute(said)).scalars(),
        ]
        return [moment.astimezone(zone).date() for moment in moments]
