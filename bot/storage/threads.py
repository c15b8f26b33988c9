"""Marked channels and threads, and when a moderator last wrote in one. Who it was is not kept."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import Place
from bot.storage import tables
from bot.storage.upsert import upsert

GRIEF, LISTENING = "grief", "listening"
MARKS = (GRIEF, LISTENING)


class Threads:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def mark(self, community: int, place: Place, mark: str) -> None:
        """This channel or thread is one of grief, one for listening only, or (empty) like any other."""
        values = {"community_id": community, "mark": mark}
        await upsert(self._connection, tables.threads, key=_key(place), values=values)

    async def marked(self, community: int, place: Place) -> str:
        """Its mark, or nothing."""
        return (await self._find(community, place))[0]

    async def moderator_wrote(self, community: int, place: Place, now: datetime) -> None:
        """A moderator wrote here now."""
        values = {"community_id": community, "moderator_wrote_at": now}
        await upsert(self._connection, tables.threads, key=_key(place), values=values)

    async def moderator_was_here(self, community: int, place: Place) -> datetime | None:
        """When a moderator wrote here last, as far as it is kept."""
        return (await self._find(community, place))[1]

    async def forget_before(self, before: datetime) -> None:
        """Delete when moderators wrote, if it is longer ago; marks stay."""
        table = tables.threads
        old = table.c.moderator_wrote_at < before
        await self._connection.execute(delete(table).where(old, table.c.mark == ""))
        await self._connection.execute(update(table).where(old).values(moderator_wrote_at=None))

    async def _find(self, community: int, place: Place) -> tuple[str, datetime | None]:
        table = tables.threads
        same = [table.c[name] == value for name, value in _key(place).items()]
        query = select(table.c.mark, table.c.moderator_wrote_at)
        row = (await self._connection.execute(query.where(table.c.community_id == community, *same))).first()
        return ("", None) if row is None else (row.mark, row.moderator_wrote_at)


def _key(place: Place) -> dict[str, str]:
    return {
        "platform": place.platform,
        "grp": place.group,
        "channel": place.channel,
        "thread": place.thread or "",
    }
