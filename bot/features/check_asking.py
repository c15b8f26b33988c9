"""When numbers are due: the desk's next step, the post that asks for a second person, numbers that fail."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed
from bot.directory.crisis_numbers import EMERGENCY, CrisisNumber
from bot.features import check_due, check_result, pressed, where_to_turn
from bot.features.check_result import called
from bot.features.desk_step import DeskStep

ACTIONS = (("checking.open-button", "numbers"), ("checking.broken-button", "numbersbroken"))


async def next_step(context: Context) -> DeskStep | None:
    """Numbers that two people have to read, if nothing was asked this week."""
    if not context.group.settings.answered or check_due.rests(context) or not check_due.numbers_due(context):
        return None
    rows = (await context.work.number_checks.of(context.group.community)).values()
    waiting = any(row.waits(check_due.today(context)) for row in rows)
    return DeskStep(
        text=context.t.body("checking.step-second" if waiting else "checking.step"),
        button=context.button("checking.open-button", "numbers"),
    )


async def ask_second(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask the group for somebody who reads the numbers too."""
    today = check_due.today(context).isoformat()
    await context.set("check_asked", today)
    await check_due.rest(context)
    button = context.public_button("checking.help-button", "check")
    post = context.post(
        context.public.body("checking.posted"),
        (button,),
        name=check_result.post_name(context, today),
        about="reminders",
    )
    return [context.reply("checking.asked", _desk(context), replaces=True), *post]


async def later(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Not this week."""
    await check_due.rest(context)
    return [context.reply("checking.later", _desk(context), replaces=True)]


async def broken(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which number does not work?"""
    buttons = [
        context.button("checking.number-button", "numberbroken", number.key, name=called(context, number))
        for number in _that_may_fail(context)
    ]
    body = context.t.body("checking.which-broken")
    return [Reply(body=body, buttons=(*buttons, _desk(context)), replaces=True)]


async def break_one(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A number that does not work is not shown until two people have read it again."""
    return await _set_broken(event, context, True)


async def mend_one(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """It works after all."""
    return await _set_broken(event, context, False)


async def _set_broken(event: ButtonPressed, context: Context, fails: bool) -> Sequence[Action]:
    key = pressed.argument(event)
    number = next((each for each in _that_may_fail(context) if each.key == key), None)
    if number is None:
        return [context.reply("checking.gone", _desk(context), replaces=True)]
    await context.work.number_checks.breaks(context.group.community, key, fails)
    await context.directory_changed()
    undo = context.button("checking.works-button", "numberworks", key)
    check = context.button("checking.read-button", "typenumber", key)
    said = context.reply(
        "checking.hidden" if fails else "checking.shown",
        *((undo, check) if fails else ()),
        _desk(context),
        replaces=True,
        name=called(context, number),
    )
    return [said, *await where_to_turn.refresh(context)]


def _that_may_fail(context: Context) -> list[CrisisNumber]:
    """Every number but the emergency one, which is shown whatever happens."""
    return [number for number in context.own_directory.card if number.kind != EMERGENCY]


def _desk(context: Context) -> Button:
    return context.button("desk.back-button", "desk")
