"""A group agrees on a setting by a vote: it works at once."""

from bot.context import Context
from bot.contract.actions import Action
from bot.features import idea_card
from ground_rules.proposal import Proposal, SettingSubject


async def adopt(context: Context, idea: Proposal) -> list[Action]:
    """Store what was agreed, and say so."""
    subject = idea.subject
    if not isinstance(subject, SettingSubject):
        raise ValueError("this idea is not about a setting")
    await context.set(subject.name, written(subject.value))
    said = context.public.body("adopting.setting", title=idea.wording.title, text=idea.wording.text)
    name = f"setting{context.group.community}_{idea.id}"
    return list(context.post(said, idea_card.buttons(context, idea), name=name))


def written(value: str | int | bool) -> str:
    """A setting's value as settings keep it."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
