"""A request as a method of the stand-in gets it."""

from dataclasses import dataclass
from typing import Any

Answer = Any


@dataclass
class Asked:
    """``names``: the parts of the path that differ."""

    names: tuple[str, ...]
    body: Any
    query: dict[str, str]
