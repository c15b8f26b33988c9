"""A group agrees on a setting by a vote: it works at once, and the message watch after its trial."""

from bot.context import Context
from bot.contract.actions import Action
from bot.features import idea_card, setting_words, watch_trial
from ground_rules.proposal import Proposal, SettingSubject


async def adopt(context: Context, idea: Proposal) -> list[Action]:
    """Store what was agreed, and say so."""
    subject = idea.subject
    if not isinstance(subject, SettingSubject):
        raise ValueError("this idea is not about a setting")
    key, values = "adopting.setting", {"title": idea.wording.title, "text": idea.wording.text}
    if subject.name == setting_words.WATCH:
        until = await watch_trial.agreed(context, str(subject.value))
        if until is not None:
            key, values["when"] = (
                "settings.watch-adopted",
                context.public.when(until, context.group.settings.zone),
            )
    else:
        await context.set(subject.name, written(subject.value))
        if subject.name == setting_words.URGENT:
            await context.set("urgent_paused", "no")
            waits = subject.value is True and not context.group.settings.somebody_may_look
            key = "settings.urgent-waits" if waits else key
    if setting_words.needs_a_vote(subject):
        await watch_trial.asked(context, subject.name, idea)
    said = context.public.body(key, **values)
    name = f"setting{context.group.community}_{idea.id}"
    return list(context.post(said, idea_card.buttons(context, idea), name=name))


def written(value: str | int | bool) -> str:
    """A setting's value as settings keep it."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
