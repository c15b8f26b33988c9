"""One person should not look after a group alone: ask a second moderator, and not again for two weeks."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import ButtonPressed
from bot.features.desk_step import DeskStep

REST = timedelta(days=14)
ACTIONS = (("desk.second-button", "deskshare"),)


async def next_step(context: Context) -> DeskStep | None:
    """Ask for a second moderator while there is one alone, unless it was done lately."""
    known = await context.work.communities.moderators(context.group.community)
    if len(known) > 1 or not context.group.settings.answered:
        return None
    asked = context.group.settings.second_asked
    if asked and _today(context) < date.fromisoformat(asked) + REST:
        return None
    button = context.button("desk.share-button", "deskshare")
    return DeskStep(text=context.t.body("desk.second-moderator"), button=button)


async def share(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Words to pass on."""
    await context.set("second_asked", _today(context).isoformat())
    return [context.reply("desk.share", context.button("desk.back-button", "desk"), replaces=True)]


def _today(context: Context) -> date:
    return context.now.astimezone(context.group.settings.zone).date()
