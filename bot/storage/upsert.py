"""INSERT … ON CONFLICT DO UPDATE, the same on SQLite and PostgreSQL."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def upsert(
    connection: AsyncConnection,
    table: Table,
    *,
    key: Mapping[str, object],
    values: Mapping[str, object],
    only_if: Callable[[Any], ColumnElement[bool]] | None = None,
    unique: Sequence[str] | None = None,
) -> bool:
    """Insert the row, or put ``values`` into the one with this key. True if a row was written.

    ``only_if`` gets the row that would be written (``excluded``) and may forbid the update.
    ``unique`` names the columns that make rows the same, where they are fewer than ``key``.
    """
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = make(table).values(**key, **values)
    if values:
        statement = statement.on_conflict_do_update(
            index_elements=list(unique or key),
            set_={name: statement.excluded[name] for name in values},
            where=only_if(statement.excluded) if only_if else None,
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(unique or key))
    result = await connection.execute(statement)
    return result.rowcount > 0
