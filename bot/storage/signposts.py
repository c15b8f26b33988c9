"""Topics for which there was no link, counted by the month, and where links were shown. Never who asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import Place
from bot.storage import tables
from bot.storage.upsert import upsert


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """How often a topic had no link in a month ("2026-11").

    ``near``: nobody asked for the topic itself, but for something whose words come nearest to it.
    """

    month: str
    topic: str
    near: bool
    asked: int


class Signposts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count_gap(self, community: int, topic: str, *, near: bool, now: datetime) -> None:
        """Somebody asked, and there was no link. ``topic`` is a name of ours, never what they typed."""
        table = tables.gaps
        make = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
        key = {"community_id": community, "month": now.strftime("%Y-%m"), "topic": topic, "near": near}
        counted = make(table).values(**key, asked=1)
        await self._connection.execute(
            counted.on_conflict_do_update(index_elements=list(key), set_={"asked": table.c.asked + 1})
        )

    async def gaps(self, community: int) -> list[Gap]:
        """What was asked for, the newest month first, the most asked first."""
        table = tables.gaps
        query = (
            select(table)
            .where(table.c.community_id == community)
            .order_by(table.c.month.desc(), table.c.asked.desc(), table.c.topic, table.c.near)
        )
        rows = await self._connection.execute(query)
        return [Gap(month=row.month, topic=row.topic, near=row.near, asked=row.asked) for row in rows]

    async def show(
        self, community: int, place: Place, now: datetime, rest: timedelta, *, crisis: bool
    ) -> bool:
        """Note that links are shown here now; False if that was done less than ``rest`` ago."""
        table = tables.shown_links
        where = {"platform": place.platform, "grp": place.group, "channel": place.channel}
        return await upsert(
            self._connection,
            table,
            key={"community_id": community, **where, "thread": place.thread or "", "crisis": crisis},
            values={"shown_at": now},
            only_if=lambda _: table.c.shown_at <= now - rest,
        )

    async def forget_gaps(self, before: datetime) -> None:
        """Delete the counts of months that ended before."""
        await self._connection.execute(
            delete(tables.gaps).where(tables.gaps.c.month < before.strftime("%Y-%m"))
        )

    async def forget_shown(self, before: datetime) -> None:
        """Delete where links were shown before that."""
        table = tables.shown_links
        await self._connection.execute(delete(table).where(table.c.shown_at < before))
