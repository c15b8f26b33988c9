"""The command table as Discord's application commands, registered only when something changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord.http import Route

from adapters.discord.core import Phrase
from bot.contract.command import Command, Who

_HELP = 100
_NAME = 32
OPTION, _OPTION_KEY = "words", "commands.words"
_MODERATES = discord.Permissions(moderate_members=True).value
# Discord's languages that a catalogue may speak, by the part before the region.
_LOCALES = tuple(locale.value for locale in discord.Locale)


def registered(commands: Sequence[Command], phrase: Phrase, languages: Sequence[str]) -> list[dict[str, Any]]:
    """Every slash command and message menu, as the wire has them."""
    slash = [_slash(command, phrase, languages) for command in commands]
    menus = [_menu(command, phrase, languages) for command in commands if menu_key(command)]
    return [*_told_apart(slash), *_told_apart(menus)]


def menu_names(commands: Sequence[Command], phrase: Phrase) -> Mapping[str, str]:
    """What a message menu is called -> the command behind it."""
    return {_name(phrase(key, None)): command.name for command in commands if (key := menu_key(command))}


def menu_key(command: Command) -> str:
    return command.menu


async def register(client: discord.Client, wanted: list[dict[str, Any]]) -> bool:
    """Tell Discord, unless it has exactly these already; whether anything was told.

    Raises what discord.py raises: without this, the commands that were told earlier still work.
    """
    application = client.application_id
    path = "/applications/{application_id}/commands"
    there = await client.http.request(
        Route("GET", path, application_id=application), params={"with_localizations": "true"}
    )
    if _comparable(there) == _comparable(wanted):
        return False
    await client.http.request(Route("PUT", path, application_id=application), json=wanted)
    return True


def _slash(command: Command, phrase: Phrase, languages: Sequence[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": 1,
        "name": command.name,
        "name_localizations": _names(command.called, phrase, languages),
        "description": phrase(command.help, None)[:_HELP],
        "description_localizations": _everywhere(command.help, phrase, languages, _HELP),
        "options": [],
        **_where_and_who(command, command.who),
    }
    if command.argument is not None:
        made["options"] = [
            {
                "type": 3,
                "name": OPTION,
                "name_localizations": _names(_OPTION_KEY, phrase, languages),
                "description": phrase(command.argument, None)[:_HELP],
                "description_localizations": _everywhere(command.argument, phrase, languages, _HELP),
                "required": False,
                "autocomplete": True,
            }
        ]
    return made


def _menu(command: Command, phrase: Phrase, languages: Sequence[str]) -> dict[str, Any]:
    return {
        "type": 3,
        "name": _name(phrase(menu_key(command), None)),
        "name_localizations": _everywhere(menu_key(command), phrase, languages, _NAME),
        **_where_and_who(command, command.who),
    }


def _where_and_who(command: Command, who: Who) -> dict[str, Any]:
    """The core checks again who it is: administrators of a server can change this there."""
    return {
        "contexts": [0, 1],
        "integration_types": [0],
        "default_member_permissions": _MODERATES if who is Who.MODERATORS else None,
    }


def _everywhere(key: str, phrase: Phrase, languages: Sequence[str], longest: int) -> dict[str, str]:
    """The text in each of Discord's locales that one of our other languages fits."""
    found: dict[str, str] = {}
    english = phrase(key, None)
    for language in languages:
        wanted = language.replace("_", "-")
        for locale in _LOCALES:
            fits = locale == wanted or locale.partition("-")[0] == wanted
            text = phrase(key, language)
            if fits and text != english:
                found[locale] = text[:longest]
    return found


def _names(key: str, phrase: Phrase, languages: Sequence[str]) -> dict[str, str]:
    """The same for the name of a command; a translation that Discord would refuse is left out."""
    found = _everywhere(key, phrase, languages, 2 * _NAME)
    lower = {locale: "-".join(text.lower().split()) for locale, text in found.items()}
    return {locale: name for locale, name in lower.items() if _is_name(name)}


def _is_name(name: str) -> bool:
    """Letters, digits, ``-``, ``_`` and ``'``; in Devanagari and Thai their marks too."""
    return 0 < len(name) <= _NAME and all(
        letter in "-_'"
        or letter.isalnum()
        or "\u0900" <= letter <= "\u097f"
        or "\u0e00" <= letter <= "\u0e7f"
        for letter in name
    )


def _told_apart(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """No two commands have one name in any language: the first keeps it. Or Discord refuses all of them."""
    taken = {(locale, one["name"]) for one in made for locale in _LOCALES}
    for one in made:
        kept = {at: name for at, name in one["name_localizations"].items() if (at, name) not in taken}
        one["name_localizations"] = kept
        taken |= set(kept.items())
    return made


def _name(text: str) -> str:
    return text[:_NAME]


_DEFAULTS: Mapping[str, Any] = {
    "description": "",
    "options": [],
    "name_localizations": {},
    "description_localizations": {},
    "default_member_permissions": None,
    "contexts": None,
    "integration_types": [0],
    "required": False,
    "autocomplete": False,
}
_OURS = ("type", "name", *_DEFAULTS)


def _comparable(commands: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Commands as values that are equal when they mean the same; Discord adds and leaves out fields."""
    return sorted((_plain(one) for one in commands), key=lambda one: (one["type"], one["name"]))


def _plain(one: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: one.get(name) or _DEFAULTS.get(name) for name in _OURS}
    plain["options"] = [_plain(option) for option in one.get("options") or []]
    allowed = plain["default_member_permissions"]
    plain["default_member_permissions"] = None if allowed is None else str(allowed)
    plain["contexts"] = sorted(one.get("contexts") or [])
    return plain
