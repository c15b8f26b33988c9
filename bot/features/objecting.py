"""Objecting: to which rule, of which kind. It counts from the press that says its kind."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed
from bot.features import casting, pressed, voting
from bot.storage.ballots import WHOLE
from bot.storage.votes import SET
from ground_rules.ballot import Choice
from ground_rules.refusals import Reason, Refused


async def begin(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """In a set: which rule? Otherwise the one question at once. Nothing is stored yet."""
    booth = await voting.enter(event, context)
    if booth.vote.kind != SET:
        return [_kinds(context, booth.vote.id, WHOLE)]
    items = await context.work.votes.items(booth.vote.id)
    buttons = [
        context.button("objecting.which-button", "voteobjectto", booth.vote.id, each.item, number=each.item)
        for each in items
    ]
    return [Reply(body=context.t.body("objecting.which"), buttons=tuple(buttons))]


async def to_rule(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The one question, about one rule of a set."""
    booth = await voting.enter(event, context)
    return [_kinds(context, booth.vote.id, await _item(event, context, booth))]


async def hold(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """ "It could hurt": holds the change back."""
    return await _object(event, context, Choice.HOLD)


async def against(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """ "I would rather not": counts against."""
    return await _object(event, context, Choice.AGAINST)


async def _object(event: ButtonPressed, context: Context, kind: Choice) -> Sequence[Action]:
    booth = await voting.enter(event, context)
    item = await _item(event, context, booth)
    vote, ballots = booth.vote.id, context.work.ballots
    if (await ballots.of(vote, booth.voter)).get(item) not in voting.OBJECTIONS:
        await ballots.drop_words(vote, booth.voter, item)  # of an objection that was taken back
    if item == WHOLE:
        newest = await ballots.cast(vote, booth.voter, WHOLE, kind, booth.seq)
    else:
        newest = await ballots.object(vote, booth.voter, item, kind, booth.seq, Choice.AGREE)
    reply = await voting.stored(context, booth)
    if not newest:
        return [reply]
    offer = context.t.body("objecting.words-offer")
    add = context.button("objecting.words-button", "votewords", vote, item)
    return [Reply(body=(*reply.body, *offer), buttons=(add, *reply.buttons))]


async def _item(event: ButtonPressed, context: Context, booth: casting.Booth) -> int:
    item = pressed.number(event, 1)
    if not await voting.asks_about(context, booth.vote, item):
        raise Refused(Reason.NO_SUCH_RULE)
    return item


def _kinds(context: Context, vote: int, item: int) -> Reply:
    key = "objecting.kinds" if item == WHOLE else "objecting.kinds-rule"
    body = context.t.body(key) if item == WHOLE else context.t.body(key, number=item)
    buttons = [
        context.button("objecting.hold-button", "votehold", vote, item),
        context.button("objecting.against-button", "voteagainst", vote, item),
    ]
    if item != WHOLE:
        buttons.append(context.button("objecting.agree-button", "voteagreeto", vote, item, number=item))
    return Reply(body=body, buttons=tuple(buttons), replaces=True)
