"""Test alerts: alerts are on once a moderator has answered one, and whoever does not answer is listed."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Button, Tell
from bot.contract.events import ButtonPressed, Person, TimeCame
from bot.features import alerting, questions
from bot.features.pressed import argument
from bot.storage.cover import Guard

WENT = "test_alert_went"
PAUSE = timedelta(minutes=10)


async def send(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A test alert to every known moderator, the one who asks included."""
    community, stamp = context.group.community, int(context.now.timestamp())
    await context.work.communities.add_moderator(community, event.person, context.now)
    guards = await context.work.cover.guards(community)
    if any(guard.asked_at and context.now - guard.asked_at < PAUSE for guard in guards):
        return [
            context.reply("alerts.test-again", context.button("cover.back-button", "cover"), replaces=True)
        ]
    told = [guard for guard in guards if await questions.may_tell(context, guard.person)]
    for guard in told:
        await context.work.cover.note(community, guard.person, asked_at=context.now)
    if not told:
        return [
            context.reply("alerts.test-nobody", context.button("cover.back-button", "cover"), replaces=True)
        ]
    reply = context.reply("alerts.test-sent", context.button("cover.back-button", "cover"), replaces=True)
    return [reply, *(_tell(context, guard.person, stamp) for guard in told)]


def _tell(context: Context, person: Person, stamp: int) -> Tell:
    got = context.public_button("alerts.got-button", "alertgot", stamp)
    return Tell(
        person=person,
        body=context.public.body("alerts.test"),
        buttons=context.at_home((got,)),
        urgent=True,
        name=f"test{context.group.community}/{stamp}/{alerting.short_key(context, person)}",
        then=WENT,
        duties=context.duties(person.platform),
    )


async def went(event: TimeCame, context: Context) -> Sequence[Action]:
    """A test alert arrived or did not: who cannot be reached is listed from now on."""
    known = await context.work.outbox.went(event.subject)
    key = event.subject.rpartition("/")[2]
    await alerting.note_outcome(context, key, event.subject in known.delivered)
    return []


async def got(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator answers a test alert: alerts reach them."""
    community = context.group.community
    mine = await own(context, event.person)
    back = context.button("cover.open-button", "cover")
    if mine is None or mine.asked_at is None:
        return [context.reply("alerts.no-test", back)]
    if argument(event) != str(int(mine.asked_at.timestamp())):
        return [context.reply("alerts.old-test", back)]
    await context.work.cover.note(community, event.person, answered_at=context.now, lost_at=None)
    return [context.reply(f"alerts.got-{_night(mine)}", other_night(context, mine), back)]


async def night(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator chooses whether an alert may wake them."""
    community = context.group.community
    await context.work.communities.add_moderator(community, event.person, context.now)
    await context.work.cover.note(community, event.person, wake=argument(event) == "wake")
    mine = await own(context, event.person)
    back = context.button("cover.back-button", "cover")
    return [context.reply(f"alerts.night-{_night(mine)}", back, replaces=True)]


async def own(context: Context, person: Person) -> Guard | None:
    """What alerts know of this moderator."""
    guards = await context.work.cover.guards(context.group.community)
    here = (person.platform, person.id)
    return next((one for one in guards if (one.person.platform, one.person.id) == here), None)


def _night(guard: Guard | None) -> str:
    return "wake" if guard is not None and guard.wake else "quiet"


def other_night(context: Context, guard: Guard | None) -> Button:
    """The choice that this moderator did not make."""
    if guard is not None and guard.wake:
        return context.button("alerts.quiet-button", "night", "quiet")
    return context.button("alerts.wake-button", "night", "wake")
