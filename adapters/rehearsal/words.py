"""The room's own sentences, kept in words.yaml beside this file."""

from functools import cache
from importlib.resources import files

import yaml

from bot.contract.platform import HostProblem


def say(key: str, **values: object) -> str:
    """The sentence under ``key`` with ``values`` put in; KeyError if there is none."""
    return _sentences()[key].format(**values)


@cache
def _sentences() -> dict[str, str]:
    text = files("adapters.rehearsal").joinpath("words.yaml").read_text(encoding="utf-8")
    return {str(key): str(value).strip() for key, value in yaml.safe_load(text).items()}


class RoomProblem(HostProblem):
    """Something the person at the keyboard can put right; its text is a whole sentence for them."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(say(key, **values))
