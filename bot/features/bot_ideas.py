"""Suggest something about the bot: what the group decides by a vote besides its rules."""

from collections.abc import Sequence

from bot import noticing
from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.features import drafting, idea_form, setting_words, settings_agreed, suggesting, watch_trial
from bot.features.pressed import argument
from bot.settings import ADVICE_LEVELS, WATCH_LEVELS


async def choose(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What it is about."""
    await suggesting.check_space(event, context)
    buttons = (
        context.button("settings.advice-button", "suggestadvice"),
        context.button("settings.watch-button", "suggestwatch"),
        context.button("settings.urgent-button", "suggesturgent"),
        context.button("needed.button", "suggestneeded"),
    )
    return [context.reply("settings.choose", *buttons, replaces=True)]


async def advice(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The three levels, but the one there is."""
    current = context.group.settings.advice
    levels = [level for level in ADVICE_LEVELS if level != current]
    buttons = [
        context.button(f"settings.advice-{level}-button", "suggestset", setting_words.ADVICE, level)
        for level in levels
    ]
    now = context.t.plain(f"settings.advice.{current}")
    return [context.reply("settings.which-advice", *buttons, _back(context), now=now, replaces=True)]


async def watch(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Hints, reminders in the room, or nothing. Only off in a language that the watch does not know."""
    now = context.group.settings.watch
    ways = ("hint", "room") if noticing.knows(context.group.settings.language) else ()
    buttons = [context.button(f"settings.watch-{way}-button", "suggestreadily", way) for way in ways]
    if now != "off":
        buttons.append(context.button("settings.watch-off-button", "suggestset", setting_words.WATCH, "off"))
    body = (*context.t.body("settings.which-watch"), *context.t.body(f"settings.watch-now-{now}"))
    if not ways:
        body = (*body, *context.t.body("settings.watch-unknown-language"))
    return [Reply(body=body, buttons=(*buttons, _back(context)), replaces=True)]


async def how_readily(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """How readily the watch may speak at most."""
    way = argument(event)
    if way not in ("hint", "room"):
        return await watch(event, context)
    buttons = [
        context.button(f"settings.level-{level}-button", "suggestset", setting_words.WATCH, f"{way}_{level}")
        for level in WATCH_LEVELS
    ]
    back = context.button("settings.back-button", "suggestwatch")
    return [context.reply("settings.how-readily", *buttons, back, replaces=True)]


async def urgent(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Urgent words on or off; on only where somebody may look."""
    on = context.group.settings.urgent_words
    body = context.t.body("settings.which-urgent")
    now = context.t.body("settings.urgent-now-on" if on else "settings.urgent-now-off")
    why = {value: _why_not(context, setting_words.URGENT, value) for value in ("yes", "no")}
    buttons = [
        context.button(f"settings.urgent-{value}-button", "suggestset", setting_words.URGENT, value)
        for value in why
        if not why[value]
    ]
    not_on = context.t.body(why["yes"]) if not on and why["yes"] else ()
    return [Reply(body=(*body, *now, *not_on), buttons=(*buttons, _back(context)), replaces=True)]


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form for why."""
    await suggesting.check_space(event, context)
    name, value = argument(event), argument(event, 1)
    if setting_words.subject(name, value) is None:
        return await choose(event, context)
    if why := _why_not(context, name, value):
        return [context.reply(why, _back(context), replaces=True)]
    return [idea_form.setting(context, name, value)]


async def written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The why came: a draft like any other. Asked again whether it may be suggested at all."""
    name, value = argument(event), argument(event, 1)
    subject = setting_words.subject(name, value)
    if subject is None:
        return [context.reply("problems.unknown-button")]
    if why := _why_not(context, name, value):
        return [context.reply(why, _back(context))]
    values = {
        "title": setting_words.title(context.public, name),
        "text": setting_words.text(context.public, name, value),
        "why": event.values.get("why", ""),
    }
    return await drafting.begin(event, context, subject, values)


def _why_not(context: Context, name: str, value: str) -> str:
    """Why this cannot be suggested now, as a catalogue key; empty if it can."""
    settings = context.group.settings
    if _now(context, name) == value and not _some_unasked(context, name, value):
        return "settings.as-it-is"
    if name == setting_words.WATCH and value != "off" and not noticing.knows(settings.language):
        return "settings.watch-unknown-language"
    if name == setting_words.URGENT and value == "yes" and not settings.somebody_may_look:
        return "settings.urgent-nobody"
    return ""


def _now(context: Context, name: str) -> str:
    settings = context.group.settings
    if name == setting_words.WATCH:
        return "off" if settings.watch == "off" else f"{settings.watch}_{settings.watch_most}"
    return settings_agreed.written(settings.urgent_words if name == setting_words.URGENT else settings.advice)


def _some_unasked(context: Context, name: str, value: str) -> bool:
    """Whether a group that joined later has to be asked the same again."""
    if value in ("off", "no") or name not in watch_trial.UNASKED:
        return False
    return bool(context.group.settings.chosen_for_places(watch_trial.UNASKED[name]))


def _back(context: Context) -> Button:
    return context.button("settings.back-button", "suggestbot")
