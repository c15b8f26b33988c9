"""Roles of the platform: some may moderate, one may be given to who says "I have read this"."""

from collections.abc import Sequence

from bot import chosen
from bot.context import Context
from bot.contract.actions import Action, Button, GiveRole, Reply
from bot.contract.events import ButtonPressed, Place
from bot.contract.markup import Body
from bot.features.pressed import argument

OFFERED = 8  # roles of the moderator who chooses

ACTIONS = (("roles.moderators-open-button", "modroles"), ("roles.read-open-button", "readroles"))


async def moderators(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which roles moderate, besides those who moderate on the platform."""
    return [_moderators(event, context)]


async def let_moderate(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """From now on whoever has this role is a moderator."""
    return await _choose_moderators(event, context, add=True)


async def not_moderate(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """This role makes nobody a moderator any more."""
    return await _choose_moderators(event, context, add=False)


async def readers(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which role is given to who says that they have read the rules."""
    return [_readers(event, context)]


async def give_readers(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """From now on it is this role, or none ("no")."""
    if event.place.group:
        pairs = chosen.read(context.group.settings.read_role)
        role = argument(event)
        pairs[chosen.group_key(event.place)] = "" if role == "no" else role
        await context.set("read_role", chosen.written(pairs))
    return [_readers(event, context)]


def for_reading(event: ButtonPressed, context: Context) -> list[GiveRole]:
    """The role for somebody who has just said so, in each of our groups on their platform.

    Only for members: a role would let somebody past the platform's own screening.
    """
    if event.is_member is not True:
        return []
    pairs, given = chosen.read(context.group.settings.read_role), list[GiveRole]()
    for place in context.group.places:
        role = pairs.get(chosen.group_key(place), "")
        here = event.place.group in ("", place.group) and event.place.platform == place.platform
        if role and here and not any(each.place.group == place.group for each in given):
            given.append(GiveRole(place=place, person=event.person, role=role))
    return given


async def _choose_moderators(event: ButtonPressed, context: Context, *, add: bool) -> Sequence[Action]:
    if event.place.group:
        pairs, key = chosen.read(context.group.settings.moderator_roles), chosen.group_key(event.place)
        roles = [role for role in pairs.get(key, "").split(",") if role and role != argument(event)]
        pairs[key] = ",".join([*roles, argument(event)] if add else roles)
        await context.set("moderator_roles", chosen.written(pairs))
    return [_moderators(event, context)]


def _moderators(event: ButtonPressed, context: Context) -> Reply:
    if not event.person.roles or not event.place.group:
        return _none(context)
    chosen_roles = _of_group(context, event.place)
    names = _names(event)
    buttons = [
        context.button("roles.moderate-not-button", "modnot", role, role=names.get(role, role))
        for role in chosen_roles
    ]
    buttons += [
        context.button("roles.moderate-button", "modrole", role, role=name)
        for role, name in names.items()
        if role not in chosen_roles
    ][:OFFERED]
    shown = ", ".join(names.get(role, role) for role in chosen_roles)
    body = (
        context.t.body("roles.moderators-are", roles=shown)
        if shown
        else context.t.body("roles.no-moderators")
    )
    return _screen(context, "roles.moderators", body, buttons)


def _readers(event: ButtonPressed, context: Context) -> Reply:
    if not event.person.roles or not event.place.group:
        return _none(context)
    now = chosen.read(context.group.settings.read_role).get(chosen.group_key(event.place), "")
    names = _names(event)
    buttons = [
        context.button("roles.give-button", "readrole", role, role=name)
        for role, name in names.items()
        if role != now
    ][:OFFERED]
    if now:
        buttons.append(context.button("roles.give-none-button", "readrole", "no"))
    body = (
        context.t.body("roles.given", role=names.get(now, now)) if now else context.t.body("roles.none-given")
    )
    return _screen(context, "roles.read", body, buttons)


def _screen(context: Context, title: str, body: Body, buttons: Sequence[Button]) -> Reply:
    back = context.button("desk.open-button", "desk")
    return Reply(body=(*context.t.body(title), *body), buttons=(*buttons, back), replaces=True)


def _none(context: Context) -> Reply:
    return context.reply("roles.none-here", context.button("desk.open-button", "desk"), replaces=True)


def _of_group(context: Context, place: Place) -> list[str]:
    text = chosen.read(context.group.settings.moderator_roles).get(chosen.group_key(place), "")
    return [role for role in text.split(",") if role]


def _names(event: ButtonPressed) -> dict[str, str]:
    """What the roles of whoever chooses are called."""
    person = event.person
    return {role: name or role for role, name in zip(person.roles, person.role_names, strict=False)}
