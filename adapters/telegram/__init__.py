"""Telegram: the bot in groups, topics and private chats, through python-telegram-bot.

``build`` makes the platform; ``Telegram.run`` connects it, ``Telegram.perform`` speaks.
"""

from collections.abc import Sequence

from adapters.telegram.check import Finding, check
from adapters.telegram.core import PLATFORM, Groups, Phrase, TelegramProblem
from adapters.telegram.platform import Telegram
from adapters.telegram.settings import Pace, Settings, Webhook
from bot.contract.command import Command

__all__ = [
    "PLATFORM",
    "Finding",
    "Groups",
    "Pace",
    "Phrase",
    "Settings",
    "Telegram",
    "TelegramProblem",
    "Webhook",
    "build",
    "check",
]


def build(
    *, settings: Settings, commands: Sequence[Command], phrase: Phrase, languages: Sequence[str] = ("en",)
) -> Telegram:
    """The platform, not yet connected; it opens its file in ``settings.folder``.

    ``phrase`` reads the catalogues; ``languages`` are those that menus are made for.
    """
    return Telegram(settings, commands, phrase, languages)
