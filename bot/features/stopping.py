"""A vote that ends uncounted: its ballots are destroyed unread."""

from bot.context import Context
from bot.contract.actions import Action
from bot.features import opening
from bot.storage.proposals import Kept
from bot.storage.votes import OPEN, STOPPED


async def stop_vote(context: Context, kept: Kept) -> list[Action] | None:
    """End the open vote on an idea, and say so where it was asked. None if it was closed meanwhile."""
    actions: list[Action] = []
    for vote in await context.work.votes.of_proposal(kept.id):
        if vote.state != OPEN:
            continue
        if not await context.work.votes.close(vote.id, taken_part=None, state=STOPPED):
            return None
        await context.work.ballots.destroy(vote.id)
        await context.work.due.drop("vote_closes", vote.id)
        context.work.scrub = True
        actions += await context.edit(opening.post_name(vote.id), context.public.body("ideas.vote-stopped"))
    return actions
