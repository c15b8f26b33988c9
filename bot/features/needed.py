"""How many people must take part in a vote: the group may raise it, by a vote."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import ButtonPressed, FormAnswered
from bot.features import drafting, idea_form, suggesting
from ground_rules.ballot import needed_ballots
from ground_rules.proposal import SettingSubject
from ground_rules.refusals import Reason, Refused

MOST = 1000  # where no platform told how many people there are


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form: how many people, and why."""
    await suggesting.check_space(event, context)
    return [idea_form.needed(context)]


async def written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The number came: a draft like any other. It can be raised over the usual number, never lowered."""
    size, raised = context.group.size, context.group.settings.needed_votes
    least, most = needed_ballots(size), MOST if size is None else size
    text = event.values.get("number", "").strip()
    number = int(text) if text.isdecimal() and len(text) < 5 else 0
    if not least <= number <= most:
        again = context.button("needed.button", "suggestneeded")
        return [context.reply("needed.out-of-range", again, least=least, most=most)]
    if number == needed_ballots(size, raised or None):
        raise Refused(Reason.NOTHING_CHANGED)
    values = {
        "title": context.public.plain("needed.idea-title"),
        "text": context.public.plain("needed.idea-text", number=number),
        "why": event.values.get("why", ""),
    }
    subject = SettingSubject(name="needed_votes", value=number)
    return await drafting.begin(event, context, subject, values)
