"""Logs carry ids and outcomes: never words, votes or tokens, from whichever library the line comes."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from bot.logs import CHATTY, OURS, set_up

WORDS = "I felt so low last night"
TOKEN = "1234567890:" + "A" * 35
FORMS: tuple[Literal["console", "json"], ...] = ("console", "json")


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in (*OURS, *CHATTY))]
    before = root.handlers[:], [logger.level for logger in loggers]
    yield
    root.handlers = before[0]
    for logger, level in zip(loggers, before[1], strict=True):
        logger.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Literal["console", "json"]:
    found: Literal["console", "json"] = request.param
    return found


def test_words_are_logged_as_their_size_however_deep_they_lie(form: Literal["console", "json"]) -> None:
    out = io.StringIO()
    set_up("debug", form, stream=out)
    log = structlog.get_logger("bot.app")
    log.info(
        "handled", vote=7, text=WORDS, action={"place": "p1", "body": WORDS, "items": [{"words": WORDS}]}
    )
    log.debug("pressed", payload="1-vote-7-agree", values=(WORDS, WORDS))
    assert WORDS not in out.getvalue()
    assert "agree" not in out.getvalue()
    assert "[24]" in out.getvalue()
    assert "p1" in out.getvalue()


def test_tokens_and_known_secrets_are_taken_out_of_every_line(form: Literal["console", "json"]) -> None:
    out = io.StringIO()
    set_up("info", form, secrets=["the-secret-key"], stream=out)
    logging.getLogger("telegram.ext").warning("GET %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    try:
        raise ValueError("the-secret-key is wrong")
    except ValueError:
        structlog.get_logger("bot").exception("failed", outcome="error")
    assert TOKEN not in out.getvalue()
    assert "the-secret-key" not in out.getvalue()
    assert "ValueError" in out.getvalue()


def test_a_traceback_never_prints_local_variables(form: Literal["console", "json"]) -> None:
    out = io.StringIO()
    set_up("debug", form, stream=out)
    typed = WORDS.upper()
    try:
        assert not typed.strip()
    except AssertionError:
        logging.getLogger("bot").exception("failed")
    assert "Traceback" in out.getvalue()
    assert "typed =" not in out.getvalue()


def test_libraries_stay_quiet_even_at_debug() -> None:
    out = io.StringIO()
    set_up("debug", "json", stream=out)
    for name in ("httpx", "httpcore.http11", "sqlalchemy.engine", "aiosqlite", "aiohttp.access"):
        logging.getLogger(name).info("%s", WORDS)
    for name in ("discord.gateway", "telegram.ext", "aiosqlite"):
        logging.getLogger(name).debug("%s", WORDS)
    assert not out.getvalue()


def test_a_json_line_says_when_who_and_what() -> None:
    out = io.StringIO()
    set_up("info", "json", stream=out)
    structlog.get_logger("bot.outbox").info("sent", row=3)
    structlog.get_logger("bot.outbox").debug("not at this level")
    line = json.loads(out.getvalue())
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "sent", "level": "info", "logger": "bot.outbox", "row": 3}
