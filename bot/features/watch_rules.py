"""Rules of the message watch that a group has switched off, and those that it may want to."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed
from bot.features.desk_step import DeskStep
from bot.features.pressed import argument

ENOUGH = 10  # answers
TOO_MANY = 0.3  # of them "not advice"
A_SCREEN = 8


async def screen(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Rules that moderators answered, most doubted first, and those that are off."""
    answers, off = await context.work.watch.answers(context.group.community), _off(context)
    asked = sorted(answers, key=lambda rule: -answers[rule][1])
    rules = list(dict.fromkeys((*off, *(rule for rule in asked if rule not in off))))[:A_SCREEN]
    buttons = [
        context.button("watching.rule-button", "watchrule", _slug(rule), rule=_called(context, rule))
        for rule in rules
    ]
    back = context.button("watching.back-button", "watchpage")
    body = context.t.body("watching.rules" if rules else "watching.rules-none")
    return [Reply(body=body, buttons=(*buttons, back), replaces=True)]


async def one(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One rule: what moderators answered, and whether it is on."""
    rule = _rule(event)
    if not _is_known(context, rule):
        return await screen(event, context)
    return [await _one(context, rule)]


async def turn_off(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """This rule speaks no more here."""
    return await _decide(event, context, off=True)


async def keep(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """This rule speaks here, and its answers are counted anew."""
    return await _decide(event, context, off=False)


async def next_step(context: Context) -> DeskStep | None:
    """A rule that was wrong too often: propose to switch it off."""
    if context.group.settings.watch == "off":
        return None
    for rule, (advice, not_advice) in (await context.work.watch.answers(context.group.community)).items():
        answers = advice + not_advice
        if answers >= ENOUGH and not_advice > TOO_MANY * answers and rule not in _off(context):
            text = context.t.body(
                "watching.rule-step", rule=_called(context, rule), no=not_advice, answers=answers
            )
            button = context.button("watching.rule-step-button", "watchrule", _slug(rule))
            return DeskStep(text=text, button=button)
    return None


async def _decide(event: ButtonPressed, context: Context, *, off: bool) -> Sequence[Action]:
    rule = _rule(event)
    if not _is_known(context, rule):
        return await screen(event, context)
    others = [each for each in _off(context) if each != rule]
    await context.set("watch_rules_off", " ".join([*others, rule] if off else others))
    await context.work.watch.decided(context.group.community, rule)
    return [await _one(context, rule)]


async def _one(context: Context, rule: str) -> Reply:
    answers = await context.work.watch.answers(context.group.community)
    advice, not_advice = answers.get(rule, (0, 0))
    off = rule in _off(context)
    body = (
        *context.t.body("watching.rule-off" if off else "watching.rule-on", rule=_called(context, rule)),
        *context.t.body("watching.rule-answers", advice=advice, no=not_advice),
    )
    return Reply(body=body, buttons=_buttons(context, rule, off=off), replaces=True)


def _buttons(context: Context, rule: str, *, off: bool) -> tuple[Button, ...]:
    keep_label = "watching.rule-on-button" if off else "watching.rule-keep-button"
    on = context.button(keep_label, "watchruleon", _slug(rule))
    turn_off = () if off else (context.button("watching.rule-off-button", "watchruleoff", _slug(rule)),)
    return (*turn_off, on, context.button("watching.rules-button", "watchrules"))


def _off(context: Context) -> list[str]:
    return context.group.settings.watch_rules_off.split()


def _called(context: Context, rule: str) -> str:
    return context.t.plain(f"watching.head-{rule}") if _is_known(context, rule) else rule


def _is_known(context: Context, rule: str) -> bool:
    return context.t.has(f"watching.head-{rule}")


def _slug(rule: str) -> str:
    return rule.replace("-", "_")


def _rule(event: ButtonPressed) -> str:
    return argument(event).replace("_", "-")
