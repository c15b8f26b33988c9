"""A reminder is about a thread, so what was noticed is counted over the thread: times, never words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.noticing.watch import Level

TOGETHER = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Noticed:
    """A message that looked like advice at this level; ``message`` is its id, so an edit counts once."""

    message: str
    at: datetime
    level: Level


def enough(noticed: Sequence[Noticed], level: Level, now: datetime) -> bool:
    """Whether a thread has earned its reminder.

    Quiet and keen: one message at that level. Normal: one at the quiet level, or two different ones at the
    normal level within half an hour.
    """
    if level is not Level.NORMAL:
        return any(one.level in _counting(level) for one in noticed)
    if any(one.level is Level.QUIET for one in noticed):
        return True
    lately = {one.message for one in noticed if one.level is Level.NORMAL and now - one.at <= TOGETHER}
    return len(lately) >= 2


def _counting(level: Level) -> frozenset[Level]:
    """Levels whose bar is at least as high."""
    return frozenset({Level.QUIET} if level is Level.QUIET else Level)
