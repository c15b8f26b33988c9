"""Every button and form: kind -> who may use it, the feature function, and how to type it instead.

A typed form is a command with words; ``<name>`` stands for an argument of the payload. Typing it is
the same as pressing: there is no second way to do a thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.contract.command import Run, Who
from bot.contract.payload import encode
from bot.features import checking, desk, rules, setting_up


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """One kind of button.

    ``keeps``: pressing it stores something about the person, so they are told first, once.
    ``anyone``: also for people who left, or are not known to be members.
    ``outside``: also where no community is known, as in a private chat.
    """

    run: Run
    typed: str
    who: Who = Who.MEMBERS
    keeps: bool = False
    storage: bool = True
    anyone: bool = False
    outside: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One kind of typed answer, by the payload kind of its ``Ask``."""

    run: Run
    who: Who = Who.MEMBERS
    keeps: bool = False


M = Who.MODERATORS
LONGEST_ARGUMENTS = 40  # characters; nothing longer is ever on a button

BUTTONS: Mapping[str, Press] = {
    # set-up
    "setup": Press(run=setting_up.begin, typed="desk set-up", who=M),
    "countries": Press(run=setting_up.more_countries, typed="desk countries", who=M, storage=False),
    "country": Press(run=setting_up.country, typed="desk country <code>", who=M),
    "audience": Press(run=setting_up.audience, typed="desk for <who>", who=M),
    "contactmods": Press(run=setting_up.contact_moderators, typed="desk contact moderators", who=M),
    "contactother": Press(run=setting_up.contact_other, typed="desk contact other", who=M, storage=False),
    "contactnone": Press(run=setting_up.contact_none, typed="desk contact nobody", who=M),
    "askcountry": Press(run=setting_up.ask_country, typed="desk change country", who=M),
    "askaudience": Press(run=setting_up.ask_audience, typed="desk change audience", who=M),
    "askcontact": Press(run=setting_up.ask_contact, typed="desk change contact", who=M),
    # the desk
    "desk": Press(run=desk.desk, typed="desk open", who=M),
    "drawer": Press(run=desk.drawer, typed="desk drawer <name>", who=M),
    "deskshare": Press(run=desk.share, typed="desk share", who=M),
    "numbers": Press(run=checking.numbers, typed="desk numbers", who=M),
    "numberschecked": Press(run=checking.checked, typed="desk numbers checked", who=M),
    # rules
    "suggest": Press(run=rules.read_all, typed="agree-rules suggest"),
    "rules": Press(run=rules.read_all, typed="rules all"),
    "showrule": Press(run=rules.show, typed="rules show <number>"),
}

FORMS: Mapping[str, Form] = {
    "contact": Form(run=setting_up.contact_written, who=M),
}


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
