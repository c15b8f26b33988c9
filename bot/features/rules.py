"""``/rules [number or word]``: the rules in force, or those that fit; and showing one to everybody."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed, CommandGiven
from bot.contract.markup import Body
from bot.features import pressed
from bot.starter import DAY_ONE
from bot.texts import Reader
from ground_rules.agreement import Agreement, Rule, Standing


async def rules(event: CommandGiven, context: Context) -> Sequence[Action]:
    """All rules, the rule of a number, or the rules that hold a word."""
    agreement = await context.work.agreements.current(context.group.community, context.now)
    if agreement is None:
        return [context.reply("rules.none")]
    if not event.words.strip():
        return [await _all(context, agreement)]
    found = agreement.find(event.words)
    if not found:
        return [context.reply("rules.not-found", context.button("rules.read-all-button", "rules"))]
    body = tuple(block for rule in found for block in shown(context.t, rule))
    show = [
        context.button("rules.show-button", "showrule", rule.number, number=rule.number) for rule in found[:3]
    ]
    suggest = [context.button("rules.suggest-button", "suggest")]
    return [Reply(body=body, buttons=(*show, *suggest))]


async def read_all(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """All rules, by a button."""
    agreement = await context.work.agreements.current(context.group.community, context.now)
    return [context.reply("rules.none") if agreement is None else await _all(context, agreement)]


async def show(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One rule for everybody in this place to read."""
    number = pressed.number(event)
    agreement = await context.work.agreements.current(context.group.community, context.now)
    if agreement is None or not agreement.has(number):
        return [context.reply("rules.not-found", context.button("rules.read-all-button", "rules"))]
    return [Reply(body=shown(context.public, agreement.rule(number)), private=False)]


def shown(t: Reader, rule: Rule) -> Body:
    """One rule as people read it."""
    words = t.body("rules.rule", number=rule.number, title=rule.title, text=rule.text)
    return words if rule.temporary_until is None else (*words, *t.body("rules.for-now"))


def heading(t: Reader, agreement: Agreement) -> Body:
    """How far these rules are agreed."""
    match agreement.standing:
        case Standing.STARTER:
            return t.body("rules.starter-heading" if _are_starters(t, agreement) else "rules.own-heading")
        case Standing.PROVISIONAL:
            return t.body("rules.provisional-heading")
        case Standing.AGREED:
            return t.body("rules.agreed-heading", version=agreement.version)


def _are_starters(t: Reader, agreement: Agreement) -> bool:
    """Whether these came from the starter list, and were not pasted by a moderator."""
    titles = {t.plain(starter.title) for starter in DAY_ONE if not starter.core}
    return any(rule.title in titles for rule in agreement.rules)


async def _all(context: Context, agreement: Agreement) -> Reply:
    body = [*heading(context.t, agreement)]
    for rule in agreement.rules:
        body.extend(shown(context.t, rule))
        if agreement.standing is Standing.AGREED and not rule.agreed and rule.temporary_until is None:
            body.extend(context.t.body("rules.not-agreed-yet"))
    suggest = context.button("rules.suggest-button", "suggest")
    if agreement.version == 1:
        return Reply(body=tuple(body), buttons=(suggest,))
    before = context.button("adopting.history-button", "history")
    return Reply(body=tuple(body), buttons=(suggest, before))
