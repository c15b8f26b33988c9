"""What everybody is told about the message watch, as it really is here and now."""

from bot import noticing
from bot.context import Context
from bot.contract.events import Place
from bot.contract.markup import Body
from bot.keeping import time_kept
from bot.settings import GroupSettings
from bot.texts import Reader


def story(context: Context, here: Place) -> Body:
    """For /privacy: what is read, what for, what is kept of it, and what it cannot do."""
    settings, t = _settings(context, here), context.t
    if settings is None:
        return t.body("privacy.reads-depends")
    advice, urgent = _is_on(settings), settings.urgent_words
    if not advice and not urgent:
        return t.body("privacy.reads-nothing")
    return (
        *(_advice(context, settings) if advice else ()),
        *(_urgent(context, settings) if urgent else ()),
        *t.body("privacy.watch-kept", days=time_kept("watched").days),
        *t.body("privacy.watch-limits"),
    )


def in_short(context: Context, here: Place) -> Body:
    """For /help about: whether messages are read, in a sentence or two."""
    settings, t = _settings(context, here), context.t
    if settings is None:
        return ()
    advice = t.body("help.about.watch-on" if _reads(settings) else "help.about.watch-off")
    urgent = t.body("help.about.urgent-words-on") if settings.looks_for_urgent_words else ()
    return (*advice, *urgent)


def for_newcomers(context: Context, t: Reader, here: Place) -> Body:
    """For the welcome: whoever comes later never saw the ballot, and reads that messages are looked at."""
    settings = _settings(context, here)
    if settings is None or not settings.reads_messages or not noticing.knows(settings.language):
        return ()
    return t.body("welcoming.watch")


def _advice(context: Context, settings: GroupSettings) -> Body:
    t = context.t
    if settings.watch_paused:
        return t.body("privacy.watch-paused")
    what = t.body("privacy.watch-reads")
    if settings.trial_ends is not None and settings.on_trial(context.now):
        return (*what, *t.body("privacy.watch-trial", until=context.when(settings.trial_ends)))
    return (*what, *t.body(f"privacy.watch-{settings.watch}"))


def _urgent(context: Context, settings: GroupSettings) -> Body:
    reads = settings.looks_for_urgent_words
    return context.t.body("privacy.urgent-words" if reads else "privacy.urgent-words-wait")


def _is_on(settings: GroupSettings) -> bool:
    return settings.watch != "off" and noticing.knows(settings.language)


def _reads(settings: GroupSettings) -> bool:
    return _is_on(settings) and not settings.watch_paused


def _settings(context: Context, here: Place) -> GroupSettings | None:
    """What holds here; in a private chat, what holds wherever the group was asked."""
    if context.known_group is None:
        return None
    return context.known_group.settings.for_group(here.platform, here.group)
