"""Who can be alerted and who is on duty. Everything about a moderator goes when they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import Person
from bot.storage import tables
from bot.storage.upsert import upsert


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """A moderator as alerts see them. ``wake``: also at night. ``asked_at``: the newest test alert."""

    person: Person
    wake: bool = False
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    lost_at: datetime | None = None

    @property
    def reachable(self) -> bool:
        """Whether they answered a test alert, and nothing failed to reach them since."""
        return self.answered_at is not None and self.lost_at is None


class CoverRows:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def guards(self, community: int) -> list[Guard]:
        """Every moderator who is known, longest known first."""
        moderators, reach = tables.moderators, tables.moderator_reach
        joined = moderators.outerjoin(reach, and_(*(moderators.c[name] == reach.c[name] for name in _KEY)))
        query = (
            select(
                moderators.c.platform,
                moderators.c.person_id,
                moderators.c.name,
                *(reach.c[name] for name in _REACH),
            )
            .select_from(joined)
            .where(moderators.c.community_id == community)
            .order_by(moderators.c.since, moderators.c.platform, moderators.c.person_id)
        )
        return [_guard(row) for row in await self._connection.execute(query)]

    async def note(self, community: int, person: Person, **values: object) -> None:
        """Keep something about a known moderator: columns of ``moderator_reach``. Others are left out."""
        known = select(tables.moderators.c.since).where(*_is(tables.moderators, community, person))
        if (await self._connection.execute(known)).first() is None:
            return
        key = {"community_id": community, "platform": person.platform, "person_id": person.id}
        new = {} if "wake" in values else {"wake": False}
        await upsert(self._connection, tables.moderator_reach, key={**key, **new}, values=values, unique=_KEY)

    async def lose(self, community: int, person: Person, now: datetime) -> None:
        """An alert did not arrive."""
        table = tables.moderator_reach
        await self._connection.execute(
            update(table).where(*_is(table, community, person), table.c.lost_at.is_(None)).values(lost_at=now)
        )

    async def duty(self, community: int) -> dict[tuple[int, bool], Person]:
        """Who is on duty (False) and the backup (True), by day of the week (0 is Monday)."""
        duties, moderators = tables.duties, tables.moderators
        query = (
            select(duties, moderators.c.name)
            .join(moderators, and_(*(moderators.c[column] == duties.c[column] for column in _KEY)))
            .where(duties.c.community_id == community)
        )
        return {(row.weekday, row.backup): _person(row) for row in await self._connection.execute(query)}

    async def take(self, community: int, person: Person, days: Sequence[int], backup: bool) -> None:
        """On these days of the week this person is on duty, or the backup, in place of whoever was."""
        await self.free(community, days, not backup, person)
        for day in days:
            await upsert(
                self._connection,
                tables.duties,
                key={"community_id": community, "weekday": day, "backup": backup},
                values={"platform": person.platform, "person_id": person.id},
            )

    async def free(
        self, community: int, days: Sequence[int], backup: bool, person: Person | None = None
    ) -> None:
        """Nobody (or this person no more) is on duty, or the backup, on these days."""
        table = tables.duties
        who = () if person is None else _is(table, community, person)
        await self._connection.execute(
            delete(table).where(
                table.c.community_id == community, table.c.weekday.in_(days), table.c.backup.is_(backup), *who
            )
        )

    async def merge(self, old: int, new: int) -> None:
        """What is known of moderators of ``old`` who are moderators of ``new`` now; duties of ``old`` end."""
        known = {(one.person.platform, one.person.id): one for one in await self.guards(new)}
        for guard in await self.guards(old):
            there = known.get((guard.person.platform, guard.person.id))
            if there is not None and there.answered_at is None:
                await self.note(new, guard.person, **{name: getattr(guard, name) for name in _REACH})


_KEY = ("community_id", "platform", "person_id")
_REACH = ("wake", "asked_at", "answered_at", "lost_at")


def _is(table: Any, community: int, person: Person) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.community_id == community,
        table.c.platform == person.platform,
        table.c.person_id == person.id,
    )


def _guard(row: Row[Any]) -> Guard:
    return Guard(
        person=_person(row),
        wake=bool(row.wake),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        lost_at=row.lost_at,
    )


def _person(row: Row[Any]) -> Person:
    return Person(platform=row.platform, id=row.person_id, name=row.name, is_moderator=True)
