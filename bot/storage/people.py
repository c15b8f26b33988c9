"""What is kept about a person: that they were told, what they chose, what they read, and for 30 days
a hash that says they were greeted. Everything here is by person key; no names, no platform ids."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.straight import Prepared
from bot.storage.upsert import upsert


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow:
    """Somebody who pressed "Go on": their choices for how the bot treats them."""

    told_at: datetime
    language: str
    typed: bool
    messages: bool
    welcomes: bool = False


_ONE = Prepared(lambda dialect: select(tables.people).where(tables.people.c.person_key == bindparam("key")))


class People:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, key: str) -> PersonRow | None:
        """The person's row, or None for someone who never let the bot store anything."""
        rows = await _ONE.rows(self._connection, key=key)
        if not rows:
            return None
        row = rows[0]
        return PersonRow(
            told_at=row.told_at,
            language=row.language,
            typed=row.typed,
            messages=row.messages,
            welcomes=row.welcomes,
        )

    async def tell(self, key: str, now: datetime) -> None:
        """Note that this person was told what is kept, and went on."""
        await upsert(self._connection, tables.people, key={"person_key": key}, values={"told_at": now})

    async def choose(self, key: str, **values: str | bool) -> None:
        """Change a choice (language, typed, messages, welcomes) of a person who has a row."""
        await self._connection.execute(
            update(tables.people).where(tables.people.c.person_key == key).values(**values)
        )

    async def forget(self, key: str) -> None:
        """Delete everything kept by this key (ballots are not by this key)."""
        for table in (tables.people, tables.acknowledgements, tables.asks):
            await self._connection.execute(delete(table).where(table.c.person_key == key))

    async def greet(
        self, community: int, key: str, joined_at: datetime, name: str = "", group: str = ""
    ) -> bool:
        """Note that somebody was seen joining. True if they were not greeted here in the last 30 days.

        ``group`` is which of the community's groups they joined. ``name`` waits for the welcome and is
        erased by ``take_names``.
        """
        return await upsert(
            self._connection,
            tables.greeted,
            key={
                "community_id": community,
                "person_key": key,
                "joined_at": joined_at,
                "name": name,
                "grp": group,
            },
            values={},
            unique=("community_id", "person_key"),
        )

    async def take_names(self, community: int) -> list[str]:
        """The names that wait for a welcome, oldest first; they are not kept any longer."""
        table = tables.greeted
        waiting = (table.c.community_id == community, table.c.name != "")
        query = select(table.c.name).where(*waiting).order_by(table.c.joined_at)
        names = list((await self._connection.execute(query)).scalars())
        await self._connection.execute(update(table).where(*waiting).values(name=""))
        return names

    async def joined_at(self, community: int, key: str, group: str = "") -> datetime | None:
        """When this person was seen joining ``group`` (or any, if empty), if that was in the last 30 days.

        Somebody who was in one place of a community for long may join a second one: that is no newcomer
        in the first.
        """
        table = tables.greeted
        query = select(table.c.joined_at).where(table.c.community_id == community, table.c.person_key == key)
        if group:
            query = query.where(table.c.grp.in_([group, ""]))
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def forget_greeted(self, before: datetime) -> None:
        """Delete the hashes of those who joined before then."""
        await self._connection.execute(delete(tables.greeted).where(tables.greeted.c.joined_at < before))

    async def greetings(self, key: str) -> dict[int, datetime]:
        """When this person was seen joining, by community."""
        table = tables.greeted
        rows = await self._connection.execute(select(table).where(table.c.person_key == key))
        return {row.community_id: row.joined_at for row in rows}

    async def known_in(self, key: str) -> list[int]:
        """The communities that keep something about this person."""
        found: list[int] = []
        for table in (tables.greeted, tables.acknowledgements, tables.asks):
            query = select(table.c.community_id).where(table.c.person_key == key)
            found += (await self._connection.execute(query)).scalars()
        return found

    async def read(self, key: str) -> dict[int, tuple[int, datetime]]:
        """The version this person said they have read and when, by community."""
        table = tables.acknowledgements
        rows = await self._connection.execute(select(table).where(table.c.person_key == key))
        return {row.community_id: (row.version, row.at) for row in rows}

    async def wishes(self, key: str) -> int:
        """How many private wishes of this person are kept."""
        table = tables.asks
        query = select(func.count()).where(table.c.person_key == key)
        return int((await self._connection.execute(query)).scalar_one())

    async def try_once(self, community: int, kind: str, now: datetime, since: datetime) -> int:
        """Count one more try of a kind by this community; returns how many there were since then."""
        table = tables.asks
        mine = (table.c.community_id == community, table.c.kind == kind)
        await self._connection.execute(delete(table).where(*mine, table.c.at < since))
        return await self.ask(community, kind, token_hex(8), now)

    async def acknowledge(self, community: int, key: str, version: int, now: datetime) -> None:
        """Note that this person has read this version of the agreement."""
        await upsert(
            self._connection,
            tables.acknowledgements,
            key={"community_id": community, "person_key": key},
            values={"version": version, "at": now},
        )

    async def acknowledged(self, community: int, key: str) -> int | None:
        """The newest version this person said they have read."""
        table = tables.acknowledgements
        found = await self._connection.execute(
            select(table.c.version).where(table.c.community_id == community, table.c.person_key == key)
        )
        return found.scalar_one_or_none()

    async def ask(self, community: int, kind: str, key: str, now: datetime) -> int:
        """Note a private wish (once a person) and return how many people have it now."""
        await upsert(
            self._connection,
            tables.asks,
            key={"community_id": community, "kind": kind, "person_key": key},
            values={"at": now},
        )
        return await self.asking(community, kind)

    async def asking(self, community: int, kind: str) -> int:
        """How many people have this wish."""
        table = tables.asks
        found = await self._connection.execute(
            select(func.count()).where(table.c.community_id == community, table.c.kind == kind)
        )
        return int(found.scalar_one())

    async def asked_at(self, community: int, kind: str, key: str) -> datetime | None:
        """When this person had this wish last, as far as it is kept."""
        table = tables.asks
        found = await self._connection.execute(
            select(table.c.at).where(
                table.c.community_id == community, table.c.kind == kind, table.c.person_key == key
            )
        )
        return found.scalar_one_or_none()

    async def forget_asks(self, kind: str, before: datetime) -> None:
        """Delete wishes of a kind that are older than that."""
        table = tables.asks
        await self._connection.execute(delete(table).where(table.c.kind == kind, table.c.at < before))

    async def clear_asks(self, community: int, kind: str) -> None:
        """The wish was followed or has ended."""
        table = tables.asks
        await self._connection.execute(
            delete(table).where(table.c.community_id == community, table.c.kind == kind)
        )
