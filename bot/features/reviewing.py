"""Looking at the rules again: after 3 months, then every 6, or when three members ask."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.context import Context
from bot.contract.actions import Action, Buttons, Edit
from bot.contract.events import ButtonPressed, TimeCame
from bot.contract.markup import Body
from bot.features import opening, planning
from bot.features.desk_step import DeskStep
from bot.storage.votes import OPEN, REVIEW, Vote, VoteItem
from ground_rules.ballot import ReviewChoice, needed_ballots
from ground_rules.proposal import date_after
from ground_rules.refusals import Reason, Refused
from ground_rules.review import (
    ASKED_BY,
    REVIEW_DAYS,
    Finding,
    RuleReview,
    count_review,
    finding,
    next_review,
    review_counts_may_be_shown,
)
from ground_rules.timetable import MORE_TIME_DAYS

ACTIONS = (("offering.button", "offer"),)


async def asked(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Somebody wishes in private that we look at the rules again; three are enough."""
    community = context.group.community
    if await open_review(context) is not None:
        return [context.reply("reviewing.open-now")]
    if await context.work.agreements.first_agreed_at(community) is None:
        return [context.reply("reviewing.nothing-agreed")]
    asking = await context.work.people.ask(community, "review", context.person_key(event.person), context.now)
    if asking < ASKED_BY:
        return [context.reply("reviewing.asked")]
    await context.work.due.drop("review", community)
    at = context.group.settings.calendar.next_allowed(context.now, await planning.taken(context))
    await context.work.due.put(at, "review", community, community, posts=True)
    return [context.reply("reviewing.asked-enough", when=context.when(at))]


async def opens(event: TimeCame, context: Context) -> Sequence[Action]:
    """One calm notice: keep, change or unsure, rule by rule, for seven days."""
    community = context.group.community
    agreement = await context.work.agreements.current(community, context.now)
    if agreement is None or await open_review(context) is not None:
        return []
    await context.work.people.clear_asks(community, "review")
    await _plan_next(context)
    calendar = context.group.settings.calendar
    closes_at = date_after(context.now, REVIEW_DAYS, calendar, await planning.taken(context))
    nonce = context.secrecy.new_nonce()
    vote = await context.work.votes.open(
        community=community,
        kind=REVIEW,
        proposal=None,
        items=[VoteItem(item=r.number, title=r.title, text=r.text) for r in agreement.rules],
        now=context.now,
        closes_at=closes_at,
        group_size=context.group.size,
        needed=needed_ballots(context.group.size, context.group.settings.needed_votes or None),
        nonce=nonce,
        check_value=context.secrecy.check_value(nonce),
    )
    await context.work.due.put(closes_at, "vote_closes", vote, community, posts=True)
    body, buttons = _notice(context, vote, closes_at)
    return context.post(body, buttons, name=opening.post_name(vote), about="votes", started=True)


async def refresh(context: Context, vote: Vote) -> list[Edit]:
    """The notice again, after its close was moved."""
    body, buttons = _notice(context, vote.id, vote.closes_at)
    return await context.edit(opening.post_name(vote.id), body, buttons)


async def more_time(context: Context, vote: Vote) -> Sequence[Action]:
    """Three more days, once for each review. The room is told, and not who asked."""
    if await had_more_time(context, vote):
        raise Refused(Reason.MORE_TIME_USED, closes_at=vote.closes_at)
    calendar = context.group.settings.calendar
    later = date_after(vote.closes_at, MORE_TIME_DAYS, calendar, await planning.taken(context))
    if not await context.work.votes.move_close(vote.id, vote.closes_at, later):
        raise Refused(Reason.MORE_TIME_USED, closes_at=vote.closes_at)
    await context.work.due.put(later, "vote_closes", vote.id, context.group.community, posts=True)
    told = context.public.body("reviewing.more-time-room", closes=_public_when(context, later))
    return [
        context.reply("voting.more-time-given", when=context.when(later)),
        *await refresh(context, replace(vote, closes_at=later)),
        *context.post(told, name=_more_time_name(vote), about="votes"),
    ]


async def had_more_time(context: Context, vote: Vote) -> bool:
    """Whether the room was told already that somebody asked for more time."""
    name = _more_time_name(vote)
    waits = await context.work.outbox.waiting(f"{name}@")
    return bool(waits or await context.work.messages.find(name))


async def settle(context: Context, vote: Vote) -> list[Action]:
    """The review is over: what people said about each rule. Called while its ballots are still there."""
    items = await context.work.votes.items(vote.id)
    ballots = [
        {item: ReviewChoice(choice) for item, choice in ballot.items() if choice in set(ReviewChoice)}
        for ballot in await context.work.ballots.all(vote.id)
    ]
    counts = count_review(ballots, [item.item for item in items])
    body = list(context.public.body("reviewing.summary"))
    found = {}
    for item in items:
        said = counts[item.item]
        found[item.item] = finding(said, vote.needed)
        numbers = {choice.value: getattr(said, choice.value) for choice in ReviewChoice}
        await context.work.votes.record(vote.id, item.item, found[item.item].value, numbers)
        body += _line(context, item, said, found[item.item])
    body += context.public.body(_close(found))
    closes = context.public.body("reviewing.over")
    buttons = (context.public_button("rules.suggest-button", "suggest"),)
    return [
        *await context.edit(opening.post_name(vote.id), closes),
        *context.post(tuple(body), buttons, name=f"review{vote.id}", about="votes", started=True),
    ]


async def next_step(context: Context) -> DeskStep | None:
    """The next review comes soon: is it a good time?"""
    community = context.group.community
    at = await context.work.due.at("review", community)
    if at is None or (at - context.now).days >= REVIEW_DAYS:
        return None
    return DeskStep(
        text=context.t.body("reviewing.step", when=context.when(at)),
        button=context.button("reviewing.later-button", "laterreview"),
    )


async def later(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator moves the coming review by two weeks."""
    community = context.group.community
    at = await context.work.due.at("review", community)
    if at is None:
        return [context.reply("reviewing.nothing-agreed")]
    await context.work.due.drop("review", community)
    moved = date_after(at, 2 * REVIEW_DAYS, context.group.settings.calendar, await planning.taken(context))
    await context.work.due.put(moved, "review", community, community, posts=True)
    back = context.button("desk.back-button", "desk")
    return [context.reply("reviewing.moved", back, when=context.when(moved), replaces=True)]


async def open_review(context: Context) -> Vote | None:
    """The review that is open now."""
    last = await context.work.votes.last_of(context.group.community, REVIEW)
    return last if last is not None and last.state == OPEN else None


def _notice(context: Context, vote: int, closes_at: datetime) -> tuple[Body, Buttons]:
    body = context.public.body("reviewing.notice", closes=_public_when(context, closes_at))
    return body, (context.public_button("reviewing.look-button", "look", vote),)


def _public_when(context: Context, at: datetime) -> str:
    return context.public.when(at, context.group.settings.zone)


def _more_time_name(vote: Vote) -> str:
    return f"vote{vote.id}time"


async def _plan_next(context: Context) -> None:
    settings, community = context.group.settings, context.group.community
    at = settings.calendar.next_allowed(next_review(context.now, context.now, settings.zone))
    await context.work.due.put(at, "review", community, community, posts=True)


def _line(context: Context, item: VoteItem, said: RuleReview, found: Finding) -> Body:
    t = context.public
    key = f"reviewing.{found.value.replace('_', '-')}"
    line = t.body(key, number=item.item, title=item.title)
    if not review_counts_may_be_shown(said):
        return line
    counts = t.body("reviewing.counts", keep=said.keep, change=said.change, unsure=said.unsure)
    return (*line, *counts)


def _close(found: dict[int, Finding]) -> str:
    if all(each is Finding.KEEP for each in found.values()):
        return "reviewing.all-keep"
    return "reviewing.what-now" if Finding.TALK in found.values() else "reviewing.nothing-changes"
