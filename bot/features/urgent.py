"""``/urgent``: the numbers to call and text now, for one country or several. It reads no database.

Nobody is told that somebody asked. Whether moderators could be told at all is said as it is.
"""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, CommandGiven
from bot.contract.markup import Body, Markup
from bot.directory import Country
from bot.features import where_to_turn
from bot.features.pressed import argument

TELL_MODERATORS = "worry"  # the kind of button that begins /worried


async def urgent(event: CommandGiven, context: Context) -> Sequence[Action]:
    """The numbers of the country that was typed, or else of the group's; of several if neither is known."""
    code = _typed(event.words, context) or _of_the_group(context)
    return [_numbers(context, code) if code else several(context)]


async def country(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The numbers of one country."""
    code = argument(event)
    return [_numbers(context, code) if code in context.directory.countries else several(context)]


async def countries(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The numbers of several countries."""
    return [several(context)]


def _typed(words: str, context: Context) -> str:
    typed, places = " ".join(words.casefold().replace("_", " ").split()), context.directory.places
    return places.get(typed) or (context.directory.placed(typed)[1] if typed else "")


def _of_the_group(context: Context) -> str:
    code = context.known_group.settings.country if context.known_group else ""
    return code if _known(context.directory.country(code)) else ""


def _known(country: Country) -> bool:
    return bool(country.emergency or country.voice or country.text)


def _numbers(context: Context, code: str) -> Reply:
    t, country = context.t, context.directory.country(code)
    emergency = country.emergency or t.plain("where.emergency-unknown")
    body = (
        t("urgent.title", country=t.plain(country.key)),
        t("where.emergency", emergency=emergency),
        *((t("where.urgent", urgent=country.urgent),) if country.urgent else ()),
        *where_to_turn.every_line(t, country),
        *_honestly(context),
    )
    elsewhere = context.button("urgent.elsewhere-button", "urgentcountries")
    return Reply(body=body, buttons=(*_tell(context), elsewhere))


def several(context: Context) -> Reply:
    known = [country for country in context.directory.countries.values() if _known(country)]
    body = (
        context.t("urgent.several"),
        *(_row(context, country) for country in known),
        *context.t.body("urgent.anywhere", link=where_to_turn.FINDER),
        *_honestly(context),
    )
    buttons = [context.button(country.key, "urgentcountry", country.code) for country in known]
    return Reply(body=body, buttons=(*_tell(context), *buttons))


def _row(context: Context, country: Country) -> Markup:
    """One country in one line: its name, whom to call, one line by voice and one by text."""
    t = context.t
    ways = [t.plain("urgent.call", number=country.emergency or t.plain("where.emergency-unknown"))]
    ways += [t.plain("urgent.talk", number=line.number) for line in country.voice[:1]]
    for line in country.text[:1]:
        key = "urgent.text-word" if line.word else "urgent.text"
        ways.append(t.plain(key, number=line.number, **({"word": line.word} if line.word else {})))
    return t("urgent.row", country=t.plain(country.key), ways="; ".join(ways))


def _honestly(context: Context) -> Body:
    """That nobody knows of this; and that nobody can be told, while that is so."""
    if context.storage_works:
        return context.t.body("urgent.nobody-told")
    return context.t.body("urgent.cannot-tell")


def _tell(context: Context) -> tuple[Button, ...]:
    """The way to moderators, where there is one."""
    if context.known_group is None or not context.storage_works:
        return ()
    if TELL_MODERATORS not in context.typed_forms:
        return ()
    return (context.button("urgent.tell-button", TELL_MODERATORS),)
