"""A moderator fixes a typing mistake, posted. For 72 hours anyone may say that it changes the meaning."""

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context
from bot.contract.actions import Action, Ask
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import encode
from bot.features import adopting, idea_card, idea_steps, planning, pressed
from bot.features.idea_form import words
from bot.storage.agreements import Made
from ground_rules import agreement as agreements
from ground_rules.agreement import Agreement, Change, Kind, Weight
from ground_rules.proposal import Origin, Proposal, RuleSubject, plan_dates, suggest

ACTIONS = (("typos.button", "typo"),)
NOBODY = ""  # the idea has no proposer: anyone may take it over


async def choose(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which rule has the mistake."""
    buttons = [
        context.button("typos.rule-button", "typorule", rule.number, number=rule.number, title=rule.title)
        for rule in (await pressed.newest(context)).rules
    ]
    return [context.reply("typos.which", *buttons, replaces=True)]


async def form(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The rule's words, to be put right."""
    rule = (await pressed.newest(context)).rule(pressed.number(event))
    return [
        Ask(
            title=context.t.plain("typos.title", number=rule.number),
            payload=encode("typofix", rule.number),
            fields=words(context, {"title": rule.title, "text": rule.text}),
            note=context.t.body("typos.note"),
        )
    ]


async def fixed(event: FormAnswered, context: Context) -> Sequence[Action]:
    """In use at once, and posted with before and after."""
    latest, number = await pressed.newest(context), pressed.number(event)
    title, text = event.values.get("title", ""), event.values.get("text", "")

    def step(version: Agreement) -> Agreement:
        return agreements.fix_typo(version, number, title, text, context.now)

    meaning = context.public_button("typos.meaning-button", "typomeaning", step(latest).version)
    posted = await adopting.adopt_at_once(context, step, number, Made(at=context.now), meaning)
    return [context.reply("typos.thanks", context.button("desk.back-button", "desk")), *posted]


async def changes_meaning(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The old words are back, and the new ones become an idea."""
    community, version = context.group.community, pressed.number(event)
    new = await context.work.agreements.version(community, version)
    made = await context.work.agreements.made(community, version)
    if new is None or made is None or not new.changes or new.changes[0].weight is not Weight.TYPO:
        return [context.reply("problems.unknown-button")]
    latest, fix = await pressed.newest(context), new.changes[0]

    def step(version: Agreement) -> Agreement:
        return agreements.undo_typo(version, fix, made.at, context.now)

    step(latest)  # Refused if it is too late, or the rule reads differently by now
    await adopting.adopt_at_once(context, step, fix.number, Made(at=context.now))
    restored = await pressed.newest(context)
    idea = await _idea(context, restored, fix)
    await context.work.proposals.add(community, idea, context.now)
    await context.work.proposals.proposer_gone(community, NOBODY)
    await idea_steps.plan(context, idea)
    kept = await context.work.proposals.find(community, int(idea.id))
    name, taken_back = adopting.post_name(context, "agreement", new), context.public.body("typos.taken-back")
    said = context.public.body("typos.back", number=fix.number)
    return [
        context.reply("typos.meaning-thanks"),
        *await context.edit(name, taken_back),
        *context.post(said),
        *(idea_card.posts(context, kept, restored) if kept else ()),
    ]


async def _idea(context: Context, agreement: Agreement, fix: Change) -> Proposal:
    proposals, community = context.work.proposals, context.group.community
    wanted = fix.after or agreement.rule(fix.number)
    dates = plan_dates(context.now, context.group.settings.calendar, taken=await planning.taken(context))
    idea = suggest(
        idea_id=await proposals.next_id(),
        subject=RuleSubject(change=Kind.CHANGE, number=fix.number),
        title=wanted.title,
        text=wanted.text,
        why=context.public.plain("typos.why"),
        proposer=NOBODY,
        agreement=agreement,
        ideas=[kept.proposal for kept in await proposals.all(community)],
        now=context.now,
        dates=dates,
        origin=Origin.TYPO,
    )
    return replace(idea, builds_on=agreement.version)
