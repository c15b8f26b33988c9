"""``/signpost [topic] [country]``: two or three ways to find help. Nothing about who asked is stored."""

from collections.abc import Iterable, Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, CommandGiven
from bot.contract.markup import Body
from bot.features import gaps, signpost_doors, signpost_lines
from bot.features.finding import Found, look
from bot.features.pressed import argument


async def signpost(event: CommandGiven, context: Context) -> Sequence[Action]:
    """Help for a topic, or a few doors to choose from."""
    words = event.words.strip()
    return await answered(event, context, words) if words else [signpost_doors.first(context)]


async def topic(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Help for a topic, by its button."""
    return await answered(event, context, argument(event))


async def answered(event: CommandGiven | ButtonPressed, context: Context, words: str) -> Sequence[Action]:
    """Help for what these words mean; where there is no link, that is counted without the person."""
    found = look(context, words)
    await gaps.count(context, found)
    return [reply(context, found, here=bool(event.place.group))]


def answer(context: Context, words: str) -> Reply:
    """Help for what these words mean, or the two nearest topics. It stores nothing, and needs no storage."""
    return reply(context, look(context, words), here=False)


def reply(context: Context, found: Found, *, here: bool) -> Reply:
    """The private answer. ``here``: it was asked where others are, so it can be shown to them."""
    more = context.button("signpost.more-button", "doors")
    if found.topic is None:
        body = context.t.body("signpost.unknown", **signpost_lines.numbers(context, found.country))
        nearest = context.directory.nearest(found.asked.text)
        return Reply(body=body, buttons=(*signpost_doors.topic_buttons(context, nearest), more))
    if not found.entries and not found.crisis:
        body = context.t.body("signpost.no-link", topic=signpost_lines.name(context.t, found.topic))
        near = [near for near in signpost_doors.INSTEAD if near != found.topic]
        return Reply(body=body, buttons=(*signpost_doors.topic_buttons(context, near), more))
    return Reply(body=body_of(context, found), buttons=(*_buttons(context, found, here), more))


def body_of(context: Context, found: Found) -> Body:
    """The answer's words, as the asker reads them."""
    return signpost_lines.body(context, context.t, found)


def _buttons(context: Context, found: Found, here: bool) -> Iterable[Button]:
    asked = found.written(context)
    if not found.country_known:
        yield context.button("signpost.country-button", "narrowby", asked, "country")
    yield context.button("signpost.narrow-button", "narrow", asked)
    if here:
        yield context.button("signpost.show-button", "showhere", asked)
    if context.known_group is not None and found.entries:
        yield context.button("reports.open-button", "wrong", asked)
