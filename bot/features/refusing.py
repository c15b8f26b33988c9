"""A place where the bot may not speak: moderators see what is missing and how to mend it."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import ButtonPressed, PlaceOpened, PlaceRefused
from bot.contract.markup import Body
from bot.features import questions
from bot.features.desk_step import DeskStep
from bot.storage.refused import RefusedPlace
from bot.texts import Reader

ROLES = ("manage_roles", "role_above", "role_gone", "role_powerful")  # why a role cannot be given
MENDED = ("view_channel", "send_messages", "send_messages_in_threads", "topic", "general", *ROLES)
NAMED = ("topic", "general")  # these say by themselves what happens to what is to be said there


async def refused(event: PlaceRefused, context: Context) -> Sequence[Action]:
    """Note it, and tell the moderators once. What is to be said there waits, or is said elsewhere."""
    if context.known_group is None or ("topic" in event.missing and not context.group.speaks_in(event.place)):
        return []
    if "can_invite_users" in event.missing:  # nothing waits for it: a moderator just decided
        body = context.public.body("refused.no-invite")
        return await questions.tell_moderators(context, body, but=event.person)
    community, refused_places = context.group.community, context.work.refused
    new = await refused_places.note(community, event.place, context.now, event.called, event.missing)
    found = await refused_places.find(event.place)
    if not new or found is None:
        return []
    again = context.public_button("refused.again-button", "placesagain")
    return await questions.tell_moderators(context, told(context.public, found), again, but=event.person)


async def works(event: PlaceOpened, context: Context) -> Sequence[Action]:
    """The bot may speak there again: what waited is said."""
    if await context.work.refused.clear(event.place):
        await context.work.outbox.hurry(event.place.platform, event.place.group, context.now)
    return []


async def again(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator mended it: try every such place again."""
    for found in await context.work.refused.of(context.group.community):
        await context.work.refused.clear(found.place)
        await context.work.outbox.hurry(found.place.platform, found.place.group, context.now)
    return [context.reply("refused.trying", context.button("desk.open-button", "desk"), replaces=True)]


async def next_step(context: Context) -> DeskStep | None:
    """The first place that refuses the bot."""
    here = {(place.platform, place.group) for place in context.group.places}
    known = await context.work.refused.of(context.group.community)
    found = [
        each
        for each in known
        if (each.place.platform, each.place.group) in here
        and ("topic" not in each.missing or context.group.speaks_in(each.place))
    ]
    if not found:
        return None
    button = context.button("refused.again-button", "placesagain")
    return DeskStep(text=told(context.t, found[0]), button=button)


def told(t: Reader, found: RefusedPlace) -> Body:
    """What happened, and what to change."""
    which = next((f"-{name}" for name in NAMED if name in found.missing), "")
    which = "-role" if not set(ROLES).isdisjoint(found.missing) else which
    called = bool(found.called) and which != "-general"
    title = t.body(f"refused.title{which}{'-named' if called else ''}", **_called(found, called))
    known = [name for name in found.missing if name in MENDED]
    mend = [t(f"refused.mend-{name.replace('_', '-')}") for name in known]
    return (*title, *(mend or t.body("refused.mend-unknown")))


def _called(found: RefusedPlace, called: bool) -> dict[str, str]:
    return {"place": found.called} if called else {}
