"""The bot put together from its parts, for whatever runs it: a room, a platform, a test, a benchmark."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.app import App
from bot.contract.actions import Answer
from bot.contract.events import Event, Person
from bot.contract.platform import Platform
from bot.directory import Directory
from bot.groups import Groups
from bot.outbox import Outbox
from bot.running import Clock
from bot.schedule import Schedule
from bot.secrecy import Secrecy
from bot.settings import GroupSettings
from bot.storage.engine import make_engine, sqlite_path
from bot.storage.migrate import MigrationError, migrate
from bot.storage.unit_of_work import Database
from bot.storage.unusable import unusable
from bot.texts import Texts

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Core:
    """A running bot: the door, the time that passes, and what is known of groups."""

    app: App
    schedule: Schedule
    groups: Groups
    database: Database

    @property
    def zone(self) -> tzinfo:
        """The time zone of the only group, in a room; otherwise the one every group starts with."""
        only = self.groups.any()
        return (only.settings if only else GroupSettings()).zone

    async def receive(self, event: Event) -> Sequence[Answer]:
        """See App.receive."""
        return await self.app.receive(event)

    async def next_due(self) -> datetime | None:
        """See Schedule.next_due."""
        return await self.schedule.next_due()

    async def run_due(self) -> None:
        """See Schedule.run_due."""
        await self.schedule.run_due()

    async def acquainted(self, person: Person, command: str = "") -> Sequence[int]:
        """See App.acquainted."""
        return await self.app.acquainted(person, command)

    def at_once(self, event: Event) -> bool:
        """See App.at_once."""
        return self.app.at_once(event)

    def waits_for_nobody(self, event: Event) -> bool:
        """See App.waits_for_nobody."""
        return self.app.waits_for_nobody(event)

    def wants(self, kind: type[Event], platform: str, group: str) -> bool:
        """See App.wants."""
        return self.app.wants(kind, platform, group)


@asynccontextmanager
async def assembled(
    *,
    url: str,
    secret_key: str,
    platforms: Sequence[Platform],
    clock: Clock,
    texts: Texts | None = None,
    directory: Directory | None = None,
    defaults: GroupSettings | None = None,
) -> AsyncIterator[Core]:
    """Bring the database up to date and put the bot together; close everything at the end.

    MigrationError if the database cannot be used. Hold the lock of an SQLite file before (bot.lock).
    """
    await migrate(url)
    database = Database(make_engine(url))
    groups = Groups(defaults or GroupSettings())
    try:
        secrecy = Secrecy(secret_key)
        await _begin(database, groups, secrecy, url)
        app = App(
            database=database,
            groups=groups,
            secrecy=secrecy,
            texts=texts or Texts.load(),
            directory=directory or Directory.load(),
            clock=clock,
        )
        outbox = Outbox(database, groups, platforms)
        schedule = Schedule(app=app, database=database, groups=groups, outbox=outbox, clock=clock)
        yield Core(app=app, schedule=schedule, groups=groups, database=database)
    finally:
        await database.close()


async def _begin(database: Database, groups: Groups, secrecy: Secrecy, url: str) -> None:
    """Read what is known of groups; on SQLite, also take up what a process that was killed left."""
    try:
        await groups.load(database)
        await _compare_key(database, secrecy)
        if sqlite_path(url) is not None:
            async with database.transaction() as work:
                await work.outbox.release_leases()
            await database.scrub()  # it may have ended between destroying ballots and cleaning up after them
    except (SQLAlchemyError, OSError) as fault:
        raise MigrationError(unusable(url, fault)) from fault


async def _compare_key(database: Database, secrecy: Secrecy) -> None:
    """A lost or changed secret key pauses votes: only the host, who reads this log, can put it back."""
    async with database.transaction() as work:
        votes = await work.votes.open_everywhere()
    paused = [vote for vote in votes if not secrecy.fits(vote.nonce or "", vote.check_value)]
    if paused:
        log.error("voting is paused: put the old secret key back", votes=len(paused))
