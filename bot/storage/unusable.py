"""Why a database cannot be used, in sentences for whoever runs the bot."""

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.engine import sqlite_path

# What SQLite's messages hold -> what it means and what to do.
SQLITE = (
    (
        "not a database",
        "is not a database of Common Ground. Set database.url to another file, or put a copy back.",
    ),
    ("malformed", "is damaged. Stop the bot and put your newest copy in its place."),
    ("unable to open", "cannot be opened. Make its folder, and let this account write there."),
    ("readonly", "cannot be written. Let this account write the file and its folder."),
    ("read-only", "cannot be written. Let this account write the file and its folder."),
    ("disk is full", "cannot grow: the disk is full. Free some space, then start again."),
    ("disk I/O", "cannot be read or written (disk error). Check the disk, then start again."),
    ("locked", "is in use by another program. Stop that one, then start again."),
)


def shown(url: str) -> str:
    """The database as a message may name it: a file's path, or an address without its password."""
    path = sqlite_path(url)
    return f"The database {path if path else make_url(url).render_as_string(hide_password=True)}"


def unusable(url: str, fault: Exception) -> str | None:
    """What to tell whoever runs the bot, or None if the database is not what is wrong."""
    if isinstance(fault, ModuleNotFoundError) and fault.name == "asyncpg":
        return "PostgreSQL needs one more package. Install common-ground[postgres], then start again."
    if not isinstance(fault, SQLAlchemyError | OSError) and not type(fault).__module__.startswith("asyncpg"):
        return None
    if sqlite_path(url) is not None:
        return lacking(url, fault) or (
            f"{shown(url)} cannot be used ({type(fault).__name__}). Check the file and its folder."
        )
    return (
        f"{shown(url)} cannot be used ({type(fault).__name__}). "
        "Check that PostgreSQL runs, and the name, account and password in database.url."
    )


def lacking(url: str, fault: Exception) -> str | None:
    """What an SQLite file lacks for this to work, or None if it is something else."""
    if sqlite_path(url) is None:
        return None
    found = [sentence for word, sentence in SQLITE if word in str(fault)]
    return f"{shown(url)} {found[0]}" if found else None
