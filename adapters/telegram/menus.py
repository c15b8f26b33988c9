"""The menus of commands that Telegram shows: for members, moderators and the private chat, by language."""

import hashlib
import json
import logging
from collections.abc import Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from adapters.telegram import errors
from adapters.telegram.core import Phrase
from adapters.telegram.state import State
from bot.contract.command import Command, Who

log = logging.getLogger(__name__)
_FACT = "menus"
_MOST = 100
_LONGEST_NAME, _LONGEST_HELP = 32, 256
_LETTERS = 2  # Telegram knows languages by two letters only; others have the menu for everybody
Menu = tuple[BotCommandScope, str, list[BotCommand]]


def menus(
    commands: Sequence[Command], phrase: Phrase, languages: Sequence[str], *, whispered: bool
) -> list[Menu]:
    """Every menu: its scope, its language ("" for everybody else), its commands.

    ``whispered``: this server can hide a typed command from others; then those with private answers are.
    """
    found: list[Menu] = []
    for letters, language in [("", None), *sorted(_by_letters(languages).items())]:
        made = {command.name: _shown(command, phrase, language, whispered) for command in commands}
        for scope, names in _scopes(commands):
            found.append((scope, letters, [made[name] for name in names[:_MOST]]))
    return found


def _by_letters(languages: Sequence[str]) -> dict[str, str]:
    """The language to write each menu in: "pt_BR" is read by whoever has "pt", unless there is that too."""
    found: dict[str, str] = {}
    for language in sorted(languages):
        letters = language.replace("-", "_").partition("_")[0]
        if len(letters) == _LETTERS and letters != "en":
            found.setdefault(letters, language)
    return found


def _scopes(commands: Sequence[Command]) -> list[tuple[BotCommandScope, list[str]]]:
    usable = [command for command in commands if len(command.name) <= _LONGEST_NAME]
    return [
        (
            BotCommandScopeAllGroupChats(),
            [command.name for command in usable if command.who is Who.MEMBERS],
        ),
        (BotCommandScopeAllChatAdministrators(), [command.name for command in usable]),
        (
            BotCommandScopeAllPrivateChats(),
            [command.name for command in usable if command.outside or command.who is Who.MEMBERS],
        ),
    ]


def _shown(command: Command, phrase: Phrase, language: str | None, whispered: bool) -> BotCommand:
    hidden = {"is_ephemeral": True} if whispered and command.private else None
    return BotCommand(
        command.name.replace("-", "_"), phrase(command.help, language)[:_LONGEST_HELP], api_kwargs=hidden
    )


async def set_menus(bot: Bot, state: State, wanted: Sequence[Menu]) -> None:
    """Tell Telegram, if it does not know already. A failure is logged: commands work without menus."""
    told = [
        [scope.to_dict(), language, [one.to_dict() for one in shown]] for scope, language, shown in wanted
    ]
    mark = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    if state.fact(_FACT) == mark:
        return
    try:
        for scope, language, shown in wanted:
            await bot.set_my_commands(shown, scope=scope, language_code=language or None)
    except TelegramError as error:
        log.warning("the menus of commands could not be set: %s", errors.kind(error))
    else:
        state.keep(_FACT, mark)
