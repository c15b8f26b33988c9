"""The group's own directory: its numbers checked by two people, its entries, and reports of wrong ones."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import check_asking, checking, entries, entry_form, entry_screen, reports

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
    # something on an answer is wrong
    "wrong": Press(run=reports.which, typed="signpost wrong <asked>"),
    "wrongentry": Press(run=reports.report, typed="signpost wrong-entry <entry>"),
    # the group's own entries
    "entries": Press(run=entries.screen, typed="desk help-list", who=M),
    "entrylist": Press(run=entries.listed, typed="desk help-list <which> <page>", who=M),
    "entryfind": Press(run=entries.find, typed="desk help-list find", who=M, storage=False),
    "entry": Press(run=entry_screen.screen, typed="desk help-entry <entry>", who=M),
    "entryright": Press(run=entry_screen.right, typed="desk help-right <entry>", who=M, keeps=True),
    "entryhide": Press(run=entry_screen.hide, typed="desk help-hide <entry>", who=M),
    "entryshow": Press(run=entry_screen.show, typed="desk help-show <entry>", who=M),
    "entrybroken": Press(run=entry_screen.broken, typed="desk help-fails <entry>", who=M),
    "entryleave": Press(run=entry_screen.leave, typed="desk help-leave <entry>", who=M),
    "entrytakeback": Press(run=entry_screen.take_back, typed="desk help-drop <entry>", who=M),
    "entryadd": Press(run=entry_form.add, typed="desk help-add", who=M, keeps=True),
    "entrywords": Press(run=entry_form.words, typed="desk help-words <entry>", who=M, keeps=True),
    "entrymore": Press(run=entry_form.more, typed="desk help-more <entry>", who=M, keeps=True),
}

FORMS: Mapping[str, Form] = {
    "numberstyped": Form(run=checking.typed, keeps=True),
    "entryfound": Form(run=entries.found, who=M),
    "entryadded": Form(run=entry_form.added, who=M, keeps=True),
    "entrywritten": Form(run=entry_form.written, who=M, keeps=True),
    "entrymored": Form(run=entry_form.mored, who=M, keeps=True),
}
