"""Typing instead of pressing: which button the words after a command stand for."""

from collections.abc import Mapping

from bot.buttons import Press
from bot.contract.payload import encode

LONGEST_ARGUMENTS = 40  # characters; nothing longer is ever on a button


class TypedForms:
    """Finds the button whose typed form matches what was typed."""

    def __init__(self, buttons: Mapping[str, Press]) -> None:
        self._forms = sorted(
            ((press.typed.split(), kind) for kind, press in buttons.items()),
            key=lambda form: -sum(not word.startswith("<") for word in form[0]),
        )

    def payload(self, name: str, words: str) -> str | None:
        """The payload of the button with this typed twin, or None."""
        typed = [name, *words.split()]
        for form, kind in self._forms:
            if len(form) == len(typed) and len(form) > 1:
                arguments = _match(form, typed)
                if arguments is not None and sum(map(len, arguments)) <= LONGEST_ARGUMENTS:
                    return encode(kind, *arguments)
        return None


def _match(form: list[str], typed: list[str]) -> list[str] | None:
    arguments = []
    for expected, given in zip(form, typed, strict=True):
        if expected.startswith("<"):
            if not given.replace("_", "a").isalnum() or not given.isascii():
                return None
            arguments.append(given)
        elif expected != given.lower():
            return None
    return arguments
