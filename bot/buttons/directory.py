"""The group's own directory: its numbers checked by two people, its entries, and reports of wrong ones."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import check_asking, checking

M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    # crisis numbers, read by two people
    "numbers": Press(run=checking.card, typed="desk numbers", who=M),
    "check": Press(run=checking.card, typed="signpost check-numbers"),
    "typenumbers": Press(run=checking.form, typed="signpost check-part <part>", keeps=True),
    "typenumber": Press(run=checking.one, typed="signpost check-number <number>", keeps=True),
    "numbersay": Press(run=checking.insist, typed="signpost check-says <number> <digits>", keeps=True),
    "asksecond": Press(run=check_asking.ask_second, typed="desk numbers ask-group", who=M),
    "checklater": Press(run=check_asking.later, typed="desk numbers later", who=M),
    "numbersbroken": Press(run=check_asking.broken, typed="desk numbers fail", who=M),
    "numberbroken": Press(run=check_asking.break_one, typed="desk number-fails <number>", who=M),
    "numberworks": Press(run=check_asking.mend_one, typed="desk number-works <number>", who=M),
}

FORMS: Mapping[str, Form] = {
    "numberstyped": Form(run=checking.typed, keeps=True),
}
