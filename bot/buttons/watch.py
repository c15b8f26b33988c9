"""What moderators do about the message watch."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import watch_desk, watch_phrases, watch_rules

M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    "watchpage": Press(run=watch_desk.page, typed="desk watch", who=M),
    "watchpause": Press(run=watch_desk.pause, typed="desk watch pause", who=M),
    "watchgoon": Press(run=watch_desk.go_on, typed="desk watch go-on", who=M),
    "watchlevel": Press(run=watch_desk.set_level, typed="desk watch level <level>", who=M),
    "urgentpause": Press(run=watch_desk.pause_urgent, typed="desk watch pause urgent-words", who=M),
    "urgentgoon": Press(run=watch_desk.urgent_goes_on, typed="desk watch go-on urgent-words", who=M),
    # the group's own phrases
    "watchphrases": Press(run=watch_phrases.screen, typed="desk watch phrases", who=M),
    "watchnew": Press(run=watch_phrases.ask, typed="desk watch add <kind>", who=M, storage=False),
    "watchremove": Press(run=watch_phrases.choose, typed="desk watch remove <kind> from <first>", who=M),
    "watchgone": Press(run=watch_phrases.remove, typed="desk watch remove <kind> <number>", who=M),
    # its rules
    "watchrules": Press(run=watch_rules.screen, typed="desk watch rules", who=M),
    "watchrule": Press(run=watch_rules.one, typed="desk watch rule <rule>", who=M),
    "watchruleoff": Press(run=watch_rules.turn_off, typed="desk watch rule <rule> off", who=M),
    "watchruleon": Press(run=watch_rules.keep, typed="desk watch rule <rule> on", who=M),
}

FORMS: Mapping[str, Form] = {
    "watchlines": Form(run=watch_phrases.written, who=M),
}
