"""The settings of a group: each with its meaning, its default and its bounds.

They are kept as text by name (``settings`` table) and read into one frozen value.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo, available_timezones

from bot.cover_hours import CoverHours
from ground_rules.calendar import Calendar

ADVICE_LEVELS = ("stories", "first", "ideas")
AUDIENCES = ("adults", "young", "parents", "all")
WAYS_IN = ("moderators", "automatic")  # who decides about people who ask to join
WATCH = ("off", "hint", "room")  # the message watch: nothing, a private hint, or a reminder by itself
WATCH_LEVELS = ("quiet", "normal", "keen")  # how readily it speaks
# Choices for each group, channel or forum (bot.chosen); they follow when a group gets a new id.
POSTS = ("welcome", "rules", "votes", "reminders")  # the kinds that may have a place of their own
BY_PLACE = (
    *(f"at_{kind}" for kind in POSTS),
    "votes_forum",
    "first_messages",
    "read_role",
    "moderator_roles",
    "watch_unasked",
    "urgent_unasked",
)


YES_OR_NO = ("welcome_names", "welcome", "outside_asked", "watch_paused", "urgent_words", "urgent_paused")
ONE_OF = {
    "ways_in": WAYS_IN,
    "advice": ADVICE_LEVELS,
    "audience": ("", *AUDIENCES),
    "watch": WATCH,
    "watch_level": WATCH_LEVELS,
    "watch_most": WATCH_LEVELS,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupSettings:
    """What a group chose. Empty text means "not answered yet" (the three set-up answers).

    ``needed_votes`` is 0 for the usual number; a group may only raise it.
    """

    country: str = ""
    audience: str = ""
    contact: str = ""
    time_zone: str = "Europe/London"
    language: str = "en"
    quiet_from: str = "21:00"
    quiet_until: str = "08:00"
    advice: str = "first"
    needed_votes: int = 0
    welcome_names: bool = False
    welcome: bool = True
    outside_contact: str = ""  # somebody to turn to who is no moderator
    outside_asked: bool = False  # that there is nobody was said openly
    cover_looked_at: str = ""  # the day when a moderator last saw what is missing of it
    cover_hours: str = ""  # when a moderator is there (bot.cover_hours)
    second_asked: str = ""  # the day when a second moderator was last asked for, as 2027-01-31
    check_rest: str = ""  # the day an ask to check something ended, as 2027-01-31: none for a week
    check_asked: str = ""  # the day the group was asked for a second person to check
    at_welcome: str = ""  # where each group wants what kind of post
    at_rules: str = ""
    at_votes: str = ""
    at_reminders: str = ""
    votes_forum: str = ""  # the forum where each vote is a post of its own
    first_messages: str = ""  # by forum: what the bot says first in a new thread
    read_role: str = ""  # by group: the role for "I have read this"
    moderator_roles: str = ""  # by group: roles that moderate besides the platform's own, with commas
    ways_in: str = "moderators"
    watch: str = "off"  # only a vote turns it on
    watch_level: str = "normal"
    watch_most: str = "normal"  # the keenest level that the group voted for
    watch_trial_until: str = ""  # an instant with its zone; until then moderators see counts alone
    watch_paused: bool = False  # by a moderator, until one goes on
    watch_rules_off: str = ""  # names of rules, with spaces
    watch_phrases: str = ""  # the group's own, one a line
    watch_patterns: str = ""  # the same for experts
    watch_unasked: str = ""  # groups that joined, each with when: not read until a later vote covers them
    urgent_unasked: str = ""
    urgent_words: bool = False  # only a vote of its own turns them on
    urgent_paused: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def calendar(self) -> Calendar:
        """When this group may be spoken to and votes may open or close."""
        return Calendar(
            tz=self.zone,
            quiet_from=time.fromisoformat(self.quiet_from),
            quiet_until=time.fromisoformat(self.quiet_until),
        )

    @property
    def answered(self) -> bool:
        """Whether the three set-up answers are there."""
        return bool(self.country and self.audience and self.contact)

    def watches(self, now: datetime) -> str:
        """What is done with advice now: nothing ("off", also while paused), "trial", "hint" or "room"."""
        if self.watch == "off" or self.watch_paused:
            return "off"
        return "trial" if self.on_trial(now) else self.watch

    def on_trial(self, now: datetime) -> bool:
        """Whether the watch only counts for now."""
        return self.trial_ends is not None and now < self.trial_ends

    @property
    def trial_ends(self) -> datetime | None:
        """When the watch begins to work by itself."""
        return datetime.fromisoformat(self.watch_trial_until) if self.watch_trial_until else None

    @property
    def looks_for_urgent_words(self) -> bool:
        """Whether messages are looked at for urgent words."""
        return self.urgent_words and not self.urgent_paused and self.somebody_may_look

    @property
    def somebody_may_look(self) -> bool:
        """Whether the group has cover hours or a contact outside: without, urgent words wait."""
        return bool(self.cover_hours or self.outside_contact)

    @property
    def reads_messages(self) -> bool:
        """Whether any message is looked at in this group."""
        return (self.watch != "off" and not self.watch_paused) or self.looks_for_urgent_words

    def for_group(self, platform: str, group: str) -> "GroupSettings":
        """These settings as they hold in one group: where nobody was asked, no message is looked at."""
        if not self.watch_unasked and not self.urgent_unasked:
            return self
        key = f"{platform}/{group}="
        return replace(
            self,
            watch="off" if any(pair.startswith(key) for pair in self.watch_unasked.split()) else self.watch,
            urgent_words=self.urgent_words
            and not any(pair.startswith(key) for pair in self.urgent_unasked.split()),
        )

    def watch_lines(self, name: str) -> list[str]:
        """The group's own phrases or patterns: the setting ``name``, line by line."""
        return str(getattr(self, name)).splitlines()

    def at(self, about: str) -> str:
        """Where posts of a kind go, by group (bot.chosen); nowhere in particular if it is none of POSTS."""
        return self.chosen_for_places(f"at_{about}") if about in POSTS else ""

    def moderates(self, platform: str, roles: Collection[str]) -> bool:
        """Whether one of these roles makes a moderator."""
        return bool(self.moderator_roles and roles) and not self.roles_that_moderate(platform).isdisjoint(
            roles
        )

    def roles_that_moderate(self, platform: str) -> set[str]:
        """The roles that the groups on a platform chose, besides its own moderators."""
        pairs = (pair.partition("=") for pair in self.moderator_roles.split())
        return {role for key, _, ids in pairs if key.startswith(f"{platform}/") for role in ids.split(",")}

    def has_first_messages(self, platform: str, group: str) -> bool:
        """Whether something is said first in new threads anywhere in this group."""
        return any(pair.startswith(f"{platform}/{group}/") for pair in self.first_messages.split())

    def chosen_for_places(self, name: str) -> str:
        """One of the settings in BY_PLACE, as it is kept."""
        return str(getattr(self, name))

    def changed(self, values: Mapping[str, str]) -> "GroupSettings":
        """These settings with stored values put in; unknown names (of a newer version) are left out."""
        known = {field.name: field.type for field in fields(self)}
        read = {name: read_value(name, text) for name, text in values.items() if name in known}
        return replace(self, **read)  # type: ignore[arg-type]


def read_value(name: str, text: str) -> str | int | bool:
    """A setting's value from its stored or typed text. ValueError if it is outside its bounds."""
    if name == "needed_votes":
        number = int(text)
        if not 0 <= number <= 1000:
            raise ValueError(name)
        return number
    if name in YES_OR_NO:
        if text not in ("yes", "no"):
            raise ValueError(name)
        return text == "yes"
    if name in ("quiet_from", "quiet_until"):
        return time.fromisoformat(text).strftime("%H:%M")
    if name == "cover_hours":
        return CoverHours.read(text).text
    if name == "time_zone" and text not in available_timezones():
        raise ValueError(name)
    if name in ONE_OF and text not in ONE_OF[name]:
        raise ValueError(name)
    if name == "watch_trial_until" and text and datetime.fromisoformat(text).tzinfo is None:
        raise ValueError(name)
    return text
