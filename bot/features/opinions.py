"""Saying keep, change or unsure about one rule after the other, in private, while a review is open."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Buttons, Reply
from bot.contract.events import ButtonPressed
from bot.features import casting, pressed, reviewing
from bot.features.casting import Booth
from bot.storage.votes import REVIEW, Vote, VoteItem
from ground_rules.ballot import ReviewChoice
from ground_rules.refusals import Reason, Refused


async def look(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The first rule that this person has said nothing about yet, or a named one."""
    booth = _review(await casting.look(event, context, pressed.number(event)))
    return [await _next(context, booth, pressed.number(event, 1))]


async def said(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One opinion, kept until the review closes; then the next rule."""
    booth = _review(await casting.enter(event, context, pressed.number(event)))
    item, choice = pressed.number(event, 1), pressed.argument(event, 2)
    items = {each.item for each in await context.work.votes.items(booth.vote.id)}
    if item not in items or choice not in set(ReviewChoice):
        return [context.reply("problems.unknown-button")]
    await context.work.ballots.cast(booth.vote.id, booth.voter, item, choice, booth.seq)
    stored = (await context.work.ballots.of(booth.vote.id, booth.voter)).get(item, choice)
    following = await _next(context, booth)
    closes = context.when(booth.vote.closes_at)
    confirmed = context.t.body(f"reviewing.said-{stored}", number=item, closes=closes)
    return [Reply(body=(*confirmed, *following.body), buttons=following.buttons, replaces=True)]


async def _next(context: Context, booth: Booth, wanted: int = 0) -> Reply:
    vote = booth.vote
    items = await context.work.votes.items(vote.id)
    mine = await context.work.ballots.of(vote.id, booth.voter)
    waiting = [each for each in items if each.item == wanted or (not wanted and each.item not in mine)]
    more = () if await reviewing.had_more_time(context, vote) else (_more_time(context, vote),)
    if waiting:
        return _ask(context, booth, waiting[0], more)
    again = [
        context.button("reviewing.again-button", "lookat", vote.id, each.item, number=each.item)
        for each in items
    ]
    return context.reply("reviewing.all-said", *again, *more, closes=context.when(vote.closes_at))


def _ask(context: Context, booth: Booth, item: VoteItem, more: Buttons) -> Reply:
    buttons = [
        context.button(
            f"reviewing.{choice.value}-button",
            "opinion",
            booth.vote.id,
            item.item,
            choice.value,
            number=item.item,
        )
        for choice in ReviewChoice
    ]
    body = context.t.body("rules.rule", number=item.item, title=item.title, text=item.text)
    return Reply(body=body, buttons=(*buttons, *more), replaces=True)


def _more_time(context: Context, vote: Vote) -> Button:
    return context.button("voting.more-time-button", "votemoretime", vote.id)


def _review(booth: Booth) -> Booth:
    if booth.vote.kind != REVIEW:
        raise Refused(Reason.VOTE_CLOSED)
    return booth
