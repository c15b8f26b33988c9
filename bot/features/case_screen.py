"""How a case looks to a moderator who may see it, and what they can do with it."""

from bot.context import Context
from bot.contract.actions import Button, Reply
from bot.contract.events import Person
from bot.contract.markup import Body
from bot.features import case_access, case_words, second_card
from bot.storage.cases import Case


def show(person: Person, context: Context, case: Case) -> Reply:
    """What is kept of a case, and what this moderator can do with it."""
    body = (*_facts(person, context, case), *_checklist(context, case))
    return Reply(body=body, buttons=_ways(person, context, case), replaces=True)


def no_such(context: Context) -> Reply:
    """The same whether there is none or it is not for them."""
    return context.reply("case.no-such", context.button("desk.open-button", "desk"), replaces=True)


def line(context: Context, case: Case) -> Body:
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


def levels(context: Context, case: Case) -> Reply:
    t = context.t
    body = [*case_words.mark(t, case), *t.body("case.yours")]
    body += [t(f"case.level-{level}-looks") for level in case_words.LEVELS]
    ways = [
        context.button(f"case.level-{level}-button", "caselevel", case.id, level)
        for level in case_words.LEVELS
    ]
    return Reply(body=tuple(body), buttons=(*ways, *case_words.link(t, case)), replaces=True)


def taken_already(context: Context, case: Case) -> Reply:
    name = case.owner.name if case.owner else ""
    sure = context.button("case.take-over-button", "casetakeover", case.id, "yes")
    back = context.button("case.back-button", "case", case.id)
    return context.reply("case.taken-already", sure, back, replaces=True, name=name)
