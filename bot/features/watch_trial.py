"""The message watch after a vote: seven days in which moderators only see counts, then it works by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import chosen
from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import Place, TimeCame
from bot.features import planning, setting_words
from ground_rules.proposal import Proposal

TRIAL = timedelta(days=7)
WAITS = timedelta(days=1)
ENDS = "watch_trial_ends"
UNASKED = {setting_words.WATCH: "watch_unasked", setting_words.URGENT: "urgent_unasked"}


async def agreed(context: Context, value: str) -> datetime | None:
    """The group voted for this way and level, or for off. Returns until when it is a trial, if it is one."""
    way, _, level = value.partition("_")
    before, community = context.group.settings, context.group.community
    await context.set("watch", way)
    await context.set("watch_paused", "no")
    if way == "off":
        await context.set("watch_trial_until", "")
        await context.work.due.drop(ENDS, community)
        return None
    await context.set("watch_most", level)
    await context.set("watch_level", level)
    quieter = before.watch == "room" or before.watch == way
    if quieter and not before.on_trial(context.now) and not before.watch_unasked:
        return None
    at = before.calendar.next_allowed(context.now + TRIAL, await planning.taken(context))
    await _end_at(context, at, says=True)
    return at


async def joined(context: Context, group: Place) -> None:
    """A group joined this community: no vote has asked it yet whether its messages may be looked at."""
    for name in UNASKED.values():
        pairs = chosen.read(context.group.settings.chosen_for_places(name))
        pairs[chosen.group_key(group)] = context.now.isoformat()
        await context.set(name, chosen.written(pairs))


async def asked(context: Context, about: str, idea: Proposal) -> None:
    """The vote on this idea has asked every group that was there when it opened."""
    name, opened_at = UNASKED[about], idea.opened_at or context.now
    pairs = chosen.read(context.group.settings.chosen_for_places(name))
    late = {key: at for key, at in pairs.items() if datetime.fromisoformat(at) >= opened_at}
    await context.set(name, chosen.written(late))


async def goes_on(context: Context) -> None:
    """A moderator ends a pause. What was paused on trial was not seen, so its seven days begin anew."""
    settings = context.group.settings
    await context.set("watch_paused", "no")
    if settings.watch == "off" or not settings.watch_paused or not settings.watch_trial_until:
        return
    at = settings.calendar.next_allowed(context.now + TRIAL, await planning.taken(context))
    await _end_at(context, at, says=True)


async def ends(event: TimeCame, context: Context) -> Sequence[Action]:
    """From now on it works by itself, and the room hears so. While it is paused, its trial waits."""
    settings = context.group.settings
    if settings.watch == "off":
        return []
    if settings.watch_paused:
        later = settings.calendar.next_allowed(context.now + WAITS)
        await _end_at(context, later, says=False)
        return []
    await context.set("watch_trial_until", "")
    said = context.public.body(f"settings.watch-starts-{settings.watch}")
    button = context.public_button("privacy.open-button", "privacy")
    return context.post(said, (button,), started=True)


async def _end_at(context: Context, at: datetime, *, says: bool) -> None:
    community = context.group.community
    await context.set("watch_trial_until", at.isoformat())
    await context.work.due.put(at, ENDS, community, community, posts=says)
