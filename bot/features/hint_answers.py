"""What moderators say to a hint, or to a reminder of the watch: remind the room, or this was no advice."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Button, Delete, Edit, Reply
from bot.contract.events import ButtonPressed, TimeCame
from bot.features import hints, live_case, pressed, reminding
from bot.features.surroundings import HINT, LEFT, NOT_ADVICE, REMINDED, ROOM
from bot.storage.watch import NoticedRow

RAISED_FOR = timedelta(days=1)
DELETED_WITHIN = timedelta(hours=40)  # Telegram deletes what is younger than 48 hours
LOOKS_AGAIN = timedelta(minutes=2)
WITHDRAW = "watch_withdraw"


async def remind(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Remind the room that the hint is about; if something speaks for waiting, say it first."""
    row, which = await _hint(event, context), _which(event)
    if row is None:
        return [_done_already(context)]
    why = await reminding.why_wait(context, row.message.place)
    if not why:
        return await _remind(context, row, which)
    anyway = context.button("reminder.anyway-button", "hintanyway", row.id, which.replace("-", "_"))
    body = (*reminding.words(context, which), *why)
    return [Reply(body=body, buttons=(anyway, *_others(context, row.id)), replaces=True)]


async def remind_anyway(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The moderator knows what speaks for waiting."""
    row = await _hint(event, context)
    return [_done_already(context)] if row is None else await _remind(context, row, _which(event))


async def leave(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """It may have been advice, and nothing is posted."""
    row = await _hint(event, context)
    if row is None or not await _settle(context, row, LEFT):
        return [_done_already(context)]
    return [context.reply("wishing.left", context.button("desk.open-button", "desk"), replaces=True)]


async def not_advice(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Take the reminder back; for a day its rule needs more to speak. Only counts are kept of it."""
    row = await context.work.watch.find(context.group.community, pressed.number(event))
    if row is None or row.outcome not in (HINT, LEFT, ROOM, REMINDED):
        return [_done_already(context)]
    if not await _settle(context, row, NOT_ADVICE):
        return [_done_already(context)]
    community, watch = context.group.community, context.work.watch
    await watch.raise_rule(community, row.rule, context.now + RAISED_FOR)
    await watch.answer(community, row.rule, is_advice=False)
    await watch.count(community, context.group.settings.calendar.day(context.now), "not-advice")
    taken_back = await _take_back(context, row) if row.outcome in (ROOM, REMINDED) else []
    text = "hints.taken-back" if row.outcome in (ROOM, REMINDED) else "hints.noted"
    return [context.reply(text, context.button("desk.open-button", "desk"), replaces=True), *taken_back]


async def withdraw(event: TimeCame, context: Context) -> Sequence[Action]:
    """It was being posted just when it was taken back."""
    if not event.subject.isdecimal():
        return []
    row = await context.work.watch.find(context.group.community, int(event.subject))
    return [] if row is None else await _gone(context, row)


async def _remind(context: Context, row: NoticedRow, which: str) -> Sequence[Action]:
    if refused := await live_case.not_here(context, row.message.place):
        return [Reply(body=refused, buttons=_others(context, row.id), replaces=True)]
    if not await _settle(context, row, REMINDED):
        return [_done_already(context)]
    community, watch = context.group.community, context.work.watch
    await watch.answer(community, row.rule, is_advice=True)
    await watch.count(community, context.group.settings.calendar.day(context.now), "posted")
    posted = await reminding.post_in(context, row.message.place, which, hints.post_name(row.id))
    back = context.button("hints.take-back-button", "notadvice", row.id)
    return [
        Reply(body=one.body, buttons=(back,), replaces=True) if isinstance(one, Reply) else one
        for one in posted
    ]


async def _take_back(context: Context, row: NoticedRow) -> Sequence[Action]:
    gone = await _gone(context, row)
    if gone or await context.work.outbox.cancel(hints.post_name(row.id), context.now):
        return gone
    later = context.now + LOOKS_AGAIN
    await context.work.due.put(later, WITHDRAW, row.id, context.group.community)
    return []


async def _gone(context: Context, row: NoticedRow) -> Sequence[Action]:
    """The post deleted; one that is too old for that says that it was a mistake."""
    posted = await context.work.messages.find(hints.post_name(row.id))
    if context.now - row.at < DELETED_WITHIN:
        return [Delete(message=message) for message in posted]
    return [Edit(message=message, body=context.public.body("hints.was-mistaken")) for message in posted]


async def _hint(event: ButtonPressed, context: Context) -> NoticedRow | None:
    """The hint that was answered, if nobody has answered it yet."""
    row = await context.work.watch.find(context.group.community, pressed.number(event))
    return row if row is not None and row.outcome == HINT else None


async def _settle(context: Context, row: NoticedRow, outcome: str) -> bool:
    return await context.work.watch.settle(context.group.community, row.id, outcome, seen=row.outcome)


def _which(event: ButtonPressed) -> str:
    named = pressed.argument(event, 1).replace("_", "-")
    return named if named in (*reminding.FIRST, *reminding.MORE) else reminding.FIRST[0]


def _others(context: Context, id: int) -> tuple[Button, ...]:
    return (
        context.button("wishing.leave-button", "hintleave", id),
        context.button("hints.not-advice-button", "notadvice", id),
    )


def _done_already(context: Context) -> Reply:
    return context.reply("wishing.done-already", context.button("desk.open-button", "desk"), replaces=True)
