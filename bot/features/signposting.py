"""``/signpost [topic]``: two or three ways to find help. Nothing about who asked is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, CommandGiven
from bot.contract.markup import Body, Markup, Span
from bot.directory import Entry, Route
from bot.features import where_to_turn
from bot.features.pressed import argument

DOORS = (
    "crisis",
    "hypo",
    "dka",
    "supplies",
    "newly-diagnosed",
    "mental-health",
    "text-only",
    "other-groups",
)
BODILY = ("emergency", "hypo", "dka")  # crises that a listening line is no help in
ROUTES_SHOWN = 4


async def signpost(event: CommandGiven, context: Context) -> Sequence[Action]:
    """Help for a topic, or a few doors to choose from."""
    words = event.words.strip()
    return [answer(context, words) if words else _doors(context)]


async def topic(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Help for a topic, by its button."""
    return [answer(context, argument(event))]


async def doors(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A few topics to choose from."""
    return [_doors(context)]


def _doors(context: Context) -> Reply:
    body = context.t.body("signpost.doors", emergency=context.numbers()["emergency"])
    return Reply(body=body, buttons=_topic_buttons(context, DOORS))


def answer(context: Context, words: str) -> Reply:
    """Help for what these words mean, or the two nearest topics."""
    directory = context.directory
    topic = directory.topic(words)
    if topic is None:
        nearest = _topic_buttons(context, directory.nearest(words))
        more = context.button("signpost.more-button", "doors")
        body = context.t.body("signpost.unknown", emergency=context.numbers()["emergency"])
        return Reply(body=body, buttons=(*nearest, more))
    settings = context.known_group.settings if context.known_group else None
    country = settings.country if settings else ""
    entries = directory.find(topic, country, audience=(settings.audience if settings else "") or "all")
    crisis = directory.is_crisis(topic)
    if not entries and not crisis:
        return Reply(
            body=context.t.body("signpost.no-link", topic=_name(context, topic)),
            buttons=_topic_buttons(context, [near for near in DOORS[-3:] if near != topic]),
        )
    body = (
        context.t("signpost.title", topic=_name(context, topic)),
        *(_country_first(context, topic, entries) if crisis else ()),
        *(block for entry in entries for block in _entry(context, entry)),
        *_end(context, crisis or any(entry.crisis for entry in entries)),
    )
    return Reply(body=body, buttons=(context.button("signpost.more-button", "doors"),))


def _country_first(context: Context, topic: str, entries: Sequence[Entry]) -> Body:
    """In a crisis, the country's own numbers; only the emergency one where its services are listed."""
    code = context.known_group.settings.country if context.known_group else ""
    country, numbers = context.directory.country(code), context.numbers()
    life = context.t("where.emergency", emergency=numbers["emergency"])
    if any(entry.crisis and "anywhere" not in entry.countries for entry in entries):
        first = any(way.to == numbers["emergency"] for way in entries[0].routes)
        return () if first else (life,)
    if topic not in BODILY:
        return where_to_turn.lines(context.t, country) if country.voice or country.text else (life,)
    return (life, context.t("where.urgent", urgent=numbers["urgent"]))


def _entry(context: Context, entry: Entry) -> Body:
    """What it is for, and each way to reach it: how, when, what it costs."""
    t = context.t
    blocks = [t("signpost.entry", name=entry.name, purpose=entry.purpose)]
    if entry.not_for:
        blocks.append(t("directory.limit", limit=entry.not_for))
    ways = [_way(context, route) for route in entry.routes[:ROUTES_SHOWN]]
    blocks.append(Markup("signpost.entry", tuple(span for way in ways for span in way)))
    return tuple(blocks)


def _way(context: Context, route: Route) -> Iterable[Span]:
    t = context.t
    how = t("route.text-number", to=route.to) if route.kind == "text" and not route.word else None
    how = how or t(f"route.{route.kind}", to=route.to, word=route.word)
    details = [t.plain("route.note", note=route.note)] if route.note else []
    details += [t.plain("route.hours", hours=route.hours)] if route.hours else []
    details += [t.plain("route.cost", cost=route.cost)] if route.cost else []
    spans = [replace(span, item=number == 0) for number, span in enumerate(how.spans)]
    return [*spans, *([Span(". " + " ".join(details))] if details else [])]


def _end(context: Context, crisis: bool) -> Body:
    if crisis:
        return context.t.body("signpost.if-not", emergency=context.numbers()["emergency"])
    return context.t.body("directory.unchecked")


def _topic_buttons(context: Context, topics: Iterable[str]) -> tuple[Button, ...]:
    return tuple(
        context.button("signpost.topic-button", "topic", topic.replace("-", "_"), topic=_name(context, topic))
        for topic in topics
    )


def _name(context: Context, topic: str) -> str:
    return context.t.plain(f"topic.{topic}.name")
