"""Starter rules that are not in use are offered one at a time, as ideas like any other."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed
from bot.features import drafting, pressed
from bot.features.starting_rules import starter_rule
from bot.starter import OFFERED, Starter
from ground_rules.agreement import Agreement, Kind, Rule
from ground_rules.proposal import RuleSubject, similar


async def offer(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The first one that no rule says already; or the one after the last shown."""
    return [_shown(context, await pressed.newest(context), pressed.number(event))]


async def suggest(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A draft of an idea to add this rule, before it is posted."""
    place = pressed.number(event)
    if not 0 <= place < len(OFFERED):
        return [context.reply("problems.unknown-button")]
    rule = _rule(context, OFFERED[place])
    why = context.public.plain(f"principle.{OFFERED[place].principle}.name")
    values = {
        "title": rule.title,
        "text": rule.text,
        "why": context.public.plain("offering.why", principle=why),
    }
    return await drafting.begin(event, context, RuleSubject(change=Kind.ADD), values)


def _shown(context: Context, agreement: Agreement, first: int) -> Reply:
    texts = {rule.number: rule.text for rule in agreement.rules}
    free = [n for n, s in enumerate(OFFERED) if similar(_rule(context, s).text, texts) is None]
    place = next((n for n in free if n >= first), None)
    back = context.button("desk.back-button", "desk")
    if place is None:
        return context.reply("offering.none", back, replaces=True)
    rule = _rule(context, OFFERED[place])
    principle = context.t.plain(f"principle.{OFFERED[place].principle}.name")
    body = context.t.body("offering.one", title=rule.title, text=rule.text, principle=principle)
    use = context.button("offering.use-button", "offersuggest", place)
    other = context.button("offering.next-button", "offernext", place + 1)
    return Reply(body=body, buttons=(use, other, back), replaces=True)


def _rule(context: Context, starter: Starter) -> Rule:
    return starter_rule(context, starter, 0)
