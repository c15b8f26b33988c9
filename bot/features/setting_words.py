"""How the bot works here, as far as a vote decides it: what there is to choose, in words."""

from collections.abc import Mapping

from bot.contract.markup import Body
from bot.settings import ADVICE_LEVELS, WATCH_LEVELS
from bot.texts import Reader
from ground_rules.proposal import SettingSubject, Subject

ADVICE, WATCH, URGENT = "advice", "watch", "urgent_words"
_WATCHES = (f"{way}_{level}" for way in ("hint", "room") for level in WATCH_LEVELS)
VALUES: Mapping[str, tuple[str, ...]] = {
    ADVICE: ADVICE_LEVELS,
    WATCH: ("off", *_WATCHES),
    URGENT: ("yes", "no"),
}


def subject(name: str, value: str) -> SettingSubject | None:
    """What an idea is about; None if there is no such choice."""
    if value not in VALUES.get(name, ()):
        return None
    return SettingSubject(name=name, value=value == "yes" if name == URGENT else value)


def title(t: Reader, name: str) -> str:
    return t.plain(f"settings.{_slug(name)}.title")


def text(t: Reader, name: str, value: str) -> str:
    """What is suggested, in a sentence or two."""
    if name != WATCH or value == "off":
        return t.plain(f"settings.{_slug(name)}.{value}")
    way, _, level = value.partition("_")
    return f"{t.plain(f'settings.watch.{way}')} {t.plain(f'settings.watch.{level}')}"


def notice(t: Reader, about: Subject) -> Body:
    """What an idea means for everybody's privacy, if it means anything for that. It stands on the ballot."""
    if not needs_a_vote(about) or not isinstance(about, SettingSubject):
        return ()
    if about.name == URGENT:
        return t.body("settings.urgent-words.notice")
    way = str(about.value).partition("_")[0]
    return (
        *t.body("settings.watch.notice"),
        *t.body(f"settings.watch.notice-{way}"),
        *t.body("settings.watch.notice-limits"),
    )


def needs_a_vote(about: Subject) -> bool:
    """Whether nothing but a vote may do this: from then on messages are read."""
    if not isinstance(about, SettingSubject):
        return False
    return (about.name == WATCH and about.value != "off") or (
        about.name == URGENT and about.value is not False
    )


def _slug(name: str) -> str:
    return name.replace("_", "-")
