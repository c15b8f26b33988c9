"""Whether entries are right: their numbers, addresses, places and topics. Packs and files of groups alike."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.directory import address, packs, phone
from bot.directory.entry import AUDIENCES, CRISIS_DAYS, KINDS, OTHER_DAYS, STATUSES, Entry, Route
from bot.directory.files import read_with_lines
from bot.directory.problem import BadEntries, Problem
from bot.directory.rows import Row
from bot.directory.search import Directory

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}", re.ASCII)
_RELAY = re.compile(r"1800[12]\s+")  # what is dialled before a number in the UK
_CLINICAL = re.compile(r"\d\s*(mmol|mg\s*/\s*dl|units?\b|iu\b)", re.IGNORECASE)
_LONGEST = {"id": 60, "name": 80, "purpose": 200, "not_for": 200, "run_by": 80, "source": 200, "page": 200}
_ROUTES, _TO, _WORD = 8, 200, 60
_CSV_SIGNS = (";", "|", "\n")


def checked_entries(path: Path, directory: Directory, today: date) -> list[Entry]:
    """The entries of a file. BadEntries with file line and reason of everything that is wrong."""
    problems: list[Problem] = []
    found = read_with_lines(path)
    for entry, row in found:
        problems += (_placed(problem, row) for problem in problems_of(entry, directory, today))
    if problems:
        raise BadEntries(problems)
    return [entry for entry, _ in found]


def problems_of(entry: Entry, directory: Directory, today: date) -> list[Problem]:
    """Everything that is wrong with one entry."""
    found = (
        *_words(entry),
        *_places(entry, directory),
        *(problem for route in entry.routes for problem in _route(entry, route)),
        *_checking(entry, today),
    )
    return [replace(problem, entry=entry.id) for problem in found]


def _placed(problem: Problem, row: Row) -> Problem:
    return replace(problem, line=row.lines.get(problem.field, row.line))


def _words(entry: Entry) -> Iterator[Problem]:
    if not _ID.fullmatch(entry.id):
        yield Problem(reason="id", value=entry.id, field="id")
    for name, longest in _LONGEST.items():
        text: str = getattr(entry, name)
        if len(text) > longest:
            yield Problem(reason="too-long", value=str(longest), field=name)
        if text.startswith(("=", "@", "+", "\t")):
            yield Problem(reason="formula", value=text[:20], field=name)
        if _CLINICAL.search(text):
            yield Problem(reason="clinical", value=text[:60], field=name)
    if entry.page and (wrong := address.problem(entry.page)):
        yield Problem(reason=f"address-{wrong}", value=entry.page, field="page")
    for name in ("languages", "checked_by"):
        if any(
            len(said) > _WORD or any(sign in said for sign in _CSV_SIGNS) for said in getattr(entry, name)
        ):
            yield Problem(reason="list", value=name, field=name)


def _places(entry: Entry, directory: Directory) -> Iterator[Problem]:
    countries = {*directory.countries, "anywhere"} - {"elsewhere"}
    yield from _unknown("countries", entry.countries, countries)
    yield from _unknown("topics", entry.topics, directory.topics)
    yield from _unknown("audience", entry.audience, AUDIENCES)


def _unknown(field: str, said: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    return (
        Problem(reason=f"unknown-{field}", value=word[:40], field=field)
        for word in said
        if word not in set(known)
    )


def _route(entry: Entry, route: Route) -> Iterator[Problem]:
    if route.kind not in KINDS:
        yield Problem(reason="unknown-kind", value=route.kind[:40], field="routes")
    details = (route.to, route.note, route.hours, route.cost, route.word)
    if any(len(text) > _TO or any(sign in text for sign in _CSV_SIGNS) for text in details):
        yield Problem(reason="list", value=route.to[:60], field="routes")
    if any(_CLINICAL.search(text) for text in details):
        yield Problem(reason="clinical", value=route.to[:60], field="routes")
    if route.kind in ("web", "webchat") and (wrong := address.problem(route.to)):
        yield Problem(reason=f"address-{wrong}", value=route.to[:100], field="routes")
    if route.kind == "email" and not _EMAIL.fullmatch(route.to):
        yield Problem(reason="email", value=route.to[:100], field="routes")
    if route.kind in ("phone", "text") or (route.kind == "relay" and phone.digits(route.to)):
        yield from _number(entry, route)
    if route.kind == "local" and phone.digits(route.to):
        yield Problem(reason="local", value=route.to[:60], field="routes")


def _number(entry: Entry, route: Route) -> Iterator[Problem]:
    number = _RELAY.sub("", route.to, count=1) if route.kind == "relay" else route.to
    for country in (code for code in entry.countries if code in phone.REGIONS or code == "anywhere"):
        if (country, phone.digits(number)) in packs.unusual():
            continue
        if not phone.valid(number, country):
            wrong = "foreign" if phone.foreign(number, country) else "number"
            yield Problem(reason=wrong, value=route.to[:60], field="routes")
            return


def _checking(entry: Entry, today: date) -> Iterator[Problem]:
    if len(entry.routes) > _ROUTES:
        yield Problem(reason="routes", value=str(_ROUTES), field="routes")
    if entry.status not in STATUSES:
        yield Problem(reason="unknown-status", value=entry.status[:40], field="status")
    most = CRISIS_DAYS if entry.crisis else OTHER_DAYS
    if not 1 <= entry.check_every_days <= most:
        yield Problem(reason="check-every-days", value=str(most), field="check_every_days")
    if entry.last_checked is not None and entry.last_checked > today:
        yield Problem(reason="future", value=str(entry.last_checked), field="last_checked")
    if entry.crisis and entry.status == "ok" and len(set(entry.checked_by)) < 2:
        yield Problem(reason="two-people", field="checked_by")
