"""What Telegram's errors mean. Texts are compared in lower case, as the library capitalises them."""

from datetime import timedelta
from traceback import extract_tb

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.contract.platform import TryLater, Unreachable

PAUSE = timedelta(seconds=5)
_SETTLED = (
    "message is not modified",
    "message to delete not found",
    "user_already_participant",
    "hide_requester_missing",
)
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid", "topic closed")


def says(error: TelegramError, *words: str) -> bool:
    """Whether the error is a refusal in one of these words."""
    return isinstance(error, BadRequest) and any(word in error.message.lower() for word in words)


def is_settled(error: TelegramError) -> bool:
    """What we wanted is already so."""
    return says(error, *_SETTLED)


def is_no_topic(error: TelegramError) -> bool:
    """The topic is closed, deleted or was never there."""
    return says(error, *_NO_TOPIC)


def is_refused(error: TelegramError) -> bool:
    """Trying again is of no use."""
    return isinstance(error, BadRequest | Forbidden | EndPointNotFound | InvalidToken)


def surely_not_done(error: TelegramError) -> bool:
    """Whether Telegram certainly did nothing; a lost answer leaves that open."""
    if is_refused(error) or isinstance(error, RetryAfter | ChatMigrated):
        return True
    cause = error.__cause__
    return isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)


def pause(error: RetryAfter) -> timedelta:
    """How long Telegram asks us to wait, and a little more."""
    after = error.retry_after
    return (after if isinstance(after, timedelta) else timedelta(seconds=after)) + timedelta(seconds=0.1)


def for_outbox(error: TelegramError) -> Unreachable | TryLater:
    """The error as the core knows it. Never its text: that can hold a token or somebody's words."""
    if isinstance(error, RetryAfter):
        return TryLater(pause(error))
    if is_refused(error):
        return Unreachable(kind(error))
    return TryLater(PAUSE)


def kind(error: BaseException) -> str:
    """What a log line may say of an error."""
    return "TimedOut" if isinstance(error, TimedOut) else type(error).__name__


def where(fault: BaseException) -> str:
    """A fault of ours as a log line may tell it: its kind and the line it arose in."""
    frames = extract_tb(fault.__traceback__)
    places = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[-4:])
    return f"{type(fault).__qualname__} at {places}"
