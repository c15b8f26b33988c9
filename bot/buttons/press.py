"""What a row of the tables of buttons and forms says."""

from dataclasses import dataclass

from bot.contract.command import Run, Who


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """One kind of button.

    ``secret``: typed where others can read it, it records nothing and says where to go.
    ``keeps``: pressing it stores something about the person, so they are told first, once.
    ``anyone``: also for people who left, or are not known to be members.
    ``outside``: also where no community is known, as in a private chat.
    ``always``: answers without the database too, when that fails. ``patient``: waits for a slow one,
    because what it says depends on whether it was stored.
    """

    run: Run
    typed: str
    who: Who = Who.MEMBERS
    keeps: bool = False
    storage: bool = True
    anyone: bool = False
    outside: bool = False
    always: bool = False
    patient: bool = False
    secret: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One kind of typed answer, by the payload kind of its ``Ask``. ``anyone``: as for a button."""

    run: Run
    who: Who = Who.MEMBERS
    keeps: bool = False
    anyone: bool = False
