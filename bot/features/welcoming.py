"""Newcomers are welcomed: joins within a minute together, without a ping, silently at night."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Button, Post, Reply, Tell
from bot.contract.events import ButtonPressed, MemberJoined, TimeCame
from bot.contract.markup import Body
from bot.features import watch_told
from bot.features.names import can_be_repeated
from bot.features.pressed import argument

GATHERED = timedelta(minutes=1)
NAMES_AT_MOST = 3

ACTIONS = (("welcoming.settings-button", "welcoming"),)


async def joined(event: MemberJoined, context: Context) -> Sequence[Action]:
    """Somebody joined: remember a keyed hash for 30 days, and welcome them once.

    Those who asked for it are welcomed in private at once, all others together within a minute.
    """
    if context.known_group is None:
        return []
    settings, community = context.group.settings, context.group.community
    welcomed = settings.welcome and settings.answered
    key = context.person_key(event.person)
    row = await context.work.people.find(key)
    in_private = row is not None and row.welcomes
    name = event.person.name if welcomed and settings.welcome_names and not in_private else ""
    named = name.strip() if can_be_repeated(name) else ""
    new = await context.work.people.greet(community, key, context.now, named, event.place.group)
    subject = f"{community}/{event.place.platform}/{event.place.group}"
    if new and welcomed and in_private:
        return [_in_private(event, context)]
    if new and welcomed and await context.work.due.at("welcome", subject) is None:
        await context.work.due.put(context.now + GATHERED, "welcome", subject, community)
    return []


async def welcome(event: TimeCame, context: Context) -> Sequence[Action]:
    """A minute has passed since the first of them joined: one post for all of them."""
    names = await context.work.people.take_names(context.group.community)
    if not context.group.settings.welcome:
        return []
    _, platform, group = event.subject.split("/", 2)
    return _posts(context, platform, group, names)


def _posts(context: Context, platform: str, group: str, names: Sequence[str] = ()) -> list[Post]:
    places = [p for p in context.group.places_for("welcome") if (p.platform, p.group) == (platform, group)]
    silent = context.group.settings.calendar.is_quiet(context.now)
    return [
        Post(
            place=place,
            body=(*body(context, names), *watch_told.for_newcomers(context, context.public, place)),
            buttons=buttons(context),
            silent=silent,
        )
        for place in places[:1]
    ]


def _in_private(event: MemberJoined, context: Context) -> Tell:
    """For somebody who asked for that; in the group if their private messages are closed after all."""
    otherwise = _posts(context, event.place.platform, event.place.group)
    text = (
        *context.t.body("welcoming.text", emergency=context.numbers()["emergency"]),
        *watch_told.for_newcomers(context, context.t, event.place),
    )
    return context.tell(event.person, text, *buttons(context), otherwise=otherwise[0] if otherwise else None)


def body(context: Context, names: Sequence[str] = ()) -> Body:
    """The five lines, to everybody who is new, or by name if there are few who can be named."""
    emergency = context.numbers()["emergency"]
    if not context.group.settings.welcome_names or not 1 <= len(names) <= NAMES_AT_MOST:
        return context.public.body("welcoming.text", emergency=emergency)
    return context.public.body("welcoming.text-named", emergency=emergency, names=", ".join(names))


def buttons(context: Context) -> tuple[Button, ...]:
    return (
        context.public_button("rules.read-button", "rules"),
        context.public_button("signpost.find-button", "doors"),
        context.public_button("questions.ask-button", "ask"),
    )


async def settings(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What a moderator can choose about welcomes."""
    return [_settings(context)]


async def switch(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Turn welcomes on or off."""
    if argument(event) in ("yes", "no"):
        await context.set("welcome", argument(event))
    return [_settings(context)]


async def switch_names(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Welcome people by name, or not."""
    if argument(event) in ("yes", "no"):
        await context.set("welcome_names", argument(event))
    return [_settings(context)]


def _settings(context: Context) -> Reply:
    settings, t = context.group.settings, context.t
    on, named = settings.welcome, settings.welcome_names
    return Reply(
        body=(
            t("welcoming.is-on" if on else "welcoming.is-off"),
            t("welcoming.names-on" if named else "welcoming.names-off"),
        ),
        buttons=(
            context.button("welcoming.turn-off-button", "welcomeset", "no")
            if on
            else context.button("welcoming.turn-on-button", "welcomeset", "yes"),
            context.button("welcoming.unname-button", "welcomenames", "no")
            if named
            else context.button("welcoming.name-button", "welcomenames", "yes"),
            context.button("desk.open-button", "desk"),
        ),
        replaces=True,
    )
