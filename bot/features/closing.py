"""A vote closes: it is counted once, decided, and its ballots are destroyed with the key to them.

Everything here happens in one transaction. Who chose what is gone when it commits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Post
from bot.contract.events import TimeCame
from bot.features import agree_rules, asking, idea_steps, ideas, opening, planning, result, reviewing
from bot.storage.ballots import WHOLE
from bot.storage.proposals import Kept
from bot.storage.votes import OPEN, REVIEW, SET, STOPPED, Vote
from ground_rules.ballot import (
    Choice,
    Outcome,
    SetBallot,
    Tally,
    count,
    count_set,
    decide,
)
from ground_rules.proposal import Proposal, SetSubject, State, close, close_set

LOOK_AGAIN = timedelta(minutes=1)
PAUSE = timedelta(days=1)  # a vote that the secret key does not fit waits as long as this, again and again


async def vote_closes(event: TimeCame, context: Context) -> Sequence[Action]:
    """The closing time of a vote has come."""
    vote = await context.work.votes.take(context.group.community, int(event.subject))
    if vote is None or vote.state != OPEN:
        return []
    if context.now < vote.closes_at:
        await _again(context, vote, vote.closes_at - context.now)
        return []
    if not context.secrecy.fits(vote.nonce or "", vote.check_value):
        return await _pause(context, vote)
    if vote.kind == REVIEW:
        return await _end_review(context, vote)
    kept = await context.work.proposals.find(context.group.community, vote.proposal or 0)
    if kept is None or kept.proposal.state is not State.VOTING:
        await context.work.votes.close(vote.id, taken_part=None, state=STOPPED)
        await _destroy(context, vote)
        return []
    return await _count(context, vote, kept)


async def _pause(context: Context, vote: Vote) -> Sequence[Action]:
    """The secret key does not fit: the vote stays open a day longer, and its post says until when."""
    until = context.now + PAUSE
    await context.work.votes.move_close(vote.id, vote.closes_at, until)
    await _again(context, vote, PAUSE)
    vote = replace(vote, closes_at=until)
    if vote.kind == REVIEW:
        return await reviewing.refresh(context, vote)
    kept = await context.work.proposals.find(context.group.community, vote.proposal or 0)
    if kept is None or kept.proposal.state is not State.VOTING:
        return []
    idea = replace(kept.proposal, dates=replace(kept.proposal.dates, closes_at=until))
    moved = await idea_steps.move(context, kept, idea)
    card = [] if vote.kind == SET else await idea_steps.shown(context, moved)
    return [*card, *await opening.refresh(context, vote, idea)]


async def _count(context: Context, vote: Vote, kept: Kept) -> list[Action]:
    ballots = await context.work.ballots.all(vote.id)
    tallies = await _tallies(context, vote, ballots)
    rule = kept.proposal.decision_rule(vote.needed)
    outcomes = {item: decide(tally, rule) for item, tally in tallies.items()}
    decided = await _decide(context, kept.proposal, outcomes)
    if decided.state is State.VOTING:
        return await _extend(context, vote, kept, decided)
    if not await context.work.proposals.save(kept, decided):
        await _again(context, vote, LOOK_AGAIN)
        return []
    await context.work.votes.close(vote.id, taken_part=len(ballots))
    for item, outcome in outcomes.items():
        await context.work.votes.record(vote.id, item, outcome, _counts(tallies[item]))
    said = await result.posts(context, vote, decided, tallies, outcomes, len(ballots))
    follows = await _settle(context, vote, kept, outcomes)
    await _destroy(context, vote)
    return in_one_post(said, follows)


async def _tallies(context: Context, vote: Vote, ballots: list[dict[int, str]]) -> dict[int, Tally]:
    items = [each.item for each in await context.work.votes.items(vote.id)]
    if vote.kind != SET:
        return {items[0]: count(Choice(ballot[WHOLE]) for ballot in ballots)}
    return count_set((_set_ballot(ballot) for ballot in ballots), items)


def _set_ballot(ballot: Mapping[int, str]) -> SetBallot:
    items = {item: Choice(choice) for item, choice in ballot.items() if item != WHOLE}
    return SetBallot(whole=Choice(ballot.get(WHOLE, Choice.AGREE)), items=items)


async def _decide(context: Context, idea: Proposal, outcomes: Mapping[int, Outcome]) -> Proposal:
    calendar, taken = context.group.settings.calendar, await planning.taken(context)
    if isinstance(idea.subject, SetSubject):
        return close_set(idea, outcomes=outcomes, now=context.now, calendar=calendar, taken=taken)
    outcome = next(iter(outcomes.values()))
    return close(idea, outcome=outcome, now=context.now, calendar=calendar, taken=taken)


async def _extend(context: Context, vote: Vote, kept: Kept, longer: Proposal) -> list[Action]:
    """Too few took part: three more days, once. Ballots stay as they are."""
    if not await agree_rules.move_close(context, vote, kept, longer):
        return []
    moved = await context.work.votes.find(context.group.community, vote.id)
    edits = [] if moved is None else await opening.refresh(context, moved, longer)
    return [*edits, *result.extended(context, vote, longer)]


async def _settle(
    context: Context, vote: Vote, kept: Kept, outcomes: Mapping[int, Outcome]
) -> Sequence[Action]:
    """What follows from the decision, while the ballots of those who hold something back are there."""
    after = await context.work.proposals.find(kept.community, kept.id)
    if after is None:
        return []
    if vote.kind == SET:
        return await asking.settle(context, after, vote, outcomes)
    outcome = next(iter(outcomes.values()))
    if outcome is Outcome.HELD:
        await context.work.ballots.keep_standing(vote.id, WHOLE, kept.id, vote.nonce or "", Choice.HOLD)
    return await ideas.settle(context, after, vote, outcome)


async def _end_review(context: Context, vote: Vote) -> Sequence[Action]:
    taken_part = len(await context.work.ballots.all(vote.id))
    await context.work.votes.close(vote.id, taken_part=taken_part)
    follows = await reviewing.settle(context, vote)
    await _destroy(context, vote)
    return follows


async def _destroy(context: Context, vote: Vote) -> None:
    """Ballots and words go; the nonce went with the close."""
    await context.work.ballots.destroy(vote.id)
    context.work.scrub = True


async def _again(context: Context, vote: Vote, after: timedelta) -> None:
    at, community = context.now + after, context.group.community
    await context.work.due.put(at, "vote_closes", vote.id, community, posts=True)


def _counts(tally: Tally) -> dict[str, int]:
    return {choice.value: getattr(tally, choice.value) for choice in Choice}


def in_one_post(said: Sequence[Action], follows: Sequence[Action]) -> list[Action]:
    """The result and what follows from it as one post in each place: the bot says one thing a day.

    Where votes and rules have places of their own, each is told in its own.
    """
    later = [action for action in follows if isinstance(action, Post)]
    actions: list[Action] = []
    for action in (*said, *(each for each in follows if not isinstance(each, Post))):
        if isinstance(action, Post):
            same = [post for post in later if post.place == action.place]
            body = (*action.body, *(block for post in same for block in post.body))
            buttons = (*action.buttons, *(button for post in same for button in post.buttons))
            action = replace(action, body=body, buttons=tuple(dict.fromkeys(buttons)))
        actions.append(action)
    told = {action.place for action in said if isinstance(action, Post)}
    return [*actions, *(post for post in later if post.place not in told)]
