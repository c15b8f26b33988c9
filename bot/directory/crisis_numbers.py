"""The numbers that must be right: what a group checks, and its directory with what was put right."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.directory import phone
from bot.directory.country import Country, Line
from bot.directory.entry import Entry, Route
from bot.directory.search import Directory

MOST = 6  # on the group's card
EMERGENCY, URGENT = "emergency", "urgent"
CALLED = ("phone", "text")
_Right = Callable[[str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class CrisisNumber:
    """A number of one country. ``key`` fits a payload and stays when the number is put right.

    ``name`` is who answers; for the country's own numbers it is empty and ``kind`` says which
    (EMERGENCY, URGENT; else phone or text). ``page``: where to read it, empty if we know of none.
    """

    key: str
    name: str
    number: str
    kind: str
    page: str = ""


def crisis_numbers(directory: Directory, country: str, audience: str) -> tuple[CrisisNumber, ...]:
    """The numbers that people in a crisis would call or text, the most needed first, each once.

    The emergency number, the country's crisis lines, its number for urgent help, then every other
    crisis service for such people. The first MOST of them are the group's card.
    """
    found: dict[str, CrisisNumber] = {}
    for name, number, kind, page in _all(directory, directory.country(country), audience):
        key = key_of(country, number)
        found.setdefault(key, CrisisNumber(key=key, name=name, number=number, kind=kind, page=page))
    return tuple(found.values())


def key_of(country: str, number: str) -> str:
    return f"{country}_{phone.digits(number)}"


def corrected(
    directory: Directory, country: str, numbers: Mapping[str, str], broken: Collection[str]
) -> Directory:
    """The directory with numbers put right, and without those that do not work, by their keys.

    A service that cannot be reached in any other way goes with its number. The emergency number stays.
    """
    if not numbers and not broken:
        return directory
    known = directory.country(country)
    emergency = key_of(country, known.emergency or "")

    def right(number: str) -> str:
        key = key_of(country, number)
        return "" if key in broken and key != emergency else numbers.get(key, number)

    here = {country, known.nation_of} - {None}
    entries = (
        _entry_with(entry, right) if not here.isdisjoint(entry.countries) else entry
        for entry in directory.entries
    )
    shown = tuple(entry for entry in entries if entry.routes)
    countries = {**directory.countries, country: _country_with(known, right)}
    return replace(directory, entries=shown, countries=countries)


def _all(directory: Directory, country: Country, audience: str) -> Iterator[tuple[str, str, str, str]]:
    """Name, number, kind and page of each; the same number may come more than once."""
    places = {country.code, country.nation_of} - {None}
    crisis = [e for e in directory.entries if e.crisis and not places.isdisjoint(e.countries)]
    if country.emergency:
        yield "", country.emergency, EMERGENCY, _page(crisis, country.emergency)
    for kind, lines in (("phone", country.voice), ("text", country.text)):
        for line in lines:
            yield line.name, line.number, kind, _page(crisis, line.number)
    if country.urgent:
        yield "", country.urgent, URGENT, _page(directory.entries, country.urgent)
    fitting = [e for e in crisis if e.suits(audience or "all") and not _reaches(e, country.emergency or "")]
    called = [(entry, [route for route in entry.routes if route.kind in CALLED]) for entry in fitting]
    for entry, routes in called:
        yield from ((entry.name, route.to, route.kind, page_of(entry)) for route in routes[:1])
    for entry, routes in called:
        yield from ((_with_note(entry, each), each.to, each.kind, page_of(entry)) for each in routes[1:])


def _with_note(entry: Entry, route: Route) -> str:
    return f"{entry.name}, {route.note}" if route.note else entry.name


def page_of(entry: Entry) -> str:
    """The page of the service itself, where its numbers stand."""
    web = (route.to for route in entry.routes if route.kind in ("web", "webchat"))
    return entry.page or next(web, "")


def _page(entries: Collection[Entry], number: str) -> str:
    pages = (page_of(entry) for entry in entries if _reaches(entry, number))
    return next((page for page in pages if page), "")


def _reaches(entry: Entry, number: str) -> bool:
    """Whether this number, or one of "112 or 999", is a way to this service."""
    wanted = {phone.digits(part) for part in number.split(" or ") if part}
    return any(route.kind in CALLED and phone.digits(route.to) in wanted for route in entry.routes)


def _entry_with(entry: Entry, right: _Right) -> Entry:
    routes = []
    for route in entry.routes:
        number = right(route.to) if route.kind in CALLED else route.to
        routes += [_to(route, number)] if number else []
    return entry if tuple(routes) == entry.routes else replace(entry, routes=tuple(routes))


def _country_with(country: Country, right: _Right) -> Country:
    return replace(
        country,
        emergency=country.emergency and right(country.emergency),
        urgent=(country.urgent and right(country.urgent)) or None,
        voice=_lines(country.voice, right),
        text=_lines(country.text, right),
    )


def _lines(lines: Collection[Line], right: _Right) -> tuple[Line, ...]:
    return tuple(replace(line, number=number) for line in lines if (number := right(line.number)))


def _to(route: Route, number: str) -> Route:
    return route if route.to == number else replace(route, to=number)
