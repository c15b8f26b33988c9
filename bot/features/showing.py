""" "Show this here": an answer of /signpost for everyone in a thread. Who pressed is not kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Post
from bot.contract.events import ButtonPressed
from bot.features import finding, signpost_lines
from bot.features.pressed import argument

REST = timedelta(hours=6)  # between two in one thread; crisis numbers rest by themselves


async def show(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Post it in the thread where it was pressed, unless that was done there a short while ago."""
    found = finding.look(context, argument(event))
    if not event.place.group:
        return [context.reply("signpost.show-elsewhere", topic=argument(event))]
    if found.topic is None or not (found.entries or found.crisis):
        return [context.reply("signpost.show-nothing")]
    first = await context.work.signposts.show(
        context.group.community, event.place, context.now, REST, crisis=found.crisis
    )
    if not first:
        return [context.reply("signpost.shown-already", hours=REST // timedelta(hours=1))]
    silent = context.group.settings.calendar.is_quiet(context.now) and not found.crisis
    body = signpost_lines.body(context, context.public, replace(found, asked=replace(found.asked, whom="")))
    post = Post(place=event.place, body=body, silent=silent)
    return [post, context.reply("signpost.shown")]
