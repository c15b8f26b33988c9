"""A fault as it may be logged: its kind and where it arose, never its message.

Messages of exceptions quote what they stumbled over: ``int("...")`` repeats the words, a database the
values. Those can be what a member wrote or chose.
"""

from traceback import extract_tb


def told(fault: BaseException) -> dict[str, str]:
    """What a log line says of a fault, as keyword arguments: ``fault`` and ``where``, causes included."""
    kinds: list[str] = []
    places: list[str] = []
    cause: BaseException | None = fault
    while cause is not None and len(kinds) < 5:
        kinds.append(type(cause).__qualname__)
        frames = extract_tb(cause.__traceback__)
        places.append(" > ".join(f"{_short(frame.filename)}:{frame.lineno}" for frame in frames))
        cause = cause.__cause__ or cause.__context__
    return {"fault": " from ".join(kinds), "where": " | ".join(places)}


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-3:])
