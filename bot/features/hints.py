"""What follows when the message watch noticed something: a count, a private hint, or a reminder in the room.

Every reason to hold back is a rule with a name in bot.noticing.restraint. Nothing of the message is here:
its id, the rule's name and what came of it are kept, and for urgent words only how many there were.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.context import Context
from bot.contract.actions import Action, Tell
from bot.contract.events import MessageNoticed, ModeratorWrote, UrgentNoticed
from bot.contract.markup import Body
from bot.features import alerting, questions, reminding
from bot.features.desk_step import DeskStep
from bot.features.surroundings import HINT, ROOM, SEEN, TRIAL, around
from bot.noticing.evidence import TOGETHER, Noticed, enough
from bot.noticing.restraint import DAY, held_back, hint_instead
from bot.noticing.watch import Level

COUNTED = {TRIAL: "would", HINT: "hint", ROOM: "posted"}  # what the desk's page calls them


async def noticed(event: MessageNoticed, context: Context) -> Sequence[Action]:
    """A message looks like advice: perhaps its thread has earned a reminder."""
    community, mode = context.group.community, context.group.settings.watches(context.now)
    if mode == "off":
        return []
    await context.work.communities.lock(community)
    raised = await context.work.watch.raised(community, context.now)
    if event.rule in raised and not event.clear:
        return []
    moment = await around(
        context,
        event.place,
        joined=await _joined(event, context),
        moderator_wrote=event.moderator_wrote,
        urgent_here=event.urgent_here,
    )
    id = None if held_back(moment) else await _evident(event, context)
    if id is None:
        return []
    outcome = TRIAL if mode == "trial" else HINT if mode == "hint" or hint_instead(moment) else ROOM
    return await _speak(event, context, id, outcome)


async def urgent(event: UrgentNoticed, context: Context) -> Sequence[Action]:
    """Somebody may need a person soon: moderators see where, and neither words nor a judgement."""
    settings = context.group.settings
    if not settings.looks_for_urgent_words:
        return []
    day = settings.calendar.day(context.now)
    await context.work.watch.count(context.group.community, day, "urgent")
    body = (*context.public.body("hints.urgent", **context.numbers()), *_where(context, event.link))
    night = alerting.is_night(context)
    return [
        replace(context.tell_moderator(guard.person, body), urgent=True, silent=night and not guard.wake)
        for guard in await context.work.cover.guards(context.group.community)
        if (guard.person.platform, guard.person.id) != (event.person.platform, event.person.id)
        and await questions.may_tell(context, guard.person)
    ]


async def moderator_wrote(event: ModeratorWrote, context: Context) -> Sequence[Action]:
    """The bot keeps quiet here for a while, also after a restart."""
    await context.work.threads.moderator_wrote(context.group.community, event.place, context.now)
    return []


async def _joined(event: MessageNoticed, context: Context) -> datetime | None:
    if event.person.joined_at is not None:
        return event.person.joined_at
    key = context.person_key(event.person)
    return await context.work.people.joined_at(context.group.community, key, event.place.group)


async def _evident(event: MessageNoticed, context: Context) -> int | None:
    """The row of this message if its thread has earned a reminder by now; a message earns at most one."""
    watch, community, now = context.work.watch, context.group.community, context.now
    values = {"rule": event.rule, "level": event.level, "outcome": SEEN}
    id = await watch.note(community, event.message, **values, now=now, link=event.link)
    if id is None:
        row = await watch.of_message(community, event.message)
        if row is None or row.outcome != SEEN:
            return None
        id = row.id
    rows = await watch.in_thread(community, event.place, now - DAY)
    known = [
        Noticed(message=row.message.id, at=row.at, level=Level(row.level))
        for row in rows
        if row.outcome == SEEN and row.id != id and now - row.at <= TOGETHER
    ]
    this = Noticed(message=event.message.id, at=now, level=Level(event.level))
    level = Level(context.group.settings.watch_level)
    if any(row.outcome == HINT for row in rows) or not enough([*known, this], level, now):
        return None  # a hint that no moderator has answered yet is enough
    return id


async def _speak(event: MessageNoticed, context: Context, id: int, outcome: str) -> Sequence[Action]:
    watch, community = context.work.watch, context.group.community
    await watch.settle(community, id, outcome, seen=SEEN)
    await watch.count(community, context.group.settings.calendar.day(context.now), COUNTED[outcome])
    if outcome == TRIAL:
        return []
    if outcome == HINT:
        return await _hint(event, context, id)
    no = context.public_button("hints.not-advice-public-button", "notadvice", id)
    return [await reminding.by_itself(context, event.place, post_name(id), no)]


async def next_step(context: Context) -> DeskStep | None:
    """A hint of today that no moderator has answered."""
    rows = await context.work.watch.spoken(context.group.community, context.now - DAY)
    row = next((row for row in rows if row.outcome == HINT), None)
    if row is None or context.group.settings.watch_paused:
        return None
    which = await reminding.in_turn(context)
    remind = context.button("hints.remind-button", "hintremind", row.id, which.replace("-", "_"))
    return DeskStep(text=_words(context, row.link, which), button=remind)


async def _hint(event: MessageNoticed, context: Context, id: int) -> list[Tell]:
    which = await reminding.in_turn(context)
    body = _words(context, event.link, which)
    remind = context.public_button("hints.remind-button", "hintremind", id, which.replace("-", "_"))
    no = context.public_button("hints.not-advice-button", "notadvice", id)
    tells = await questions.tell_moderators(context, body, remind, no, but=event.person)
    return [replace(one, silent=alerting.is_night(context)) for one in tells]


def _words(context: Context, link: str, which: str) -> Body:
    return (
        *context.public.body("hints.for-moderator"),
        *_where(context, link),
        *context.public.body("hints.would-post"),
        *reminding.words(context, which),
    )


def post_name(id: int) -> str:
    """The name of the post about a noticed message."""
    return f"watch{id}"


def _where(context: Context, link: str) -> Body:
    return context.public.body("hints.where", link=link) if link else ()
