"""One step of an idea: stored if nobody was faster, its dates planned, its post kept current."""

from dataclasses import replace

from bot.context import Context
from bot.contract.actions import Action
from bot.features import idea_card
from bot.storage.proposals import Kept
from ground_rules.proposal import Proposal, State

KINDS = ("vote_opens", "close_planned", "hold_ends", "mending_ends")


async def move(context: Context, kept: Kept, idea: Proposal) -> Kept | None:
    """Store the next value of an idea and what is due for it. None if somebody moved it meanwhile."""
    if not await context.work.proposals.save(kept, idea):
        return None
    await plan(context, idea)
    if kept.proposal.state is State.MENDING and idea.state is not State.MENDING:
        await context.work.ballots.end_standing(kept.id)
        context.work.scrub = True
    return replace(kept, proposal=idea, revision=kept.revision + 1)


async def plan(context: Context, idea: Proposal) -> None:
    """Write down when something happens to this idea by itself, in place of what was planned."""
    await forget_dates(context, idea)
    due, community = context.work.due, context.group.community
    if idea.state is State.TALKING:
        await due.put(idea.opens_at, "vote_opens", idea.id, community, posts=True)
        await due.put(idea.closes_at, "close_planned", idea.id, community, posts=True)
    elif idea.state is State.HELD and idea.held_until is not None:
        await due.put(idea.held_until, "hold_ends", idea.id, community)
    elif idea.state is State.MENDING and idea.mend_until is not None:
        await due.put(idea.mend_until, "mending_ends", idea.id, community, posts=True)


async def forget_dates(context: Context, idea: Proposal) -> None:
    """Nothing is planned for this idea: its days are free for new dates."""
    for kind in KINDS:
        await context.work.due.drop(kind, idea.id)


async def shown(context: Context, kept: Kept | None) -> list[Action]:
    """The idea's post edited, after a step; and if the step was lost, a word to press again."""
    if kept is None:
        return [context.reply("ideas.moved")]
    return list(await idea_card.refresh(context, kept))
