"""Bring a database to this version's schema, from whatever version it has."""

import os
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.contract.platform import HostProblem
from bot.storage.engine import make_engine, sqlite_path
from bot.storage.tables import metadata
from bot.storage.unusable import lacking, shown, unusable


class MigrationError(HostProblem):
    """The database cannot be used by this version; the message says what to do."""


class NewerDatabase(MigrationError):
    """A newer version of Common Ground wrote this database."""


async def migrate(url: str) -> Path | None:
    """Upgrade the database behind ``url``, creating it if needed. MigrationError if that cannot be.

    An existing SQLite file that needs changes is copied first; the copy's path is returned. Foreign
    keys are off meanwhile (rebuilding a parent table would delete its children), and checked after.
    """
    try:
        engine = make_engine(url, foreign_keys=False)
        try:
            return await _migrate(engine, url)
        finally:
            await engine.dispose()
    except MigrationError:
        raise
    except Exception as fault:
        sentence = unusable(url, fault)
        if sentence is None:
            raise
        raise MigrationError(sentence) from fault


async def _migrate(engine: AsyncEngine, url: str) -> Path | None:
    async with engine.connect() as connection:
        pending = await connection.run_sync(_pending, shown(url))
    copy = _copy(url) if pending == "some" else None
    if pending == "none":
        return None
    async with engine.begin() as connection:
        try:
            await connection.run_sync(_upgrade)
        except SQLAlchemyError as fault:
            sentence = lacking(url, fault) or (
                f"{shown(url)} could not be upgraded ({type(fault).__name__}), and all was taken back. "
                "Go back to the version that you had before, and report this."
            )
            raise MigrationError(sentence) from fault
    return copy


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, built in code: nothing to install beside the package."""
    made = Config()
    made.set_main_option("script_location", str(files("bot.storage") / "migrations"))
    made.attributes["connection"] = connection
    return made


def _pending(connection: Connection, where: str) -> str:
    """Whether migrations are to be run: "none", "some", or "all" of them on an empty database."""
    script = ScriptDirectory.from_config(config())
    # Tables before the revision: another process may be making both just now, and commits them together.
    there = set(inspect(connection).get_table_names())
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        if there & {table.name for table in metadata.sorted_tables}:
            raise MigrationError(
                f"{where} has tables that Common Ground did not make. "
                "Set database.url to a database of its own."
            )
        return "all"
    try:
        script.get_revision(current)
    except CommandError as fault:
        raise NewerDatabase(
            f"A newer version of Common Ground wrote this: {where}. Nothing was changed. "
            "Get the newest Common Ground, or set database.url to another database."
        ) from fault
    return "none" if current == script.get_current_head() else "some"


def _upgrade(connection: Connection) -> None:
    command.upgrade(config(connection), "head")
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise MigrationError(
                f"The upgrade was taken back: rows of {broken[0]} point to nothing. "
                "Go back to the version that you had before, and report this."
            )


def _copy(url: str) -> Path | None:
    """A copy of the file as it is now, for this account only; it takes the place of an earlier one."""
    path = sqlite_path(url)
    if path is None:
        return None
    copy, unfinished = Path(f"{path}.before-upgrade"), Path(f"{path}.copying")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", (str(unfinished),))
    unfinished.replace(copy)
    return copy
