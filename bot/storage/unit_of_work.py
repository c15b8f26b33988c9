"""One transaction and what can be done in it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.agreements import Agreements
from bot.storage.ballots import Ballots
from bot.storage.cases import Cases
from bot.storage.communities import Communities
from bot.storage.cover import CoverRows
from bot.storage.directory_entries import DirectoryEntries
from bot.storage.due import Dues
from bot.storage.join_requests import JoinRequests
from bot.storage.messages import Messages
from bot.storage.moves import Moves
from bot.storage.number_checks import NumberChecks
from bot.storage.outbox import OutboxRows
from bot.storage.people import People
from bot.storage.proposals import Proposals
from bot.storage.questions import Questions
from bot.storage.refused import RefusedPlaces
from bot.storage.reminders import Reminders
from bot.storage.signposts import Signposts
from bot.storage.tables import communities
from bot.storage.threads import Threads
from bot.storage.votes import Votes
from bot.storage.watch import WatchRows
from bot.storage.wishes import Wishes

VERSIONS_LOCK = 4_712_005  # any constant: the same in every process


Result = TypeVar("Result")


class UnitOfWork:
    """The repositories over one open transaction. Commits when the transaction's block ends."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.communities = Communities(connection)
        self.people = People(connection)
        self.agreements = Agreements(connection)
        self.proposals = Proposals(connection)
        self.votes = Votes(connection)
        self.ballots = Ballots(connection)
        self.questions = Questions(connection)
        self.reminders = Reminders(connection)
        self.due = Dues(connection)
        self.outbox = OutboxRows(connection)
        self.messages = Messages(connection)
        self.moves = Moves(connection)
        self.join_requests = JoinRequests(connection)
        self.refused = RefusedPlaces(connection)
        self.wishes = Wishes(connection)
        self.directory = DirectoryEntries(connection)
        self.number_checks = NumberChecks(connection)
        self.cases = Cases(connection)
        self.threads = Threads(connection)
        self.cover = CoverRows(connection)
        self.watch = WatchRows(connection)
        self.signposts = Signposts(connection)
        self.touched: set[int] = set()
        self.scrub = False  # set it when ballots or words were destroyed

    async def forget_wishes(self, before: datetime) -> None:
        """Delete wishes for a reminder, and that somebody had one."""
        await self.wishes.forget_before(before)
        await self.people.forget_asks("remind", before)

    async def touch(self, community: int) -> None:
        """Note that what memory holds of this community changed; every process reloads it."""
        self.touched.add(community)

    async def finish(self) -> None:
        """Before the commit: give what was touched the next version.

        Versions become visible in their order, or a process that has read the later one would never
        ask for the earlier: on PostgreSQL one transaction at a time gets from here to its commit.
        """
        if not self.touched:
            return
        if self.connection.dialect.name == "postgresql":
            await self.connection.execute(select(func.pg_advisory_xact_lock(VERSIONS_LOCK)))
        newest = select(func.coalesce(func.max(communities.c.version), 0) + 1).scalar_subquery()
        await self.connection.execute(
            update(communities).where(communities.c.id.in_(sorted(self.touched))).values(version=newest)
        )


class Database:
    """Opens transactions. One at a time per task: never open a second inside the first."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._trying: asyncio.Task[bool] | None = None
        self._late: set[asyncio.Task[Any]] = set()  # nobody waits for them any more

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[UnitOfWork]:
        """Commit at the end of the block, roll back on any exception."""
        async with self._engine.begin() as connection:
            work = UnitOfWork(connection)
            yield work
            await work.finish()

    async def answers(self, within: float) -> bool:
        """Whether something could be written in this time (seconds). What takes longer is not cut off."""
        if self._trying is None or self._trying.done():
            self._trying = asyncio.ensure_future(self._writes())
        done, _ = await asyncio.wait({self._trying}, timeout=within)
        return bool(done) and self._trying.result()

    async def within(self, seconds: float, work: Coroutine[Any, Any, Result]) -> Result | None:
        """What ``work`` gives, or None if it takes longer. It is then not cut off; ``close`` waits for it."""
        task = asyncio.ensure_future(work)
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if done:
            return task.result()
        task.add_done_callback(asyncio.Task.exception)
        return None

    async def _writes(self) -> bool:
        nothing = update(communities).where(communities.c.id == -1).values(version=0)
        try:
            async with self._engine.begin() as connection:
                await connection.execute(nothing)
        except Exception:  # whatever it is: urgent help goes on without storage
            return False
        return True

    async def scrub(self) -> None:
        """After ballots or words were destroyed: leave none of them in the write-ahead log or dead rows."""
        async with self._engine.connect() as connection:
            if self._engine.dialect.name == "sqlite":
                # Straight to the driver: a checkpoint cannot run in the transaction that we begin for others.
                driver = (await connection.get_raw_connection()).driver_connection
                if driver is not None:
                    await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await plain.exec_driver_sql("VACUUM ballots, objections, votes, standing_objections, cases")

    async def close(self) -> None:
        """Let go of everything, once what was begun has ended."""
        if self._trying is not None:
            await asyncio.wait({self._trying})
        if self._late:
            await asyncio.wait(self._late)
        await self._engine.dispose()
