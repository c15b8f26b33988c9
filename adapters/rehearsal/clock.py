"""The room's clock: the real time plus an offset that only grows."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta, tzinfo

from adapters.rehearsal.core import Core
from adapters.rehearsal.room import Room

_FACT = "clock-offset"
_STUCK = timedelta(minutes=1)
_FRIDAY = 4
_BEGINS, _ENDS = time(10), time(17)


def real_time() -> datetime:
    return datetime.now(UTC)


def working_hours(now: datetime, zone: tzinfo) -> datetime:
    """``now``, or else the next Monday to Thursday at 10:00: at night and at weekends no vote opens.

    A new room begins here, so that whoever opens it late on a Friday can try a whole vote too.
    """
    local = now.astimezone(zone)
    if local.weekday() < _FRIDAY and _BEGINS <= local.time() < _ENDS:
        return now
    day = local.date() + timedelta(days=local.time() >= _BEGINS)
    while day.weekday() >= _FRIDAY:
        day += timedelta(days=1)
    return datetime.combine(day, _BEGINS, zone).astimezone(UTC)


class RoomClock:
    """``now`` is aware UTC. Scripts give a ``real`` that stands still. The offset is kept in the room."""

    def __init__(self, room: Room, real: Callable[[], datetime] = real_time) -> None:
        self._room = room
        self._real = real
        self._offset = timedelta(seconds=float(room.fact(_FACT) or 0))

    def now(self) -> datetime:
        return self._real() + self._offset

    def set(self, moment: datetime) -> None:
        """Put the clock forward to ``moment``; an earlier one changes nothing."""
        ahead = moment - self.now()
        if ahead <= timedelta(0):
            return
        self._offset += ahead
        with self._room.change():
            self._room.keep(_FACT, repr(self._offset.total_seconds()))


async def pass_time(core: Core, clock: RoomClock, until: datetime) -> None:
    """Let time pass until ``until``, stopping at each thing due so that it happens at its own time."""
    await core.run_due()
    while (due := await core.next_due()) is not None and due <= until:
        now = clock.now()
        if now >= until:
            break
        # A row that stays due (a retry without a pause) must not stop the clock.
        clock.set(due if due > now else min(until, now + _STUCK))
        await core.run_due()
    clock.set(until)
    await core.run_due()
