""" "Narrow this" under an answer of /signpost: for whom, in which language, by text, by sign, elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed
from bot.directory import Asked
from bot.features import finding, signpost_doors
from bot.features.pressed import argument

WHO = ("children", "young", "adults", "parents", "carers")
LANGUAGES_SHOWN = 10
_NOT_CHOSEN = ("English",)


async def narrow(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What can be narrowed about an answer."""
    found = finding.look(context, argument(event))
    if found.topic is None:
        return [signpost_doors.first(context)]
    asked, written = found.asked, found.written(context)
    buttons = [
        context.button("signpost.narrow-text", "topic", _with(context, replace(asked, way="text"))),
        context.button("signpost.narrow-sign", "topic", _with(context, replace(asked, way="sign"))),
        context.button("signpost.narrow-who", "narrowby", written, "who"),
        context.button("signpost.narrow-country", "narrowby", written, "country"),
    ]
    if _languages(context, found):
        buttons.append(context.button("signpost.narrow-language", "narrowby", written, "language"))
    return [_screen(context, "signpost.narrow", buttons, written)]


async def narrow_by(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The choices for one of them."""
    found = finding.look(context, argument(event))
    if found.topic is None:
        return [signpost_doors.first(context)]
    by = argument(event, 1)
    choices = {"who": _who, "language": _in_languages, "country": _countries}.get(by)
    if choices is None:
        return await narrow(event, context)
    return [_screen(context, f"signpost.narrow-by-{by}", choices(context, found), found.written(context))]


def _screen(context: Context, key: str, buttons: Iterable[Button], written: str) -> Reply:
    back = context.button("signpost.back-button", "topic", written)
    return Reply(body=context.t.body(key), buttons=(*buttons, back), replaces=True)


def _who(context: Context, found: finding.Found) -> list[Button]:
    asked = replace(found.asked, whom="")
    return [
        context.button(f"signpost.who-{who}", "topic", _with(context, replace(asked, audience=who)))
        for who in WHO
    ]


def _in_languages(context: Context, found: finding.Found) -> list[Button]:
    return [
        context.button(
            "signpost.language-button",
            "topic",
            _with(context, replace(found.asked, language=language.casefold())),
            language=language,
        )
        for language in _languages(context, found)
    ]


def _countries(context: Context, found: finding.Found) -> list[Button]:
    codes = [code for code in context.directory.countries if code != "elsewhere"]
    return [
        context.button(f"country.{code}", "topic", _with(context, replace(found.asked, country=code)))
        for code in codes
    ]


def _languages(context: Context, found: finding.Found) -> list[str]:
    """The languages besides English in which there is something for this topic."""
    services = context.directory.find(found.topic or "", found.country.code, most=100)
    named = (said for entry in services for said in entry.languages if said.isalpha())
    return sorted(set(named).difference(_NOT_CHOSEN))[:LANGUAGES_SHOWN]


def _with(context: Context, asked: Asked) -> str:
    return context.directory.written(asked)
