"""A group's own services, out of the database into a file and back: all of a file, or nothing of it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.contract.platform import HostProblem
from bot.directory import BadEntries, Directory, Entry, Problem, phone
from bot.directory.check import problems_of
from bot.directory.crisis_numbers import CALLED
from bot.directory.files import read_with_lines, write_entries
from bot.directory.own_words import unmarked, written
from bot.directory.rows import Row
from bot.groups import Group, Groups
from bot.lock import hold
from bot.own_directory import Directories, OwnDirectory
from bot.storage.engine import make_engine
from bot.storage.migrate import migrate
from bot.storage.unit_of_work import Database
from bot.storage.unusable import unusable


class NoSuchGroup(HostProblem):
    """The community is not there, or has to be named; ``known`` are those that are."""

    def __init__(self, known: Sequence[Group]) -> None:
        self.known = known
        super().__init__("no such group")


@dataclass(frozen=True, slots=True)
class Moved:
    """How many entries a file held, and how many of them are the group's own words."""

    entries: int
    own: int


async def bring_in(url: str, file: Path, community: int | None) -> Moved:
    """Take a file into a group's directory.

    BadEntries with line and reason of everything that is wrong: then nothing of it is taken. What is as
    it is packaged is left so. OSError if the file cannot be opened.
    """
    packaged, today = Directory.load(), datetime.now(UTC).date()
    async with _open(url) as (database, groups):
        group = _one(groups, community)
        before = Directories(packaged).of(group, today)
        found = read_with_lines(file)
        problems = [problem for entry, row in found for problem in _problems(entry, row, before, today)]
        if problems:
            raise BadEntries(problems)
        own = [entry for entry, _ in found if not _known(entry, before)]
        async with database.transaction() as work:
            await work.directory.put(group.community, [(entry.id, written(entry)) for entry in own])
            for entry in own:
                if entry.last_checked is not None and not entry.crisis:
                    await work.directory.checked(group.community, entry.id, "", entry.last_checked)
            await work.touch(group.community)
    return Moved(len(found), len(own))


async def take_out(url: str, file: Path, community: int | None, *, everything: bool) -> Moved:
    """Write a group's own entries, or everything that it shows, into a file."""
    async with _open(url) as (_, groups):
        group = _one(groups, community)
        directory = Directories(Directory.load()).of(group, datetime.now(UTC).date())
    own = {row.id for row in directory.changes.entries if row.content}
    entries = directory.shown.entries if everything else directory.full.entries
    chosen = [_for_file(entry) for entry in entries if everything or entry.id in own]
    write_entries(file, chosen)
    return Moved(len(chosen), len([entry for entry in chosen if entry.id in own]))


@asynccontextmanager
async def _open(url: str) -> AsyncIterator[tuple[Database, Groups]]:
    """The database and what is known of groups. On SQLite no bot may run meanwhile."""
    with hold(url):
        await migrate(url)
        database, groups = Database(make_engine(url)), Groups()
        try:
            await groups.load(database)
            yield database, groups
        except SQLAlchemyError as fault:
            raise HostProblem(unusable(url, fault)) from fault
        finally:
            await database.close()


def _one(groups: Groups, community: int | None) -> Group:
    known = groups.all()
    if community is None and len(known) == 1:
        return known[0]
    wanted = [group for group in known if group.community == community]
    if not wanted:
        raise NoSuchGroup(known)
    return wanted[0]


def _problems(entry: Entry, row: Row, before: OwnDirectory, today: date) -> list[Problem]:
    """What is wrong with an entry, and where in the file."""
    found = [*problems_of(entry, before.full, today), *_differing(entry, before)]
    return [
        replace(problem, line=row.lines.get(problem.field, row.line), entry=entry.id) for problem in found
    ]


def _differing(entry: Entry, before: OwnDirectory) -> list[Problem]:
    """Numbers of crisis lines that would change, and numbers with digits out of place.

    Two people read a crisis number in chat; a file cannot change one.
    """
    known = before.full.entry(entry.id)
    numbers = {phone.digits(route.to) for route in (known or entry).routes if route.kind in CALLED}
    numbers |= {phone.digits(number) for number in before.right.values()}
    problems = []
    for route in entry.routes:
        if route.kind not in CALLED:
            continue
        new = phone.digits(route.to) not in numbers
        if new and known is not None and known.crisis:
            said = ", ".join(each.to for each in known.routes if each.kind in CALLED)
            problems.append(Problem(reason="crisis-number", value=f"{route.to} ({said})", field="routes"))
        elif not phone.valid(route.to, entry.countries[0]) and (near := _near(route.to, before)):
            problems.append(Problem(reason="near", value=f"{route.to} ({near})", field="routes"))
    return problems


def _near(number: str, before: OwnDirectory) -> str:
    for entry in before.full.entries:
        for route in entry.routes:
            if route.kind in CALLED and phone.near(number, route.to):
                return f"{entry.name}: {route.to}"
    return ""


def _known(entry: Entry, before: OwnDirectory) -> bool:
    """Whether the group has it in these very words already."""
    same = [known for known in (before.full.entry(entry.id), before.shown.entry(entry.id)) if known]
    return any(unmarked(entry) == unmarked(known) for known in same)


def _for_file(entry: Entry) -> Entry:
    """As a file has it. Who checked it stays here, so a crisis line is checked anew elsewhere."""
    return (
        unmarked(entry)
        if entry.crisis
        else replace(entry, status="ok" if entry.last_checked else "unchecked")
    )
