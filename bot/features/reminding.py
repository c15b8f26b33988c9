"""``/remind``: a moderator reminds the room, never a person, that we share stories and not advice."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Button, Post, Reply
from bot.contract.events import ButtonPressed, CommandGiven, Place
from bot.contract.markup import Body
from bot.features import live_case
from bot.features.pressed import argument

FIRST = ("small", "story", "advice-given")
MORE = ("opening", "ideas", "dose-asked", "dose-given", "links", "ask-first", "listening", "urgent")
# What the bot posts by itself, taking turns, by the line that the group chose for advice.
TURNS = {
    "stories": ("story", "small"),
    "first": ("small", "ask-first", "story"),
    "ideas": ("ideas", "small"),
}
REST = timedelta(hours=6)

ACTIONS = (("reminder.choose-button", "reminders"),)


async def remind(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """Three wordings to choose from and the rest under More, or the preview of one that was named."""
    named = event.words.strip().casefold().replace("_", "-") if isinstance(event, CommandGiven) else ""
    if named in (*FIRST, *MORE):
        return [await _preview(context, event.place, named)]
    more = context.button("reminder.more-button", "remindmore")
    return [Reply(body=context.t.body("reminder.choose"), buttons=(*_choices(context, FIRST), more))]


async def more(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The other wordings."""
    buttons = (*_choices(context, MORE), context.button("reminder.back-button", "reminders"))
    return [Reply(body=context.t.body("reminder.choose"), buttons=buttons, replaces=True)]


async def preview(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The words as the room would read them."""
    which = _which(event)
    if not which:
        return await remind(event, context)
    return [replaced(await _preview(context, event.place, which))]


async def post(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Post it here, unless something speaks for waiting: then say what, and leave the choice."""
    which = _which(event)
    if not which:
        return await remind(event, context)
    if await why_wait(context, context.here(event.place)):
        return [replaced(await _preview(context, event.place, which))]
    return await _post(event, context, which)


async def post_anyway(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The moderator knows why waiting may be better, and decides. Refused only near an open case."""
    which = _which(event)
    return await _post(event, context, which) if which else await remind(event, context)


async def _post(event: ButtonPressed, context: Context, which: str) -> Sequence[Action]:
    return await post_in(context, context.here(event.place), which)


async def post_in(context: Context, room: Place, which: str, name: str = "") -> Sequence[Action]:
    """Remind this room now, and say that it is done. ``name``: see Post."""
    if refused := await live_case.not_here(context, room):
        return [Reply(body=refused, replaces=True)]
    await context.work.reminders.note(context.group.community, room, context.now)
    silent = context.group.settings.calendar.is_quiet(context.now)
    return [
        Post(place=room, body=words(context, which), silent=silent, name=name),
        context.reply("reminder.posted-silently" if silent else "reminder.posted", replaces=True),
    ]


async def by_itself(context: Context, room: Place, name: str = "", *buttons: Button) -> Post:
    """The reminder that the bot posts without a moderator. Ask bot.noticing.restraint first."""
    which = await in_turn(context)
    await context.work.reminders.note(context.group.community, room, context.now, by_itself=True)
    return Post(place=room, body=words(context, which), buttons=buttons, name=name)


async def in_turn(context: Context) -> str:
    """The wording whose turn it is, at the line that the group chose."""
    turns = TURNS[context.group.settings.advice]
    return turns[await context.work.reminders.posted(context.group.community) % len(turns)]


async def _preview(context: Context, place: Place, which: str) -> Reply:
    if refused := await live_case.not_here(context, context.here(place)):
        return Reply(body=refused)
    why = await why_wait(context, context.here(place))
    label, kind = (
        ("reminder.anyway-button", "remindanyway") if why else ("reminder.post-button", "remindpost")
    )
    buttons = (
        context.button(label, kind, which.replace("-", "_")),
        context.button("reminder.back-button", "reminders"),
    )
    return Reply(body=(context.t("reminder.preview"), *words(context, which), *why), buttons=buttons)


async def why_wait(context: Context, room: Place) -> Body:
    """What speaks for waiting; empty if nothing does."""
    t, settings = context.t, context.group.settings
    why: list[Body] = []
    last = await context.work.reminders.last(context.group.community, room)
    if last is not None and context.now - last < REST:
        why.append(t.body("reminder.wait-recent", time=t.time(last, settings.zone)))
    if settings.calendar.is_quiet(context.now):
        why.append(t.body("reminder.wait-night"))
    return tuple(block for blocks in why for block in blocks)


def words(context: Context, which: str) -> Body:
    """One of the wordings, as the room reads it."""
    return context.public.body(f"reminder.{which}.text", **context.numbers())


def _choices(context: Context, slugs: Sequence[str]) -> tuple[Button, ...]:
    return tuple(
        context.button(f"reminder.{slug}.label", "remindwith", slug.replace("-", "_")) for slug in slugs
    )


def _which(event: ButtonPressed) -> str:
    named = argument(event).replace("_", "-")
    return named if named in (*FIRST, *MORE) else ""


def replaced(reply: Reply) -> Reply:
    """The next screen of the same private conversation."""
    return Reply(body=reply.body, buttons=reply.buttons, replaces=True)
