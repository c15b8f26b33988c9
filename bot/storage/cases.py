"""Cases: what is kept of a worry. Words and accounts come sealed; every change says what it expects."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import MessageRef, Person, Place
from bot.storage import tables
from bot.storage.upsert import upsert

CHANNEL_RESTS = timedelta(days=1)  # a whole channel is quiet for so long; a thread until its case is closed
WAITING, PICKED, CLOSED = "waiting", "picked", "closed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One worry. ``on``: the message or place it is about. ``about``: the
    beginning of the person key of who wrote that message.

    ``words`` and ``account`` are sealed (bot.secrecy). ``level`` is 0 until a moderator sets it.
    """

    id: str
    community: int
    on: MessageRef | None
    about: str
    reporter: str = field(repr=False)
    wants: str
    account: str = field(repr=False)
    words: str = field(repr=False)
    topic: str
    risk: str
    state: str
    rounds: int
    told: int
    overdue: bool
    level: int
    steps: tuple[str, ...]
    owner: Person | None
    offered: str
    listed_only: bool
    practice: bool
    made_at: datetime
    picked_at: datetime | None
    closed_at: datetime | None
    left_out: frozenset[str] = frozenset()

    @property
    def open(self) -> bool:
        return self.state != CLOSED


class Cases:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, id: str, community: int, on: MessageRef | None, now: datetime, **values: Any) -> None:
        """A new case that waits for a moderator; ``values`` are columns."""
        where = on.place if on is not None else Place(platform="", group="", channel="")
        await self._connection.execute(
            insert(tables.cases).values(
                id=id,
                community_id=community,
                platform=where.platform,
                grp=where.group,
                channel=where.channel,
                thread=where.thread or "",
                message_id=on.id if on is not None else "",
                state=WAITING,
                made_at=now,
                **values,
            )
        )

    async def find(self, community: int, id: str) -> Case | None:
        """A case of this community."""
        table = tables.cases
        found = await self._read(table.c.community_id == community, table.c.id == id)
        return found[0] if found else None

    async def open_ones(self, community: int) -> list[Case]:
        """Cases that are not closed, longest waiting first."""
        return await self._read(tables.cases.c.community_id == community, tables.cases.c.state != CLOSED)

    async def closed_ones(self, community: int) -> list[Case]:
        """Cases that are closed and still kept, oldest first."""
        return await self._read(tables.cases.c.community_id == community, tables.cases.c.state == CLOSED)

    async def told_by(self, reporter: str, community: int | None = None) -> list[Case]:
        """What this person told moderators about and is still kept, oldest first."""
        here = () if community is None else (tables.cases.c.community_id == community,)
        table = tables.cases
        return await self._read(table.c.reporter_key == reporter, table.c.practice.is_(False), *here)

    async def owned(self, community: int | None, owner: Person) -> list[Case]:
        """Open cases that this moderator picked up, here or (None) anywhere."""
        table = tables.cases
        here = () if community is None else (table.c.community_id == community,)
        return await self._read(table.c.state == PICKED, *_owned_by(owner), *here)

    async def _read(self, *wanted: ColumnElement[bool]) -> list[Case]:
        table = tables.cases
        query = select(table).where(*wanted).order_by(table.c.made_at, table.c.id)
        rows = (await self._connection.execute(query)).all()
        if not rows:
            return []
        out = tables.left_out
        left = await self._connection.execute(select(out).where(out.c.case_id.in_([row.id for row in rows])))
        by_case: dict[str, set[str]] = {}
        for each in left:
            by_case.setdefault(each.case_id, set()).add(each.person_key)
        return [_case(row, frozenset(by_case.get(row.id, ()))) for row in rows]

    async def change(self, case: Case, **values: Any) -> bool:
        """Change columns, if state, owner, steps and offer are still as in ``case``. False if not."""
        table, owner = tables.cases, case.owner
        seen = (
            table.c.id == case.id,
            table.c.state == case.state,
            table.c.owner_platform == (owner.platform if owner else ""),
            table.c.owner_id == (owner.id if owner else ""),
            table.c.steps == " ".join(case.steps),
            table.c.offered_key == case.offered,
        )
        result = await self._connection.execute(update(table).where(*seen).values(**values))
        return result.rowcount == 1

    async def set(self, case: Case, **values: Any) -> None:
        """Change columns of the reporter's own part, whatever moderators do meanwhile."""
        await self._connection.execute(
            update(tables.cases).where(tables.cases.c.id == case.id).values(**values)
        )

    async def leave_out(self, case: str, person: str) -> None:
        """This moderator never sees the case."""
        await upsert(
            self._connection, tables.left_out, key={"case_id": case, "person_key": person}, values={}
        )

    async def live_in(self, place: Place, since: datetime) -> bool:
        """Whether a case about this very place is open: nothing scheduled is said there.

        A channel where everybody talks about everything is quiet only for cases made after ``since``.
        """
        table = tables.cases
        query = select(func.count()).where(
            table.c.platform == place.platform,
            table.c.grp == place.group,
            table.c.channel == place.channel,
            table.c.thread == (place.thread or ""),
            table.c.state != CLOSED,
            table.c.practice.is_(False),
            or_(table.c.thread != "", table.c.made_at > since),
        )
        return bool((await self._connection.execute(query)).scalar_one())

    async def forget_reporter(self, key: str) -> None:
        """Their words and account go, and from closed cases the code for them as well."""
        table = tables.cases
        mine = (table.c.reporter_key == key, table.c.practice.is_(False))
        await self._connection.execute(update(table).where(*mine).values(account="", wants="", words=""))
        await self._connection.execute(
            update(table).where(*mine, table.c.state == CLOSED).values(reporter_key="")
        )

    async def forget_owner(self, owner: Person) -> None:
        """Nobody is named as the owner of what this moderator had."""
        nobody = {"owner_platform": "", "owner_id": "", "owner_name": ""}
        await self._connection.execute(update(tables.cases).where(*_owned_by(owner)).values(**nobody))

    async def forget_closed(self, before: datetime) -> None:
        """Delete cases that were closed before then, and the words in them."""
        await self._connection.execute(delete(tables.cases).where(tables.cases.c.closed_at < before))

    async def stop_writing(self, community: int, person: str, now: datetime) -> None:
        """Nothing more is sent to this person by the bot itself."""
        key = {"community_id": community, "person_key": person}
        await upsert(self._connection, tables.not_written_to, key=key, values={"since": now})

    async def write_again(self, community: int, person: str) -> None:
        """It was a mistake, or is over."""
        table = tables.not_written_to
        await self._connection.execute(
            delete(table).where(table.c.community_id == community, table.c.person_key == person)
        )

    async def is_left_alone(self, community: int, key: str) -> bool:
        """Whether nothing is sent to the person of this key."""
        return any(key.startswith(each) for each in await self.not_written_to(community))

    async def not_written_to(self, community: int) -> Sequence[str]:
        """The hashes of those to whom nothing is sent."""
        table = tables.not_written_to
        query = select(table.c.person_key).where(table.c.community_id == community)
        return list((await self._connection.execute(query)).scalars())


def _owned_by(owner: Person) -> tuple[ColumnElement[bool], ...]:
    table = tables.cases
    return (table.c.owner_platform == owner.platform, table.c.owner_id == owner.id)


def _case(row: Row[Any], left_out: frozenset[str]) -> Case:
    place = Place(platform=row.platform, group=row.grp, channel=row.channel, thread=row.thread or None)
    owner = Person(platform=row.owner_platform, id=row.owner_id, name=row.owner_name, is_moderator=True)
    return Case(
        id=row.id,
        community=row.community_id,
        on=MessageRef(place=place, id=row.message_id) if row.platform else None,
        about=row.about_key,
        reporter=row.reporter_key,
        owner=owner if row.owner_id else None,
        offered=row.offered_key,
        steps=tuple(row.steps.split()),
        left_out=left_out,
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE = (
    *("wants", "account", "words", "topic", "risk", "state", "rounds", "told", "overdue", "level"),
    *("listed_only", "practice", "made_at", "picked_at", "closed_at"),
)
