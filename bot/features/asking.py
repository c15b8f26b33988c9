"""Ask the group: the whole set of rules put to one vote, and what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed
from bot.features import adopting, idea_steps, mending, opening, planning, pressed
from bot.features.desk_step import DeskStep
from bot.storage.agreements import Made
from bot.storage.proposals import Kept
from bot.storage.votes import SET, Vote
from ground_rules.agreement import Agreement, Change, Kind, Standing, adopt, first_agreement
from ground_rules.ballot import Choice, Outcome, possible
from ground_rules.proposal import Proposal, SetSubject, State, ask_group, set_aside, vote_before, wait
from ground_rules.refusals import Reason, Refused
from ground_rules.timetable import TRY_AGAIN_DAYS

ACTIONS = (("asking.open-button", "askgroup"),)
WEEK = timedelta(days=7)
LATEST = 8  # weeks


async def next_step(context: Context) -> DeskStep | None:
    """Offer to ask the group while its rules are not agreed, and again 14 days after too few voted."""
    agreement = await context.work.agreements.newest(context.group.community)
    if agreement is None or agreement.standing is Standing.AGREED or not context.group.settings.answered:
        return None
    if agreement.standing is Standing.PROVISIONAL and not possible(context.group.size):
        return None
    asked, last = await _asked_before(context)
    if asked is not None or (last is not None and context.now < last + timedelta(days=TRY_AGAIN_DAYS)):
        return None
    if not possible(context.group.size):
        nobody = context.button("asking.provisional-button", "askforless")
        return DeskStep(text=context.t.body("asking.too-few"), button=nobody)
    idea = await _planned(context, "", weeks=0)
    text = "asking.step" if last is None else "asking.step-again"
    values = {"opens": context.when(idea.opens_at), "closes": context.when(idea.closes_at)}
    go = context.button("asking.go-button", "askgroupnow", 0)
    return DeskStep(text=context.t.body(text, **values), button=go)


async def screen(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Before the group is asked: the closing date, and whether it meets a festival or school holiday."""
    weeks = min(pressed.number(event), LATEST)
    if not possible(context.group.size):
        return [context.reply("asking.too-few", context.button("asking.provisional-button", "askforless"))]
    idea = await _planned(context, context.person_key(event.person), weeks)
    go = context.button("asking.go-button", "askgroupnow", weeks)
    later = context.button("asking.later-button", "askgrouplater", weeks + 1)
    values = {"opens": context.when(idea.opens_at), "closes": context.when(idea.closes_at)}
    buttons = (go, later) if weeks < LATEST else (go,)
    return [Reply(body=context.t.body("asking.screen", **values), buttons=buttons, replaces=True)]


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Put the set to the vote: at once if the hour allows it, or on the date that was shown."""
    asked, _ = await _asked_before(context)
    if asked is not None:  # pressed twice, or by two moderators
        return [_as_stored(context, asked)]
    weeks = min(pressed.number(event), LATEST)
    idea = await _planned(context, context.person_key(event.person), weeks)
    await context.work.proposals.add(context.group.community, idea, context.now)
    kept = await context.work.proposals.find(context.group.community, int(idea.id))
    if kept is None:
        raise LookupError("the idea was stored just now")
    await idea_steps.plan(context, idea)
    if idea.state is not State.VOTING:
        return [_as_stored(context, idea)]
    posts = await opening.open_vote(context, kept, kind=SET, started=False)
    return [_as_stored(context, idea), *posts]


def _as_stored(context: Context, idea: Proposal) -> Reply:
    closes, opens = context.when(idea.closes_at), context.when(idea.opens_at)
    if idea.state is State.VOTING:
        return context.reply("asking.asked", closes=closes)
    return context.reply("asking.planned", opens=opens, closes=closes)


async def provisional(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Too few people for a vote: the rules are in use for now, and say so."""
    agreement = await pressed.newest(context)
    if possible(context.group.size) or agreement.standing is not Standing.STARTER:
        raise Refused(Reason.NOTHING_CHANGED)
    changes = [Change(kind=Kind.CHANGE, before=rule, after=rule) for rule in agreement.rules]
    made = adopt(agreement, changes, context.now, context.now, by_vote=False)
    posts = await adopting.adopt(context, made, Made(at=context.now))
    return [context.reply("asking.provisional"), *posts]


async def settle(
    context: Context, kept: Kept, vote: Vote, outcomes: Mapping[int, Outcome]
) -> Sequence[Action]:
    """After the vote on the set: what passed is adopted, what is held back is mended alone."""
    before = await pressed.newest(context)
    passed = [number for number, outcome in outcomes.items() if outcome is Outcome.PASSED]
    actions: list[Action] = []
    after = before
    if passed:
        after = _first(before, outcomes, passed, context.now)
        actions += await adopting.adopt(context, after, Made(at=context.now, vote=vote.id))
    for number, outcome in outcomes.items():
        if outcome is Outcome.HELD and before.has(number):
            actions += await _set_aside(context, kept, vote, number, before, after)
    return actions


def _first(before: Agreement, asked: Mapping[int, Outcome], passed: list[int], now: datetime) -> Agreement:
    """The first agreement. Rules that came after the vote opened were not asked about and stay."""
    since = tuple(rule for rule in before.rules if rule.number not in asked)
    were_asked = tuple(rule for rule in before.rules if rule.number in asked)
    agreed = first_agreement(replace(before, rules=were_asked), passed, now)
    rules = sorted((*agreed.rules, *since), key=lambda rule: rule.number)
    return replace(agreed, rules=tuple(rules))


async def _set_aside(
    context: Context, kept: Kept, vote: Vote, number: int, before: Agreement, after: Agreement
) -> Sequence[Action]:
    proposals, community = context.work.proposals, context.group.community
    idea = set_aside(
        idea_id=await proposals.next_id(),
        rule=before.rule(number),
        proposer=kept.proposal.proposer,
        adopted=after,
        now=context.now,
        calendar=context.group.settings.calendar,
    )
    id = await proposals.add(community, idea, context.now)
    await context.work.ballots.keep_standing(vote.id, number, id, vote.nonce or "", Choice.HOLD)
    aside = await proposals.find(community, id)
    return [] if aside is None else await mending.begun(context, aside)


async def _planned(context: Context, proposer: str, weeks: int) -> Proposal:
    """The vote as it would be, asked now or some weeks later. Refused where it cannot be."""
    asked, last = await _asked_before(context)
    if asked is not None:
        raise Refused(Reason.ANOTHER_VOTE_OPEN, closes_at=asked.closes_at)
    agreement = await pressed.newest(context)
    if agreement.standing is Standing.AGREED:
        raise Refused(Reason.NOTHING_CHANGED)
    taken, id = await planning.taken(context), await context.work.proposals.next_id()

    def planned(at: datetime) -> Proposal:
        return ask_group(
            idea_id=id,
            proposer=proposer,
            agreement=agreement,
            group_size=context.group.size,
            now=at,
            calendar=context.group.settings.calendar,
            last_try=last,
            taken=taken,
        )

    idea, calendar = planned(context.now + weeks * WEEK), context.group.settings.calendar
    waiting = replace(idea, state=State.TALKING, vote=0, opened_at=None)
    ideas = [kept.proposal for kept in await context.work.proposals.open_ones(context.group.community)]
    other = vote_before(idea, ideas)
    if other is not None and idea.opens_at <= other.closes_at:
        return wait(waiting, other=other, calendar=calendar, taken=taken)
    return waiting if weeks else idea


async def _asked_before(context: Context) -> tuple[Proposal | None, datetime | None]:
    """The vote on the set that is planned or open, and when the last one ended."""
    ideas = [kept.proposal for kept in await context.work.proposals.all(context.group.community)]
    sets = [idea for idea in ideas if isinstance(idea.subject, SetSubject)]
    ended = [idea.ended_at for idea in sets if idea.ended_at is not None]
    return next((idea for idea in sets if idea.is_open), None), max(ended, default=None)
