"""A member would like a gentle reminder: the moderators are asked, and never told who wished for it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.context import Context
from bot.contract.actions import Action, Button, Post, Reply
from bot.contract.command import Run
from bot.contract.events import ButtonPressed, CommandGiven, Place
from bot.features import pressed, questions, reminding, surroundings
from bot.features.desk_step import DeskStep
from bot.noticing import restraint

KIND = "remind"
AGAIN_AFTER = timedelta(days=1)
TWO_WITHIN = timedelta(hours=1)


def or_wish(run: Run) -> Run:
    """What moderators do with this row; for everybody else it is a wish."""

    async def remind_or_wish(event: Any, context: Any) -> Sequence[Action]:
        return await (run if event.person.is_moderator else wish)(event, context)

    return remind_or_wish


async def wish(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """Say what happens if they ask, and offer it."""
    room = context.here(event.place)
    id = await context.work.wishes.make(context.group.community, room, context.now)
    return [context.reply("wishing.offer", context.button("wishing.ask-button", "remindask", id))]


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The moderators hear of it, once a day from each person."""
    id, community = pressed.number(event), context.group.community
    found = await context.work.wishes.find(community, id)
    if found is None:
        return [context.reply("wishing.gone", replaces=True)]
    key = context.person_key(event.person)
    last = await context.work.people.asked_at(community, KIND, key)
    if last is not None and context.now - last < AGAIN_AFTER:
        return [context.reply("wishing.asked-today", replaces=True)]
    await context.work.people.ask(community, KIND, key, context.now)
    reply = context.reply("wishing.asked", replaces=True)
    second = await context.work.wishes.another(community, found.place, context.now - TWO_WITHIN)
    await context.work.wishes.send(community, id, context.now)
    if second and (posted := await _by_itself(context, found.place)):
        return [context.reply("wishing.posted", replaces=True), *posted]
    if found.sent:
        return [reply]
    choose = context.public_button("wishing.choose-button", "remindthere", id)
    told = await questions.tell_moderators(
        context, context.public.body("wishing.for-moderator"), choose, but=event.person
    )
    return [reply, *told]


async def _by_itself(context: Context, place: Place) -> list[Post]:
    """Two asked within an hour, and no moderator answered: remind the room, unless a rule holds it back."""
    await context.work.communities.lock(context.group.community)
    moment = await surroundings.around(context, place)
    if restraint.held_back(moment) or restraint.hint_instead(moment):
        return []
    if not await context.work.wishes.end_all(context.group.community, place):
        return []
    return [await reminding.by_itself(context, place)]


async def there(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator sees the wordings, and what speaks for waiting."""
    id = pressed.number(event)
    found = await context.work.wishes.find(context.group.community, id)
    if found is None:
        return [_gone(context)]
    shown = [block for which in reminding.FIRST for block in reminding.words(context, which)]
    body = (*context.t.body("wishing.choose"), *shown, *await reminding.why_wait(context, found.place))
    return [Reply(body=body, buttons=_wordings(context, id), replaces=True)]


async def here(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Remind the room that somebody wished it for."""
    id, which = pressed.number(event), pressed.argument(event, 1).replace("_", "-")
    found = await context.work.wishes.find(context.group.community, id)
    if which not in reminding.FIRST:
        return await there(event, context)
    if found is None or not await context.work.wishes.end(context.group.community, id):
        return [_gone(context)]
    return await reminding.post_in(context, found.place, which)


async def leave(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator looked, and posts nothing."""
    await context.work.wishes.end(context.group.community, pressed.number(event))
    return [context.reply("wishing.left", context.button("desk.open-button", "desk"), replaces=True)]


async def next_step(context: Context) -> DeskStep | None:
    """Somebody would like a reminder."""
    ids = await context.work.wishes.waiting(context.group.community)
    if not ids:
        return None
    button = context.button("wishing.choose-button", "remindthere", ids[0])
    return DeskStep(text=context.t.body("wishing.for-moderator"), button=button)


def _wordings(context: Context, id: int) -> tuple[Button, ...]:
    labels = [
        context.button(f"reminder.{slug}.label", "remindhere", id, slug.replace("-", "_"))
        for slug in reminding.FIRST
    ]
    return (*labels, context.button("wishing.leave-button", "remindleave", id))


def _gone(context: Context) -> Reply:
    return context.reply("wishing.done-already", context.button("desk.open-button", "desk"), replaces=True)
