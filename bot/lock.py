"""One running bot for one SQLite file: two would damage it (https://sqlite.org/wal.html#walresetbug)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import make_url

from bot.contract.platform import HostProblem


class CannotHold(HostProblem):
    """The database file cannot be had by this process alone. The text says what the host can do."""


class InUse(CannotHold):
    """Another process has it."""


@contextmanager
def hold(database_url: str) -> Iterator[None]:
    """Keep a SQLite file to this process until the block ends, however it ends, `kill -9` too.

    PostgreSQL needs no such thing, and passes at once. The file's folder is made if it is missing.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        yield
        return
    lock = _locked(Path(url.database).resolve())
    try:
        yield
    finally:
        lock.release()


def _locked(file: Path) -> FileLock:
    lock = FileLock(f"{file}.lock", timeout=0)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise InUse(
            f"{file}: another bot is using this file. Stop the other bot first, "
            "or use PostgreSQL (database.url) to run several."
        ) from None
    except OSError as why:
        raise CannotHold(
            f"{file.parent}: cannot be written ({why.strerror}). "
            "Let this account write there, or set database.url to a file elsewhere."
        ) from why
    return lock
