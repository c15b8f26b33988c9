"""Statements of every press, built once and sent straight to SQLite's driver.

The ordinary way goes to the driver's thread and back four times for each SELECT; a thousand presses at
once wait for that. Here it is once. On PostgreSQL they go the ordinary way.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection


@contextmanager
def storage_faults() -> Iterator[None]:
    """The driver's own errors as those that SQLAlchemy would raise; without any values in them."""
    try:
        yield
    except sqlite3.Error as fault:
        raise OperationalError(None, None, fault, hide_parameters=True) from fault


class Prepared:
    """One statement, with its values by name. ``makes`` gives it for a dialect's name."""

    def __init__(self, makes: Callable[[str], Any]) -> None:
        self._makes = makes
        self._ready: dict[str, Any] = {}
        self._sqlite: _Sqlite | None = None

    async def rows(self, connection: AsyncConnection, **values: object) -> Sequence[Any]:
        """Every row, with its columns as attributes."""
        if connection.dialect.name != "sqlite":
            return (await connection.execute(self._statement(connection), values)).all()
        ready = self._for_sqlite(connection.dialect)
        with storage_faults():
            found = await (await _driver(connection)).execute_fetchall(ready.sql, ready.ordered(values))
        return [ready.row(each) for each in found]

    async def written(self, connection: AsyncConnection, **values: object) -> int:
        """How many rows it wrote."""
        if connection.dialect.name != "sqlite":
            return (await connection.execute(self._statement(connection), values)).rowcount
        ready = self._for_sqlite(connection.dialect)
        with storage_faults():
            cursor = await (await _driver(connection)).execute(ready.sql, ready.ordered(values))
        count: int = cursor.rowcount
        return count

    def _statement(self, connection: AsyncConnection) -> Any:
        name = connection.dialect.name
        if name not in self._ready:
            self._ready[name] = self._makes(name)
        return self._ready[name]

    def _for_sqlite(self, dialect: Dialect) -> "_Sqlite":
        if self._sqlite is None:
            self._sqlite = _Sqlite(self._makes("sqlite"), dialect)
        return self._sqlite


class _Sqlite:
    """The statement's text, the order of its values, and how its columns are read."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        self._order: list[str] = compiled.positiontup
        columns = list(statement.selected_columns) if isinstance(statement, Select) else []
        self._read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._named: Any = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]

    def ordered(self, values: Mapping[str, object]) -> list[object]:
        return [values[name] for name in self._order]

    def row(self, found: Sequence[Any]) -> Any:
        read = zip(found, self._read, strict=True)
        return self._named._make(value if as_ is None else as_(value) for value, as_ in read)


async def _driver(connection: AsyncConnection) -> Any:
    return (await connection.get_raw_connection()).driver_connection
