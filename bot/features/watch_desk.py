"""The desk's page about the message watch: what it does, how often, and what moderators may change.

Moderators can make it quieter or pause it at once. Only a vote turns it on or makes it speak more.
"""

from collections.abc import Mapping, Sequence

from bot import noticing
from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed
from bot.contract.markup import Body
from bot.features import watch_trial
from bot.features.desk_step import DeskStep
from bot.features.pressed import argument
from bot.keeping import time_kept
from bot.settings import WATCH_LEVELS

ACTIONS = (("watching.open-button", "watchpage"),)


async def page(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """How the watch stands."""
    return [await _page(context)]


async def pause(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Quiet from now on, until a moderator lets it go on."""
    await context.set("watch_paused", "yes")
    return [await _page(context)]


async def go_on(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """It goes on as the group voted; a trial begins anew."""
    await watch_trial.goes_on(context)
    return [await _page(context)]


async def pause_urgent(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """No hint about urgent words from now on, until a moderator lets it go on."""
    await context.set("urgent_paused", "yes")
    return [await _page(context)]


async def urgent_goes_on(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Urgent words go on as the group voted."""
    await context.set("urgent_paused", "no")
    return [await _page(context)]


async def set_level(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """How readily it speaks: never more than the group voted for."""
    level = argument(event)
    if level in _levels(context):
        await context.set("watch_level", level)
    elif level in WATCH_LEVELS:
        ask = context.button("settings.watch-button", "suggestwatch")
        return [context.reply("watching.needs-vote", ask, replaces=True)]
    return [await _page(context)]


async def next_step(context: Context) -> DeskStep | None:
    """The group agreed to look for urgent words, and nobody may look."""
    settings = context.group.settings
    if not settings.urgent_words or settings.urgent_paused or settings.somebody_may_look:
        return None
    button = context.button("watching.pause-urgent-button", "urgentpause")
    return DeskStep(text=context.t.body("watching.urgent-waits-step"), button=button)


def note(context: Context) -> Body:
    """What every moderator should know when they open the desk: that another has paused something."""
    settings, t = context.group.settings, context.t
    advice = t.body("watching.note-paused") if settings.watch != "off" and settings.watch_paused else ()
    urgent = t.body("watching.note-urgent-paused") if settings.urgent_words and settings.urgent_paused else ()
    return (*advice, *urgent)


async def _page(context: Context) -> Reply:
    settings = context.group.settings
    known = noticing.knows(settings.language)
    body = (
        *context.t.body("watching.title"),
        *(() if known else context.t.body("watching.unknown-language")),
        *await _advice(context),
        *await _urgent(context),
        *_unasked(context),
        *_hears(context),
    )
    return Reply(body=body, buttons=_buttons(context), replaces=True)


async def _advice(context: Context) -> Body:
    settings, t = context.group.settings, context.t
    if settings.watch == "off":
        return t.body("watching.is-off")
    counts = await _counts(context)
    would = counts.get("would", 0)
    return (
        *_now(context),
        *t.body(f"watching.level-{settings.watch_level}"),
        *t.body(f"watching.most-{settings.watch_most}"),
        *((t.many("watching.would", would),) if would or settings.on_trial(context.now) else ()),
        *t.body(
            "watching.counts",
            hints=counts.get("hint", 0),
            posts=counts.get("posted", 0),
            no=counts.get("not-advice", 0),
        ),
    )


def _now(context: Context) -> Body:
    settings, t = context.group.settings, context.t
    if settings.watch_paused:
        return t.body("watching.is-paused")
    if settings.trial_ends is not None and settings.on_trial(context.now):
        return t.body("watching.is-trial", until=context.when(settings.trial_ends))
    return t.body(f"watching.is-{settings.watch}")


async def _urgent(context: Context) -> Body:
    settings, t = context.group.settings, context.t
    if not settings.urgent_words:
        return t.body("watching.urgent-off")
    if settings.urgent_paused:
        return t.body("watching.urgent-paused")
    if not settings.somebody_may_look:
        return t.body("watching.urgent-waits")
    return (
        *t.body("watching.urgent-on"),
        t.many("watching.urgent-counts", (await _counts(context)).get("urgent", 0)),
    )


def _unasked(context: Context) -> Body:
    """Groups that joined this community after its vote: nothing is read there."""
    settings = context.group.settings
    some = (settings.watch != "off" and settings.watch_unasked) or (
        settings.urgent_words and settings.urgent_unasked
    )
    return context.t.body("watching.unasked") if some else ()


def _hears(context: Context) -> Body:
    """Whether the platforms let the bot read at all: what a vote decides is of no use if they do not."""
    settings, t = context.group.settings, context.t
    groups = dict.fromkeys((place.platform, place.group) for place in context.group.places)
    reading = [each for each in groups if settings.for_group(*each).reads_messages]
    heard = [at for each in reading if (at := context.last_heard(*each)) is not None]
    if not reading:
        return ()
    if len(heard) < len(reading):
        return t.body("watching.hears-nothing")
    return t.body("watching.hears", when=context.when(max(heard)))


async def _counts(context: Context) -> Mapping[str, int]:
    since = (context.now - time_kept("watched")).astimezone(context.group.settings.zone)
    return await context.work.watch.counts(context.group.community, since.date())


def _levels(context: Context) -> Sequence[str]:
    """The levels that the group's vote covers."""
    return WATCH_LEVELS[: WATCH_LEVELS.index(context.group.settings.watch_most) + 1]


def _buttons(context: Context) -> tuple[Button, ...]:
    settings, button = context.group.settings, context.button
    shown: list[Button] = []
    if settings.watch != "off":
        kind = ("go-on", "watchgoon") if settings.watch_paused else ("pause", "watchpause")
        shown.append(button(f"watching.{kind[0]}-button", kind[1]))
        others = [level for level in _levels(context) if level != settings.watch_level]
        shown += [button(f"watching.level-{level}-button", "watchlevel", level) for level in others]
        shown.append(button("watching.phrases-button", "watchphrases"))
        shown.append(button("watching.rules-button", "watchrules"))
    if settings.urgent_words:
        kind = ("urgent-goes-on", "urgentgoon") if settings.urgent_paused else ("pause-urgent", "urgentpause")
        shown.append(button(f"watching.{kind[0]}-button", kind[1]))
    suggest = button("watching.suggest-button", "suggestbot")
    return (*shown, suggest, button("desk.back-button", "desk"))
