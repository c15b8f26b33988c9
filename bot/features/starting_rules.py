"""Day one: the starter rules, in use at once and marked as not agreed yet."""

from collections.abc import Mapping

from bot.context import Context
from bot.contract.actions import Action
from bot.features import adopting
from bot.starter import DAY_ONE, STARTERS, Starter
from bot.storage.agreements import Made
from ground_rules import agreement as agreements
from ground_rules.agreement import Agreement, Rule


def starter_rule(context: Context, starter: Starter, number: int) -> Rule:
    """A starter rule in the group's language, with its country's numbers."""
    numbers = context.numbers()
    return Rule(
        number=number,
        title=context.public.plain(starter.title),
        text=context.public.plain(starter.text, **numbers),
        core=starter.core,
    )


async def begin(context: Context) -> Agreement:
    """Put the seven starter rules in use as version 1."""
    rules = [starter_rule(context, starter, number) for number, starter in enumerate(DAY_ONE, start=1)]
    made = agreements.start(rules, context.now)
    await context.work.agreements.add(context.group.community, made, Made(at=context.now))
    return made


async def renumber(context: Context, before: Mapping[str, str]) -> list[Action]:
    """Starter rules that name the numbers of another country, put right for this one, and posted.

    ``before``: the numbers until now. Words that the group made its own are left as they are.
    """
    latest = await context.work.agreements.newest(context.group.community)
    actions: list[Action] = []
    for starter in STARTERS if latest is not None else ():
        old = context.public.plain(starter.text, **before)
        new = starter_rule(context, starter, 0).text
        for rule in latest.rules if latest is not None and old != new else ():
            if rule.text == old:
                actions += await _reworded(context, rule, new)
    return actions


async def _reworded(context: Context, rule: Rule, text: str) -> list[Action]:
    def step(version: Agreement) -> Agreement:
        return agreements.fix_typo(version, rule.number, rule.title, text, context.now)

    why = context.public.plain("setup.numbers-changed")
    return await adopting.adopt_at_once(context, step, rule.number, Made(at=context.now, why=why))
