"""Engines for SQLite and PostgreSQL, set up so that nothing confirmed is lost.

SQLite: write-ahead log, synchronous=FULL, BEGIN IMMEDIATE and a pool of one (one connection stays
clear of https://www.sqlite.org/wal.html#walresetbug and never meets "database is locked").
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.straight import storage_faults

PRAGMAS = (
    "busy_timeout=5000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
)


def async_url(text: str) -> URL:
    """The address with its async driver: people write ``sqlite:///…`` or ``postgresql://…``."""
    url = make_url(text)
    driver = {
        "sqlite": "sqlite+aiosqlite",
        "postgresql": "postgresql+asyncpg",
        "postgres": "postgresql+asyncpg",
    }
    return url.set(drivername=driver.get(url.drivername, url.drivername))


def make_engine(text: str, *, foreign_keys: bool = True) -> AsyncEngine:
    """An engine for ``text``. ``foreign_keys=False`` is for migrations that rebuild tables."""
    url = async_url(text)
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_size=5, max_overflow=0, pool_pre_ping=True, hide_parameters=True)
    engine = create_async_engine(url, pool_size=1, max_overflow=0, hide_parameters=True)
    _set_up_sqlite(engine, foreign_keys)
    return engine


def _set_up_sqlite(engine: AsyncEngine, foreign_keys: bool) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin ourselves, the driver must not
        cursor: Any = connection.cursor()
        for pragma in (*PRAGMAS, f"foreign_keys={'ON' if foreign_keys else 'OFF'}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        # Straight to the driver: a cursor would go to its thread and back three times, at every press.
        adapted: Any = connection.connection.dbapi_connection
        with storage_faults():
            adapted.run_async(lambda driver: driver.execute("BEGIN IMMEDIATE"))


def sqlite_path(text: str) -> str | None:
    """The file behind a SQLite address, or None for another database or one in memory."""
    url = make_url(text)
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return url.database
