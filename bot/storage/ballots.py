"""Ballots, by a hash of the voter that only this vote has. No names, no times, no order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.straight import Prepared
from bot.storage.upsert import upsert

AT_ONCE = 500  # keys in one statement
WHOLE = 0  # the item that stands for everything the vote asks


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What an objector wrote about an item, and whether the room may read it."""

    item: int
    words: str = field(repr=False)
    approved: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """An objection that holds an idea back until mending ends."""

    voter: str = field(repr=False)
    nonce: str = field(repr=False)
    words: str = field(repr=False)
    met: bool


def _cast(dialect: str) -> Any:
    statement = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(tables.ballots)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["vote_id", "voter", "item"],
        set_={"choice": new.choice, "seq": new.seq},
        where=new.seq > tables.ballots.c.seq,
    )


_CAST = Prepared(_cast)
_MINE = Prepared(
    lambda dialect: select(tables.ballots.c.item, tables.ballots.c.choice).where(
        tables.ballots.c.vote_id == bindparam("vote"), tables.ballots.c.voter == bindparam("voter")
    )
)


class Ballots:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def cast(self, vote: int, voter: str, item: int, choice: str, seq: int) -> bool:
        """Put a choice down, in place of an older one only. False if a newer press was here first."""
        written = await _CAST.written(
            self._connection, vote_id=vote, voter=voter, item=item, choice=str(choice), seq=seq
        )
        return written > 0

    async def object(self, vote: int, voter: str, item: int, choice: str, seq: int, agree: str) -> bool:
        """Put an objection to one item down: the voter agrees to the rest, unless they chose for all.

        False if a newer press was here first. Skipping, chosen before, gives way to agreeing.
        """
        table = tables.ballots
        query = select(table.c.choice, table.c.seq).where(
            table.c.vote_id == vote, table.c.voter == voter, table.c.item == WHOLE
        )
        whole = (await self._connection.execute(query)).first()
        if whole is not None and whole.seq > seq:
            return False
        if not await self.cast(vote, voter, item, choice, seq):
            return False
        if whole is not None and whole.choice == "skip":
            await self.cast(vote, voter, WHOLE, agree, seq)
        return True

    async def clear_items(self, vote: int, voter: str, seq: int) -> None:
        """Take back what was said about single items, older than this press, and the words with it."""
        mine = and_(tables.ballots.c.vote_id == vote, tables.ballots.c.voter == voter)
        await self._connection.execute(
            delete(tables.ballots).where(mine, tables.ballots.c.item != WHOLE, tables.ballots.c.seq < seq)
        )
        kept = select(tables.ballots.c.item).where(mine)
        await self._connection.execute(
            delete(tables.objections).where(
                tables.objections.c.vote_id == vote,
                tables.objections.c.voter == voter,
                tables.objections.c.item.not_in(kept),
            )
        )

    async def drop_words(self, vote: int, voter: str, item: int) -> None:
        """Delete the words of an objection."""
        table = tables.objections
        await self._connection.execute(
            delete(table).where(table.c.vote_id == vote, table.c.voter == voter, table.c.item == item)
        )

    async def of(self, vote: int, voter: str) -> dict[int, str]:
        """What this voter chose, by item."""
        rows = await _MINE.rows(self._connection, vote=vote, voter=voter)
        return {row.item: row.choice for row in rows}

    async def which(self, voters: Sequence[str]) -> set[int]:
        """The votes in which there is a ballot of one of these voters: one person has a key in each vote."""
        table, found = tables.ballots, set[int]()
        for start in range(0, len(voters), AT_ONCE):
            query = (
                select(table.c.vote_id).where(table.c.voter.in_(voters[start : start + AT_ONCE])).distinct()
            )
            found.update((await self._connection.execute(query)).scalars())
        return found

    async def all(self, vote: int) -> list[dict[int, str]]:
        """Every ballot by item, in the order of their hashes: no voter can be told from it."""
        table = tables.ballots
        query = select(table.c.voter, table.c.item, table.c.choice).where(table.c.vote_id == vote)
        found: dict[str, dict[int, str]] = {}
        for row in (await self._connection.execute(query.order_by(table.c.voter))).all():
            found.setdefault(row.voter, {})[row.item] = row.choice
        return list(found.values())

    async def write(self, vote: int, voter: str, item: int, words: str) -> None:
        """Keep an objector's words, not shown to anybody until they are approved."""
        await upsert(
            self._connection,
            tables.objections,
            key={"vote_id": vote, "voter": voter, "item": item},
            values={"words": words, "approved": False},
        )

    async def approve(self, vote: int, voter: str, item: int) -> bool:
        """Their author lets the room read them. False if there are none."""
        table = tables.objections
        result = await self._connection.execute(
            update(table)
            .where(table.c.vote_id == vote, table.c.voter == voter, table.c.item == item)
            .values(approved=True)
        )
        return result.rowcount == 1

    async def words_of(self, vote: int, voter: str, item: int) -> Words | None:
        """What this voter wrote about an item."""
        table = tables.objections
        query = select(table).where(table.c.vote_id == vote, table.c.voter == voter, table.c.item == item)
        row = (await self._connection.execute(query)).first()
        return None if row is None else Words(item=row.item, words=row.words, approved=row.approved)

    async def approved_words(self, vote: int, item: int, choices: Sequence[str]) -> list[str]:
        """Words about an item that the room may read, in alphabetical order.

        Only those of people whose choice is one of these now: the words of an objection that was taken
        back stay unread.
        """
        table, cast = tables.objections, tables.ballots
        same = and_(cast.c.vote_id == table.c.vote_id, cast.c.voter == table.c.voter, cast.c.item == item)
        query = (
            select(table.c.words)
            .join(cast, same)
            .where(table.c.vote_id == vote, table.c.item == item, table.c.approved.is_(True))
            .where(cast.c.choice.in_(list(choices)))
        )
        return sorted((await self._connection.execute(query)).scalars())

    async def destroy(self, vote: int) -> None:
        """Erase every ballot and every word of a vote."""
        for table in (tables.ballots, tables.objections):
            await self._connection.execute(delete(table).where(table.c.vote_id == vote))

    async def keep_standing(self, vote: int, item: int, proposal: int, nonce: str, hold: str) -> None:
        """Before the ballots go: keep who holds an idea back (hash, nonce, approved words)."""
        ballots, objections = tables.ballots, tables.objections
        query = (
            select(ballots.c.voter, objections.c.words)
            .outerjoin(
                objections,
                and_(
                    objections.c.vote_id == ballots.c.vote_id,
                    objections.c.voter == ballots.c.voter,
                    objections.c.item == ballots.c.item,
                    objections.c.approved.is_(True),
                ),
            )
            .where(ballots.c.vote_id == vote, ballots.c.item == item, ballots.c.choice == hold)
            .order_by(ballots.c.voter)
        )
        rows = [
            {"proposal_id": proposal, "voter": row.voter, "nonce": nonce, "words": row.words or ""}
            for row in (await self._connection.execute(query)).all()
        ]
        if rows:
            await self._connection.execute(insert(tables.standing_objections), rows)

    async def standing(self, proposal: int) -> list[Standing]:
        """The objections that hold an idea back."""
        table = tables.standing_objections
        query = select(table).where(table.c.proposal_id == proposal).order_by(table.c.voter)
        return [
            Standing(voter=row.voter, nonce=row.nonce, words=row.words, met=row.met)
            for row in (await self._connection.execute(query)).all()
        ]

    async def standing_everywhere(self) -> list[Standing]:
        """The objections that hold any idea of any community back."""
        rows = (await self._connection.execute(select(tables.standing_objections))).all()
        return [Standing(voter=row.voter, nonce=row.nonce, words=row.words, met=row.met) for row in rows]

    async def meet(self, proposal: int, voter: str) -> bool:
        """Their author says that this objection is met. False if it was, or is not theirs."""
        table = tables.standing_objections
        result = await self._connection.execute(
            update(table)
            .where(table.c.proposal_id == proposal, table.c.voter == voter, table.c.met.is_(False))
            .values(met=True)
        )
        return result.rowcount == 1

    async def end_standing(self, proposal: int) -> None:
        """Mending has ended: erase the hashes and the nonce."""
        table = tables.standing_objections
        await self._connection.execute(delete(table).where(table.c.proposal_id == proposal))
