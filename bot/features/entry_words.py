"""What moderators type about a service: read into an entry, or said in sentences what is wrong with it."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.context import Context
from bot.contract.markup import Body
from bot.directory import Directory, Entry, Route, address, phone
from bot.directory.check import problems_of
from bot.features import check_due

NAME_LONGEST, PURPOSE_LONGEST, TOPICS_LONGEST, NUMBER_LONGEST, LINK_LONGEST = 80, 120, 120, 40, 200
FIELDS = ("name", "purpose", "topics", "phone", "link")
MORE = ("hours", "cost", "text", "email", "languages")
OWN_SOURCE = "added by our moderators"
_BETWEEN = re.compile(r"[,;\n]+")


class Unclear(Exception):
    """What was typed cannot be taken; ``words`` say why."""

    def __init__(self, words: Body) -> None:
        self.words = words
        super().__init__("unclear")


def new(context: Context, values: Mapping[str, str]) -> Entry:
    """A service of the group's own from the five fields. Unclear if something is wrong."""
    settings, said = context.group.settings, _said(values, FIELDS)
    blank = Entry(
        id=_free_id(context.own_directory.full, said["name"]),
        name="",
        purpose="",
        countries=(settings.country if settings.country != "elsewhere" else "anywhere",),
        topics=(),
        routes=(),
        source=OWN_SOURCE,
    )
    return changed(context, blank, values)


def changed(context: Context, entry: Entry, values: Mapping[str, str]) -> Entry:
    """The entry with the five fields as they were typed. Unclear if something is wrong."""
    said = _said(values, FIELDS)
    routes = entry.routes
    if not entry.crisis:  # a crisis number changes when two people have read the same
        routes = _with(routes, "phone", _number(context, entry, said["phone"]))
    routes = _with(routes, "web", _link(context, said["link"]))
    missing = [name for name in ("name", "purpose", "topics") if not said[name]]
    if missing or not routes:
        raise Unclear(context.t.body("entries.no-routes" if not missing else "entries.missing"))
    topics = _topics(context, said["topics"])
    if not topics:
        raise Unclear(context.t.body("entries.missing"))
    purpose = said["purpose"].rstrip(".")
    return checked(context, replace(entry, name=said["name"], purpose=purpose, topics=topics, routes=routes))


def more(context: Context, entry: Entry, values: Mapping[str, str]) -> Entry:
    """The entry with hours, cost and further ways as they were typed. Unclear if something is wrong."""
    said = _said(values, MORE)
    routes = entry.routes
    if not entry.crisis:
        routes = _with(routes, "text", _number(context, entry, said["text"]))
    routes = _with(routes, "email", said["email"])
    first, *rest = routes
    first = replace(first, hours=said["hours"], cost=said["cost"])
    languages = tuple(part.strip() for part in _BETWEEN.split(said["languages"]) if part.strip())
    return checked(context, replace(entry, routes=(first, *rest), languages=languages or ("English",)))


def checked(context: Context, entry: Entry) -> Entry:
    """The entry, if all of it can be shown; else Unclear with the first few reasons."""
    known = {
        problem.reason: problem for problem in problems_of(entry, context.directory, check_due.today(context))
    }
    if known:
        sentences = [
            block
            for reason, problem in [*known.items()][:3]
            for block in context.t.body(f"directory.problem-{reason}", value=problem.value)
        ]
        raise Unclear(tuple(sentences))
    return entry


def close_to(context: Context, entry: Entry) -> tuple[str, str]:
    """A number of another service that this one's is easily taken for, and that service's name."""
    for route in entry.routes:
        if route.kind in ("phone", "text"):
            number, name = _near(context, entry, route.to)
            if number:
                return number, name
    return "", ""


def fields_of(entry: Entry) -> dict[str, str]:
    """The ten fields as they are now."""
    first = entry.routes[0] if entry.routes else Route(kind="web", to="")
    return {
        "name": entry.name,
        "purpose": entry.purpose,
        "topics": ", ".join(entry.topics),
        "phone": _to(entry.routes, "phone"),
        "link": _to(entry.routes, "web"),
        "hours": first.hours,
        "cost": first.cost,
        "text": _to(entry.routes, "text"),
        "email": _to(entry.routes, "email"),
        "languages": ", ".join(entry.languages),
    }


def _topics(context: Context, typed: str) -> tuple[str, ...]:
    found: list[str] = []
    full = context.own_directory.full
    for word in _BETWEEN.split(typed):
        if word.strip():
            topic = full.topic(word)
            if topic is None:
                near = ", ".join(full.nearest(word))
                raise Unclear(context.t.body("entries.unknown-topic", word=word.strip()[:40], near=near))
            found.append(topic)
    return tuple(dict.fromkeys(found))


def _number(context: Context, entry: Entry, typed: str) -> str:
    """The number as it is shown, "" for none."""
    if not typed:
        return ""
    country = entry.countries[0]
    if phone.has_letters(typed) or not phone.possible_signs(phone.tidy(typed)):
        raise Unclear(context.t.body("entries.phone-letters", typed=typed))
    if phone.valid(typed, country):
        return phone.tidy(typed)
    if any(phone.digits(route.to) == phone.digits(typed) for route in entry.routes):
        return phone.tidy(typed)  # as it was before: the library of numbers does not know all
    near, name = _near(context, entry, typed)
    if near:
        raise Unclear(context.t.body("entries.phone-near", typed=typed, near=near, name=name))
    why = "foreign" if phone.foreign(typed, country) else "partial"
    raise Unclear(context.t.body(f"entries.phone-{why}", typed=typed))


def _link(context: Context, typed: str) -> str:
    if typed and (wrong := address.problem(typed)):
        raise Unclear(context.t.body(f"entries.link-{wrong}", typed=typed))
    return typed


def _near(context: Context, entry: Entry, number: str) -> tuple[str, str]:
    for other in context.own_directory.full.entries:
        for route in other.routes if other.id != entry.id else ():
            if route.kind in ("phone", "text") and phone.near(number, route.to):
                return route.to, other.name
    return "", ""


def _with(routes: Sequence[Route], kind: str, to: str) -> tuple[Route, ...]:
    """The ways with the first of a kind changed, added or, for "", taken away."""
    place = next((place for place, route in enumerate(routes) if route.kind == kind), None)
    if place is None:
        return (*routes, Route(kind=kind, to=to)) if to else tuple(routes)
    new = (replace(routes[place], to=to),) if to else ()
    return (*routes[:place], *new, *routes[place + 1 :])


def _to(routes: Sequence[Route], kind: str) -> str:
    return next((route.to for route in routes if route.kind == kind), "")


def _said(values: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: " ".join(values.get(name, "").split()) for name in names}


def _free_id(directory: Directory, name: str) -> str:
    """An id made of the name that no other entry has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:24].strip("-")
    first = f"own-{slug or hashlib.sha256(name.encode()).hexdigest()[:8]}"
    taken = {entry.id for entry in directory.entries}
    return next(id for n in range(len(taken) + 1) if (id := f"{first}-{n + 1}" if n else first) not in taken)
