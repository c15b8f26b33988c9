"""Reading the rules, and what moderators do with them."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import adopting, changes, offering, opinions, pasting, reviewing, rules, temporary, typos

M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    # rules
    "history": Press(run=changes.history, typed="rules history"),
    "version": Press(run=changes.version, typed="rules version <version>"),
    "haveread": Press(run=adopting.read, typed="rules read <version>", keeps=True),
    "rules": Press(run=rules.read_all, typed="rules all"),
    "showrule": Press(run=rules.show, typed="rules show <number>"),
    # rules, by moderators
    "typo": Press(run=typos.choose, typed="desk typo", who=M),
    "typorule": Press(run=typos.form, typed="desk typo <rule>", who=M),
    "typomeaning": Press(run=typos.changes_meaning, typed="rules typo <version>"),
    "temporary": Press(run=temporary.form, typed="desk temporary", who=M, keeps=True),
    "paste": Press(run=pasting.form, typed="desk paste", who=M),
    "addcore": Press(run=pasting.add_core, typed="desk add core <which>", who=M),
    "offer": Press(run=offering.offer, typed="desk offer", who=M),
    "offernext": Press(run=offering.offer, typed="desk offer <place>", who=M),
    "offersuggest": Press(run=offering.suggest, typed="desk offer suggest <place>", who=M, keeps=True),
    # looking at the rules again
    "askreview": Press(run=reviewing.asked, typed="agree-rules review", keeps=True, secret=True),
    "look": Press(run=opinions.look, typed="agree-rules look <review>"),
    "lookat": Press(run=opinions.look, typed="agree-rules look <review> <rule>"),
    "opinion": Press(
        run=opinions.said, typed="agree-rules say <review> <rule> <choice>", keeps=True, secret=True
    ),
    "laterreview": Press(run=reviewing.later, typed="desk later-review", who=M),
}

FORMS: Mapping[str, Form] = {
    "typofix": Form(run=typos.fixed, who=M),
    "temporaryset": Form(run=temporary.set_rule, who=M, keeps=True),
    "pasted": Form(run=pasting.pasted, who=M),
}
