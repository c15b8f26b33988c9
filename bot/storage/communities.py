"""Communities, the places they meet in, their settings and their moderators."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import Person, Place
from bot.storage import tables
from bot.storage.upsert import upsert

ONE_AT_A_TIME = 4_712_006  # any constant: the same in every process


@dataclass(frozen=True, kw_only=True, slots=True)
class CommunityRow:
    """What memory keeps of a community: where it meets and what it chose (as text by name)."""

    id: int
    version: int
    places: tuple[Place, ...]
    settings: dict[str, str] = field(repr=False)
    sizes: dict[tuple[str, str], int] = field(default_factory=dict)  # people by platform and group


class Communities:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, place: Place, now: datetime) -> int:
        """A new community that meets in ``place``; returns its id."""
        result = await self._connection.execute(
            insert(tables.communities).values(created_at=now).returning(tables.communities.c.id)
        )
        community = int(result.scalar_one())
        await self.add_place(community, place, now)
        return community

    async def add_place(self, community: int, place: Place, now: datetime) -> None:
        """Let a community meet here too; a place that was another community's moves over."""
        await upsert(
            self._connection,
            tables.places,
            key=_place_values(place),
            values={"community_id": community, "added_at": now, "removed_at": None},
        )

    async def move_group(self, platform: str, group: str, community: int) -> None:
        """All places of a platform's group, and what waits in them, now belong to ``community``."""
        for table in (
            tables.places,
            tables.reminder_wishes,
            tables.refused_places,
            tables.join_requests,
            tables.noticed,
        ):
            await self._connection.execute(
                update(table)
                .where(table.c.platform == platform, table.c.grp == group)
                .values(community_id=community)
            )

    async def of_group(self, platform: str, group: str) -> int | None:
        """The community that a group belongs to, also if the bot was removed from it lately."""
        found = await self._connection.execute(
            select(tables.places.c.community_id)
            .where(tables.places.c.platform == platform, tables.places.c.grp == group)
            .limit(1)
        )
        return found.scalar_one_or_none()

    async def remove_group(self, platform: str, group: str, now: datetime | None) -> None:
        """Mark a group as left (or, with None, as back)."""
        await self._connection.execute(
            update(tables.places)
            .where(tables.places.c.platform == platform, tables.places.c.grp == group)
            .values(removed_at=now)
        )

    async def note_size(self, platform: str, group: str, size: int) -> None:
        """How many people are in a group now, bots not counted."""
        await self._connection.execute(
            update(tables.places)
            .where(tables.places.c.platform == platform, tables.places.c.grp == group)
            .values(size=size)
        )

    async def has_places(self, community: int) -> bool:
        """Whether any group belongs to it, also one that removed the bot lately."""
        places = tables.places
        query = select(places.c.id).where(places.c.community_id == community).limit(1)
        return (await self._connection.execute(query)).first() is not None

    async def delete(self, community: int) -> None:
        """Delete a community and everything that is kept about it."""
        for table in (tables.due, tables.outbox, tables.messages):
            await self._connection.execute(delete(table).where(table.c.community_id == community))
        await self._connection.execute(delete(tables.communities).where(tables.communities.c.id == community))

    async def set(self, community: int, name: str, value: str) -> None:
        """Store one setting."""
        await upsert(
            self._connection,
            tables.settings,
            key={"community_id": community, "name": name},
            values={"value": value},
        )

    async def load(self, newer_than: int = -1, only: Sequence[int] | None = None) -> list[CommunityRow]:
        """The communities whose version is newer, or those named, oldest first, with places and settings."""
        chosen = select(tables.communities.c.id, tables.communities.c.version)
        wanted = (
            tables.communities.c.version > newer_than
            if only is None
            else tables.communities.c.id.in_(list(only))
        )
        rows = (await self._connection.execute(chosen.where(wanted).order_by(tables.communities.c.id))).all()
        if not rows:
            return []
        # Everything is newer at the start: one scan is then cheaper than ten thousand ids in a list.
        ids = None if newer_than < 0 and only is None else [row.id for row in rows]
        places = await self._by_community(tables.places, ids)
        chosen_settings = await self._by_community(tables.settings, ids)
        return [
            CommunityRow(
                id=row.id,
                version=row.version,
                places=tuple(_place(each) for each in places.get(row.id, ()) if each.removed_at is None),
                settings={each.name: each.value for each in chosen_settings.get(row.id, ())},
                sizes={
                    (each.platform, each.grp): each.size
                    for each in places.get(row.id, ())
                    if each.size is not None and each.removed_at is None
                },
            )
            for row in rows
        ]

    async def _by_community(self, table: Table, ids: list[int] | None) -> dict[int, list[Row[Any]]]:
        query = select(table)
        if table is tables.places:
            query = query.order_by(table.c.id)
        if ids is not None:
            query = query.where(table.c.community_id.in_(ids))
        found: dict[int, list[Row[Any]]] = {}
        for row in (await self._connection.execute(query)).all():
            found.setdefault(row.community_id, []).append(row)
        return found

    async def lock(self, community: int) -> None:
        """Whoever asks for this in another transaction waits until ours ends.

        On PostgreSQL a lock of its own: one on the row could wait for a version that waits for the row
        (UnitOfWork.finish). On SQLite only one transaction is open at a time anyway.
        """
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME, community)))

    async def created_at(self, community: int) -> datetime:
        """When a community was made."""
        found = await self._connection.execute(
            select(tables.communities.c.created_at).where(tables.communities.c.id == community)
        )
        moment: datetime = found.scalar_one()
        return moment

    async def newest_version(self) -> int:
        """The highest version of any community: what the polling loop compares."""
        found = await self._connection.execute(
            select(func.coalesce(func.max(tables.communities.c.version), 0))
        )
        return int(found.scalar_one())

    async def offer_code(self, community: int, code: str, until: datetime) -> None:
        """Let another place join with ``code`` until then; an earlier code ends."""
        await self._connection.execute(
            update(tables.communities)
            .where(tables.communities.c.id == community)
            .values(join_code=code, join_code_until=until)
        )

    async def by_code(self, code: str, now: datetime) -> int | None:
        """The community that offers this code now."""
        found = await self._connection.execute(
            select(tables.communities.c.id).where(
                and_(tables.communities.c.join_code == code, tables.communities.c.join_code_until > now)
            )
        )
        return found.scalar_one_or_none()

    async def add_moderator(self, community: int, person: Person, now: datetime) -> bool:
        """Remember a moderator who opened the desk, so that notes can reach them. True if new."""
        table, mine = tables.moderators, _moderator(community, person)
        known = (await self._connection.execute(select(table.c.name).where(*mine))).first()
        if known is not None:
            if person.name and person.name != known.name:
                await self._connection.execute(update(table).where(*mine).values(name=person.name))
            return False
        await upsert(
            self._connection,
            table,
            key={"community_id": community, "platform": person.platform, "person_id": person.id},
            values={"since": now, "name": person.name},
        )
        return True

    async def moderator_since(self, community: int, person: Person) -> datetime | None:
        """Since when this moderator is known; None for one who never opened the desk."""
        query = select(tables.moderators.c.since).where(*_moderator(community, person))
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def remove_moderator(self, community: int, person: Person) -> None:
        """Forget a moderator (they left, or are a moderator no more)."""
        await self._connection.execute(delete(tables.moderators).where(*_moderator(community, person)))

    async def moderates(self, person: Person) -> list[int]:
        """The communities that know this person as a moderator."""
        table = tables.moderators
        query = select(table.c.community_id).where(
            table.c.platform == person.platform, table.c.person_id == person.id
        )
        return list((await self._connection.execute(query)).scalars())

    async def merge(self, old: int, new: int) -> None:
        """Move what belongs to people of ``old`` to ``new``: questions, moderators, who was greeted.

        Marks of threads come along. Places are moved by ``move_group``. Afterwards ``old`` can be deleted.
        """
        threads = tables.threads
        await self._connection.execute(
            update(threads).where(threads.c.community_id == old).values(community_id=new)
        )
        questions, moderators, greeted = tables.questions, tables.moderators, tables.greeted
        for table in (questions, tables.cases):
            await self._connection.execute(
                update(table).where(table.c.community_id == old).values(community_id=new)
            )
        await self._connection.execute(
            update(tables.due)
            .where(tables.due.c.community_id == old, tables.due.c.kind.startswith("case_"))
            .values(community_id=new)
        )
        for row in (
            await self._connection.execute(select(moderators).where(moderators.c.community_id == old))
        ).all():
            known_as = Person(platform=row.platform, id=row.person_id, name=row.name)
            await self.add_moderator(new, known_as, row.since)
        known = select(greeted.c.person_key).where(greeted.c.community_id == new)
        await self._connection.execute(
            update(greeted)
            .where(greeted.c.community_id == old, greeted.c.person_key.not_in(known))
            .values(community_id=new)
        )

    async def moderators(self, community: int) -> list[Person]:
        """The moderators who can be told something, longest known first."""
        rows = await self._connection.execute(
            select(tables.moderators)
            .where(tables.moderators.c.community_id == community)
            .order_by(tables.moderators.c.since)
        )
        return [
            Person(platform=row.platform, id=row.person_id, name=row.name, is_moderator=True) for row in rows
        ]


def _moderator(community: int, person: Person) -> tuple[ColumnElement[bool], ...]:
    table = tables.moderators
    return (
        table.c.community_id == community,
        table.c.platform == person.platform,
        table.c.person_id == person.id,
    )


def _place_values(place: Place) -> dict[str, object]:
    return {
        "platform": place.platform,
        "grp": place.group,
        "channel": place.channel,
        "thread": place.thread or "",
    }


def _place(row: Row[Any]) -> Place:
    return Place(platform=row.platform, group=row.grp, channel=row.channel, thread=row.thread or None)
