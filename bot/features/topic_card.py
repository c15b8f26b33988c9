"""A message that stands first in a lasting channel or topic about treatment; its words change each month."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Post, Reply
from bot.contract.events import ButtonPressed, TimeCame
from bot.contract.markup import Body
from bot.features import live_case

CHANGES = "topic_card_changes"
EVERY = timedelta(days=30)
WORDINGS = 3


async def pin(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Post it here once, without a sound and to be pinned."""
    desk = context.button("desk.open-button", "desk")
    if not event.place.group:
        return [context.reply("firsts.in-group", desk)]
    if refused := await live_case.not_here(context, event.place):
        return [Reply(body=refused, buttons=(desk,), replaces=True)]
    if await context.work.due.at(CHANGES, _subject(context)) is None:
        await _come_back(context)
    post = Post(place=event.place, body=_words(context), silent=True, pin=True, name=_name(context))
    return [context.reply("firsts.pinned", desk, replaces=True), post]


async def change(event: TimeCame, context: Context) -> Sequence[Action]:
    """A month later: the next wording, wherever one stands."""
    edits = await context.edit(_name(context), _words(context))
    if edits:
        await _come_back(context)
    return edits


async def _come_back(context: Context) -> None:
    await context.work.due.put(context.now + EVERY, CHANGES, _subject(context), context.group.community)


def _words(context: Context) -> Body:
    turn = context.now.toordinal() // EVERY.days % WORDINGS + 1
    return context.public.body(f"firsts.treatment-{turn}")


def _name(context: Context) -> str:
    return f"topiccard{context.group.community}"


def _subject(context: Context) -> str:
    return str(context.group.community)
