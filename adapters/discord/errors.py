"""What Discord's refusals mean."""

import sys
from collections.abc import Awaitable
from datetime import timedelta

import aiohttp
import discord

from bot.contract.platform import TryLater, Unreachable

ALREADY_ACKNOWLEDGED = 40060
NO_STARTER_YET = 40058  # a forum post whose first message is still on its way
NO_ACCESS = frozenset({50001, 50013})
ARCHIVED = 50083
OPENING_TOO_FAST = 40003
_PAUSE = timedelta(seconds=5)
Failure = (
    discord.HTTPException,
    discord.RateLimited,
    discord.GatewayNotFound,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
)


class NotDiscord(Exception):
    """Something answers at that address, but not as Discord does."""


async def understood(asking: Awaitable[None]) -> None:
    """Wait for discord.py to read the first answer; NotDiscord if that is none of Discord's."""
    try:
        await asking
    except (TypeError, KeyError, ValueError, AttributeError):
        raise NotDiscord from None


def for_outbox(fault: BaseException) -> Unreachable | TryLater:
    """What the outbox should do about a failure of ``Failure``."""
    if isinstance(fault, discord.RateLimited):
        return TryLater(timedelta(seconds=fault.retry_after))
    if not isinstance(fault, discord.HTTPException) or fault.status >= 500 or fault.status == 429:
        return TryLater(_PAUSE)
    if fault.code == OPENING_TOO_FAST or fault.status == 401:  # a new token is on its way
        return TryLater(timedelta(minutes=1))
    if fault.code == NO_STARTER_YET:
        return TryLater(_PAUSE)
    return Unreachable(f"{fault.status} {fault.code}")


def kind(fault: BaseException) -> str:
    """For a log: numbers and names, never words."""
    if isinstance(fault, discord.HTTPException):
        return f"{fault.status} {fault.code}"
    return type(fault).__name__


def bare() -> tuple[type[BaseException], BaseException, None] | None:
    """The fault that is being handled, as its kind only: its text may hold what somebody wrote."""
    fault = sys.exception()
    if fault is None:
        return None
    told = RuntimeError(kind(fault))
    return type(told), told, None
