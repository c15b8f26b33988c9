"""A group that goes on under a new id: everything that is known by its old one follows."""

from sqlalchemy import Table, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import Place
from bot.storage import tables

# Messages stay where they were said: the platform knows what became of them.
PLACED = (
    tables.places,
    tables.reminder_wishes,
    tables.shown_links,
    tables.threads,
    tables.refused_places,
    tables.join_requests,
)


class Moves:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def follow(self, before: Place, after: Place) -> None:
        """Places, their sizes and everything else that names them, except what waits in the outbox."""
        for table in (*PLACED, tables.cases):
            if table is not tables.cases:  # a worry that was told since the move is kept as well
                await self._forget_new(table, after)
            await self._connection.execute(
                update(table)
                .where(table.c.platform == before.platform, table.c.grp == before.group)
                .values(
                    grp=after.group,
                    channel=case((table.c.channel == before.channel, after.channel), else_=table.c.channel),
                )
            )
        places = tables.places
        await self._connection.execute(
            update(places)
            .where(places.c.platform == after.platform, places.c.grp == after.group)
            .values(removed_at=None)
        )

    async def _forget_new(self, table: Table, after: Place) -> None:
        """What the new id was given before the move was known: the old one's history goes on."""
        await self._connection.execute(
            delete(table).where(table.c.platform == after.platform, table.c.grp == after.group)
        )

    async def reminders(self, community: int, old: str, new: str) -> None:
        """When reminders were posted; their places begin with ``old``."""
        table = tables.reminders
        rows = await self._connection.execute(
            select(table.c.id, table.c.place).where(
                table.c.community_id == community, table.c.place.startswith(old, autoescape=True)
            )
        )
        for row in rows.all():
            await self._connection.execute(
                update(table).where(table.c.id == row.id).values(place=new + row.place.removeprefix(old))
            )

    async def outbox(self, before: Place) -> list[tuple[int, str | None, str, str]]:
        """Rows of the outbox for the old group: id, name, kind, and action (empty once done)."""
        table = tables.outbox
        rows = await self._connection.execute(
            select(table.c.id, table.c.name, table.c.kind, table.c.action)
            .where(table.c.platform == before.platform, table.c.grp == before.group)
            .with_for_update()
        )
        return [(row.id, row.name, row.kind, row.action) for row in rows]

    async def rewrite(self, id: int, group: str, name: str | None, action: str) -> None:
        """One of those rows, for the group as it is now."""
        table = tables.outbox
        await self._connection.execute(
            update(table).where(table.c.id == id).values(grp=group, name=name, action=action)
        )
