"""``/worried``: one question, the crisis card first, and the moderators are told.

Members never choose how serious it is. What a worry is about travels on the buttons until one of the
three answers is pressed; the alert is written in the same transaction as the case.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, CommandGiven
from bot.contract.markup import Body
from bot.cover_hours import CoverHours
from bot.features import alerting, case_access, case_clock, crisis_card, urgent, worry_place
from bot.features.pressed import argument
from bot.features.worry_place import About
from bot.storage.cases import CLOSED, PICKED, Case

RISKS = {"y": "yes", "u": "unsure", "n": "no"}
SAID = {"yes": "y", "y": "y", "not sure": "u", "unsure": "u", "maybe": "u", "no": "n", "n": "n"}
OPEN_AT_ONCE = 5  # reports of one person; more go to the newest


async def worried(event: CommandGiven, context: Context) -> Sequence[Action]:
    """The one question. Nothing is stored yet, and no database is asked."""
    if context.known_group is None:
        return await _no_group(event, context)
    if not context.storage_works:
        return [_cannot_tell(context, "y", context.button("worrying.try-again-button", "worry"))]
    return [question(context, worry_place.of_command(event, context))]


async def again(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The same question, from a button."""
    if context.known_group is None:
        return await _no_group(event, context)
    return [question(context, About())]


def question(context: Context, about: About) -> Reply:
    """Is a life at risk now? A press tells the moderators."""
    t = context.t
    left_out = t.body("worrying.one-left-out") if about.out else ()
    emergency = context.numbers()["emergency"]
    choices = [_risk_button(context, risk, about) for risk in RISKS]
    if not about.out:
        first = context.button("worrying.leave-out-first-button", "worryfirst", *about.arguments[:3])
        choices.append(first)
    choices.append(context.button("worrying.mine-button", "worries"))
    return Reply(body=(*t.body("worrying.question", emergency=emergency), *left_out), buttons=tuple(choices))


async def answer(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One of the three answers, about a message or place."""
    risk = argument(event)
    if context.known_group is None:
        return await _no_group(event, context)
    if risk not in RISKS:
        return [question(context, About())]
    return await _tell(event, context, risk, worry_place.of_press(event, 1))


async def plain_answer(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One of the three answers, about nothing that was pointed at."""
    risk = SAID.get(argument(event).replace("_", " "), "")
    if context.known_group is None:
        return await _no_group(event, context)
    return await _tell(event, context, risk, About()) if risk else [question(context, About())]


async def not_sure(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """ "Not sure", as it is typed."""
    return (
        await _no_group(event, context)
        if context.known_group is None
        else await _tell(event, context, "u", About())
    )


async def _tell(event: ButtonPressed, context: Context, risk: str, about: About) -> Sequence[Action]:
    if context.open_work is None:
        return [_cannot_tell(context, risk, _risk_button(context, risk, about, "worrying.try-again-button"))]
    case, is_new = await _case(event, context, risk, about)
    actions = await case_clock.begin(context, case) if is_new else ()
    told = context.t.body("worrying.telling") if actions else await state(context, case)
    hours = cover(context) if actions else ()  # else they are part of how it stands
    body = (*_card(context, risk), *hours, *context.t.body("worrying.thanks"), *told)
    return [Reply(body=body, buttons=buttons(context, case), replaces=True), *actions]


def _cannot_tell(context: Context, risk: str, again: Button) -> Reply:
    """The database fails: the numbers, the truth, and a way to try once more."""
    honest = context.t.body("worrying.could-not-tell")
    body = (*_card(context, risk), *honest, *alerting.nobody_to_tell(context))
    return Reply(body=body, buttons=(again,))


async def _no_group(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """We do not know whose moderators to tell, and say so; the numbers come first."""
    numbers = urgent.several(context)
    return [replace(numbers, body=(*numbers.body, *context.t.body("worrying.no-group")))]


async def _case(event: ButtonPressed, context: Context, risk: str, about: About) -> tuple[Case, bool]:
    """The case of this answer. Pressed twice it is one; that a life may be at risk now is news.

    A case that is open to somebody whom this answer leaves out is never taken for it.
    """
    work, community = context.work, context.group.community
    on = worry_place.where(event, context, about)
    reporter = context.person_key(event.person)
    await work.communities.lock(community)  # two processes may hear of the same press
    known = [
        one
        for one in await work.cases.told_by(reporter, community)
        if one.state != CLOSED and await case_access.keeps_out(context, one, about.wrote, about.out)
    ]
    same = [one for one in known if one.on == on] or known[OPEN_AT_ONCE - 1 :]
    if same:
        worse = RISKS[risk] in case_clock.RISKY and same[-1].risk not in case_clock.RISKY
        if not worse:
            return same[-1], False
        await work.cases.set(same[-1], risk=RISKS[risk], rounds=0)
        return replace(same[-1], risk=RISKS[risk], rounds=0), True
    id = case_access.new_id()
    values = {"about_key": about.wrote, "reporter_key": reporter, "risk": RISKS[risk]}
    await work.cases.add(id, community, on, context.now, **values)
    for moderator in await work.communities.moderators(community):
        key = context.person_key(moderator)
        if about.out and key.startswith(about.out):
            await work.cases.leave_out(id, key)
    case = await work.cases.find(community, id)
    if case is None:
        raise LookupError("the case was stored just now")
    return case, True


async def status(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Whether anybody was told, and whether anybody has it: as it is stored now."""
    case = await case_access.own(event, context)
    if case is None:
        return [context.reply("worrying.gone", replaces=True)]
    return [Reply(body=await state(context, case), buttons=buttons(context, case), replaces=True)]


async def mine(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Everything this person told the moderators here, and how it stands."""
    cases = await context.work.cases.told_by(context.person_key(event.person), context.group.community)
    if not cases:
        return [context.reply("worrying.none", context.button("worrying.ask-button", "worry"))]
    shown = cases[-OPEN_AT_ONCE:]
    body = [block for case in shown for block in await state(context, case)]
    ways = [
        context.button("worrying.open-button", "worrystatus", case.id, date=context.when(case.made_at))
        for case in shown
    ]
    return [Reply(body=tuple(body), buttons=tuple(ways))]


async def state(context: Context, case: Case) -> Body:
    """How a report stands: told, picked up, closed, or that nobody came in time."""
    t, when = context.t, context.when
    if case.state == CLOSED and case.closed_at is not None:
        return t.body("worrying.is-closed", told=when(case.made_at), closed=when(case.closed_at))
    if case.state == PICKED and case.picked_at is not None:
        return t.body("worrying.is-picked-up", told=when(case.made_at), picked=when(case.picked_at))
    if case.overdue:
        outside = () if case.told else alerting.nobody_to_tell(context)
        return (*t.body("worrying.nobody-yet"), *crisis_card.numbers(context, t), *outside)
    return await _waiting(context, case)


async def _waiting(context: Context, case: Case) -> Body:
    t = context.t
    if case.told:
        return (t.many("worrying.told", case.told), *t.body("worrying.not-picked-up"), *cover(context))
    so_far = await case_clock.told_of(context, case)
    if so_far.delivered:
        told = t.many("worrying.told", len(so_far.delivered))
        return (told, *t.body("worrying.not-picked-up"), *cover(context))
    if so_far.waiting:
        return (*t.body("worrying.telling-still"), *cover(context))
    return (*t.body("worrying.told-nobody"), *alerting.nobody_to_tell(context))


def cover(context: Context) -> Body:
    """Outside of cover hours: until when nobody is there, so that nobody waits."""
    settings = context.group.settings
    hours = CoverHours.read(settings.cover_hours)
    if hours.day(context.now, settings.zone) is not None:
        return ()
    begins = hours.next(context.now, settings.zone)
    if begins is None:
        return context.t.body("worrying.no-hours")
    return context.t.body("worrying.off-duty", until=context.when(begins))


def _card(context: Context, risk: str) -> Body:
    """The crisis card, on Yes and Not sure."""
    if risk == "n":
        return ()
    return (*context.t.body("worrying.card"), *crisis_card.numbers(context, context.t))


def _risk_button(context: Context, risk: str, about: About, label: str = "") -> Button:
    label = label or f"worrying.{RISKS[risk]}-button"
    if about.nothing:
        return context.button(label, "life", RISKS[risk])
    return context.button(label, "lifeof", risk, *about.arguments)


def buttons(context: Context, case: Case) -> tuple[Button, ...]:
    status = context.button("worrying.status-button", "worrystatus", case.id)
    if not case.open:
        return (status,)
    return (
        status,
        context.button("worrying.topic-button", "worrytopics", case.id),
        context.button("worrying.words-button", "worrywords", case.id),
        context.button("worrying.writing-button", "worrywriting", case.id),
        context.button("worrying.leave-out-button", "worryleave", case.id),
    )
