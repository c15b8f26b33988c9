"""A clock that a test moves."""

from datetime import datetime, timedelta


class MovedClock:
    """Starts at ``start`` (aware) and goes forward only when told."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def set(self, moment: datetime) -> None:
        self._now = max(self._now, moment)


STUCK = timedelta(minutes=1)
