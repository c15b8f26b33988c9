"""An objector's own words: optional, seen by nobody until their author says "Show these words"."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Field, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import encode
from bot.features import casting, pressed, voting
from ground_rules.ballot import Choice
from ground_rules.refusals import Reason, Refused
from ground_rules.wording import measured

LONGEST = 280
SHORTEST = 2


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form for a few words, with what was written before."""
    booth, item = await _objection(event, context)
    before = await context.work.ballots.words_of(booth.vote.id, booth.voter, item)
    words = Field(
        name="words",
        label=context.t.plain("objecting.words-label"),
        value=before.words if before else "",
        longest=LONGEST,
        lines=4,
    )
    title = context.t.plain("objecting.words-title")
    payload = encode("votewords", booth.vote.id, item)
    return [Ask(title=title, payload=payload, fields=(words,), note=context.t.body("objecting.starters"))]


async def written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The words came: kept for their author alone, who sees what the room would see."""
    booth, item = await _objection(event, context)
    words = measured("words", event.values.get("words", ""), shortest=SHORTEST, longest=LONGEST)
    await context.work.ballots.write(booth.vote.id, booth.voter, item, words)
    buttons = (
        context.button("objecting.show-button", "voteshow", booth.vote.id, item),
        context.button("objecting.change-button", "votewords", booth.vote.id, item),
        context.button("objecting.drop-button", "votedrop", booth.vote.id, item),
    )
    return [Reply(body=context.t.body("objecting.preview", words=words), buttons=buttons)]


async def show(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The room may read them, with the result and without a name."""
    booth, item = await _objection(event, context)
    if not await context.work.ballots.approve(booth.vote.id, booth.voter, item):
        return [context.reply("objecting.no-words")]
    drop = context.button("objecting.drop-button", "votedrop", booth.vote.id, item)
    return [context.reply("objecting.shown", drop)]


async def drop(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Nobody reads them: they are deleted. The objection itself stays."""
    booth, item = await _objection(event, context)
    await context.work.ballots.drop_words(booth.vote.id, booth.voter, item)
    return [context.reply("objecting.dropped")]


async def _objection(event: ButtonPressed | FormAnswered, context: Context) -> tuple[casting.Booth, int]:
    """The booth and the item that this person objects to. Refused for everybody else."""
    booth = await casting.enter(event, context, pressed.number(event))
    item = pressed.number(event, 1)
    chosen = await context.work.ballots.of(booth.vote.id, booth.voter)
    if chosen.get(item) not in voting.OBJECTIONS or chosen.get(0) == Choice.SKIP:
        raise Refused(Reason.NOT_THE_OBJECTOR)
    return booth, item
