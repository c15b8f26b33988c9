"""The group's first task: a person reads every number off its own page, and again every 90 days."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed
from bot.features import where_to_turn
from bot.features.desk_step import DeskStep

CHECK_AGAIN_AFTER = timedelta(days=90)
ACTIONS = (("checking.open-button", "numbers"),)


async def next_step(context: Context) -> DeskStep | None:
    """Ask for the check if there never was one, or if it is 90 days old."""
    settings = context.group.settings
    if not settings.answered:
        return None
    if settings.numbers_checked and context.now < _checked(settings.numbers_checked) + CHECK_AGAIN_AFTER:
        return None
    return DeskStep(
        text=context.t.body("checking.step"), button=context.button("checking.open-button", "numbers")
    )


async def numbers(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The numbers as "Where to turn" has them, and how to check them."""
    body = (*context.t.body("checking.how"), *where_to_turn.body(context))
    return [Reply(body=body, buttons=(context.button("checking.done-button", "numberschecked"),))]


async def checked(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator read them all off their pages."""
    today = context.now.astimezone(context.group.settings.zone).date()
    await context.set("numbers_checked", today.isoformat())
    again = context.t.day(context.now + CHECK_AGAIN_AFTER, context.group.settings.zone)
    return [context.reply("checking.thanks", context.button("desk.open-button", "desk"), day=again)]


def _checked(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
