"""What the message watch keeps: ids, names of rules, outcomes and counts. No words, nobody's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract.events import MessageRef, Place
from bot.storage import tables
from bot.storage.ids import possible
from bot.storage.upsert import upsert


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticedRow:
    """A message that looked like advice: its rule, how clear it was (a level), and what came of it."""

    id: int
    message: MessageRef
    rule: str
    level: str
    outcome: str
    at: datetime
    link: str = ""


class WatchRows:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(
        self,
        community: int,
        message: MessageRef,
        *,
        rule: str,
        level: str,
        outcome: str,
        now: datetime,
        link: str = "",
    ) -> int | None:
        """Remember that this message was noticed; returns its row's id, or None if it was noticed before."""
        statement = (
            self._insert(tables.noticed)
            .values(
                community_id=community,
                **_place(message.place),
                message_id=message.id,
                rule=rule,
                level=level,
                outcome=outcome,
                link=link[:200],
                at=now,
            )
            .on_conflict_do_nothing()
            .returning(tables.noticed.c.id)
        )
        id = (await self._connection.execute(statement)).scalar_one_or_none()
        return None if id is None else int(id)

    async def find(self, community: int, id: int) -> NoticedRow | None:
        """A message that this community's watch noticed."""
        if not possible(id):
            return None
        return await self._one(tables.noticed.c.community_id == community, tables.noticed.c.id == id)

    async def of_message(self, community: int, message: MessageRef) -> NoticedRow | None:
        """What was noticed of this message, if anything was."""
        table, place = tables.noticed, message.place
        return await self._one(
            table.c.community_id == community,
            table.c.platform == place.platform,
            table.c.grp == place.group,
            table.c.channel == place.channel,
            table.c.message_id == message.id,
        )

    async def in_thread(self, community: int, place: Place, since: datetime) -> list[NoticedRow]:
        """What was noticed in this channel or thread since then, oldest first."""
        table = tables.noticed
        same = [table.c[name] == value for name, value in _place(place).items()]
        query = select(table).where(table.c.community_id == community, table.c.at >= since, *same)
        rows = await self._connection.execute(query.order_by(table.c.at, table.c.id))
        return [_row(row) for row in rows]

    async def spoken(self, community: int, since: datetime) -> list[NoticedRow]:
        """What was hinted at, posted or counted since then, oldest first: all but what was only seen."""
        table = tables.noticed
        query = select(table).where(
            table.c.community_id == community, table.c.at >= since, table.c.outcome != "seen"
        )
        return [_row(row) for row in await self._connection.execute(query.order_by(table.c.at, table.c.id))]

    async def settle(self, community: int, id: int, outcome: str, *, seen: str) -> bool:
        """What came of it now. False if it is not as it was seen any more."""
        table = tables.noticed
        done = await self._connection.execute(
            update(table)
            .where(table.c.community_id == community, table.c.id == id, table.c.outcome == seen)
            .values(outcome=outcome)
        )
        return done.rowcount == 1

    async def count(self, community: int, day: date, what: str) -> None:
        """One more of these on this day of the group."""
        key = {"community_id": community, "day": day.isoformat(), "what": what}
        await self._add(tables.watch_counts, key, {"number": 1})

    async def counts(self, community: int, since: date, until: date | None = None) -> Mapping[str, int]:
        """How many of each there were from that day on, and before ``until`` if it is given."""
        table = tables.watch_counts
        query = select(table.c.what, func.sum(table.c.number)).where(
            table.c.community_id == community, table.c.day >= since.isoformat()
        )
        if until is not None:
            query = query.where(table.c.day < until.isoformat())
        rows = await self._connection.execute(query.group_by(table.c.what))
        return {what: int(number) for what, number in rows}

    async def raise_rule(self, community: int, rule: str, until: datetime) -> None:
        """This rule takes more to speak until then."""
        key = {"community_id": community, "rule": rule}
        await upsert(self._connection, tables.raised_rules, key=key, values={"until": until})

    async def raised(self, community: int, now: datetime) -> frozenset[str]:
        """Rules that take more to speak now."""
        table = tables.raised_rules
        query = select(table.c.rule).where(table.c.community_id == community, table.c.until > now)
        return frozenset((await self._connection.execute(query)).scalars())

    async def answer(self, community: int, rule: str, *, is_advice: bool) -> None:
        """A moderator said whether what this rule noticed was advice."""
        key = {"community_id": community, "rule": rule}
        await self._add(
            tables.rule_answers, key, {"advice": int(is_advice), "not_advice": int(not is_advice)}
        )

    async def answers(self, community: int) -> Mapping[str, tuple[int, int]]:
        """By rule: how often it was advice, and how often it was not, since moderators decided about it."""
        table = tables.rule_answers
        rows = await self._connection.execute(select(table).where(table.c.community_id == community))
        return {row.rule: (row.advice, row.not_advice) for row in rows}

    async def decided(self, community: int, rule: str) -> None:
        """Moderators decided about this rule: its answers are counted anew."""
        table = tables.rule_answers
        await self._connection.execute(
            delete(table).where(table.c.community_id == community, table.c.rule == rule)
        )

    async def forget_before(self, before: datetime) -> None:
        """Delete what is older than that."""
        noticed, counts, raised = tables.noticed, tables.watch_counts, tables.raised_rules
        day = before.date().isoformat()
        await self._connection.execute(delete(noticed).where(noticed.c.at < before))
        await self._connection.execute(delete(counts).where(counts.c.day < day))
        await self._connection.execute(delete(raised).where(raised.c.until < before))

    async def _add(self, table: Table, key: Mapping[str, object], numbers: Mapping[str, int]) -> None:
        statement = self._insert(table).values(**key, **numbers)
        sums = {name: table.c[name] + statement.excluded[name] for name in numbers}
        await self._connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=sums))

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        make = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
        return make(table)

    async def _one(self, *conditions: ColumnElement[bool]) -> NoticedRow | None:
        row = (await self._connection.execute(select(tables.noticed).where(*conditions))).first()
        return None if row is None else _row(row)


def _place(place: Place) -> dict[str, str]:
    return {
        "platform": place.platform,
        "grp": place.group,
        "channel": place.channel,
        "thread": place.thread or "",
    }


def _row(row: Row[Any]) -> NoticedRow:
    place = Place(platform=row.platform, group=row.grp, channel=row.channel, thread=row.thread or None)
    return NoticedRow(
        id=row.id,
        message=MessageRef(place=place, id=row.message_id),
        rule=row.rule,
        level=row.level,
        outcome=row.outcome,
        at=row.at,
        link=row.link,
    )
