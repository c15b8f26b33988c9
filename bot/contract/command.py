"""The shape of a row in COMMANDS, as adapters read it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.contract.actions import Action


class Who(StrEnum):
    """Who may use a command."""

    MEMBERS = "members"
    MODERATORS = "moderators"


Run = Callable[[Any, Any], Awaitable[Sequence[Action]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One command: its name, the catalogue keys of its help (at most 100 characters) and of its
    argument's name, who may use it, and the feature function (event, context) that answers.

    ``private``: the answer is for the asker only. ``storage``: whether it opens a transaction.
    ``outside``: it also works where no community is known, as in a private chat.
    ``always``: it answers without the database too, when that fails. ``patient``: it waits for a slow one,
    because what it says depends on whether something can be stored.
    ``menu``: the catalogue key of a menu on messages that gives this command too (at most 32 characters).
    ``discreet``: typed where others read it, the line is removed if the bot may; moderators' always are.
    """

    name: str
    help: str
    argument: str | None
    who: Who
    run: Run
    private: bool = True
    storage: bool = True
    outside: bool = False
    always: bool = False
    patient: bool = False
    menu: str = ""
    discreet: bool = False

    @property
    def waits_for_nobody(self) -> bool:
        """Urgent help: adapters handle it beside everything else, never behind it."""
        return self.always and not self.storage

    @property
    def called(self) -> str:
        """The catalogue key of its name, where people may type it in their own language."""
        return f"commands.{self.name}.name"
