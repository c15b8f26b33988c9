"""The self-check of the packs: what no single entry can tell about itself."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from bot.directory import packs, phone
from bot.directory.check import problems_of
from bot.directory.entry import Entry
from bot.directory.problem import Problem
from bot.directory.search import Directory

_SHORT = 6  # digits: as short a number may mean something else in another country


def problems(directory: Directory, today: date) -> list[Problem]:
    """Everything that is wrong with a whole directory; empty if nothing is."""
    return [
        *(problem for entry in directory.entries for problem in problems_of(entry, directory, today)),
        *_twice(directory),
        *_unanswered(directory),
        *_confused(directory),
        *_lines_of_countries(directory),
    ]


def _twice(directory: Directory) -> Iterator[Problem]:
    ids = [entry.id for entry in directory.entries]
    return (Problem(reason="twice", value=id, entry=id, field="id") for id in {*ids} if ids.count(id) > 1)


def _unanswered(directory: Directory) -> Iterator[Problem]:
    """Every crisis topic has a crisis line, or the emergency number, in every country, for everyone."""
    for country in directory.countries:
        for topic in sorted(directory.crisis_topics):
            for audience in ("all", "adults", "young", "children", "parents", "carers"):
                found = directory.find(topic, country, audience=audience)
                if not found or not found[0].crisis:
                    yield Problem(reason="unanswered", value=f"{topic}, {country}, {audience}")


def _confused(directory: Directory) -> Iterator[Problem]:
    """A whole number belongs to one country; services of one name have each country's own."""
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in directory.entries:
        for number in _numbers(entry):
            owners[number].update(phone.REGIONS[code] for code in entry.countries if code in phone.REGIONS)
    for number, regions in owners.items():
        if len(number) > _SHORT and len(regions) > 1:
            yield Problem(reason="two-countries", value=f"{number}: {', '.join(sorted(regions))}")


def _lines_of_countries(directory: Directory) -> Iterator[Problem]:
    """What countries.yaml says is what the services of that country say."""
    for code, country in directory.countries.items():
        places = {code, country.nation_of}
        here = [entry for entry in directory.entries if places.intersection(entry.countries)]
        known = {number for entry in here for number in _numbers(entry)}
        either = country.emergency.split(" or ") if country.emergency else []
        urgent = [country.urgent] if country.urgent else []
        said = [*either, *urgent, *(line.number for line in (*country.voice, *country.text))]
        for number in said:
            if phone.digits(number) not in known:
                yield Problem(reason="not-in-pack", value=f"{code}: {number}")


def _numbers(entry: Entry) -> set[str]:
    return {phone.digits(route.to) for route in entry.routes if route.kind in ("phone", "text")}


def unneeded_exceptions(directory: Directory) -> list[str]:
    """Numbers that packs/unusual.yaml lists although the library knows them, or no service has them."""
    held = {
        (code, number)
        for entry in directory.entries
        for code in entry.countries
        for number in _numbers(entry)
    }
    return [
        f"{code}: {number}"
        for code, number in sorted(packs.unusual())
        if (code, number) not in held or phone.valid(number, code)
    ]
