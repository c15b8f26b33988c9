"""Who is alerted about a case and when: on duty, backup, all, and again until somebody picks it up.

The clock runs only while cover is on. Outside of it moderators get one message, and the clock begins with
the next cover: nobody is told that somebody is there.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import TimeCame
from bot.contract.markup import Body
from bot.cover_hours import CoverHours
from bot.features import alerting, case_access, case_words, second_card
from bot.features.alerting import Stage
from bot.storage.cases import CLOSED, PICKED, WAITING, Case
from bot.storage.outbox import Went

TICK = "case_clock"
WENT = "case_alert_went"
RISKY = ("yes", "unsure")
STAGES = (Stage.ON_DUTY, Stage.BACKUP, Stage.ALL)
LATE = 3  # rounds after which nobody picked it up in time
BETWEEN = {
    True: timedelta(minutes=5),
    False: timedelta(minutes=40),
}  # rounds, by whether a life may be at risk
AGAIN = {True: timedelta(minutes=30), False: timedelta(hours=4)}
LONGEST_PAUSE = timedelta(hours=12)
NOT_BEGUN = -1
QUARTER = timedelta(minutes=15)


async def begin(context: Context, case: Case) -> Sequence[Action]:
    """The first alert of a case, in the transaction that keeps it."""
    starts = on_duty_from(context)
    if starts <= context.now:
        return await _round(context, case, 0)
    sent = await _alert(context, case, Stage.ON_DUTY)
    await context.work.cases.set(case, rounds=NOT_BEGUN)
    await context.work.due.put(starts, TICK, case.id, case.community)
    return sent.actions


async def tick(event: TimeCame, context: Context) -> Sequence[Action]:
    """Its time came and nobody has it: the next ones are told."""
    case = await context.work.cases.find(context.group.community, event.subject)
    if case is None or case.state == CLOSED or (case.state == PICKED and not case.offered):
        return []
    starts = on_duty_from(context)
    if starts > context.now:
        await context.work.due.put(starts, TICK, case.id, case.community)
        return []
    if case.state == PICKED:
        return await _remind_of_offer(context, case)
    actions = list(await _round(context, case, case.rounds + 1))
    if case.rounds + 1 >= LATE and not case.overdue:
        await context.work.cases.set(case, overdue=True)
        actions += await second_card.nobody_yet(context, case)
    return actions


async def went(event: TimeCame, context: Context) -> Sequence[Action]:
    """An alert arrived or did not. If none of them did, the next ones are told at once."""
    outcome = await alerting.went(event, context)
    case = await context.work.cases.find(context.group.community, str(outcome.case))
    if case is None:
        return []
    so_far = await told_of(context, case)
    told = {name.rpartition("/")[2] for name in so_far.delivered}
    if len(told) > case.told:
        await context.work.cases.set(case, told=len(told))
    nobody = not so_far.delivered and not so_far.waiting
    if nobody and case.state == WAITING and case.rounds < LATE:
        await context.work.due.put(context.now, TICK, case.id, case.community)
    return []


async def told_of(context: Context, case: Case) -> Went:
    """How its alerts went so far, but for those to moderators who are left out by now."""
    so_far = await alerting.delivered(context, int(case.id))

    def counts(name: str) -> bool:
        return not any(key.startswith(name.rpartition("/")[2]) for key in case.left_out)

    return Went(
        delivered=tuple(filter(counts, so_far.delivered)),
        failed=tuple(filter(counts, so_far.failed)),
        waiting=tuple(filter(counts, so_far.waiting)),
    )


async def was_left_out(context: Context, case: Case, person: str) -> None:
    """Who was told (by the shortened key of their alerts) and is left out now does not count as told.

    If nobody else was told, the next ones are told at once.
    """
    names = (await alerting.delivered(context, int(case.id))).delivered
    told = case.told - any(name.endswith(f"/{person}") for name in names)
    await context.work.cases.set(case, told=max(told, 0))
    if case.state != WAITING or told > 0 or (await told_of(context, case)).waiting:
        return
    if await alerting.can_alert(context, await case_access.not_to_tell(context, case)):
        await context.work.due.put(context.now, TICK, case.id, case.community)


async def stop(context: Context, case: Case) -> None:
    """Somebody has it."""
    await context.work.due.drop(TICK, case.id)


async def offer(context: Context, case: Case) -> Sequence[Action]:
    """The owner would hand it to one other moderator, who is reminded until they pick it up."""
    return await _remind_of_offer(context, case)


def on_duty_from(context: Context) -> datetime:
    """Now while cover is on; else when it begins. A group with no hours has its waking hours."""
    settings = context.group.settings
    hours = CoverHours.read(settings.cover_hours)
    if hours.day(context.now, settings.zone) is not None:
        return context.now
    begins = hours.next(context.now, settings.zone)
    if begins is not None:
        return begins
    at = context.now
    while settings.calendar.is_quiet(at) and at < context.now + timedelta(days=1):
        at += QUARTER - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at


async def _round(context: Context, case: Case, number: int) -> Sequence[Action]:
    """Tell those whose turn it is. Who has nobody before them is told with the ones before."""
    sent = await _alert(context, case, STAGES[min(number, len(STAGES) - 1)])
    done = number if sent.stage is None else max(number, STAGES.index(sent.stage))
    await context.work.cases.set(case, rounds=done)
    next_at = context.now + _pause(case, number, done)
    await context.work.due.put(next_at, TICK, case.id, case.community)
    return sent.actions


def _pause(case: Case, number: int, done: int) -> timedelta:
    hurry = case.risk in RISKY
    if done < LATE:
        return BETWEEN[hurry] * (1 + done - number)
    twice: int = 2 ** min(done - LATE, 10)
    return min(AGAIN[hurry] * twice, LONGEST_PAUSE)


async def _alert(context: Context, case: Case, stage: Stage) -> alerting.Alert:
    key = f"case.alert-{case.risk}" if case.rounds < 1 else f"case.alert-{case.risk}-again"
    words = context.public.body(key, emergency=context.numbers()["emergency"])
    return await _send(context, case, stage, words, await case_access.not_to_tell(context, case))


async def _send(
    context: Context, case: Case, stage: Stage, words: Body, leave_out: Collection[str]
) -> alerting.Alert:
    """Where it is and how soon; never whose words, or which."""
    return await alerting.alert(
        context,
        int(case.id),
        stage,
        (*case_words.mark(context.public, case), *words),
        context.public_button("case.take-button", "casetake", case.id),
        *case_words.link(context.public, case),
        leave_out=leave_out,
        round=int(context.now.timestamp()),
        then=WENT,
    )


async def _remind_of_offer(context: Context, case: Case) -> Sequence[Action]:
    """Only the one whom the owner would hand it to."""
    known = await context.work.communities.moderators(case.community)
    others = {context.person_key(one) for one in known} - {case.offered}
    words = context.public.body("case.alert-offered")
    sent = await _send(context, case, Stage.ALL, words, others)
    await context.work.due.put(context.now + AGAIN[case.risk in RISKY], TICK, case.id, case.community)
    return sent.actions
