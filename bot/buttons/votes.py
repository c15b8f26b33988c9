"""Voting, and asking the group."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import agree_rules, asking, objecting, objection_words, voting

M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    # voting
    "deciding": Press(run=agree_rules.deciding, typed="agree-rules all"),
    "myvote": Press(run=agree_rules.see, typed="agree-rules vote <vote>"),
    "votemoretime": Press(run=agree_rules.give_more_time, typed="agree-rules more-time <vote>", secret=True),
    "voteagree": Press(run=voting.agree, typed="agree-rules agree <vote>", keeps=True, secret=True),
    "voteworries": Press(run=voting.worries, typed="agree-rules worries <vote>", keeps=True, secret=True),
    "voteskip": Press(run=voting.skip, typed="agree-rules skip <vote>", keeps=True, secret=True),
    "voteobject": Press(run=objecting.begin, typed="agree-rules object <vote>", secret=True),
    "voteobjectto": Press(run=objecting.to_rule, typed="agree-rules object <vote> <rule>", secret=True),
    "votehold": Press(
        run=objecting.hold, typed="agree-rules could-hurt <vote> <rule>", keeps=True, secret=True
    ),
    "voteagainst": Press(
        run=objecting.against, typed="agree-rules rather-not <vote> <rule>", keeps=True, secret=True
    ),
    "voteagreeto": Press(
        run=voting.agree_to_one, typed="agree-rules agree <vote> <rule>", keeps=True, secret=True
    ),
    "votewords": Press(
        run=objection_words.ask, typed="agree-rules words <vote> <rule>", keeps=True, secret=True
    ),
    "voteshow": Press(run=objection_words.show, typed="agree-rules show <vote> <rule>", secret=True),
    "votedrop": Press(run=objection_words.drop, typed="agree-rules leave-out <vote> <rule>", secret=True),
    # asking the group
    "askgroup": Press(run=asking.screen, typed="desk ask group", who=M),
    "askgrouplater": Press(run=asking.screen, typed="desk ask group <weeks>", who=M),
    "askgroupnow": Press(run=asking.ask, typed="desk ask group now <weeks>", who=M),
    "askforless": Press(run=asking.provisional, typed="desk ask nobody", who=M),
}

FORMS: Mapping[str, Form] = {
    "votewords": Form(run=objection_words.written),
}
