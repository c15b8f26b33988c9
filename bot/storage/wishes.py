"""Wishes for a gentle reminder: where, and never whose."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import Place
from bot.storage import tables
from bot.storage.ids import possible


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """Somebody would like a reminder in ``place``; ``sent`` once the moderators know."""

    id: int
    place: Place
    sent: bool


class Wishes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def make(self, community: int, place: Place, now: datetime) -> int:
        """A wish that is not sent yet; one for the same place is the same wish."""
        table = tables.reminder_wishes
        known = await self._connection.execute(
            select(table.c.id).where(*_here(community, place), table.c.sent.is_(False))
        )
        if (id := known.scalars().first()) is not None:
            return int(id)
        values = {"community_id": community, **_where(place), "made_at": now}
        made = await self._connection.execute(insert(table).values(**values).returning(table.c.id))
        return int(made.scalar_one())

    async def find(self, community: int, id: int) -> Wish | None:
        """A wish of this community."""
        if not possible(id):
            return None
        table = tables.reminder_wishes
        query = select(table).where(table.c.community_id == community, table.c.id == id)
        row = (await self._connection.execute(query)).first()
        if row is None:
            return None
        place = Place(platform=row.platform, group=row.grp, channel=row.channel, thread=row.thread or None)
        return Wish(id=row.id, place=place, sent=row.sent)

    async def send(self, community: int, id: int, now: datetime) -> None:
        """Somebody asked, and the moderators know of it."""
        table = tables.reminder_wishes
        mine = (table.c.community_id == community, table.c.id == id)
        await self._connection.execute(update(table).where(*mine).values(sent=True, asked_at=now))

    async def another(self, community: int, place: Place, since: datetime) -> bool:
        """Whether somebody asked here since then, and no moderator has answered yet."""
        table = tables.reminder_wishes
        query = select(table.c.id).where(*_here(community, place), table.c.asked_at >= since)
        return (await self._connection.execute(query)).first() is not None

    async def end_all(self, community: int, place: Place) -> bool:
        """What was asked for here was done. False if another did it."""
        done = await self._connection.execute(
            delete(tables.reminder_wishes).where(*_here(community, place), tables.reminder_wishes.c.sent)
        )
        return done.rowcount > 0

    async def end(self, community: int, id: int) -> bool:
        """A moderator followed it, or left it. False if another did."""
        table = tables.reminder_wishes
        done = await self._connection.execute(
            delete(table).where(table.c.community_id == community, table.c.id == id)
        )
        return done.rowcount == 1

    async def waiting(self, community: int) -> list[int]:
        """Wishes that moderators know of and nobody followed, oldest first."""
        table = tables.reminder_wishes
        query = select(table.c.id).where(table.c.community_id == community, table.c.sent.is_(True))
        return list((await self._connection.execute(query.order_by(table.c.made_at))).scalars())

    async def forget_before(self, before: datetime) -> None:
        """Delete what is older than that."""
        table = tables.reminder_wishes
        await self._connection.execute(delete(table).where(table.c.made_at < before))


def _where(place: Place) -> dict[str, str]:
    return {
        "platform": place.platform,
        "grp": place.group,
        "channel": place.channel,
        "thread": place.thread or "",
    }


def _here(community: int, place: Place) -> list[ColumnElement[bool]]:
    table = tables.reminder_wishes
    same = [table.c[name] == value for name, value in _where(place).items()]
    return [table.c.community_id == community, *same]
