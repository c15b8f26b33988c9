"""What happens to ideas by themselves: a vote opens, a vote has closed, a proposer leaves or is back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context
from bot.contract.actions import Action, Post
from bot.contract.events import MemberJoined, MemberLeft, TimeCame
from bot.features import (
    adopting,
    idea_card,
    idea_steps,
    mending,
    opening,
    planning,
    pressed,
    setting_words,
    settings_agreed,
    stopping,
    temporary,
)
from bot.storage.proposals import Kept
from bot.storage.votes import CHANGE, SECOND, SET, Vote
from ground_rules.agreement import Kind
from ground_rules.ballot import Outcome, possible
from ground_rules.idea import ended
from ground_rules.proposal import (
    Origin,
    Proposal,
    RuleSubject,
    SetSubject,
    SettingSubject,
    State,
    adopt_provisionally,
    another_adopted,
    open_vote,
    plan_dates,
    vote_before,
    wait,
)


async def opens(event: TimeCame, context: Context) -> Sequence[Action]:
    """The talk is over: the wording is fixed, and the vote opens unless another one comes first."""
    kept = await context.work.proposals.find(context.group.community, int(event.subject))
    if kept is None or kept.proposal.state is not State.TALKING:
        return []
    idea, calendar = kept.proposal, context.group.settings.calendar
    await idea_steps.forget_dates(context, idea)
    others = [other.proposal for other in await context.work.proposals.open_ones(context.group.community)]
    free = await planning.taken(context)
    other = vote_before(idea, others)
    if other is not None:
        waiting = await idea_steps.move(context, kept, wait(idea, other=other, calendar=calendar, taken=free))
        return [] if waiting is None or not idea.wordings else await idea_steps.shown(context, waiting)
    if await _rule_is_gone(context, idea):
        return await _ends(context, kept, "ideas.nothing-left")
    if not possible(context.group.size) and setting_words.needs_a_vote(idea.subject):
        return await _ends(context, kept, "settings.needs-three")
    if not possible(context.group.size):
        return await _without_a_vote(context, kept)
    opened = open_vote(idea, ideas=others, now=context.now, calendar=calendar, taken=free)
    moved = await idea_steps.move(context, kept, opened)
    if moved is None:
        return []
    kind = SET if isinstance(idea.subject, SetSubject) else SECOND if idea.reply else CHANGE
    ballot = await opening.open_vote(context, moved, kind=kind)
    card = [] if kind == SET else await idea_steps.shown(context, moved)
    return [*card, *ballot]


async def _without_a_vote(context: Context, kept: Kept) -> Sequence[Action]:
    """Fewer than three people could vote: the idea is used for now, and says so."""
    idea = adopt_provisionally(kept.proposal, group_size=context.group.size, now=context.now)
    moved = await idea_steps.move(context, kept, idea)
    if moved is None:
        return []
    done = await adopted(context, moved, None)
    return [
        *await idea_steps.shown(context, moved),
        *(replace(action, started=True) if isinstance(action, Post) else action for action in done),
    ]


async def _rule_is_gone(context: Context, idea: Proposal) -> bool:
    """Whether the rule that an idea would remove left for another reason."""
    subject = idea.subject
    if not isinstance(subject, RuleSubject) or subject.change is not Kind.REMOVE:
        return False
    return not (await pressed.newest(context)).has(subject.number)


async def _ends(context: Context, kept: Kept, why: str) -> Sequence[Action]:
    moved = await idea_steps.move(context, kept, ended(kept.proposal, State.NOT_DECIDED, context.now))
    if moved is None:
        return []
    about = idea_card.called(context.public, kept.proposal)
    said = context.public.body(why, called=about)
    return [*await idea_steps.shown(context, moved), *context.post(said, started=True)]


async def settle(context: Context, kept: Kept, vote: Vote, outcome: Outcome) -> list[Action]:
    """What follows from a closed vote on one idea, which is stored as ended or in mending already."""
    await idea_steps.plan(context, kept.proposal)
    shown = await idea_steps.shown(context, kept)
    if outcome is Outcome.HELD:
        return [*shown, *await mending.begun(context, kept)]
    if outcome is Outcome.PASSED:
        return [*shown, *await adopted(context, kept, vote.id)]
    return [*shown, *(await rejected(context, kept.proposal) if outcome is Outcome.REJECTED else [])]


async def rejected(context: Context, idea: Proposal) -> list[Action]:
    """Nothing changes; only a safety rule that the group does not want ends at once."""
    if idea.origin is not Origin.TEMPORARY:
        return []
    return await temporary.lapsed(context, idea.number, "temporary.rejected")


async def adopted(context: Context, kept: Kept, vote: int | None) -> list[Action]:
    """An idea has passed: it becomes part of the agreement, and others for that rule go back to talk."""
    if isinstance(kept.proposal.subject, SettingSubject):
        done = await settings_agreed.adopt(context, kept.proposal)
    elif await _rule_is_gone(context, kept.proposal):
        about = idea_card.called(context.public, kept.proposal)
        done = list(context.post(context.public.body("ideas.nothing-left", called=about)))
    else:
        done = await adopting.adopt_idea(context, kept, vote)
    return [*done, *await _send_back(context, kept.proposal)]


async def somebody_left(event: MemberLeft, context: Context) -> Sequence[Action]:
    """If it was a proposer, anyone may take their ideas over, and the room hears that."""
    if context.known_group is None:
        return []
    actions: list[Action] = []
    for kept in await _note_gone(event, context, gone=True):
        about = idea_card.called(context.public, kept.proposal)
        said = context.public.body("ideas.needs-someone", called=about)
        actions += await idea_steps.shown(context, kept)
        actions += context.post(said, idea_card.buttons(context, kept.proposal), started=True)
    return actions


async def somebody_back(event: MemberJoined, context: Context) -> Sequence[Action]:
    """A proposer who left has come back before anybody took the idea over."""
    if context.known_group is None:
        return []
    actions: list[Action] = []
    for kept in await _note_gone(event, context, gone=False):
        actions += await idea_steps.shown(context, kept)
    return actions


async def _note_gone(event: MemberLeft | MemberJoined, context: Context, *, gone: bool) -> list[Kept]:
    person, community = context.person_key(event.person), context.group.community
    before = await context.work.proposals.open_ones(community)
    mine = [k for k in before if k.proposal.proposer == person and k.proposal.wordings]
    changed = [kept.id for kept in mine if kept.proposer_left is not gone]  # the set needs nobody
    if not changed:
        return []
    await context.work.proposals.proposer_gone(community, person, gone)
    return [kept for kept in await context.work.proposals.open_ones(community) if kept.id in changed]


async def _send_back(context: Context, adopted_idea: Proposal) -> list[Action]:
    agreement = await pressed.newest(context)
    actions: list[Action] = []
    for kept in await context.work.proposals.open_ones(context.group.community):
        if not kept.proposal.is_about_the_same_as(adopted_idea) or kept.proposal.id == adopted_idea.id:
            continue
        stopped = await _stopped(context, kept)
        if stopped is None:
            continue
        await idea_steps.forget_dates(context, kept.proposal)
        calendar = context.group.settings.calendar
        dates = plan_dates(context.now, calendar, taken=await planning.taken(context))
        idea = another_adopted(
            kept.proposal, adopted=adopted_idea, version=agreement.version, now=context.now, dates=dates
        )
        moved = await idea_steps.move(context, kept, idea)
        if moved is None:
            continue
        actions += [*stopped, *await idea_steps.shown(context, moved)]
        actions += _compared(context, moved, vote_ended=kept.proposal.state is State.VOTING)
    return actions


async def _stopped(context: Context, kept: Kept) -> list[Action] | None:
    """Its open vote asked about words that are gone: it ends uncounted. None if it closed meanwhile."""
    if kept.proposal.state is not State.VOTING:
        return []
    return await stopping.stop_vote(context, kept)


def _compared(context: Context, kept: Kept, *, vote_ended: bool) -> Sequence[Action]:
    """Tell the room that an idea is talked about again, beside the new text of its rule."""
    t, idea, zone = context.public, kept.proposal, context.group.settings.zone
    about = idea_card.called(t, idea)
    if not idea.is_open:
        said = t.body("ideas.nothing-left", called=about)
    else:
        opens, closes = t.when(idea.opens_at, zone), t.when(idea.closes_at, zone)
        said = t.body("ideas.talk-again", called=about, opens=opens, closes=closes)
    if vote_ended:
        said = (*t.body("ideas.talk-again-vote-ended", called=about), *said)
    return context.post(said, idea_card.buttons(context, idea))


async def nothing_yet(event: TimeCame, context: Context) -> Sequence[Action]:
    """The planned day of a close, kept free until the vote opens."""
    return []
