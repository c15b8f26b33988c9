"""Day one: the starter rules, in use at once and marked as not agreed yet."""

from bot.context import Context
from bot.starter import DAY_ONE, Starter
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
