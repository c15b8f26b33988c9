"""Votes: what is asked, until when, and what it came to. Who chose what is in ballots, until the close."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.ids import possible
from bot.storage.straight import Prepared

OPEN, CLOSED, STOPPED = "open", "closed", "stopped"
SET, CHANGE, SECOND, REVIEW = "set", "change", "second", "review"


@dataclass(frozen=True, kw_only=True, slots=True)
class VoteItem:
    """One thing a vote is about: a rule's wording. ``counts`` by choice, after the close."""

    item: int
    title: str
    text: str
    outcome: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Vote:
    """One vote. ``kind``: set, change, second (at 80 %) or review; ``needed`` ballots, skips counted."""

    id: int
    community: int
    kind: str
    proposal: int | None
    state: str
    opened_at: datetime
    closes_at: datetime
    group_size: int | None
    needed: int
    nonce: str | None = field(repr=False)
    check_value: str = field(repr=False)
    taken_part: int | None


_ONE = select(tables.votes).where(
    tables.votes.c.id == bindparam("vote"), tables.votes.c.community_id == bindparam("community")
)
# SQLite has one writer anyway.
_ENTER = Prepared(lambda dialect: _ONE.with_for_update(read=True))
_TAKE = Prepared(lambda dialect: _ONE.with_for_update())


class Votes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open(
        self,
        *,
        community: int,
        kind: str,
        proposal: int | None,
        items: Sequence[VoteItem],
        now: datetime,
        closes_at: datetime,
        group_size: int | None,
        needed: int,
        nonce: str,
        check_value: str,
    ) -> int:
        """Open a vote on these items; returns its id."""
        result = await self._connection.execute(
            insert(tables.votes)
            .values(
                community_id=community,
                kind=kind,
                proposal_id=proposal,
                state=OPEN,
                opened_at=now,
                closes_at=closes_at,
                group_size=group_size,
                needed=needed,
                nonce=nonce,
                check_value=check_value,
            )
            .returning(tables.votes.c.id)
        )
        id = int(result.scalar_one())
        await self._connection.execute(
            insert(tables.vote_items),
            [{"vote_id": id, "item": each.item, "title": each.title, "text": each.text} for each in items],
        )
        return id

    async def find(self, community: int, id: int) -> Vote | None:
        """A vote of this community."""
        if not possible(id):
            return None
        table = tables.votes
        query = select(table).where(table.c.id == id, table.c.community_id == community)
        row = (await self._connection.execute(query)).first()
        return None if row is None else _vote(row)

    async def enter(self, community: int, id: int) -> Vote | None:
        """The vote, which cannot be closed before this transaction ends; ballots go in side by side."""
        return await self._locked(community, id, shared=True)

    async def take(self, community: int, id: int) -> Vote | None:
        """The vote, with no ballot on its way: whoever casts one has committed, or waits for us."""
        return await self._locked(community, id, shared=False)

    async def _locked(self, community: int, id: int, *, shared: bool) -> Vote | None:
        if not possible(id):
            return None
        rows = await (_ENTER if shared else _TAKE).rows(self._connection, vote=id, community=community)
        return _vote(rows[0]) if rows else None

    async def open_ones(self, community: int) -> list[Vote]:
        """The votes that are open, oldest first."""
        table = tables.votes
        query = (
            select(table).where(table.c.community_id == community, table.c.state == OPEN).order_by(table.c.id)
        )
        return [_vote(row) for row in (await self._connection.execute(query)).all()]

    async def open_everywhere(self) -> list[Vote]:
        """The votes that are open in any community, oldest first."""
        table = tables.votes
        query = select(table).where(table.c.state == OPEN).order_by(table.c.id)
        return [_vote(row) for row in (await self._connection.execute(query)).all()]

    async def of_proposal(self, proposal: int) -> list[Vote]:
        """Every vote there was on an idea, oldest first."""
        table = tables.votes
        query = select(table).where(table.c.proposal_id == proposal).order_by(table.c.id)
        return [_vote(row) for row in (await self._connection.execute(query)).all()]

    async def last_of(self, community: int, kind: str) -> Vote | None:
        """The newest vote of a kind."""
        table = tables.votes
        query = select(table).where(table.c.community_id == community, table.c.kind == kind)
        row = (await self._connection.execute(query.order_by(table.c.id.desc()).limit(1))).first()
        return None if row is None else _vote(row)

    async def items(self, vote: int) -> list[VoteItem]:
        """What the vote is about, in order of the rules' numbers."""
        table = tables.vote_items
        query = select(table).where(table.c.vote_id == vote).order_by(table.c.item)
        return [
            VoteItem(
                item=row.item,
                title=row.title,
                text=row.text,
                outcome=row.outcome,
                counts=json.loads(row.counts) if row.counts else {},
            )
            for row in (await self._connection.execute(query)).all()
        ]

    async def move_close(self, id: int, seen: datetime, closes_at: datetime) -> bool:
        """Let an open vote close later. False if it moved or closed meanwhile."""
        table = tables.votes
        result = await self._connection.execute(
            update(table)
            .where(table.c.id == id, table.c.state == OPEN, table.c.closes_at == seen)
            .values(closes_at=closes_at)
        )
        return result.rowcount == 1

    async def close(self, id: int, *, taken_part: int | None, state: str = CLOSED) -> bool:
        """End an open vote and erase its nonce. False if it was not open: somebody else closed it."""
        table = tables.votes
        result = await self._connection.execute(
            update(table)
            .where(table.c.id == id, table.c.state == OPEN)
            .values(state=state, taken_part=taken_part, nonce=None)
        )
        return result.rowcount == 1

    async def record(self, id: int, item: int, outcome: str, counts: Mapping[str, int]) -> None:
        """Keep what an item came to."""
        table = tables.vote_items
        await self._connection.execute(
            update(table)
            .where(table.c.vote_id == id, table.c.item == item)
            .values(outcome=outcome, counts=json.dumps(dict(counts)))
        )


def _vote(row: Row[Any]) -> Vote:
    return Vote(
        id=row.id,
        community=row.community_id,
        kind=row.kind,
        proposal=row.proposal_id,
        state=row.state,
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        group_size=row.group_size,
        needed=row.needed,
        nonce=row.nonce,
        check_value=row.check_value,
        taken_part=row.taken_part,
    )
