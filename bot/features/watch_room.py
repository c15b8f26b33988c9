"""What a group chose for its message watch, as the watch takes it."""

from functools import lru_cache

from bot import noticing
from bot.noticing.own_phrases import BadPhrase, OwnPhrases, own
from bot.noticing.watch import Level, Room
from bot.settings import GroupSettings

OWN = "own-phrase"  # the rule of every phrase that the group added itself


def room(settings: GroupSettings, level: str = "", raised: frozenset[str] = frozenset()) -> Room:
    """The group's room, at its own level unless another is named. Cheap: phrases are read once.

    In a language that the watch does not know it looks for nothing.
    """
    off, known = frozenset(settings.watch_rules_off.split()), noticing.knows(settings.language)
    return Room(
        level=Level(level or settings.watch_level),
        raised=raised,
        off=off,
        own=OwnPhrases() if OWN in off else _phrases(settings.watch_phrases, settings.watch_patterns),
        advice=known and settings.watch != "off" and not settings.watch_paused,
        urgent=known and settings.looks_for_urgent_words,
    )


@lru_cache(maxsize=1000)
def _phrases(phrases: str, patterns: str) -> OwnPhrases:
    try:
        return own(phrases.splitlines(), patterns.splitlines())
    except BadPhrase:  # a newer version stored them; they were tried before that
        return OwnPhrases()
