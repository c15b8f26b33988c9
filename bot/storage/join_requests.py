"""Who asks to be let in, until it is decided or 14 days old."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import Person, Place
from bot.storage import tables
from bot.storage.ids import possible
from bot.storage.upsert import upsert

TABLE = tables.join_requests


@dataclass(frozen=True, kw_only=True, slots=True)
class JoinRequest:
    """Somebody at the door of ``place``; ``read`` the rules, ``ready`` for the moderators."""

    id: int
    community: int
    place: Place
    person: Person
    name: str = field(repr=False)
    read: bool
    ready: bool


class JoinRequests:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, community: int, place: Place, person: Person, name: str, now: datetime) -> int:
        """Keep a request; the same person at the same door has one."""
        await upsert(
            self._connection,
            TABLE,
            key={
                "community_id": community,
                "platform": place.platform,
                "grp": place.group,
                "channel": place.channel,
                "thread": place.thread or "",
                "person_id": person.id,
                "name": name,
                "asked_at": now,
            },
            values={},
            unique=("platform", "grp", "person_id"),
        )
        found = await self._connection.execute(
            select(TABLE.c.id).where(*_at(place.platform, place.group, person.id))
        )
        return int(found.scalar_one())

    async def find(self, community: int, id: int) -> JoinRequest | None:
        """A request to this community that is not decided."""
        if not possible(id):
            return None
        query = select(TABLE).where(TABLE.c.community_id == community, TABLE.c.id == id)
        row = (await self._connection.execute(query)).first()
        return None if row is None else _read(row)

    async def note_read(self, id: int) -> None:
        """They say that they have read the rules."""
        await self._connection.execute(update(TABLE).where(TABLE.c.id == id).values(read=True))

    async def make_ready(self, id: int) -> bool:
        """They ask to come in. False if they had asked."""
        done = await self._connection.execute(
            update(TABLE).where(TABLE.c.id == id, TABLE.c.ready.is_(False)).values(ready=True)
        )
        return done.rowcount == 1

    async def decide(self, id: int) -> bool:
        """It is decided: nothing of it is kept. False if another did."""
        done = await self._connection.execute(delete(TABLE).where(TABLE.c.id == id))
        return done.rowcount == 1

    async def waiting(self, community: int, forgotten: datetime) -> list[JoinRequest]:
        """Those that wait for a moderator, oldest first; also who asked before ``forgotten`` and no more."""
        waits = or_(TABLE.c.ready.is_(True), TABLE.c.asked_at < forgotten)
        query = select(TABLE).where(TABLE.c.community_id == community, waits)
        return [_read(row) for row in await self._connection.execute(query.order_by(TABLE.c.asked_at))]

    async def by(self, person: Person) -> list[JoinRequest]:
        """Everything this person asked for that is still kept."""
        mine = (TABLE.c.platform == person.platform, TABLE.c.person_id == person.id)
        return [_read(row) for row in await self._connection.execute(select(TABLE).where(*mine))]

    async def came_in(self, place: Place, person: Person) -> None:
        """They are in, whoever let them in."""
        await self._connection.execute(delete(TABLE).where(*_at(place.platform, place.group, person.id)))

    async def forget(self, person: Person) -> None:
        """Delete what this person asked for, everywhere."""
        await self._connection.execute(
            delete(TABLE).where(TABLE.c.platform == person.platform, TABLE.c.person_id == person.id)
        )

    async def forget_before(self, before: datetime) -> None:
        """Delete what is older than that."""
        await self._connection.execute(delete(TABLE).where(TABLE.c.asked_at < before))


def _at(platform: str, group: str, person: str) -> tuple[ColumnElement[bool], ...]:
    return (TABLE.c.platform == platform, TABLE.c.grp == group, TABLE.c.person_id == person)


def _read(row: Row[Any]) -> JoinRequest:
    return JoinRequest(
        id=row.id,
        community=row.community_id,
        place=Place(platform=row.platform, group=row.grp, channel=row.channel, thread=row.thread or None),
        person=Person(platform=row.platform, id=row.person_id),
        name=row.name,
        read=row.read,
        ready=row.ready,
    )
