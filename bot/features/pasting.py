"""A moderator pastes the rules the group has, in place of the starter rules, before anything is agreed."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Field, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import encode
from bot.features import adopting, pressed
from bot.features.starting_rules import starter_rule
from bot.starter import DAY_ONE
from bot.storage.agreements import Made
from ground_rules.agreement import Agreement, Rule, Standing, parse_pasted
from ground_rules.proposal import similar
from ground_rules.refusals import Reason, Refused

ACTIONS = (("pasting.button", "paste"),)
LONGEST = 4000
CORE = tuple(starter for starter in DAY_ONE if starter.core)


async def form(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The field for the rules, a paragraph each."""
    if await _too_late(context, await pressed.newest(context)):
        return [context.reply("pasting.too-late", context.button("desk.back-button", "desk"))]
    field = Field(name="rules", label=context.t.plain("pasting.label"), longest=LONGEST, lines=10)
    note = context.t.body("pasting.note")
    return [Ask(title=context.t.plain("pasting.title"), payload=encode("pasted"), fields=(field,), note=note)]


async def pasted(event: FormAnswered, context: Context) -> Sequence[Action]:
    """In use at once, marked as not agreed yet. A core rule that is missing is kept."""
    latest, text = await pressed.newest(context), event.values.get("rules", "")
    if await _too_late(context, latest):
        return [context.reply("pasting.too-late", context.button("desk.back-button", "desk"))]
    if len(text) > LONGEST:
        raise Refused(Reason.TOO_LONG, part="rules", limit=LONGEST, length=len(text))
    rules, kept = _with_core(context, parse_pasted(text))
    version = Agreement(
        version=latest.version + 1, standing=Standing.STARTER, rules=tuple(rules), starts_at=context.now
    )
    if version.rules == latest.rules:
        return [_thanks(context, len(rules), kept)]
    await context.work.agreements.add(context.group.community, version, Made(at=context.now))
    name = adopting.post_name(context, "agreement", version)
    read = context.public_button("rules.read-all-button", "rules")
    return [
        _thanks(context, len(rules), kept),
        *context.post(context.public.body("pasting.posted"), (read,), name=name),
    ]


def _thanks(context: Context, count: int, kept: Sequence[Rule]) -> Reply:
    body = list(context.t.body("pasting.thanks", count=count))
    for rule in kept:
        body += context.t.body("pasting.kept", number=rule.number, title=rule.title)
    read = context.button("rules.read-all-button", "rules")
    again = context.button("pasting.again-button", "paste")
    return Reply(body=tuple(body), buttons=(read, again, context.button("desk.back-button", "desk")))


def _with_core(context: Context, found: Sequence[tuple[str, str]]) -> tuple[list[Rule], list[Rule]]:
    """The pasted rules with the core ones marked or put after them; and those that were put there."""
    rules = [Rule(number=n, title=title, text=text) for n, (title, text) in enumerate(found, start=1)]
    kept = []
    for starter in CORE:
        core = starter_rule(context, starter, len(rules) + 1)
        same = similar(core.text, {rule.number: rule.text for rule in rules})
        if same is None:
            rules.append(core)
            kept.append(core)
        else:
            mine = rules[same - 1]
            rules[same - 1] = Rule(number=same, title=mine.title, text=mine.text, core=True)
    return rules, kept


async def _too_late(context: Context, latest: Agreement) -> bool:
    if latest.standing is not Standing.STARTER:
        return True
    return bool(await context.work.proposals.open_ones(context.group.community))
