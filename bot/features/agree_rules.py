"""``/agree-rules``: what we are deciding, my vote in it, and more time for those who need it."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, CommandGiven
from bot.features import casting, opening, opinions, planning, pressed, reviewing, suggesting, voting
from bot.storage.proposals import Kept
from bot.storage.votes import REVIEW, Vote
from ground_rules.proposal import Proposal, SetSubject, State, more_time
from ground_rules.refusals import Reason, Refused


async def agree_rules(event: CommandGiven, context: Context) -> Sequence[Action]:
    """What we are deciding now; the words after the command may begin an idea."""
    if event.words.split()[:1] == ["suggest"]:
        return await suggesting.typed(event, context)
    return [await _overview(context)]


async def deciding(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The same, by a button."""
    return [await _overview(context)]


async def see(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """My vote: what is asked, what I chose, and the choices again."""
    booth = await casting.look(event, context, pressed.number(event))
    if booth.vote.kind == REVIEW:
        return await opinions.look(event, context)
    kept = await _idea(context, booth.vote)
    chosen = await context.work.ballots.of(booth.vote.id, booth.voter)
    body = (
        *await opening.asked(context, context.t, booth.vote, kept.proposal),
        *voting.in_words(context, booth.vote, chosen),
    )
    buttons = opening.buttons(context, booth.vote, kept.proposal, private=True)
    if kept.proposal.more_time_used:
        return [Reply(body=body, buttons=buttons)]
    ask = context.button("voting.more-time-button", "votemoretime", booth.vote.id)
    return [Reply(body=body, buttons=(*buttons, ask))]


async def give_more_time(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Three more days, once for each vote. The room is told, and not who asked."""
    booth = await casting.look(event, context, pressed.number(event))
    if booth.vote.kind == REVIEW:
        return await reviewing.more_time(context, booth.vote)
    vote, kept = booth.vote, await _idea(context, booth.vote)
    calendar, taken = context.group.settings.calendar, await planning.taken(context)
    longer = more_time(kept.proposal, now=context.now, calendar=calendar, taken=taken)
    if not await move_close(context, vote, kept, longer):
        raise Refused(Reason.MORE_TIME_USED, closes_at=vote.closes_at)
    moved = await _find(context, vote.id)
    t = context.public
    when, thing = t.when(moved.closes_at, context.group.settings.zone), opening.thing(t, longer)
    return [
        context.reply("voting.more-time-given", when=context.when(moved.closes_at)),
        *await opening.refresh(context, moved, longer),
        *context.post(
            t.body("voting.more-time-room", thing=thing, when=when), name=f"vote{vote.id}time", about="votes"
        ),
    ]


async def move_close(context: Context, vote: Vote, kept: Kept, later: Proposal) -> bool:
    """Let the vote on this idea close later. False if it moved or ended meanwhile."""
    votes, due = context.work.votes, context.work.due
    if not await votes.move_close(vote.id, vote.closes_at, later.closes_at):
        return False
    if not await context.work.proposals.save(kept, later):
        raise Refused(Reason.VOTE_CLOSED)
    await due.put(later.closes_at, "vote_closes", vote.id, context.group.community, posts=True)
    return True


async def _overview(context: Context) -> Reply:
    t, community = context.t, context.group.community
    votes = {vote.proposal: vote for vote in await context.work.votes.open_ones(community)}
    body, buttons = [*t.body("voting.deciding")], list[Button]()
    for kept in await context.work.proposals.open_ones(community):
        idea, vote = kept.proposal, votes.get(kept.id)
        thing = opening.thing(t, idea)
        if vote is not None and vote.kind != REVIEW:
            body += t.body("voting.vote-open", thing=thing, when=context.when(vote.closes_at))
            buttons.append(context.button("voting.see-thing-button", "myvote", vote.id, thing=thing))
        else:
            body += t.body(f"voting.idea-{idea.state.value}", thing=thing, when=_next_date(context, idea))
            if not isinstance(idea.subject, SetSubject):
                buttons.append(context.button("voting.idea-button", "idea", idea.id, thing=thing))
    review = await reviewing.open_review(context)
    if review is not None:
        body += t.body("voting.review-open", when=context.when(review.closes_at))
        buttons.append(context.button("reviewing.look-button", "look", review.id))
    if len(body) == 1:
        body = [*t.body("voting.deciding-nothing")]
    buttons.append(context.button("rules.suggest-button", "suggest"))
    if review is None and await context.work.agreements.first_agreed_at(community) is not None:
        buttons.append(context.button("reviewing.ask-button", "askreview"))
    return Reply(body=tuple(body), buttons=tuple(buttons))


def _next_date(context: Context, idea: Proposal) -> str:
    dates = {State.HELD: idea.held_until, State.MENDING: idea.mend_until, State.TALKING: idea.opens_at}
    return context.when(dates.get(idea.state) or idea.closes_at)


async def _idea(context: Context, vote: Vote) -> Kept:
    kept = await context.work.proposals.find(context.group.community, vote.proposal or 0)
    if kept is None or vote.kind == REVIEW:
        raise Refused(Reason.VOTE_CLOSED)
    return kept


async def _find(context: Context, vote: int) -> Vote:
    found = await context.work.votes.find(context.group.community, vote)
    if found is None:
        raise Refused(Reason.VOTE_CLOSED)
    return found
