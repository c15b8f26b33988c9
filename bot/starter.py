"""The starter rules, in their order: which are core, which are in use on day one, what each serves.

Their words are the catalogue entries ``starter.<slug>.title`` and ``starter.<slug>.text`` (which may
name ``{emergency}`` and ``{urgent}``); the principles are ``principle.<principle>.name``.
"""

from dataclasses import dataclass

PRINCIPLES = (
    "shared-experience",
    "reciprocal",
    "safe",
    "accessible",
    "person-centred",
    "complementary",
)


@dataclass(frozen=True, slots=True)
class Starter:
    """One starter rule. ``core``: it can be reworded, never removed. ``day_one``: in use at once."""

    slug: str
    principle: str
    day_one: bool = False
    core: bool = False

    @property
    def title(self) -> str:
        """The key of its title."""
        return f"starter.{self.slug}.title"

    @property
    def text(self) -> str:
        """The key of its text."""
        return f"starter.{self.slug}.text"


STARTERS = (
    Starter("shared-stays", "safe", day_one=True),
    Starter("privacy-limit", "safe", day_one=True, core=True),
    Starter("no-judging", "safe", day_one=True),
    Starter("share-your-story", "shared-experience", day_one=True),
    Starter("every-story-counts", "reciprocal"),
    Starter("join-your-way", "person-centred", day_one=True),
    Starter("private-messages", "safe"),
    Starter("screenshots", "safe"),
    Starter("gentle-warning", "safe"),
    Starter("everyone-belongs", "accessible", day_one=True),
    Starter("no-selling", "safe"),
    Starter("urgent-help", "complementary", day_one=True, core=True),
    Starter("things-go-wrong", "safe"),
    Starter("no-swapping", "complementary"),
)
DAY_ONE = tuple(starter for starter in STARTERS if starter.day_one)
OFFERED = tuple(starter for starter in STARTERS if not starter.day_one)
