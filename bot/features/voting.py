"""Casting a ballot: Agree, Agree with worries, Skip. Objecting has a module of its own."""

from collections.abc import Mapping, Sequence

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed
from bot.contract.markup import Body
from bot.features import casting, pressed
from bot.storage.ballots import WHOLE
from bot.storage.votes import REVIEW, SET, Vote
from ground_rules.ballot import Choice
from ground_rules.refusals import Reason, Refused

OBJECTIONS = (Choice.HOLD, Choice.AGAINST)


async def agree(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Agree, to everything that is asked."""
    return await _cast(event, context, Choice.AGREE)


async def worries(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Agree, with worries; in a set: "I can live with these"."""
    return await _cast(event, context, Choice.WORRIES)


async def skip(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Take part without choosing."""
    return await _cast(event, context, Choice.SKIP)


async def agree_to_one(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Agree to one rule of a set, in place of an objection to it."""
    booth = await enter(event, context)
    item = pressed.number(event, 1)
    if not await asks_about(context, booth.vote, item):
        raise Refused(Reason.NO_SUCH_RULE)
    ballots = context.work.ballots
    if await ballots.object(booth.vote.id, booth.voter, item, Choice.AGREE, booth.seq, Choice.AGREE):
        await ballots.drop_words(booth.vote.id, booth.voter, item)
    return [await stored(context, booth)]


async def enter(event: ButtonPressed, context: Context) -> casting.Booth:
    """The booth of the vote that the button names; a review has choices of its own."""
    booth = await casting.enter(event, context, pressed.number(event))
    if booth.vote.kind == REVIEW:
        raise Refused(Reason.VOTE_CLOSED)
    return booth


async def asks_about(context: Context, vote: Vote, item: int) -> bool:
    """Whether an objection can be about this item: a rule of the set, or else the whole."""
    if vote.kind != SET:
        return item == WHOLE
    return any(each.item == item for each in await context.work.votes.items(vote.id))


async def stored(context: Context, booth: casting.Booth) -> Reply:
    """What is stored for this person, confirmed in words."""
    chosen = await context.work.ballots.of(booth.vote.id, booth.voter)
    return confirmed(context, booth.vote, chosen)


def confirmed(context: Context, vote: Vote, chosen: Mapping[int, str]) -> Reply:
    """Your vote, and until when you can change it."""
    see = context.button("voting.see-button", "myvote", vote.id)
    return Reply(body=in_words(context, vote, chosen), buttons=(see,), words_suffice=True)


def in_words(context: Context, vote: Vote, chosen: Mapping[int, str]) -> Body:
    """A person's ballot in words, or that they have none yet."""
    t, until = context.t, context.when(vote.closes_at)
    if not chosen:
        return t.body("voting.nothing-yet", when=until)
    prefix = "voting.set-" if vote.kind == SET else "voting."
    choice = t.plain(f"{prefix}{chosen.get(WHOLE, Choice.AGREE)}")
    about = () if chosen.get(WHOLE) == Choice.SKIP else sorted(chosen.items())
    objected = [str(item) for item, said in about if item != WHOLE and said in OBJECTIONS]
    if objected:
        choice = t.plain("voting.set-object", numbers=", ".join(objected), rest=choice)
    return t.body("voting.confirmed", choice=choice, when=until)


async def _cast(event: ButtonPressed, context: Context, choice: Choice) -> Sequence[Action]:
    booth = await enter(event, context)
    vote, ballots = booth.vote, context.work.ballots
    if not await ballots.cast(vote.id, booth.voter, WHOLE, choice, booth.seq):
        return [await stored(context, booth)]
    if vote.kind != SET:
        return [confirmed(context, vote, {WHOLE: choice})]
    chosen = await ballots.of(vote.id, booth.voter)
    if len(chosen) > 1:
        await ballots.clear_items(vote.id, booth.voter, booth.seq)
        return [await stored(context, booth)]
    return [confirmed(context, vote, chosen)]
