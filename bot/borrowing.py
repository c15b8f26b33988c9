"""Taking a group's own settings and rules into the rehearsal room, without touching its database."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.contract.events import Place
from bot.contract.platform import HostProblem
from bot.storage.agreements import Made
from bot.storage.engine import make_engine, sqlite_path
from bot.storage.migrate import migrate
from bot.storage.unit_of_work import Database, UnitOfWork
from bot.storage.unusable import unusable


class CannotBorrow(HostProblem):
    """The group's database has nothing to rehearse with; the text says what to do."""


async def borrow(source: str, target: str, place: Place) -> bool:
    """Copy settings, own services and newest agreement of the oldest community in ``source`` into ``target``.

    It meets in ``place`` there. Nothing of people, votes or ideas is copied. False if ``target`` has a
    community already (the room keeps its state). CannotBorrow if ``source`` has none or cannot be read.
    """
    await migrate(target)
    engine = _reading(source)
    into = Database(make_engine(target))
    try:
        async with into.transaction() as work:
            if await work.communities.load():
                return False
            async with engine.connect() as connection:
                await _copy(UnitOfWork(connection), work, place, source)
        return True
    except (SQLAlchemyError, OSError) as fault:
        raise CannotBorrow(_told(source, fault)) from fault
    finally:
        await engine.dispose()
        await into.close()


async def _copy(there: UnitOfWork, here: UnitOfWork, place: Place, source: str) -> None:
    communities = await there.communities.load()
    if not communities:
        raise CannotBorrow(f"No group was set up in {_shown(source)} yet. Rehearse without --config for now.")
    theirs = min(communities, key=lambda row: row.id)
    agreement = await there.agreements.newest(theirs.id)
    made = None if agreement is None else await there.agreements.made(theirs.id, agreement.version)
    now = made.at if made is not None else (await there.communities.created_at(theirs.id))
    community = await here.communities.create(place, now)
    for name, value in theirs.settings.items():
        await here.communities.set(community, name, value)
    for row in (await there.directory.load([theirs.id])).get(theirs.id, ()):
        if row.content:
            await here.directory.put(community, [(row.id, row.content)])
        if row.hidden:
            await here.directory.hide(community, row.id, True)
    if agreement is not None:
        in_use = replace(agreement, starts_at=min(agreement.starts_at, now))  # what is agreed is rehearsed
        await here.agreements.add(community, in_use, Made(at=now))
    await here.touch(community)


def _reading(url: str) -> AsyncEngine:
    path = sqlite_path(url)
    if path is None:
        try:
            return make_engine(url)
        except ModuleNotFoundError as fault:
            raise CannotBorrow(_told(url, fault)) from fault
    if not Path(path).is_file():
        raise CannotBorrow(f"There is no database {path} yet. Rehearse without --config for now.")
    file = Path(path).resolve().as_uri()  # quoted: a folder's name may hold ? or #
    address = URL.create("sqlite+aiosqlite", database=file, query={"mode": "ro", "uri": "true"})
    return create_async_engine(address, hide_parameters=True)


def _told(url: str, fault: Exception) -> str:
    told = None if sqlite_path(url) else unusable(url, fault)
    return told or f"The database {_shown(url)} cannot be read. Start the bot with it once."


def _shown(url: str) -> str:
    return sqlite_path(url) or "that database.url names"
