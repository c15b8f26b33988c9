"""Cover hours, chosen with a press or by a small form. Members see them in "Where to turn"."""

from collections.abc import Sequence
from datetime import time

from bot.context import Context
from bot.contract.actions import Action, Ask, Field, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import encode
from bot.cover_hours import EVERY_DAY, WEEKEND, WORKING_DAYS, CoverHours, Window, read_days, read_time
from bot.features import cover_words, where_to_turn
from bot.features.pressed import argument, number

PRESETS = (
    Window(EVERY_DAY, time(18), time(22)),
    Window(WORKING_DAYS, time(9), time(17)),
    Window(WORKING_DAYS, time(18), time(22)),
    Window(WEEKEND, time(10), time(16)),
)
MOST = 10  # windows
LONGEST_TIME = 12


async def hours(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The hours there are, and hours to add with one press."""
    return [_screen(context)]


async def preset(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Usual hours, added."""
    return await _add(context, PRESETS[min(number(event), len(PRESETS) - 1)])


async def own(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Hours of their own: on which days?"""
    t = context.t
    chosen = [EVERY_DAY, WORKING_DAYS, WEEKEND, *((day,) for day in EVERY_DAY)]
    buttons = [
        context.button("cover.days-button", "coverdays", _code(days), days=cover_words.days(t, days))
        for days in chosen
    ]
    back = context.button("cover.back-button", "coverhours")
    return [Reply(body=t.body("cover.which-days"), buttons=(*buttons, back), replaces=True)]


async def days(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Hours of their own: from when until when?"""
    which = _days(argument(event))
    return [_ask(context, which)] if which else [_screen(context)]


async def written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The times came."""
    which = _days(argument(event))
    try:
        window = Window(which, *(read_time(event.values.get(name, "")) for name in ("start", "end")))
    except ValueError:
        again = context.button("cover.again-button", "coverdays", argument(event) or _code(EVERY_DAY))
        return [context.reply("cover.no-time", again)]
    return await _add(context, window) if which else [_screen(context)]


async def remove(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """No hours any more: members are promised none."""
    return await _keep(context, CoverHours())


async def _add(context: Context, window: Window) -> Sequence[Action]:
    kept = cover_words.hours_of(context).adding(window)
    if len(kept.windows) > MOST:
        return [context.reply("cover.too-many", context.button("cover.back-button", "coverhours"))]
    return await _keep(context, kept)


async def _keep(context: Context, kept: CoverHours) -> Sequence[Action]:
    await context.set("cover_hours", kept.text)
    return [_screen(context), *await where_to_turn.refresh(context)]


def _screen(context: Context) -> Reply:
    t, kept = context.t, cover_words.hours_of(context)
    spoken = cover_words.hours(context, t)
    body = t.body("cover.hours-are", hours=spoken) if spoken else t.body("cover.hours-none")
    buttons = [
        context.button("cover.add-button", "coverpreset", place, window=cover_words.window(t, each))
        for place, each in enumerate(PRESETS)
        if each not in kept.windows
    ]
    buttons.append(context.button("cover.own-button", "coverown"))
    if spoken:
        buttons.append(context.button("cover.remove-button", "coverremove"))
    buttons.append(context.button("cover.back-button", "cover"))
    return Reply(body=(*body, *t.body("cover.hours-why")), buttons=tuple(buttons), replaces=True)


def _ask(context: Context, which: Sequence[int]) -> Ask:
    t = context.t
    return Ask(
        title=t.plain("cover.times-title"),
        payload=encode("coverwritten", _code(which)),
        fields=(
            Field(name="start", label=t.plain("cover.start-label"), longest=LONGEST_TIME),
            Field(name="end", label=t.plain("cover.end-label"), longest=LONGEST_TIME),
        ),
    )


def _code(which: Sequence[int]) -> str:
    return "".join(map(str, which))


def _days(code: str) -> tuple[int, ...]:
    """The days that a payload names; none if it names none."""
    try:
        return read_days(",".join(code))
    except ValueError:
        return ()
