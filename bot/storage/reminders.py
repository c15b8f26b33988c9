"""When a reminder was last posted in a place: nothing about whom it was for, nothing of any message."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import Place
from bot.storage import tables


class Reminders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, community: int, place: Place, now: datetime, *, by_itself: bool = False) -> None:
        """A reminder was posted here now, by a moderator or by the bot itself."""
        values = {"community_id": community, "place": _key(place), "posted_at": now, "by_itself": by_itself}
        await self._connection.execute(insert(tables.reminders).values(**values))

    async def last(self, community: int, place: Place) -> datetime | None:
        """When one was last posted in this channel or thread."""
        table = tables.reminders
        found = await self._connection.execute(
            select(func.max(table.c.posted_at)).where(
                table.c.community_id == community, table.c.place == _key(place)
            )
        )
        moment: datetime | None = found.scalar_one_or_none()
        return moment

    async def by_itself(self, community: int, since: datetime) -> list[datetime]:
        """When the bot posted one by itself anywhere in this community."""
        table = tables.reminders
        query = select(table.c.posted_at).where(
            table.c.community_id == community, table.c.by_itself.is_(True), table.c.posted_at >= since
        )
        return list((await self._connection.execute(query)).scalars())

    async def posted(self, community: int) -> int:
        """How many there were, as far as it is kept: wordings take turns by it."""
        table = tables.reminders
        query = select(func.count()).where(table.c.community_id == community)
        return int((await self._connection.execute(query)).scalar_one())

    async def forget_before(self, before: datetime) -> None:
        """Delete what is older than that."""
        await self._connection.execute(delete(tables.reminders).where(tables.reminders.c.posted_at < before))


def _key(place: Place) -> str:
    return f"{place.platform}/{place.group}/{place.channel}/{place.thread or ''}"
