"""What a group changed in its directory: own entries, hidden ones, and when somebody looked at one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.upsert import upsert


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRow:
    """What a group did about one entry. ``content``: its own words for it; empty: as it is packaged."""

    id: str
    content: str = field(default="", repr=False)
    hidden: bool = False
    broken: bool = False
    checked_on: date | None = None
    reported_at: datetime | None = None


class DirectoryEntries:
    """By community and id of the entry. Whoever changes something touches the community."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def load(self, only: Collection[int] | None = None) -> dict[int, list[EntryRow]]:
        """What every community, or each of those named, did about entries."""
        table = tables.directory_entries
        query = select(table).order_by(table.c.entry_id)
        if only is not None:
            query = query.where(table.c.community_id.in_(sorted(only)))
        found: dict[int, list[EntryRow]] = {}
        for row in await self._connection.execute(query):
            found.setdefault(row.community_id, []).append(
                EntryRow(
                    id=row.entry_id,
                    content=row.content,
                    hidden=row.hidden,
                    broken=row.broken,
                    checked_on=row.checked_on,
                    reported_at=row.reported_at,
                )
            )
        return found

    async def put(self, community: int, contents: Sequence[tuple[str, str]]) -> None:
        """The group's own words for entries: (id, content). Nobody has looked at them yet."""
        for id, content in contents:
            await self._set(
                community, id, content=content, broken=False, checked_on=None, checked_by="", reported_at=None
            )

    async def take_back(self, community: int, id: str) -> bool:
        """Delete what the group did about an entry. False if it did nothing."""
        done = await self._connection.execute(delete(tables.directory_entries).where(*_is(community, id)))
        return done.rowcount == 1

    async def hide(self, community: int, id: str, hidden: bool) -> None:
        """Hide an entry from this group, or show it again."""
        await self._set(community, id, hidden=hidden, broken=False, reported_at=None)

    async def breaks(self, community: int, id: str) -> None:
        """An entry does not work: it is not shown until it is put right."""
        await self._set(community, id, broken=True, reported_at=None)

    async def checked(self, community: int, id: str, by: str, on: date) -> None:
        """Somebody looked at an entry, and it is right."""
        await self._set(
            community, id, hidden=False, broken=False, checked_on=on, checked_by=by, reported_at=None
        )

    async def report(self, community: int, id: str, now: datetime) -> bool:
        """Somebody says that it is wrong. False if that is known already."""
        await upsert(
            self._connection,
            tables.directory_entries,
            key={"community_id": community, "entry_id": id},
            values={},
        )
        done = await self._connection.execute(
            update(tables.directory_entries)
            .where(*_is(community, id), tables.directory_entries.c.reported_at.is_(None))
            .values(reported_at=now)
        )
        return done.rowcount == 1

    async def settle(self, community: int, id: str) -> None:
        """What was reported about an entry has been looked at."""
        await self._connection.execute(
            update(tables.directory_entries).where(*_is(community, id)).values(reported_at=None)
        )

    async def checks_by(self, key: str) -> int:
        """How many entries this person was the last to look at."""
        table = tables.directory_entries
        rows = await self._connection.execute(select(table.c.entry_id).where(table.c.checked_by == key))
        return len(rows.all())

    async def forget(self, key: str) -> None:
        """Delete who looked; that somebody did stays."""
        table = tables.directory_entries
        await self._connection.execute(update(table).where(table.c.checked_by == key).values(checked_by=""))

    async def merge(self, old: int, new: int) -> None:
        """Move what ``old`` did about entries to ``new``, where that did nothing about them itself."""
        table = tables.directory_entries
        known = select(table.c.entry_id).where(table.c.community_id == new)
        await self._connection.execute(
            update(table)
            .where(table.c.community_id == old, table.c.entry_id.not_in(known))
            .values(community_id=new)
        )

    async def _set(self, community: int, id: str, **values: object) -> None:
        await upsert(
            self._connection,
            tables.directory_entries,
            key={"community_id": community, "entry_id": id},
            values=values,
        )


def _is(community: int, id: str) -> list[ColumnElement[bool]]:
    table = tables.directory_entries
    return [table.c.community_id == community, table.c.entry_id == id]
