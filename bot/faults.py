"""A fault as it may be logged: its kind, its code and where it arose, never its message.

Messages of exceptions quote what they stumbled over: ``int("...")`` repeats the words, a database the
values. Those can be what a member wrote or chose.
"""

import errno
from traceback import extract_tb

OURS = ("bot", "adapters", "ground_rules")
CAUSES = 5


def told(fault: BaseException) -> dict[str, str]:
    """What a log line says of a fault, as keyword arguments: ``fault`` and ``where``, causes included."""
    kinds: list[str] = []
    places: list[str] = []
    cause: BaseException | None = fault
    while cause is not None and len(kinds) < CAUSES:
        kinds.append(f"{type(cause).__qualname__}{_code(cause)}")
        places.append(_place(cause))
        cause = cause.__cause__ or cause.__context__
    return {"fault": " from ".join(kinds), "where": " | ".join(places)}


def _code(fault: BaseException) -> str:
    """What went wrong, as SQLite, PostgreSQL or the system names it: SQLITE_FULL, 40P01, ENOSPC."""
    named = getattr(fault, "sqlite_errorname", None) or getattr(fault, "sqlstate", None)
    if named is None and isinstance(fault, OSError):
        named = errno.errorcode.get(fault.errno or 0)
    return f" {named}" if isinstance(named, str) else ""


def _place(fault: BaseException) -> str:
    """Our own lines that led there, and the last one whosever it is."""
    frames = [(_short(frame.filename), frame.lineno) for frame in extract_tb(fault.__traceback__)]
    own = [frame for frame in frames if any(f"{name}/" in f"/{frame[0]}" for name in OURS)]
    return " > ".join(f"{path}:{line}" for path, line in dict.fromkeys([*own, *frames[-1:]]))


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-3:])
