"""Votes that stand still because the secret key is not the one they began with: only the host can mend it."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import ButtonPressed
from bot.features.desk_step import DeskStep


async def next_step(context: Context) -> DeskStep | None:
    """Say that votes stand still, and what to send the host."""
    votes = await context.work.votes.open_ones(context.group.community)
    if all(context.secrecy.fits(vote.nonce or "", vote.check_value) for vote in votes):
        return None
    button = context.button("paused.host-button", "pausedhost")
    return DeskStep(text=context.t.body("paused.step"), button=button)


async def for_host(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Words to pass on to whoever keeps the bot running."""
    return [context.reply("paused.for-host", context.button("desk.back-button", "desk"), replaces=True)]
