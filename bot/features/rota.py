"""The rota: who is on duty and who is the backup, for each day of the week. Pressed, never typed."""

from collections.abc import Mapping, Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, Person
from bot.contract.markup import Markup
from bot.features import alerting, cover, cover_words
from bot.features.pressed import argument

EVERY = "all"
ROLES = ("duty", "backup")
Duty = Mapping[tuple[int, bool], Person]


async def rota(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Who is on duty on each day that has cover."""
    return [await _week(context)]


async def day(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One day (or all): who takes it?"""
    which = argument(event)
    days = _days(context, which)
    if not days:
        return [await _week(context)]
    return [await _day(context, which, event.person)]


async def take(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Whoever presses takes the day."""
    await context.work.communities.add_moderator(context.group.community, event.person, context.now)
    return await _put(context, argument(event), argument(event, 1), event.person)


async def put(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Another moderator has the day; they are told, with a button to hand it back."""
    who = argument(event, 2)
    for guard in await context.work.cover.guards(context.group.community):
        if alerting.short_key(context, guard.person) == who:
            done = await _put(context, argument(event), argument(event, 1), guard.person)
            return [*done, *_told(context, argument(event), guard.person, event.person)]
    return [await _week(context)]


async def free(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Nobody has the day."""
    for backup in (False, True):
        await context.work.cover.free(context.group.community, _days(context, argument(event)), backup)
    return [await _week(context)]


async def step_down(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Whoever presses has the day no more, in either role."""
    days = _days(context, argument(event))
    for backup in (False, True):
        await context.work.cover.free(context.group.community, days, backup, event.person)
    return [await _week(context)]


async def _put(context: Context, which: str, role: str, person: Person) -> Sequence[Action]:
    days = _days(context, which)
    if days and role in ROLES:
        await context.work.cover.take(context.group.community, person, days, role == "backup")
    return [await _week(context)]


def _told(context: Context, which: str, person: Person, by: Person) -> Sequence[Action]:
    if (person.platform, person.id) == (by.platform, by.id):
        return []
    days = cover_words.days(context.public, _days(context, which))
    down = context.public_button("rota.down-button", "rotadown", which)
    return [context.tell(person, context.public.body("rota.put", days=days), down)]


async def _week(context: Context) -> Reply:
    t, duty = context.t, await context.work.cover.duty(context.group.community)
    days = cover.covered_days(context)
    lines = [_line(context, each, duty) for each in days]
    missing = await cover.gaps(context)
    gaps = t.body("cover.gaps", days=cover_words.days(t, missing)) if missing else ()
    buttons = [
        context.button("rota.day-button", "rotaday", each, day=cover_words.weekday(t, each)) for each in days
    ]
    every = context.button("rota.every-button", "rotaday", EVERY)
    back = context.button("cover.back-button", "cover")
    return Reply(body=(*t.body("rota.week"), *lines, *gaps), buttons=(every, *buttons, back), replaces=True)


def _line(context: Context, day: int, duty: Duty) -> Markup:
    t = context.t
    first, second = (duty.get((day, backup)) for backup in (False, True))
    named = cover_words.name(t, first) if first else t.plain("rota.nobody")
    key = "rota.line-backup" if second else "rota.line"
    return t(
        key,
        day=cover_words.weekday(t, day),
        name=named,
        **({"backup": cover_words.name(t, second)} if second else {}),
    )


async def _day(context: Context, which: str, asker: Person) -> Reply:
    t, days = context.t, _days(context, which)
    buttons = [
        context.button("rota.take-button", "rotatake", which, "duty"),
        context.button("rota.take-backup-button", "rotatake", which, "backup"),
        *await _others(context, which, asker),
        context.button("rota.free-button", "rotafree", which),
        context.button("cover.back-button", "rota"),
    ]
    body = t.body("rota.who", days=cover_words.days(t, days))
    return Reply(body=body, buttons=tuple(buttons), replaces=True)


async def _others(context: Context, which: str, asker: Person) -> list[Button]:
    """The other moderators who can be reached, by name, in both roles."""
    found: list[Button] = []
    for guard in (await cover.reach(context)).reached:
        if not guard.person.name or (guard.person.platform, guard.person.id) == (asker.platform, asker.id):
            continue
        key = alerting.short_key(context, guard.person)
        for role in ROLES:
            label = f"rota.put-{role}-button"
            found.append(context.button(label, "rotaput", which, role, key, name=guard.person.name))
    return found


def _days(context: Context, which: str) -> Sequence[int]:
    """The days that a payload names."""
    if which == EVERY:
        return cover.covered_days(context)
    return [int(which)] if which in ("0", "1", "2", "3", "4", "5", "6") else []
