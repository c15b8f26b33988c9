"""Where the bot posts: a group may choose a channel or topic for each kind of post."""

from collections.abc import Sequence

from bot import chosen
from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed, Place
from bot.features.pressed import argument
from bot.settings import POSTS

ACTIONS = (("placing.open-button", "placing"),)


async def screen(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which kinds of post come here, and which could."""
    if not event.place.group:
        return [context.reply("placing.in-group", context.button("desk.open-button", "desk"))]
    return [_screen(context, event.place)]


async def here(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """From now on posts of a kind come here."""
    return await _choose(event, context, chosen.spot(event.place))


async def not_here(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Posts of a kind go again where the group began."""
    return await _choose(event, context, "")


async def _choose(event: ButtonPressed, context: Context, spot: str) -> Sequence[Action]:
    about = argument(event)
    if about not in POSTS or not event.place.group:
        return await screen(event, context)
    pairs = chosen.read(context.group.settings.at(about))
    await context.set(f"at_{about}", chosen.written({**pairs, chosen.group_key(event.place): spot}))
    return [_screen(context, event.place)]


def _screen(context: Context, place: Place) -> Reply:
    lines, buttons = [], []
    for about in POSTS:
        pairs = chosen.read(context.group.settings.at(about))
        where = pairs.get(chosen.group_key(place), "")
        if where == chosen.spot(place):
            lines.append(context.t(f"placing.{about}-here"))
            buttons.append(context.button(f"placing.{about}-not-button", "postnot", about))
        else:
            lines.append(context.t(f"placing.{about}-{'elsewhere' if where else 'began'}"))
            buttons.append(context.button(f"placing.{about}-button", "posthere", about))
    back = context.button("desk.open-button", "desk")
    return Reply(body=(context.t("placing.title"), *lines), buttons=(*buttons, back), replaces=True)
