"""What can go wrong on the way to Telegram, written down beforehand by a test."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One call that goes wrong. ``done``: Telegram did it, only the answer is lost or wrong.

    ``kind``: "error" (JSON with ``code`` and ``text``), "page" (HTML), "reset" (the line breaks), "hang".
    """

    kind: str = "error"
    code: int = 502
    text: str = "Bad Gateway"
    parameters: dict[str, Any] = field(default_factory=dict)
    done: bool = False

    @classmethod
    def flood(cls, seconds: int) -> "Fault":
        text = f"Too Many Requests: retry after {seconds}"
        return cls(code=429, text=text, parameters={"retry_after": seconds})


class Refused(Exception):
    """Telegram says no: its HTTP status, its words, its parameters."""

    def __init__(self, code: int, text: str, **parameters: Any) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.parameters = parameters


def bad(text: str, **parameters: Any) -> Refused:
    return Refused(400, f"Bad Request: {text}", **parameters)


def forbidden(text: str) -> Refused:
    return Refused(403, f"Forbidden: {text}")
