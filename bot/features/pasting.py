"""A moderator pastes the rules the group has, in place of the starter rules, before anything is agreed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context
from bot.contract.actions import Action, Ask, Buttons, Field, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.markup import Body
from bot.contract.payload import encode
from bot.features import adopting, pressed
from bot.features.starting_rules import starter_rule
from bot.starter import DAY_ONE, Starter
from bot.storage.agreements import Made
from ground_rules.agreement import Agreement, Change, Kind, Rule, Standing, parse_pasted
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
    """In use at once, marked as not agreed yet. Core rules that seem to be missing are offered."""
    latest, text = await pressed.newest(context), event.values.get("rules", "")
    if await _too_late(context, latest):
        return [context.reply("pasting.too-late", context.button("desk.back-button", "desk"))]
    if len(text) > LONGEST:
        raise Refused(Reason.TOO_LONG, part="rules", limit=LONGEST, length=len(text))
    rules = _with_core(context, parse_pasted(text))
    version = Agreement(
        version=latest.version + 1, standing=Standing.STARTER, rules=tuple(rules), starts_at=context.now
    )
    if version.rules == latest.rules:
        return [_thanks(context, version)]
    await context.work.agreements.add(context.group.community, version, Made(at=context.now))
    name = adopting.post_name(context, "agreement", version)
    read = context.public_button("rules.read-all-button", "rules")
    return [
        _thanks(context, version),
        *context.post(context.public.body("pasting.posted"), (read,), name=name),
    ]


async def add_core(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A core rule that was offered joins the pasted ones, and the room reads it."""
    latest, which = await pressed.newest(context), pressed.number(event)
    if not 0 <= which < len(CORE):
        return [context.reply("problems.unknown-button")]
    if CORE[which] not in _missing(context, latest):
        return [_added(context, latest)]
    if await _too_late(context, latest):
        return [context.reply("pasting.too-late", context.button("desk.back-button", "desk"))]
    rule = starter_rule(context, CORE[which], latest.next_number())
    version = replace(
        latest,
        version=latest.version + 1,
        rules=(*latest.rules, rule),
        changes=(Change(kind=Kind.ADD, after=rule),),
        starts_at=context.now,
    )
    return [_added(context, version), *await adopting.adopt(context, version, Made(at=context.now))]


def _thanks(context: Context, version: Agreement) -> Reply:
    body = context.t.body("pasting.thanks", count=len(version.rules))
    read = context.button("rules.read-all-button", "rules")
    again = context.button("pasting.again-button", "paste")
    return _with_offers(context, version, body, (read, again))


def _added(context: Context, version: Agreement) -> Reply:
    read = context.button("rules.read-all-button", "rules")
    return _with_offers(context, version, context.t.body("pasting.added"), (read,))


def _with_offers(context: Context, version: Agreement, body: Body, buttons: Buttons) -> Reply:
    offered = []
    for starter in _missing(context, version):
        rule = starter_rule(context, starter, 0)
        body = (*body, *context.t.body("pasting.missing", title=rule.title, text=rule.text))
        offered.append(context.button("pasting.add-button", "addcore", CORE.index(starter), title=rule.title))
    back = context.button("desk.back-button", "desk")
    return Reply(body=body, buttons=(*offered, *buttons, back))


def _missing(context: Context, version: Agreement) -> list[Starter]:
    """The core rules that no rule seems to say. Only people can tell for sure, so they are offered."""
    texts = {rule.number: rule.text for rule in version.rules}
    return [starter for starter in CORE if similar(starter_rule(context, starter, 0).text, texts) is None]


def _with_core(context: Context, found: Sequence[tuple[str, str]]) -> list[Rule]:
    """The pasted rules, with those marked that say what a core rule says."""
    rules = [Rule(number=n, title=title, text=text) for n, (title, text) in enumerate(found, start=1)]
    for starter in CORE:
        core = starter_rule(context, starter, 0)
        same = similar(core.text, {rule.number: rule.text for rule in rules})
        if same is not None:
            rules[same - 1] = replace(rules[same - 1], core=True)
    return rules


async def _too_late(context: Context, latest: Agreement) -> bool:
    if latest.standing is not Standing.STARTER:
        return True
    return bool(await context.work.proposals.open_ones(context.group.community))
