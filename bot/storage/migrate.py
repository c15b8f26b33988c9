"""Bring a database to this version's schema, from whatever version it has."""

import sqlite3
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, text

from bot.storage.engine import make_engine, sqlite_path


class MigrationError(Exception):
    """The database cannot be used by this version; the message says what to do."""


class NewerDatabase(MigrationError):
    """A newer version of Common Ground wrote this database."""


async def migrate(url: str) -> Path | None:
    """Upgrade the database behind ``url``, creating it if needed.

    An existing SQLite file that needs changes is copied first; the copy's path is returned. Foreign
    keys are off meanwhile (rebuilding a parent table would delete its children), and checked after.
    """
    engine = make_engine(url, foreign_keys=False)
    try:
        async with engine.connect() as connection:
            pending = await connection.run_sync(_pending)
        copy = _copy(url) if pending == "some" else None
        if pending != "none":
            async with engine.begin() as connection:
                await connection.run_sync(_upgrade)
        return copy
    finally:
        await engine.dispose()


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, built in code: nothing to install beside the package."""
    made = Config()
    made.set_main_option("script_location", str(files("bot.storage") / "migrations"))
    made.attributes["connection"] = connection
    return made


def _pending(connection: Connection) -> str:
    """Whether migrations are to be run: "none", "some", or "all" of them on an empty database."""
    script = ScriptDirectory.from_config(config())
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        return "all"
    try:
        script.get_revision(current)
    except CommandError as fault:
        raise NewerDatabase(current) from fault
    return "none" if current == script.get_current_head() else "some"


def _upgrade(connection: Connection) -> None:
    command.upgrade(config(connection), "head")
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise MigrationError(f"rows of {broken[0]} point to nothing")


def _copy(url: str) -> Path | None:
    path = sqlite_path(url)
    if path is None:
        return None
    copy = Path(f"{path}.before-upgrade")
    copy.unlink(missing_ok=True)
    with sqlite3.connect(path) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
    copy.chmod(0o600)
    return copy
