"""Cases on the moderators' side: seen by those entitled, picked up by one, and worked through.

Whoever may not see a case gets the same answer as if there were none.
"""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed, Person
from bot.features import case_access, case_clock, case_screen, case_words, second_card
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
    body = [block for case in cases[:LISTED] for block in case_screen.line(context, case)]
    ways = [context.button("case.open-button", "case", case.id, case=case.id) for case in cases[:LISTED]]
    return [Reply(body=(*context.t.body("case.title"), *body), buttons=(*ways, back), replaces=True)]


async def open_case(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One case, with what is to be done next."""
    case = await case_access.seen(event, context)
    return [case_screen.no_such(context) if case is None else case_screen.show(event.person, context, case)]


async def take(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """It is theirs from this press on; then how serious it is. One who has it gives it up to them."""
    case = await case_access.seen(event, context)
    if case is None or case.state == CLOSED:
        return [case_screen.no_such(context)]
    if case_access.is_owner(case, event.person):
        return [case_screen.levels(context, case)]
    if case.state == PICKED and argument(event, 1) != "yes" and case.offered != _key(event, context):
        return [case_screen.taken_already(context, case)]
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
        return [case_screen.show(who, context, now or case)]
    await case_clock.stop(context, now)
    news = await second_card.picked_up(context, now) if case.owner is None else ()
    return [case_screen.levels(context, now), *_tell_former(context, case, now), *news]


async def level(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """How serious it is: the moderator's own judgement, at pick-up or later."""
    case, chosen = await case_access.seen(event, context), number(event, 1)
    if case is None:
        return [case_screen.no_such(context)]
    if case_access.is_owner(case, event.person) and case.open and chosen in case_words.LEVELS:
        await context.work.cases.change(case, level=chosen)
    return await open_case(event, context)


async def step(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A step of the checklist is done, or is not done after all."""
    case, which = await case_access.seen(event, context), argument(event, 1)
    if case is None:
        return [case_screen.no_such(context)]
    known = case_words.steps(case.level)
    if case_access.is_owner(case, event.person) and case.open and which in known:
        done = {*case.steps} ^ {which}
        await context.work.cases.change(case, steps=" ".join(one for one in known if one in done))
    return await open_case(event, context)


async def hand(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """To whom the owner would hand it over."""
    case = await case_access.seen(event, context)
    if case is None or not case_access.is_owner(case, event.person) or not case.open:
        return [case_screen.no_such(context)]
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
        return [case_screen.no_such(context)]
    for moderator in await case_access.entitled(context, case):
        if case_access.short_key(context, moderator) == short and moderator.id != event.person.id:
            await context.work.cases.change(case, offered_key=context.person_key(moderator))
            offered = await context.work.cases.find(case.community, case.id)
            sent = () if offered is None else await case_clock.offer(context, offered)
            back = context.button("case.back-button", "case", case.id)
            return [context.reply("case.handed", back, replaces=True), *sent]
    return await hand(event, context)


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


async def levels(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """How serious is it?"""
    case = await case_access.seen(event, context)
    return [case_screen.no_such(context) if case is None else case_screen.levels(context, case)]


def _tell_former(context: Context, before: Case, now: Case) -> Sequence[Action]:
    """Whoever had it hears that another has it now."""
    if before.owner is None or now.owner is None:
        return []
    body = context.public.body("case.taken-over", case=now.id, name=now.owner.name)
    return [context.tell_moderator(before.owner, (*case_words.mark(context.public, now), *body))]


def _key(event: ButtonPressed, context: Context) -> str:
    return context.person_key(event.person)
