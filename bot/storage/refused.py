"""Places where the platform does not let the bot speak, until it works again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import Place
from bot.storage import tables
from bot.storage.upsert import upsert


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedPlace:
    """One such place: how people call it ("" if unknown), and what the bot may not do there."""

    place: Place
    called: str
    missing: tuple[str, ...]
    since: datetime


class RefusedPlaces:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(
        self, community: int, place: Place, now: datetime, called: str = "", missing: Sequence[str] = ()
    ) -> bool:
        """Remember it. True if nobody had noticed; what is missing is kept as it was told last."""
        new = await upsert(
            self._connection,
            tables.refused_places,
            key={**_values(place), "community_id": community, "since": now},
            values={},
            unique=("platform", "grp", "channel", "thread"),
        )
        if called or missing:
            await self._connection.execute(
                update(tables.refused_places)
                .where(*_is(place))
                .values(called=called, missing=",".join(missing))
            )
        return new

    async def find(self, place: Place) -> RefusedPlace | None:
        """What is known of this place."""
        rows = await self._connection.execute(select(tables.refused_places).where(*_is(place)))
        return next((_read(row) for row in rows), None)

    async def of(self, community: int) -> list[RefusedPlace]:
        """Every such place of a community, the longest refused first."""
        table = tables.refused_places
        query = select(table).where(table.c.community_id == community).order_by(table.c.since)
        return [_read(row) for row in await self._connection.execute(query)]

    async def clear(self, place: Place) -> bool:
        """It works again. False if nobody had noticed that it did not."""
        done = await self._connection.execute(delete(tables.refused_places).where(*_is(place)))
        return done.rowcount == 1


def _is(place: Place) -> list[ColumnElement[bool]]:
    return [tables.refused_places.c[name] == value for name, value in _values(place).items()]


def _values(place: Place) -> dict[str, str]:
    return {
        "platform": place.platform,
        "grp": place.group,
        "channel": place.channel,
        "thread": place.thread or "",
    }


def _read(row: Row[Any]) -> RefusedPlace:
    return RefusedPlace(
        place=Place(
            platform=row.platform,
            group=row.grp,
            channel=row.channel,
            thread=row.thread or None,
        ),
        called=row.called,
        missing=tuple(row.missing.split(",")) if row.missing else (),
        since=row.since,
    )
