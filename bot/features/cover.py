"""Cover and alerts: whom alerts reach, when a moderator is there, whose turn it is, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed
from bot.contract.markup import Body
from bot.cover_hours import EVERY_DAY, whole_week
from bot.features import alert_tests, cover_words, questions
from bot.features.desk_step import DeskStep
from bot.storage.cover import Guard

ACTIONS = (("cover.open-button", "cover"),)
REST = timedelta(days=14)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """The known moderators, by whether alerts reach them."""

    reached: tuple[Guard, ...]
    others: tuple[tuple[Guard, bool], ...]  # with whether they take private messages


async def page(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Everything about cover on one screen; what is missing is not asked for again for two weeks."""
    await context.work.communities.add_moderator(context.group.community, event.person, context.now)
    await context.set("cover_looked_at", _today(context).isoformat())
    body = (
        *await _alerts(context),
        *_hours(context),
        *await _duty(context),
        *_outside(context),
    )
    mine = await alert_tests.own(context, event.person)
    buttons = (
        context.button("alerts.test-button", "alerttest"),
        alert_tests.other_night(context, mine),
        context.button("cover.hours-button", "coverhours"),
        context.button("cover.rota-button", "rota"),
        context.button("cover.outside-button", "outside"),
        context.button("desk.back-button", "desk"),
    )
    return [Reply(body=(context.t("cover.title"), *body), buttons=buttons, replaces=True)]


async def alerts_step(context: Context) -> DeskStep | None:
    """Ask for a test alert while alerts are off, unless somebody looked lately."""
    if not _may_ask(context) or (await reach(context)).reached:
        return None
    return _step(context, context.t.body("cover.step-off"))


async def next_step(context: Context) -> DeskStep | None:
    """Ask for what is missing: moderators out of reach, days without anybody, a contact outside."""
    if not _may_ask(context):
        return None
    settings, others = context.group.settings, (await reach(context)).others
    if others:
        names = [cover_words.name(context.t, guard.person) for guard, _ in others]
        return _step(
            context, context.t.body("cover.step-reach", names=cover_words.names_of(context.t, names))
        )
    if missing := await gaps(context):
        return _step(context, context.t.body("cover.step-gaps", days=cover_words.days(context.t, missing)))
    if not settings.outside_contact and not settings.outside_asked:
        return _step(context, context.t.body("cover.step-outside"))
    return None


async def reach(context: Context) -> Reach:
    """Whom alerts reach, and whom they do not."""
    reached, others = [], []
    for guard in await context.work.cover.guards(context.group.community):
        takes = await questions.may_tell(context, guard.person)
        if guard.reachable and takes:
            reached.append(guard)
        else:
            others.append((guard, takes))
    return Reach(reached=tuple(reached), others=tuple(others))


async def gaps(context: Context) -> Sequence[int]:
    """Days of the week with cover on which nobody who can be reached is on duty, in a group with a rota."""
    duty = await context.work.cover.duty(context.group.community)
    if not duty:
        return ()
    there = {(guard.person.platform, guard.person.id) for guard in (await reach(context)).reached}
    on_duty = {
        day for (day, backup), person in duty.items() if not backup and (person.platform, person.id) in there
    }
    return [day for day in covered_days(context) if day not in on_duty]


def covered_days(context: Context) -> Sequence[int]:
    """The days of the week that have cover hours; all of them in a group without hours."""
    return whole_week(cover_words.hours_of(context).windows) or EVERY_DAY


async def _alerts(context: Context) -> Body:
    t, found = context.t, await reach(context)
    body = list(t.body("cover.alerts-off"))
    if found.reached:
        names = cover_words.names_of(t, [cover_words.name(t, one.person) for one in found.reached])
        body = list(t.body("cover.alerts-on", names=names))
        woken = [cover_words.name(t, one.person) for one in found.reached if one.wake]
        key = "cover.night" if woken else "cover.night-nobody"
        body += t.body(key, **({"names": cover_words.names_of(t, woken)} if woken else {}))
    if found.others:
        body.append(t("cover.not-reached"))
        body += [t("cover.item", text=cover_words.why_not(t, *one)) for one in found.others]
    return tuple(body)


def _hours(context: Context) -> Body:
    spoken = cover_words.hours(context, context.t)
    return context.t.body("cover.hours-are", hours=spoken) if spoken else context.t.body("cover.hours-none")


async def _duty(context: Context) -> Body:
    t = context.t
    if not await context.work.cover.duty(context.group.community):
        return t.body("cover.rota-none")
    missing = await gaps(context)
    return t.body("cover.gaps", days=cover_words.days(t, missing)) if missing else t.body("cover.no-gaps")


def _outside(context: Context) -> Body:
    contact = context.group.settings.outside_contact
    return (
        context.t.body("cover.outside-is", contact=contact)
        if contact
        else context.t.body("cover.outside-none")
    )


def _step(context: Context, text: Body) -> DeskStep:
    return DeskStep(text=text, button=context.button("cover.open-button", "cover"))


def _may_ask(context: Context) -> bool:
    settings = context.group.settings
    if not settings.answered:
        return False
    looked = settings.cover_looked_at
    return not looked or _today(context) >= date.fromisoformat(looked) + REST


def _today(context: Context) -> date:
    return context.now.astimezone(context.group.settings.zone).date()
