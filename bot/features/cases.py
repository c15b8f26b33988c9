"""Cases on the moderators' side: seen by those entitled, picked up by one, and worked through.

Whoever may not see a case gets the same answer as if there were none.
"""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, Person
from bot.contract.markup import Body
from bot.features import case_access, case_clock, case_words, second_card
from bot.features.desk_step import DeskStep
from bot.features.pressed import argument, number
from bot.storage.cases import CLOSED, PICKED, Case

ACTIONS = (("case.list-button", "cases"), ("drills.open-button", "drill"))
LISTED = 8


async def listed(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The open cases that this moderator may see."""
    cases = await _open_for(event.person, context)
    back = context.button("desk.open-button", "desk")
    if not cases:
        return [context.reply("case.none", back, replaces=True)]
    body = [block for case in cases[:LISTED] for block in _line(context, case)]
    ways = [context.button("case.open-button", "case", case.id, case=case.id) for case in cases[:LISTED]]
    return [Reply(body=(*context.t.body("case.title"), *body), buttons=(*ways, back), replaces=True)]


async def open_case(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One case, with what is to be done next."""
    case = await case_access.seen(event, context)
    return [no_such(context) if case is None else show(event.person, context, case)]


async def take(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """It is theirs from this press on; then how serious it is. One who has it gives it up to them."""
    case = await case_access.seen(event, context)
    if case is None or case.state == CLOSED:
        return [no_such(context)]
    if case_access.is_owner(case, event.person):
        return [_levels(context, case)]
    if case.state == PICKED and argument(event, 1) != "yes" and case.offered != _key(event, context):
        return [_taken_already(context, case)]
    who = event.person
    taken = await context.work.cases.change(
        case,
        state=PICKED,
        owner_platform=who.platform,
        owner_id=who.id,
        owner_name=who.name,
        offered_key="",
        picked_at=case.picked_at or context.now,
    )
    now = await context.work.cases.find(case.community, case.id)
    if not taken or now is None:  # another was quicker
        return [show(who, context, now or case)]
    await case_clock.stop(context, now)
    news = await second_card.picked_up(context, now) if case.owner is None else ()
    return [_levels(context, now), *_tell_former(context, case, now), *news]


async def level(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """How serious it is: the moderator's own judgement, at pick-up or later."""
    case, chosen = await case_access.seen(event, context), number(event, 1)
    if case is None:
        return [no_such(context)]
    if case_access.is_owner(case, event.person) and case.open and chosen in case_words.LEVELS:
        await context.work.cases.change(case, level=chosen)
    return await open_case(event, context)


async def step(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A step of the checklist is done, or is not done after all."""
    case, which = await case_access.seen(event, context), argument(event, 1)
    if case is None:
        return [no_such(context)]
    known = case_words.steps(case.level)
    if case_access.is_owner(case, event.person) and case.open and which in known:
        done = {*case.steps} ^ {which}
        await context.work.cases.change(case, steps=" ".join(one for one in known if one in done))
    return await open_case(event, context)


async def hand(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """To whom the owner would hand it over."""
    case = await case_access.seen(event, context)
    if case is None or not case_access.is_owner(case, event.person) or not case.open:
        return [no_such(context)]
    ways = []
    for moderator in await case_access.entitled(context, case):
        if not case_access.is_owner(case, moderator):
            short = case_access.short_key(context, moderator)
            name = moderator.name or context.t.plain("worrying.moderator-without-name")
            ways.append(context.button("case.hand-to", "casehandto", case.id, short, name=name))
    back = context.button("case.back-button", "case", case.id)
    key = "case.hand" if ways else "case.hand-nobody"
    return [Reply(body=context.t.body(key), buttons=(*ways, back), replaces=True)]


async def hand_to(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """It stays with the owner until the other picks it up, who is reminded."""
    case, short = await case_access.seen(event, context), argument(event, 1)
    if case is None or not case_access.is_owner(case, event.person) or not case.open:
        return [no_such(context)]
    for moderator in await case_access.entitled(context, case):
        if case_access.short_key(context, moderator) == short and moderator.id != event.person.id:
            await context.work.cases.change(case, offered_key=context.person_key(moderator))
            offered = await context.work.cases.find(case.community, case.id)
            sent = () if offered is None else await case_clock.offer(context, offered)
            back = context.button("case.back-button", "case", case.id)
            return [context.reply("case.handed", back, replaces=True), *sent]
    return await hand(event, context)


def show(person: Person, context: Context, case: Case) -> Reply:
    """What is kept of a case, and what this moderator can do with it."""
    body = (*_facts(person, context, case), *_checklist(context, case))
    return Reply(body=body, buttons=_ways(person, context, case), replaces=True)


def no_such(context: Context) -> Reply:
    """The same whether there is none or it is not for them."""
    return context.reply("case.no-such", context.button("desk.open-button", "desk"), replaces=True)


async def next_step_for(person: Person, context: Context) -> DeskStep | None:
    """A case that nobody has, one that is offered to them, or one that they have and did not close."""
    cases = await _open_for(person, context)
    key = context.person_key(person)
    urgent = [one for one in cases if one.owner is None or one.offered == key]
    mine = [one for one in cases if case_access.is_owner(one, person)]
    for case in (*urgent, *mine):
        text = "case.step-mine" if case in mine and case.offered != key else "case.step"
        button = context.button("case.open-button", "case", case.id, case=case.id)
        return DeskStep(text=(*case_words.mark(context.t, case), *context.t.body(text)), button=button)
    return None


async def _open_for(person: Person, context: Context) -> list[Case]:
    cases = await context.work.cases.open_ones(context.group.community)
    return [case for case in cases if await case_access.may_see(context, case, person)]


def _line(context: Context, case: Case) -> Body:
    t = context.t
    who = t.plain("case.nobody") if case.owner is None else case.owner.name
    risk = t.plain(f"case.risk-{case.risk}")
    line = t.body("case.line", case=case.id, told=context.when(case.made_at), risk=risk, who=who)
    return (*case_words.mark(t, case), *line)


def _facts(person: Person, context: Context, case: Case) -> Body:
    t = context.t
    who = t.plain("case.nobody") if case.owner is None else case.owner.name
    if case_access.is_owner(case, person):
        who = t.plain("case.you")
    facts = t.body(
        "case.facts",
        case=case.id,
        told=context.when(case.made_at),
        risk=t.plain(f"case.risk-{case.risk}"),
        topic=t.plain(f"case.topic-{case.topic or 'none'}"),
        who=who,
    )
    blocks = [*case_words.mark(t, case), *facts, t(f"case.level-{case.level}")]
    words = context.secrecy.unsealed(case.id, case.words)
    if words is None:
        blocks += t.body("case.words-locked")
    elif words:
        blocks += t.body("case.words", words=words)
    blocks += t.body("case.may-write" if case.wants == second_card.ALL else "case.may-not-write")
    return tuple(blocks)


def _checklist(context: Context, case: Case) -> Body:
    t = context.t
    if case.owner is None:
        return ()
    lines = [
        t("case.step-done" if step in case.steps else "case.step-open", step=t.plain(f"case.step-{step}"))
        for step in case_words.steps(case.level)
    ]
    return (t("case.checklist"), *lines)


def _ways(person: Person, context: Context, case: Case) -> tuple[Button, ...]:
    back = context.button("case.list-button", "cases")
    if not case.open:
        return (context.button("care.open-button", "care", case.id), back)
    if not case_access.is_owner(case, person):
        taking = () if case.owner is not None and case.offered != context.person_key(person) else ("take",)
        label = "case.take-button" if taking else "case.take-over-button"
        return (context.button(label, "casetake", case.id), *case_words.link(context.t, case), back)
    ticks = [
        context.button(
            "case.untick-button" if step in case.steps else "case.tick-button",
            "casestep",
            case.id,
            step,
            step=context.t.plain(f"case.step-{step}-short"),
        )
        for step in case_words.steps(case.level)
    ]
    return (
        *case_words.link(context.t, case),
        *ticks,
        *(
            (context.button("case.write-button", "casewrite", case.id),)
            if case.wants == second_card.ALL
            else ()
        ),
        context.button("case.level-button", "caselevels", case.id),
        context.button("case.hand-button", "casehand", case.id),
        context.button("case.close-button", "caseclose", case.id),
        back,
    )


async def levels(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """How serious is it?"""
    case = await case_access.seen(event, context)
    return [no_such(context) if case is None else _levels(context, case)]


def _levels(context: Context, case: Case) -> Reply:
    t = context.t
    body = [*case_words.mark(t, case), *t.body("case.yours")]
    body += [t(f"case.level-{level}-looks") for level in case_words.LEVELS]
    ways = [
        context.button(f"case.level-{level}-button", "caselevel", case.id, level)
        for level in case_words.LEVELS
    ]
    return Reply(body=tuple(body), buttons=(*ways, *case_words.link(t, case)), replaces=True)


def _taken_already(context: Context, case: Case) -> Reply:
    name = case.owner.name if case.owner else ""
    sure = context.button("case.take-over-button", "casetakeover", case.id, "yes")
    back = context.button("case.back-button", "case", case.id)
    return context.reply("case.taken-already", sure, back, replaces=True, name=name)


def _tell_former(context: Context, before: Case, now: Case) -> Sequence[Action]:
    """Whoever had it hears that another has it now."""
    if before.owner is None or now.owner is None:
        return []
    body = context.public.body("case.taken-over", case=now.id, name=now.owner.name)
    return [context.tell(before.owner, (*case_words.mark(context.public, now), *body))]


def _key(event: ButtonPressed, context: Context) -> str:
    return context.person_key(event.person)
