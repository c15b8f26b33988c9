"""What is known around a place, for the rules by which the bot holds itself back (bot.noticing.restraint)."""

from datetime import datetime

from bot.context import Context
from bot.contract.events import Place
from bot.features import live_case
from bot.noticing.restraint import DAY, IN_ONE_THREAD, Moment
from bot.storage.threads import GRIEF, LISTENING

# What came of a noticed message: nothing yet; counted; hinted at; posted by the bot; posted by a moderator
# after a hint; or what a moderator said of it.
SEEN, TRIAL, HINT, ROOM = "seen", "trial", "hint", "room"
REMINDED, LEFT, NOT_ADVICE = "reminded", "left", "not-advice"


async def around(
    context: Context,
    place: Place,
    *,
    joined: datetime | None = None,
    moderator_wrote: datetime | None = None,
    urgent_here: datetime | None = None,
) -> Moment:
    """This place now. ``moderator_wrote`` is what memory knows; storage may know better.

    Urgent words are in memory alone, and hush whatever the bot would post by itself.
    """
    community, now = context.group.community, context.now
    mark = await context.work.threads.marked(community, place)
    stored = await context.work.threads.moderator_was_here(community, place)
    last = await context.work.reminders.last(community, place)
    spoken = await context.work.watch.spoken(community, now - DAY)
    by_itself = await context.work.reminders.by_itself(community, now - DAY)
    urgent_here = _latest(urgent_here, context.last_urgent(place))
    if await live_case.live(context, place):
        urgent_here = now
    lately = [row.at for row in spoken if row.message.place == place and now - row.at < IN_ONE_THREAD]
    return Moment(
        now=now,
        joined=joined,
        moderator_wrote=_latest(moderator_wrote, stored),
        reminded_here=_latest(last, *lately),
        reminders=[*by_itself, *(row.at for row in spoken if row.outcome != ROOM)],
        urgent_here=urgent_here,
        grief=mark == GRIEF,
        listening_only=mark == LISTENING,
        quiet_hours=context.group.settings.calendar.is_quiet(now),
    )


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)
