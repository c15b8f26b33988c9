"""Gentle reminders and prompts."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import hint_answers, marking, prompts, reminding, wishing

M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    # reminders and prompts
    "reminders": Press(run=wishing.or_wish(reminding.remind), typed="remind choose"),
    "remindmore": Press(run=wishing.or_wish(reminding.more), typed="remind more"),
    "remindwith": Press(run=wishing.or_wish(reminding.preview), typed="remind <which>"),
    "remindpost": Press(run=wishing.or_wish(reminding.post), typed="remind post <which>"),
    "remindanyway": Press(run=wishing.or_wish(reminding.post_anyway), typed="remind anyway <which>"),
    "remindask": Press(run=wishing.ask, typed="remind ask <wish>", keeps=True),
    "remindthere": Press(run=wishing.there, typed="remind there <wish>", who=M),
    "remindhere": Press(run=wishing.here, typed="remind here <wish> <which>", who=M),
    "remindleave": Press(run=wishing.leave, typed="remind leave <wish>", who=M),
    # what the message watch noticed
    "hintremind": Press(run=hint_answers.remind, typed="remind hint <hint> <which>", who=M),
    "hintanyway": Press(run=hint_answers.remind_anyway, typed="remind hint-anyway <hint> <which>", who=M),
    "hintleave": Press(run=hint_answers.leave, typed="remind hint-leave <hint>", who=M),
    "notadvice": Press(run=hint_answers.not_advice, typed="remind not-advice <hint>", who=M),
    # threads of grief, and those for listening only
    "threadmarks": Press(run=marking.screen, typed="desk thread", who=M),
    "threadmark": Press(run=marking.mark, typed="desk thread <mark>", who=M),
    "prompts": Press(run=prompts.choose, typed="desk prompts", who=M),
    "promptsof": Press(run=prompts.of_kind, typed="desk prompts <kind>", who=M),
    "prompt": Press(run=prompts.preview, typed="desk prompt <which>", who=M),
    "promptpost": Press(run=prompts.post, typed="desk prompt post <which>", who=M),
    "promptedit": Press(run=prompts.edit, typed="desk prompt edit <which>", who=M, storage=False),
}

FORMS: Mapping[str, Form] = {
    "promptwords": Form(run=prompts.written, who=M),
}
