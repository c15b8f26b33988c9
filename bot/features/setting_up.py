"""The bot comes to a group: three answers, then everything works. And it goes again."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Button, Field, Reply, Tell
from bot.contract.events import (
    ButtonPressed,
    FormAnswered,
    GroupAdded,
    GroupRemoved,
    TimeCame,
)
from bot.contract.payload import decode, encode
from bot.features import desk_note, keeping, starting_rules, welcoming, where_to_turn
from bot.features.desk_step import DeskStep
from bot.features.refusing import told
from bot.keeping import time_kept
from bot.settings import AUDIENCES
from bot.storage.refused import RefusedPlace
from ground_rules.wording import measured

ACTIONS = (
    ("setup.change-country-button", "askcountry"),
    ("setup.change-audience-button", "askaudience"),
    ("setup.change-contact-button", "askcontact"),
)
KEPT_AFTER_REMOVAL = time_kept("removed")
CONTACT_LONGEST = 200
FIRST_COUNTRIES = ("england", "scotland", "wales", "northern_ireland", "ireland")


async def added(event: GroupAdded, context: Context) -> Sequence[Action]:
    """A group added the bot: make or find its community, and ask whoever added it."""
    known = await context.work.communities.of_group(event.place.platform, event.place.group)
    if known is None:
        known = await context.work.communities.create(event.place, context.now)
    else:
        await context.work.communities.remove_group(event.place.platform, event.place.group, None)
        await context.work.due.drop("forget_group", known)
    await context.work.touch(known)
    await keeping.begin(context)
    context.enter(known, event.place)
    here = await context.at(known)
    if here.group.settings.answered:  # it was here before, or the room rehearses a group's own settings
        desk = here.public_button("desk.open-button", "desk")
        return here.post(here.public.body("setup.hello-again"), (desk,), name=f"again{known}", about="")
    body = context.public.body("setup.hello")
    start = context.public_button("setup.start-button", "setup")
    hello = context.post(body, (start,), name=f"hello{known}", about="")
    return [*hello, *_in_private(event, context, start)]


def _in_private(event: GroupAdded, context: Context, start: Button) -> list[Tell]:
    """A place refuses my first words: whoever added me hears why, and can begin all the same."""
    if not event.missing:
        return []
    refused = RefusedPlace(place=event.place, called=event.called, missing=event.missing, since=context.now)
    return [context.tell(event.person, (*context.t.body("setup.hello"), *told(context.t, refused)), start)]


async def removed(event: GroupRemoved, context: Context) -> Sequence[Action]:
    """A group removed the bot: everything is kept for 30 days, then deleted."""
    if context.known_group is None:
        return []
    community = context.group.community
    await context.work.communities.remove_group(event.place.platform, event.place.group, context.now)
    await context.work.touch(community)
    await context.work.due.put(context.now + KEPT_AFTER_REMOVAL, "forget_group", community, community)
    return []


async def forget(event: TimeCame, context: Context) -> Sequence[Action]:
    """Thirty days after the last of its groups removed the bot: delete the community."""
    if not context.group.places:
        await context.work.communities.delete(context.group.community)
        context.work.touched.add(context.group.community)
    return []


async def begin(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The first answer that is still missing, or the end of the set-up."""
    settings = context.group.settings
    if not settings.country:
        return [_ask_country(context)]
    if not settings.audience:
        return [_ask_audience(context)]
    if not settings.contact:
        return [_ask_contact(context)]
    return [context.reply("setup.all-there", context.button("desk.open-button", "desk"), replaces=True)]


async def next_step(context: Context) -> DeskStep | None:
    """Ask for what is missing of the three answers."""
    if context.group.settings.answered:
        return None
    return DeskStep(
        text=context.t.body("desk.setup-step"), button=context.button("setup.start-button", "setup")
    )


async def ask_country(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Change the first answer."""
    return [_ask_country(context)]


async def ask_audience(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Change the second answer."""
    return [_ask_audience(context)]


async def ask_contact(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Change the third answer."""
    return [_ask_contact(context)]


async def more_countries(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The countries that are not on the first screen."""
    codes = [code for code in context.directory.countries if code not in FIRST_COUNTRIES]
    buttons = [context.button(f"country.{code}", "country", code) for code in codes]
    return [Reply(body=context.t.body("setup.country"), buttons=tuple(buttons), replaces=True)]


async def country(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The first answer: which country. It decides numbers and the clock."""
    code = _argument(event)
    found, before = context.directory.country(code), context.numbers()
    if found.code != context.group.settings.country:
        await context.set("check_rest", "")  # the numbers of another country have to be read now
    await context.set("country", found.code)
    await context.set("time_zone", found.zone)
    return [*await _next(event, context), *await starting_rules.renumber(context, before)]


async def audience(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The second answer: who the group is for."""
    who = _argument(event)
    await context.set("audience", who if who in AUDIENCES else "adults")
    return await _next(event, context)


async def contact_moderators(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The third answer: people write to any moderator."""
    await context.set("contact", context.public.plain("setup.contact-moderator"))
    return await _next(event, context)


async def contact_none(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The third answer: nobody besides the bot, said openly."""
    await context.set("contact", context.public.plain("setup.contact-nobody"))
    await context.set("outside_contact", "")
    await context.set("outside_asked", "yes")
    return await _next(event, context)


async def contact_other(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The third answer in words of their own."""
    return [
        Ask(
            title=context.t.plain("setup.contact-title"),
            payload=encode("contact"),
            fields=(
                Field(name="contact", label=context.t.plain("setup.contact-label"), longest=CONTACT_LONGEST),
            ),
        )
    ]


async def contact_written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The words of the third answer came."""
    words = " ".join(event.values.get("contact", "").split())
    if not words:
        return [_ask_contact(context)]
    await context.set("contact", measured("contact", words, shortest=2, longest=CONTACT_LONGEST))
    await context.set("outside_contact", words)
    return await _next(event, context)


async def _next(event: ButtonPressed | FormAnswered, context: Context) -> Sequence[Action]:
    settings = context.group.settings
    if not settings.audience:
        return [_ask_audience(context)]
    if not settings.contact:
        return [_ask_contact(context)]
    return await _finish(event, context)


async def _finish(event: ButtonPressed | FormAnswered, context: Context) -> Sequence[Action]:
    """All three answers are there: rules, "Where to turn" and a welcome, once."""
    await context.work.communities.add_moderator(context.group.community, event.person, context.now)
    if await context.work.agreements.newest(context.group.community) is not None:
        done = context.reply("setup.changed", context.button("desk.open-button", "desk"), replaces=True)
        return [done, *await where_to_turn.refresh(context), *await refresh_welcome(context)]
    await starting_rules.begin(context)
    await desk_note.schedule(context)
    return [
        context.reply(
            "setup.done",
            context.button("desk.open-button", "desk"),
            context.button("checking.open-button", "numbers"),
            replaces=True,
        ),
        *where_to_turn.first(context),
        *context.post(
            welcoming.body(context),
            welcoming.buttons(context),
            name=_welcome_name(context),
            about="welcome",
        ),
    ]


async def refresh_welcome(context: Context) -> Sequence[Action]:
    """The welcome of the first day, which stays in sight, with the numbers of today."""
    return await context.edit(_welcome_name(context), welcoming.body(context), welcoming.buttons(context))


def _welcome_name(context: Context) -> str:
    return f"welcome{context.group.community}"


def _ask_country(context: Context) -> Reply:
    buttons = [context.button(f"country.{code}", "country", code) for code in FIRST_COUNTRIES]
    more = context.button("setup.more-countries-button", "countries")
    return Reply(body=context.t.body("setup.country"), buttons=(*buttons, more), replaces=True)


def _ask_audience(context: Context) -> Reply:
    buttons = [context.button(f"setup.audience-{who}", "audience", who) for who in AUDIENCES]
    return Reply(body=context.t.body("setup.audience"), buttons=tuple(buttons), replaces=True)


def _ask_contact(context: Context) -> Reply:
    buttons = (
        context.button("setup.contact-moderator-button", "contactmods"),
        context.button("setup.contact-other-button", "contactother"),
        context.button("setup.contact-nobody-button", "contactnone"),
    )
    return Reply(body=context.t.body("setup.contact"), buttons=buttons, replaces=True)


def _argument(event: ButtonPressed) -> str:
    payload = decode(event.payload)
    return payload.arguments[0] if payload and payload.arguments else ""
