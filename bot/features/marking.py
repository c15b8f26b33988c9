"""A moderator marks a channel or thread: one of grief, or for listening only. Then reminders keep away."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Post, Reply
from bot.contract.events import ButtonPressed, Place
from bot.features import live_case
from bot.features.pressed import argument
from bot.storage.threads import LISTENING, MARKS

ACTIONS = (("marking.open-button", "threadmarks"),)


async def screen(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """How the place is marked where the moderator is now."""
    return [await _screen(context, event.place) if event.place.group else _in_group(context)]


async def mark(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """From now on it is one of these, or like any other."""
    chosen = argument(event)
    if not event.place.group:
        return [_in_group(context)]
    if chosen not in (*MARKS, "none"):
        return [await _screen(context, event.place)]
    await context.work.threads.mark(context.group.community, event.place, "" if chosen == "none" else chosen)
    quiet = chosen != LISTENING or await live_case.live(context, event.place)
    said = [] if quiet else [listening(context, event.place)]
    return [await _screen(context, event.place), *said]


def listening(context: Context, place: Place) -> Post:
    """The line for a thread where somebody only wants to be heard: said once."""
    silent = context.group.settings.calendar.is_quiet(context.now)
    return Post(
        place=place, body=context.public.body("reminder.listening.text"), silent=silent, name="listening"
    )


async def _screen(context: Context, place: Place) -> Reply:
    now = await context.work.threads.marked(context.group.community, place) or "none"
    body = (*context.t.body("marking.title"), *context.t.body(f"marking.is-{now}"))
    buttons = [
        context.button(f"marking.{one}-button", "threadmark", one) for one in (*MARKS, "none") if one != now
    ]
    back = context.button("desk.open-button", "desk")
    return Reply(body=body, buttons=(*buttons, back), replaces=True)


def _in_group(context: Context) -> Reply:
    return context.reply("marking.in-group", context.button("desk.open-button", "desk"), replaces=True)
