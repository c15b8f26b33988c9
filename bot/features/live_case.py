"""A place with an open case is quiet: no reminder, no prompt, no first message, nothing that was planned."""

from bot.context import Context
from bot.contract.events import Place
from bot.contract.markup import Body
from bot.storage.cases import CHANNEL_RESTS


async def live(context: Context, place: Place) -> bool:
    """Whether a case about this very place is open."""
    return await context.work.cases.live_in(place, context.now - CHANNEL_RESTS)


async def not_here(context: Context, place: Place) -> Body:
    """What a moderator is told who would post here: the same to each, for not all may know of the case."""
    return context.t.body("case.not-here") if await live(context, place) else ()
