"""Gentle reminders and prompts."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import prompts, reminding, wishing

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
    "prompts": Press(run=prompts.choose, typed="desk prompts", who=M),
    "promptsof": Press(run=prompts.of_kind, typed="desk prompts <kind>", who=M),
    "prompt": Press(run=prompts.preview, typed="desk prompt <which>", who=M),
    "promptpost": Press(run=prompts.post, typed="desk prompt post <which>", who=M),
    "promptedit": Press(run=prompts.edit, typed="desk prompt edit <which>", who=M, storage=False),
}

FORMS: Mapping[str, Form] = {
    "promptwords": Form(run=prompts.written, who=M),
}
