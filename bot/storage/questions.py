"""Questions to moderators, kept until they are answered or 14 days old."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import Person
from bot.storage import tables
from bot.storage.ids import possible


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What somebody asked the moderators, and the answer once there is one."""

    id: int
    asker: Person
    words: str = field(repr=False)
    answer: str = field(repr=False)
    asked_at: datetime


class Questions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, community: int, asker: Person, words: str, now: datetime) -> int:
        """Keep a question; the same words by the same person while it is open are the same question."""
        table = tables.questions
        same = await self._connection.execute(
            select(table.c.id).where(
                table.c.community_id == community,
                table.c.platform == asker.platform,
                table.c.person_id == asker.id,
                table.c.words == words,
                table.c.answered_at.is_(None),
            )
        )
        known = same.scalar_one_or_none()
        if known is not None:
            return int(known)
        values = {"community_id": community, "platform": asker.platform, "person_id": asker.id}
        result = await self._connection.execute(
            insert(table).values(**values, words=words, asked_at=now).returning(table.c.id)
        )
        return int(result.scalar_one())

    async def find(self, community: int, id: int) -> Question | None:
        """A question of this community."""
        if not possible(id):
            return None
        table = tables.questions
        query = select(table).where(table.c.community_id == community, table.c.id == id)
        row = (await self._connection.execute(query)).first()
        if row is None:
            return None
        return Question(
            id=row.id,
            asker=Person(platform=row.platform, id=row.person_id),
            words=row.words,
            answer=row.answer,
            asked_at=row.asked_at,
        )

    async def waiting(self, community: int) -> list[int]:
        """Ids of the questions nobody answered yet, oldest first."""
        table = tables.questions
        query = select(table.c.id).where(table.c.community_id == community, table.c.answered_at.is_(None))
        return list((await self._connection.execute(query.order_by(table.c.asked_at))).scalars())

    async def of(self, community: int, asker: Person) -> list[int]:
        """Ids of what this person asked and is still kept, oldest first."""
        table = tables.questions
        query = select(table.c.id).where(
            table.c.community_id == community,
            table.c.platform == asker.platform,
            table.c.person_id == asker.id,
        )
        return list((await self._connection.execute(query.order_by(table.c.id))).scalars())

    async def by(self, asker: Person) -> list[Question]:
        """Everything this person asked that is still kept, in every community, oldest first."""
        table = tables.questions
        query = select(table).where(table.c.platform == asker.platform, table.c.person_id == asker.id)
        rows = await self._connection.execute(query.order_by(table.c.id))
        return [
            Question(id=row.id, asker=asker, words=row.words, answer=row.answer, asked_at=row.asked_at)
            for row in rows
        ]

    async def answer(self, community: int, id: int, words: str, now: datetime) -> bool:
        """Answer a question. False if somebody answered it already."""
        table = tables.questions
        result = await self._connection.execute(
            update(table)
            .where(table.c.community_id == community, table.c.id == id, table.c.answered_at.is_(None))
            .values(answer=words, answered_at=now)
        )
        return result.rowcount == 1

    async def forget(self, asker: Person) -> None:
        """Delete everything this person asked, in every community."""
        table = tables.questions
        await self._connection.execute(
            delete(table).where(table.c.platform == asker.platform, table.c.person_id == asker.id)
        )

    async def forget_before(self, before: datetime) -> None:
        """Delete what was asked before then."""
        await self._connection.execute(delete(tables.questions).where(tables.questions.c.asked_at < before))
