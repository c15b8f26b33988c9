"""What goes wrong on the stand-in when a test wants it to."""

import re
from dataclasses import dataclass


@dataclass
class Fault:
    """The next ``times`` requests that match answer this status; ``after`` they have taken effect."""

    what: re.Pattern[str]
    status: int
    code: int = 0
    times: int = 1
    after: bool = False
    retry_after: float = 0.05
    cut: bool = False  # the connection ends instead of an answer


class Faults:
    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def on(self, what: str, status: int = 500, **more: object) -> None:
        """``what``: a pattern for "METHOD /path"."""
        self._waiting.append(Fault(re.compile(what), status, **more))  # type: ignore[arg-type]

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, request: str) -> Fault | None:
        for fault in self._waiting:
            if fault.times > 0 and fault.what.search(request):
                fault.times -= 1
                return fault
        return None
