"""The deletion job: once a day everything that was kept for its time is deleted."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import TimeCame
from bot.keeping import KEPT

EVERY = timedelta(days=1)

# What the job deletes, by the names of bot.keeping. A removed group ends by a due row of its own.
FORGET: Mapping[str, Callable[[Context, datetime], Awaitable[None]]] = {
    "greeted": lambda context, before: context.work.people.forget_greeted(before),
    "drafts": lambda context, before: context.work.proposals.forget_drafts(before),
    "cases": lambda context, before: context.work.cases.forget_closed(before),
    "questions": lambda context, before: context.work.questions.forget_before(before),
    "requests": lambda context, before: context.work.join_requests.forget_before(before),
    "reminders": lambda context, before: context.work.reminders.forget_before(before),
    "wishes": lambda context, before: context.work.forget_wishes(before),
    "moderator_wrote": lambda context, before: context.work.threads.forget_before(before),
    "watched": lambda context, before: context.work.watch.forget_before(before),
    "gaps": lambda context, before: context.work.signposts.forget_gaps(before),
    "shown": lambda context, before: context.work.signposts.forget_shown(before),
    "said": lambda context, before: context.work.outbox.forget_before(before),
}


async def begin(context: Context) -> None:
    """Have the job done daily from now on, if it is not yet."""
    if await context.work.due.at("housekeeping", "all") is None:
        await context.work.due.put(context.now + EVERY, "housekeeping", "all")


async def keep_house(event: TimeCame, context: Context) -> Sequence[Action]:
    """Delete what has been kept for its time, and come back tomorrow."""
    for kept in KEPT:
        if kept.days is not None and kept.name in FORGET:
            await FORGET[kept.name](context, context.now - timedelta(days=kept.days))
    await begin(context)
    return []
