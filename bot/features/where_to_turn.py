"""The "Where to turn" post: plain numbers that help also when the bot is down. Kept current by editing."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Post
from bot.contract.markup import Body, Markup
from bot.directory import Country, Line
from bot.features import cover_words
from bot.texts import Reader

FINDER = "https://findahelpline.com"


def body(context: Context) -> Body:
    """The post in the group's language, from its country's numbers."""
    t = context.public
    country = context.directory.country(context.group.settings.country)
    numbers = context.numbers()
    return (
        t("where.title"),
        t("where.emergency", emergency=numbers["emergency"]),
        t("where.urgent", urgent=country.urgent) if country.urgent else t("where.urgent-none"),
        *lines(t, country),
        t("where.nobody"),
        *cover_words.for_members(context),
        t("where.contact", contact=context.group.settings.contact),
    )


def name(context: Context) -> str:
    return f"where{context.group.community}"


def first(context: Context) -> Sequence[Post]:
    """The post, offered for pinning."""
    return context.post(body(context), name=name(context), about="", pin=True)


async def refresh(context: Context) -> Sequence[Action]:
    """The same post with what is right now."""
    return await context.edit(name(context), body(context))


def lines(t: Reader, country: Country) -> Body:
    """One crisis line by voice and one by text, or where lists of them are."""
    return (*_voice(t, country), *_text(t, country))


def every_line(t: Reader, country: Country) -> Body:
    """All its crisis lines, by voice and then by text, or where lists of them are."""
    texts = tuple(_text_line(t, line) for line in country.text)
    return (*(_voice_line(t, line) for line in country.voice), *(texts or lines(t, country)[-1:]))


def _voice(t: Reader, country: Country) -> Body:
    if not country.voice:
        return (t("where.crisis-none", link=FINDER),) if not country.text else ()
    return tuple(_voice_line(t, line) for line in country.voice[:1])


def _voice_line(t: Reader, line: Line) -> Markup:
    hours = line.hours or t.plain("where.hours-always")
    if not line.name:
        return t("where.crisis-voice-only", number=line.number, hours=hours)
    if line.then:
        return t("where.crisis-voice-then", name=line.name, number=line.number, then=line.then, hours=hours)
    return t("where.crisis-voice", name=line.name, number=line.number, hours=hours)


def _text(t: Reader, country: Country) -> Body:
    if not country.text:
        return (t("where.crisis-text-none", link=FINDER),) if country.voice else ()
    return (_text_line(t, country.text[0]),)


def _text_line(t: Reader, line: Line) -> Markup:
    hours = line.hours or t.plain("where.hours-always")
    if line.word:
        return t("where.crisis-text", word=line.word, number=line.number, hours=hours)
    return t("where.crisis-text-number", number=line.number, hours=hours)
