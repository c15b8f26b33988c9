"""Being at peace with an idea: only whoever objected can say so, in private. Then it is decided again."""

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import ButtonPressed
from bot.features import idea_card, idea_steps, ideas, mending, pressed
from bot.storage.proposals import Kept
from bot.storage.votes import CLOSED, SET, Vote
from ground_rules.ballot import Tally
from ground_rules.mending import must_be_mending
from ground_rules.proposal import State, objection_met


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Asks once more. Refused for everyone who did not object."""
    kept = await pressed.idea(event, context)
    must_be_mending(kept.proposal, context.now)
    mending.mine(await context.work.ballots.standing(kept.id), event, context)
    yes = context.button("mending.fine-yes-button", "fineyes", kept.id)
    return [context.reply("mending.fine-sure", yes, replaces=True)]


async def said(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One objection fewer. When none is left, the counts decide."""
    kept = await pressed.idea(event, context)
    must_be_mending(kept.proposal, context.now)
    standing = await context.work.ballots.standing(kept.id)
    mine = mending.mine(standing, event, context)
    if mine.met:
        return [context.reply("mending.fine-thanks", replaces=True)]
    vote, tally = await _counts(context, kept)
    for _ in filter(lambda each: each.met, standing):
        tally = tally.without_a_hold()
    idea, _ = objection_met(
        kept.proposal,
        is_objector=True,
        tally=tally,
        rule=replace(kept.proposal, reply=None).decision_rule(vote.needed),
        now=context.now,
    )
    # The idea is written first: of two who press at once one is asked to press again.
    moved = await idea_steps.move(context, kept, idea)
    if moved is None:
        return [context.reply("ideas.moved")]
    thanks = context.reply("mending.fine-thanks", replaces=True)
    if idea.state is State.MENDING:
        await context.work.ballots.meet(kept.id, mine.voter)
        return [thanks]
    return [thanks, *await _decided(context, moved, vote)]


async def _decided(context: Context, moved: Kept, vote: Vote) -> Sequence[Action]:
    t, idea = context.public, moved.proposal
    agreed = idea.state is State.ADOPTED
    key = "mending.met" if agreed else "mending.met-rejected"
    told = context.post(t.body(key, called=idea_card.called(t, idea)))
    follows = await (ideas.adopted(context, moved, vote.id) if agreed else ideas.rejected(context, idea))
    return [
        *await idea_steps.shown(context, moved),
        *told,
        *follows,
    ]


async def _counts(context: Context, kept: Kept) -> tuple[Vote, Tally]:
    """The counts that hold this idea back: of its own last vote, or of its rule in the vote on the set."""
    own = [vote for vote in await context.work.votes.of_proposal(kept.id) if vote.state == CLOSED]
    vote = own[-1] if own else await context.work.votes.last_of(context.group.community, SET)
    if vote is None:
        raise LookupError("an idea in mending had a vote")
    items = await context.work.votes.items(vote.id)
    wanted = items[0] if own else next(item for item in items if item.item == kept.proposal.number)
    return vote, Tally(**{choice: wanted.counts.get(choice, 0) for choice in Tally.__dataclass_fields__})
