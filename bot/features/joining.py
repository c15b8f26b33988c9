"""One community, several places: a moderator joins a second place to it with a code."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from bot import chosen
from bot.context import Context
from bot.contract.actions import Action, Ask, Delete, Field, Post, Reply
from bot.contract.events import ButtonPressed, FormAnswered, Place
from bot.contract.payload import encode
from bot.features import watch_trial, where_to_turn
from bot.features.pressed import argument
from bot.settings import BY_PLACE
from ground_rules.agreement import Standing

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike
LENGTH = 6
VALID = timedelta(hours=1)
TRIES_AN_HOUR = 10

ACTIONS = (("joining.code-button", "givecode"), ("joining.join-button", "joinform"))


async def give_code(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A new code for another place of this community. An earlier one ends."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    if await context.work.communities.by_code(code, context.now) is not None:
        return await give_code(event, context)
    until = context.now + VALID
    await context.work.communities.offer_code(context.group.community, code, until)
    return [context.reply("joining.code", code=code, until=context.when(until), replaces=True)]


async def ask_code(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask for the code that the other place gave."""
    field = Field(name="code", label=context.t.plain("joining.label"), longest=20)
    title = context.t.plain("joining.title")
    return [
        Ask(title=title, payload=encode("joincode"), fields=(field,), note=context.t.body("joining.note"))
    ]


async def code_written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The code came by the form."""
    return await _try(event, context, event.values.get("code", ""))


async def code_typed(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The code came by typing."""
    return await _try(event, context, argument(event).upper())


async def confirmed(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The moderator was asked again, and joins."""
    found = await _find(context, argument(event).upper())
    if not isinstance(found, int):
        return [found]
    if found != context.group.community:
        reply = await _own_rules(context)
        return [reply] if reply is not None else await _join(event, context, found)
    here = context.here(event.place)
    if here in context.group.places:
        return [context.reply("joining.here-already", replaces=True)]
    await context.work.communities.add_place(found, here, context.now)
    await context.work.touch(found)
    return _welcome_place(context, here)


async def _try(event: ButtonPressed | FormAnswered, context: Context, written: str) -> Sequence[Action]:
    code = "".join(letter for letter in written.upper() if letter in LETTERS)
    found = await _find(context, code)
    if not isinstance(found, int):
        return [found]
    if found == context.group.community and context.here(event.place) in context.group.places:
        return [context.reply("joining.here-already")]
    if found != context.group.community and (reply := await _own_rules(context)) is not None:
        return [reply]
    sure = context.button("joining.sure-button", "joinsure", code)
    key = "joining.ask-same" if found == context.group.community else "joining.ask-again"
    return [context.reply(key, sure, context.button("joining.not-button", "desk"), replaces=True)]


async def _find(context: Context, code: str) -> int | Reply:
    """The community that offers this code, or what to say. Tries are counted, so none is guessed."""
    tries = await context.work.people.try_once(
        context.group.community, "join_try", context.now, context.now - VALID
    )
    if tries > TRIES_AN_HOUR:
        return context.reply("joining.too-many-tries")
    found = await context.work.communities.by_code(code, context.now)
    return context.reply("joining.wrong-code") if found is None else found


async def _own_rules(context: Context) -> Reply | None:
    """Why this place cannot give up its own rules: they were agreed, or people talk or vote on them."""
    community = context.group.community
    newest = await context.work.agreements.newest(community)
    if newest is not None and newest.standing is Standing.AGREED:
        return context.reply("joining.has-own-rules")
    if await context.work.votes.open_ones(community):
        return context.reply("joining.has-open-vote")
    if await context.work.proposals.open_ones(community):
        return context.reply("joining.has-open-idea")
    return None


async def _join(event: ButtonPressed, context: Context, new: int) -> Sequence[Action]:
    """Move this group and its people to the other community; what only the old one had is deleted."""
    here = context.here(event.place)
    old, platform, group = context.group.community, here.platform, here.group
    moving = [place for place in context.group.places if (place.platform, place.group) == (platform, group)]
    stale = [
        Delete(message=message)
        for message in await context.work.messages.find(where_to_turn.name(context))
        if message.place in moving
    ]
    work = context.work
    await work.communities.move_group(platform, group, new)
    await work.communities.add_moderator(new, event.person, context.now)
    if len(moving) == len(context.group.places):
        await work.communities.merge(old, new)
        await work.cover.merge(old, new)
        await work.directory.merge(old, new)
        await work.communities.delete(old)
        work.touched.add(old)
    else:
        await work.touch(old)
    await work.touch(new)
    there = await context.at(new)
    for name in BY_PLACE:  # what was chosen for these places stays chosen
        own = chosen.of_group(context.group.settings.chosen_for_places(name), event.place)
        if own:
            both = {**chosen.read(there.group.settings.chosen_for_places(name)), **own}
            await there.set(name, chosen.written(both))
    await watch_trial.joined(there, here)
    context.known_group = there.group  # what is said from now on belongs to the new one
    return [*stale, *_welcome_place(there, here)]


def _welcome_place(context: Context, place: Place) -> Sequence[Action]:
    where = Post(place=place, body=where_to_turn.body(context), name=where_to_turn.name(context), pin=True)
    news = context.public_button("rules.read-button", "rules")
    announced = Post(place=place, body=context.public.body("joining.announced"), buttons=(news,))
    return [where, announced, context.reply("joining.done", replaces=True)]
