"""Alerts: private messages that go before everything else, to the moderators whose turn it is.

Whoever raises an alert writes its words and says for which case, at which stage. Who is told follows
from the rota, from what each moderator chose for the night, and from who answered a test alert. Nothing
here says that anybody was told: ``went`` knows it once the platform took the message.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.context import Context
from bot.contract.actions import Button, Tell
from bot.contract.events import Person, TimeCame
from bot.contract.markup import Body
from bot.cover_hours import CoverHours
from bot.features import questions
from bot.storage.cover import Guard
from bot.storage.outbox import Went

_KEY_SHOWN = 12


class Stage(IntEnum):
    """Who is told: one after the other, for as long as nobody takes the case."""

    ON_DUTY = 1
    BACKUP = 2
    ALL = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """What ``alert`` would send. ``stage`` is the one it came to; None: nobody can be told at all.

    ``silent``: it is night, nobody chose to be woken, so it goes without a sound.
    """

    actions: tuple[Tell, ...] = ()
    stage: Stage | None = None
    silent: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How one alert went: arrived or not, and how all alerts of its case went so far."""

    case: int
    stage: Stage
    round: int
    delivered: bool
    so_far: Went


async def alert(
    context: Context,
    case: int,
    stage: Stage,
    body: Body,
    *buttons: Button,
    leave_out: Collection[str] = (),
    round: int = 0,
    then: str = "alert_went",
) -> Alert:
    """The alert of a case to whoever's turn it is at ``stage``, or at the next stage that has anybody.

    Return its ``actions`` from the feature that writes the case: they are stored in the same
    transaction, and go out within two seconds whatever else waits to be said. ``leave_out``: the
    person keys of those who must not be told. The same case, stage and round is told once, however
    often it is asked for; ``round`` counts repeats. For each person told, ``DEADLINES[then]`` comes once
    it is known whether the message arrived: call ``went`` there.

    Nobody is told before alerts are on: before a moderator has answered a test alert.
    """
    willing = await _willing(context)
    if not any(guard.reachable for guard in willing):
        return Alert()
    guards = [one for one in willing if context.person_key(one.person) not in leave_out]
    for tried in Stage:
        if tried < stage:
            continue
        chosen = await _at(context, tried, guards)
        if chosen:
            silent = tried is Stage.ALL and is_night(context) and not any(one.wake for one in chosen)
            tells = [
                _tell(context, f"alert{case}/{tried.value}.{round}", one.person, body, buttons, silent, then)
                for one in chosen
            ]
            return Alert(actions=tuple(tells), stage=tried, silent=silent)
    return Alert()


async def went(event: TimeCame, context: Context) -> Outcome:
    """For the function in ``DEADLINES[then]``: how the alert that this event is about went.

    A moderator whom it did not reach is listed to the others from now on. ``so_far`` names every alert
    of the case: delivered, failed, or still waiting.
    """
    named, turn, key = event.subject.split("/")
    stage, _, round = turn.partition(".")
    so_far = await context.work.outbox.went(f"{named}/")
    delivered = event.subject in so_far.delivered
    await note_outcome(context, key, delivered)
    return Outcome(
        case=int(named.removeprefix("alert")),
        stage=Stage(int(stage)),
        round=int(round),
        delivered=delivered,
        so_far=so_far,
    )


async def delivered(context: Context, case: int) -> Went:
    """How the alerts of a case went so far. "I have told" is true once ``delivered`` is not empty."""
    return await context.work.outbox.went(f"alert{case}/")


async def can_alert(context: Context, leave_out: Collection[str] = ()) -> bool:
    """Whether a moderator (not one of ``leave_out``) answered a test alert and can be reached."""
    return any(
        guard.reachable and context.person_key(guard.person) not in leave_out
        for guard in await _willing(context)
    )


async def note_outcome(context: Context, key: str, delivered: bool) -> None:
    """Whether what was sent to the moderator of this shortened person key arrived."""
    community = context.group.community
    for guard in await context.work.cover.guards(community):
        if short_key(context, guard.person) == key:
            lost = None if delivered else guard.lost_at or context.now
            await context.work.cover.note(community, guard.person, lost_at=lost)


def is_night(context: Context) -> bool:
    """The group's quiet hours, except while cover hours are on: who covers then is there."""
    settings = context.group.settings
    if CoverHours.read(settings.cover_hours).day(context.now, settings.zone) is not None:
        return False
    return settings.calendar.is_quiet(context.now)


def short_key(context: Context, person: Person) -> str:
    """A person key, as long as names of the outbox have room for it."""
    return context.person_key(person)[:_KEY_SHOWN]


def nobody_to_tell(context: Context) -> Body:
    """What is left where no moderator can be told: the contact outside, and the platform's own report."""
    outside = context.group.settings.outside_contact
    if outside:
        return context.t.body("alerting.nobody-but-outside", contact=outside)
    return context.t.body("alerting.nobody-at-all")


async def _willing(context: Context) -> list[Guard]:
    """Moderators who take private messages."""
    known = await context.work.cover.guards(context.group.community)
    return [guard for guard in known if await questions.may_tell(context, guard.person)]


async def _at(context: Context, stage: Stage, guards: Sequence[Guard]) -> list[Guard]:
    """Whose turn it is. On duty and backup are somebody only while cover is on."""
    if stage is Stage.ALL:
        woken = [guard for guard in guards if guard.wake and guard.reachable]
        return woken if woken and is_night(context) else list(guards)
    settings = context.group.settings
    hours = CoverHours.read(settings.cover_hours)
    day = hours.day(context.now, settings.zone) if hours.windows else settings.calendar.day(context.now)
    if day is None or is_night(context):
        return []
    duty = await context.work.cover.duty(context.group.community)
    person = duty.get((day.weekday(), stage is Stage.BACKUP))
    return [
        guard
        for guard in guards
        if person is not None
        and guard.reachable
        and (guard.person.platform, guard.person.id) == (person.platform, person.id)
    ]


def _tell(
    context: Context,
    name: str,
    person: Person,
    body: Body,
    buttons: Sequence[Button],
    silent: bool,
    then: str,
) -> Tell:
    return Tell(
        person=person,
        body=body,
        buttons=context.at_home(buttons),
        urgent=True,
        silent=silent,
        name=f"{name}/{short_key(context, person)}",
        then=then,
        duties=context.duties(person.platform),
    )
