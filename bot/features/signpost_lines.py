"""The words of an answer of /signpost: numbers first in a crisis, then each service and its ways."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from bot.context import Context
from bot.contract.markup import Body, Markup, Span
from bot.directory import Country, Entry, Route
from bot.features import where_to_turn
from bot.features.finding import Found
from bot.texts import Reader

BODILY = ("emergency", "hypo", "dka")  # crises that a listening line is no help in
ROUTES_SHOWN = 5


def body(context: Context, t: Reader, found: Found) -> Body:
    """The whole answer in the language of ``t``."""
    title = t("signpost.title", topic=name(t, found.topic or ""))
    shown = [entry for entry in found.entries if not entry.is_stopgap]
    alike = len(shown) > 1 and len({entry.languages for entry in shown}) == 1
    return (
        title,
        *(_country_first(context, t, found) if found.crisis else ()),
        *(t.body("signpost.for-other") if found.asked.whom else ()),
        *(block for entry in shown for block in entry_lines(t, entry, languages=not alike)),
        *(t.body("directory.languages-of-all", languages=", ".join(shown[0].languages)) if alike else ()),
        *_end(context, t, found),
    )


def name(t: Reader, topic: str) -> str:
    """A topic, as people read it."""
    return t.plain(f"topic.{topic}.name")


def numbers(context: Context, country: Country) -> dict[str, str]:
    """The emergency and urgent numbers of a country, or words that say what to look for."""
    return {
        "emergency": country.emergency or context.t.plain("where.emergency-unknown"),
        "urgent": country.urgent or context.t.plain("where.urgent-unknown"),
    }


def _country_first(context: Context, t: Reader, found: Found) -> Body:
    """In a crisis, the country's own numbers; only the emergency one where its services are listed."""
    known, country = numbers(context, found.country), found.country
    life = t("where.emergency", emergency=known["emergency"])
    if any(entry.crisis and "anywhere" not in entry.countries for entry in found.entries):
        first = any(way.to == known["emergency"] for way in found.entries[0].routes)
        return () if first else (life,)
    if found.topic not in BODILY:
        return where_to_turn.lines(t, country) if country.voice or country.text else (life,)
    return (life, t("where.urgent", urgent=known["urgent"]))


def entry_lines(t: Reader, entry: Entry, *, languages: bool = True) -> Body:
    """What it is for, and each way to reach it: how, when, what it costs; then in which languages."""
    blocks = [t("signpost.entry", name=entry.name, purpose=entry.purpose)]
    if entry.not_for:
        blocks.append(t("directory.limit", limit=entry.not_for))
    ways = [way(t, route) for route in entry.routes[:ROUTES_SHOWN]]
    if entry.page and entry.page not in [route.to for route in entry.routes]:
        ways.append(_item(t("directory.page", page=entry.page).spans))
    if languages:
        ways.append(_item(t("directory.languages", languages=", ".join(entry.languages)).spans))
    blocks.append(Markup("signpost.entry", tuple(span for each in ways for span in each)))
    return (*blocks, *_checked(t, entry))


def way(t: Reader, route: Route) -> list[Span]:
    """One way to reach a service, as an item of a list."""
    how = t("route.text-number", to=route.to) if route.kind == "text" and not route.word else None
    how = how or t(f"route.{route.kind}", to=route.to, word=route.word)
    details = [t.plain("route.note", note=route.note)] if route.note else []
    details += [t.plain("route.hours", hours=route.hours)] if route.hours else []
    details += [t.plain("route.cost", cost=route.cost)] if route.cost else []
    return [*_item(how.spans), *([Span(". " + " ".join(details))] if details else [])]


def _item(spans: Iterable[Span]) -> list[Span]:
    return [replace(span, item=number == 0) for number, span in enumerate(spans)]


def _checked(t: Reader, entry: Entry) -> Body:
    """When it was last checked. Beside a crisis number only what is good news is said."""
    if entry.last_checked is None or (entry.crisis and entry.status != "ok"):
        return ()
    day = t.date(datetime.combine(entry.last_checked, time(12), UTC), UTC)
    if entry.status == "overdue":
        return (t("directory.overdue", day=day),)
    return (t("directory.checked", day=day),)


def _end(context: Context, t: Reader, found: Found) -> Body:
    relaxed = t.body("signpost.relaxed") if found.relaxed else ()
    if not (found.crisis or any(entry.crisis for entry in found.entries)):
        unchecked = any(entry.status == "unchecked" for entry in found.entries)
        return (*relaxed, *(t.body("directory.unchecked") if unchecked else ()))
    no_page = t.body("signpost.finder", link=where_to_turn.FINDER)
    return (
        *relaxed,
        *(_for_you(t, found.country) if found.asked.whom else ()),
        *_without_speaking(context, t, found),
        *(() if _has_page(found.entries) else no_page),
        *t.body("signpost.if-not", emergency=numbers(context, found.country)["emergency"]),
    )


def _for_you(t: Reader, country: Country) -> Body:
    """A line for whoever asks for somebody else."""
    if not country.voice:
        return t.body("signpost.for-you-finder", link=where_to_turn.FINDER)
    line = country.voice[0]
    if not line.name:
        return t.body("signpost.for-you-number", number=line.number)
    return t.body("signpost.for-you", name=line.name, number=line.number)


def _without_speaking(context: Context, t: Reader, found: Found) -> Body:
    """How to reach the emergency number by text, relay or sign, unless the answer has it already."""
    services = context.directory.find("emergency", found.country.code)
    if not services or services[0].id in [entry.id for entry in found.entries]:
        return ()
    ways = [way(t, route) for route in services[0].routes if route.kind in ("text", "relay", "sign")]
    if not ways:
        return ()
    items = Markup("signpost.without-speaking", tuple(span for each in ways for span in each))
    return (t("signpost.without-speaking", emergency=services[0].name), items)


def _has_page(entries: Sequence[Entry]) -> bool:
    return any(entry.page or any(route.kind == "web" for route in entry.routes) for entry in entries)
