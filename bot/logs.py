"""Logging: ids and outcomes on standard error, as JSON or to read. Never words, votes, names or tokens."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

OURS = ("bot", "adapters", "ground_rules")
# Below WARNING these log addresses with a token in them, or the values of statements.
CHATTY = (
    "aiohttp.access",
    "aiosqlite",
    "alembic",
    "asyncio",
    "discord.client",
    "httpcore",
    "httpx",
    "sqlalchemy",
)
# Values under these names are what people wrote or chose: only their size is logged.
WORDS = frozenset({"text", "words", "payload", "values", "body", "content", "arguments", "choice", "name"})
TOKEN = re.compile(r"\d{8,12}:[A-Za-z0-9_-]{30,}|[A-Za-z0-9_-]{23,30}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}")
REDACTED = "[secret]"


def set_up(
    level: str,
    form: Literal["console", "json"],
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send every logger, those of libraries too, through one formatter. Calling it again replaces the first.

    ``level`` is for our own loggers. Libraries log from INFO upwards: at DEBUG they print messages.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        sizes_only,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Redacting(secrets, shared, _renderers(form)))
    _set_levels(logging.getLevelNamesMapping()[level.upper()])
    logging.getLogger().handlers = [handler]


def sizes_only(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Put a size in place of every value that holds somebody's words, however deep it lies."""
    return {key: _size(value) if key in WORDS else _inner(value) for key, value in event.items()}


def _inner(value: object) -> object:
    if isinstance(value, dict):
        return {key: _size(inner) if key in WORDS else _inner(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_inner(item) for item in value]
    return value


def _size(value: object) -> str:
    return f"[{len(value)}]" if isinstance(value, str | list | tuple | dict) else "[1]"


def _set_levels(level: int) -> None:
    logging.getLogger().setLevel(max(level, logging.INFO))
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _renderers(form: Literal["console", "json"]) -> list[Processor]:
    tidy = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if form == "json":
        return [
            tidy,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    # The default would print local variables, and those hold what people wrote.
    plain = structlog.dev.plain_traceback
    return [tidy, structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]


class _Redacting(structlog.stdlib.ProcessorFormatter):
    """Takes known secrets, and whatever looks like a token, out of the finished line, tracebacks included."""

    def __init__(self, secrets: Iterable[str], shared: list[Processor], last: list[Processor]) -> None:
        super().__init__(foreign_pre_chain=shared, processors=last)
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, REDACTED)
        return TOKEN.sub(REDACTED, line)
