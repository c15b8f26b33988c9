"""Roles of the platform: some may moderate, one may be given to who says "I have read this"."""

from collections.abc import Sequence

from bot import chosen
from bot.context import Context
from bot.contract.actions import Action, Ask, Button, Field, GiveRole, Reply
from bot.contract.events import ButtonPressed, FormAnswered, Place, Role
from bot.contract.markup import Body
from bot.contract.payload import encode
from bot.features.pressed import argument

OFFERED = 8
LONGEST = 100  # characters of a role's name

ACTIONS = (("roles.moderators-open-button", "modroles"), ("roles.read-open-button", "readroles"))


async def moderators(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which roles moderate, besides those who moderate on the platform."""
    return [_moderators(event, context)]


async def let_moderate(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """From now on whoever has this role is a moderator."""
    return await _let_moderate(event, context, argument(event))


async def moderators_named(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The same, its name typed."""
    return await _let_moderate(event, context, event.values.get("name", ""))


async def not_moderate(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """This role makes nobody a moderator any more."""
    if event.place.group:
        role = _called(event, argument(event))
        gone = {argument(event), role.id if role is not None else ""}
        await _set_moderators(
            context, event.place, [id for id in _of(context, event.place) if id not in gone]
        )
    return [_moderators(event, context)]


async def readers(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which role is given to who says that they have read the rules."""
    return [_readers(event, context)]


async def give_readers(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """From now on it is this role, or none ("no")."""
    if argument(event) == "no" and event.place.group:
        return await _set_readers(event, context, "")
    return await _give_readers(event, context, argument(event))


async def readers_named(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The same, its name typed."""
    return await _give_readers(event, context, event.values.get("name", ""))


async def name_moderators(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask for the name of a role."""
    return [_ask(context, "modrolenamed")]


async def name_readers(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask for the name of a role."""
    return [_ask(context, "readrolenamed")]


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


async def _let_moderate(event: ButtonPressed | FormAnswered, context: Context, name: str) -> Sequence[Action]:
    role = _called(event, name)
    if role is None:
        return [_moderators(event, context) if not _any(event) else _unknown(context, "namemodrole")]
    if role.id == _given(context, event.place):
        back = context.button("roles.moderators-open-button", "modroles")
        return [context.reply("roles.given-to-all", back, role=role.name, replaces=True)]
    others = [id for id in _of(context, event.place) if id != role.id]
    await _set_moderators(context, event.place, [*others, role.id])
    return [_moderators(event, context)]


async def _set_moderators(context: Context, place: Place, roles: Sequence[str]) -> None:
    pairs = chosen.read(context.group.settings.moderator_roles)
    pairs[chosen.group_key(place)] = ",".join(roles)
    await context.set("moderator_roles", chosen.written(pairs))


async def _give_readers(event: ButtonPressed | FormAnswered, context: Context, name: str) -> Sequence[Action]:
    role = _called(event, name)
    if role is None:
        return [_readers(event, context) if not _any(event) else _unknown(context, "namereadrole")]
    if not role.plain or role.id in _of(
        context, event.place
    ):  # or the bot could be talked into handing out what its presser does not have
        back = context.button("roles.read-open-button", "readroles")
        return [context.reply("roles.powerful", back, role=role.name, replaces=True)]
    return await _set_readers(event, context, role.id)


async def _set_readers(event: ButtonPressed | FormAnswered, context: Context, role: str) -> Sequence[Action]:
    pairs = chosen.read(context.group.settings.read_role)
    pairs[chosen.group_key(event.place)] = role
    await context.set("read_role", chosen.written(pairs))
    return [_readers(event, context)]


def _moderators(event: ButtonPressed | FormAnswered, context: Context) -> Reply:
    if not _any(event):
        return _none(context)
    names, now = _names(event), _of(context, event.place)
    buttons = [
        context.button("roles.moderate-not-button", "modnot", role, role=names.get(role, role))
        for role in now
    ]
    buttons += [
        context.button("roles.moderate-button", "modrole", role.id, role=role.name)
        for role in _offered(event)
        if role.id not in (*now, _given(context, event.place))
    ][:OFFERED]
    buttons.append(context.button("roles.other-button", "namemodrole"))
    shown = ", ".join(names.get(role, role) for role in now)
    body = (
        context.t.body("roles.moderators-are", roles=shown)
        if shown
        else context.t.body("roles.no-moderators")
    )
    return _screen(context, "roles.moderators", body, buttons)


def _readers(event: ButtonPressed | FormAnswered, context: Context) -> Reply:
    if not _any(event):
        return _none(context)
    now = _given(context, event.place)
    buttons = [
        context.button("roles.give-button", "readrole", role.id, role=role.name)
        for role in _offered(event)
        if role.plain and role.id not in (now, *_of(context, event.place))
    ][:OFFERED]
    buttons.append(context.button("roles.other-button", "namereadrole"))
    if now:
        buttons.append(context.button("roles.give-none-button", "readrole", "no"))
    name = _names(event).get(now, now)
    body = context.t.body("roles.given", role=name) if now else context.t.body("roles.none-given")
    return _screen(context, "roles.read", body, buttons)


def _screen(context: Context, title: str, body: Body, buttons: Sequence[Button]) -> Reply:
    back = context.button("desk.open-button", "desk")
    return Reply(body=(*context.t.body(title), *body), buttons=(*buttons, back), replaces=True)


def _none(context: Context) -> Reply:
    return context.reply("roles.none-here", context.button("desk.open-button", "desk"), replaces=True)


def _unknown(context: Context, again: str) -> Reply:
    return context.reply("roles.unknown", context.button("roles.other-button", again), replaces=True)


def _ask(context: Context, payload: str) -> Ask:
    field = Field(name="name", label=context.t.plain("roles.name-label"), longest=LONGEST)
    return Ask(title=context.t.plain("roles.name-title"), payload=encode(payload), fields=(field,))


def _any(event: ButtonPressed | FormAnswered) -> bool:
    """Whether there are roles to choose from here."""
    return bool(event.place.group and event.group_roles)


def _offered(event: ButtonPressed | FormAnswered) -> list[Role]:
    """Every role of the group; first those of whoever chooses, who knows them."""
    return sorted(event.group_roles, key=lambda role: role.id not in event.person.roles)


def _called(event: ButtonPressed | FormAnswered, name: str) -> Role | None:
    """The role of this id or name, in a group."""
    if not event.place.group:
        return None
    wanted = _plain(name)
    return next((role for role in event.group_roles if wanted in (role.id, _plain(role.name))), None)


def _plain(name: str) -> str:
    return " ".join(name.strip().removeprefix("@").replace("_", " ").casefold().split())


def _of(context: Context, place: Place) -> list[str]:
    text = chosen.read(context.group.settings.moderator_roles).get(chosen.group_key(place), "")
    return [role for role in text.split(",") if role]


def _given(context: Context, place: Place) -> str:
    return chosen.read(context.group.settings.read_role).get(chosen.group_key(place), "")


def _names(event: ButtonPressed | FormAnswered) -> dict[str, str]:
    return {role.id: role.name for role in event.group_roles}
