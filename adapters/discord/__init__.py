"""Discord: the bot in servers, their threads and forum posts, and private chats, through discord.py.

``build`` makes the platform; ``Discord.run`` connects it, ``Discord.perform`` speaks.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from discord.utils import utcnow

from adapters.discord.check import Expected, Finding, check
from adapters.discord.core import PLATFORM, DiscordProblem, Groups, Phrase
from adapters.discord.platform import Discord
from adapters.discord.settings import Pace, Settings
from bot.contract.command import Command

__all__ = [
    "PLATFORM",
    "Discord",
    "DiscordProblem",
    "Expected",
    "Finding",
    "Groups",
    "Pace",
    "Phrase",
    "Settings",
    "build",
    "check",
]


def build(
    *,
    settings: Settings,
    commands: Sequence[Command],
    phrase: Phrase,
    languages: Sequence[str] = ("en",),
    say: Callable[[str], None] | None = None,
    now: Callable[[], datetime] = utcnow,
) -> Discord:
    """The platform, not yet connected.

    ``phrase`` reads the catalogues; ``languages`` are those that commands are described in. ``say`` gets
    whole sentences for the host, such as which features are off without an intent. ``now`` (aware UTC) is
    what the age of a question is told by.
    """
    return Discord(settings, commands, phrase, languages, say, now)
