"""Suggest a change: add, change or remove a rule. The words come in a form."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import ButtonPressed, CommandGiven, PersonEvent
from bot.features import drafting, pressed
from bot.features.idea_form import form
from ground_rules.agreement import Kind
from ground_rules.proposal import check_room
from ground_rules.refusals import Reason, Refused


async def suggest(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What would you like to do? Refused while there is no room for one more idea."""
    await check_space(event, context)
    buttons = [
        context.button("suggesting.add-button", "suggestadd"),
        context.button("suggesting.change-button", "suggestchange"),
        context.button("suggesting.remove-button", "suggestremove"),
        context.button("settings.bot-button", "suggestbot"),
    ]
    if await drafting.mine(event, context) is not None:
        buttons.append(context.button("suggesting.draft-button", "draft"))
    return [context.reply("suggesting.start", *buttons)]


async def choose_changed(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which rule to change."""
    rules = (await pressed.newest(context)).rules
    buttons = [
        context.button(
            "suggesting.change-rule-button", "suggestrule", r.number, number=r.number, title=r.title
        )
        for r in rules
    ]
    return [context.reply("suggesting.which-change", *buttons, replaces=True)]


async def choose_removed(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which rule to remove. Core rules are not among them."""
    rules = [rule for rule in (await pressed.newest(context)).rules if not rule.core]
    buttons = [
        context.button(
            "suggesting.remove-rule-button", "suggestgone", r.number, number=r.number, title=r.title
        )
        for r in rules
    ]
    return [context.reply("suggesting.which-remove", *buttons, replaces=True)]


async def add(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form for a new rule."""
    await check_space(event, context)
    return [form(context, Kind.ADD, 0)]


async def change(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form for a changed rule, with its words filled in."""
    await check_space(event, context)
    rule = (await pressed.newest(context)).rule(pressed.number(event))
    return [form(context, Kind.CHANGE, rule.number, {"title": rule.title, "text": rule.text})]


async def remove(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form for removing a rule: only why."""
    await check_space(event, context)
    rule = (await pressed.newest(context)).rule(pressed.number(event))
    if rule.core:
        raise Refused(Reason.CORE_RULE_STAYS, number=rule.number)
    return [form(context, Kind.REMOVE, rule.number)]


async def typed(event: CommandGiven, context: Context) -> Sequence[Action]:
    """``/agree-rules suggest 4 new words``: the form, begun with these words."""
    await check_space(event, context)
    agreement = await pressed.newest(context)
    words = event.words.strip().partition(" ")[2].strip()
    first, _, rest = words.partition(" ")
    digits = first.lstrip("#").rstrip(".:")
    known = await context.work.people.find(context.person_key(event.person)) is not None
    note = () if known else context.t.body("suggesting.first-note")
    if digits.isdecimal() and len(digits) < 10:
        rule = agreement.rule(int(digits))
        text = rest.strip() or rule.text
        return [form(context, Kind.CHANGE, rule.number, {"title": rule.title, "text": text}, note)]
    return [form(context, Kind.ADD, 0, {"text": words}, note)]


async def check_space(event: PersonEvent, context: Context) -> None:
    """Refused while this person has an idea open, or the group has three."""
    ideas = await context.work.proposals.open_ones(context.group.community)
    check_room(context.person_key(event.person), [kept.proposal for kept in ideas])
