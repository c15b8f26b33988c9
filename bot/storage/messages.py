"""Messages of the bot that it may edit later, by name."""

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import MessageRef, Place
from bot.storage import tables
from bot.storage.upsert import upsert


class Messages:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def remember(self, name: str, community: int | None, message: MessageRef) -> None:
        """Keep where a named post went, once per place."""
        place = message.place
        await upsert(
            self._connection,
            tables.messages,
            key={
                "name": name,
                "platform": place.platform,
                "grp": place.group,
                "channel": place.channel,
                "thread": place.thread or "",
            },
            values={"community_id": community, "message_id": message.id},
        )

    async def find(self, name: str) -> list[MessageRef]:
        """Every message posted under this name."""
        rows = await self._connection.execute(select(tables.messages).where(tables.messages.c.name == name))
        return [
            MessageRef(
                place=Place(
                    platform=row.platform, group=row.grp, channel=row.channel, thread=row.thread or None
                ),
                id=row.message_id,
            )
            for row in rows
        ]

    async def moved(self, before: MessageRef, after: MessageRef) -> None:
        """What stood in one message (or several) stands in others of the same place now."""
        table, place = tables.messages, before.place
        await self._connection.execute(
            update(table)
            .where(
                table.c.platform == place.platform,
                table.c.grp == place.group,
                table.c.channel == place.channel,
                table.c.thread == (place.thread or ""),
                table.c.message_id == before.id,
            )
            .values(message_id=after.id)
        )

    async def forget(self, name: str) -> None:
        """It will not be edited any more."""
        await self._connection.execute(delete(tables.messages).where(tables.messages.c.name == name))
