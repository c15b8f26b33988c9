"""Numbers of crisis lines: what one person read off the official page, and whether a second read the same."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.upsert import upsert

TOGETHER = timedelta(days=30)  # two readings further apart than this are not one check


class Read(StrEnum):
    """What came of one person's reading of a number."""

    FIRST = "first"  # a second person has to read the same
    CONFIRMED = "confirmed"  # two people read the same: it counts
    SAME_PERSON = "same-person"  # they were the first themselves
    DIFFERS = "differs-from-other"  # the first read another number
    NOT_FIRST = "not-first"  # only a moderator can be the first


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberRow:
    """One number of a group. ``number``: as two people put it right; empty: as it is packaged.

    ``typed`` waits for a second person; ``typed_by``, ``first_by`` and ``second_by`` are person keys.
    """

    key: str
    number: str = ""
    broken: bool = False
    checked_on: date | None = None
    first_by: str = field(default="", repr=False)
    second_by: str = field(default="", repr=False)
    typed: str = ""
    typed_by: str = field(default="", repr=False)
    typed_on: date | None = None
    differs: bool = False

    def waits(self, today: date) -> bool:
        """Whether one person has read it lately, and no second one."""
        return self.typed_on is not None and today - self.typed_on <= TOGETHER


class NumberChecks:
    """By community and key of the number. Whoever confirms or breaks one touches the community."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def load(self, only: Collection[int] | None = None) -> dict[int, list[NumberRow]]:
        """The numbers that every community, or each of those named, has read or put right."""
        table = tables.number_checks
        query = select(table).order_by(table.c.number_key)
        if only is not None:
            query = query.where(table.c.community_id.in_(sorted(only)))
        found: dict[int, list[NumberRow]] = {}
        for row in await self._connection.execute(query):
            known = NumberRow(
                key=row.number_key,
                number=row.number,
                broken=row.broken,
                checked_on=row.second_on,
                first_by=row.first_by,
                second_by=row.second_by,
                typed=row.typed,
                typed_by=row.typed_by,
                typed_on=row.typed_on,
                differs=row.differs,
            )
            found.setdefault(row.community_id, []).append(known)
        return found

    async def of(self, community: int) -> dict[str, NumberRow]:
        """The numbers of one community by key, as they are stored now."""
        rows = (await self.load([community])).get(community, [])
        return {row.key: row for row in rows}

    async def note(
        self, community: int, key: str, *, typed: str, live: str, by: str, first: bool, today: date
    ) -> Read:
        """One person read ``typed`` off the page (as digits); ``live`` is what stands now.

        ``first``: they may be the first of the two. A number that differs from ``live`` takes its place
        only once two people read it.
        """
        await upsert(
            self._connection,
            tables.number_checks,
            key={"community_id": community, "number_key": key},
            values={},
        )
        while True:  # until nobody else wrote between our reading and our writing
            seen = (await self.of(community))[key]
            outcome, values = _read(seen, typed, live, by, first, today)
            if not values or await self._update(community, seen, **values):
                return outcome

    async def breaks(self, community: int, key: str, broken: bool) -> None:
        """A number does not work: it is not shown until two people have read it again."""
        await upsert(
            self._connection,
            tables.number_checks,
            key={"community_id": community, "number_key": key},
            values={"broken": broken},
        )

    async def checks_by(self, key: str) -> int:
        """How many numbers this person read, as far as it is kept."""
        table = tables.number_checks
        mine = (table.c.first_by == key) | (table.c.second_by == key) | (table.c.typed_by == key)
        return len((await self._connection.execute(select(table.c.number_key).where(mine))).all())

    async def forget(self, key: str) -> None:
        """Delete who read a number; what waits for a second person is then read anew."""
        table = tables.number_checks
        for name in ("first_by", "second_by"):
            await self._connection.execute(update(table).where(table.c[name] == key).values({name: ""}))
        await self._connection.execute(
            update(table)
            .where(table.c.typed_by == key)
            .values(typed="", typed_by="", typed_on=None, differs=False)
        )

    async def _update(self, community: int, seen: NumberRow, **values: object) -> bool:
        """Write only over what was seen: of two people at once one comes second."""
        done = await self._connection.execute(
            update(tables.number_checks).where(*_as_seen(community, seen)).values(**values)
        )
        return done.rowcount == 1


def _read(
    seen: NumberRow, typed: str, live: str, by: str, first: bool, today: date
) -> tuple[Read, dict[str, object]]:
    """What comes of a reading, and what it changes."""
    mine = {"typed": typed, "typed_by": by, "typed_on": today}
    if not seen.waits(today) or seen.typed_by == by:
        if not first:
            return Read.NOT_FIRST, {}
        if seen.waits(today) and seen.typed == typed:
            return Read.SAME_PERSON, {}
        return Read.FIRST, {**mine, "differs": False}
    if seen.typed != typed:
        return Read.DIFFERS, {**mine, "differs": True} if first else {"differs": True}
    return Read.CONFIRMED, {
        "number": seen.number if typed == live else typed,
        "broken": False,
        "first_by": seen.typed_by,
        "first_on": seen.typed_on,
        "second_by": by,
        "second_on": today,
        "typed": "",
        "typed_by": "",
        "typed_on": None,
        "differs": False,
    }


def _as_seen(community: int, seen: NumberRow) -> list[ColumnElement[bool]]:
    table = tables.number_checks
    return [
        table.c.community_id == community,
        table.c.number_key == seen.key,
        table.c.typed == seen.typed,
        table.c.typed_by == seen.typed_by,
        table.c.differs == seen.differs,
    ]
