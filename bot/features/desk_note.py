"""When moderators hear from the bot by themselves: once a week at most."""

from datetime import timedelta

from bot.context import Context

EVERY = timedelta(days=7)


async def schedule(context: Context) -> None:
    """The next weekly look at what waits, at a time when the group may be spoken to."""
    community = context.group.community
    at = context.group.settings.calendar.next_allowed(context.now + EVERY)
    await context.work.due.put(at, "desk_note", community, community)
