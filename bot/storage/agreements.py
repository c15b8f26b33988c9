"""Versions of a community's agreement. A version is written once and never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.ids import possible
from ground_rules.agreement import Agreement, Change, Kind, Rule, Standing, Weight
from ground_rules.at_once import waiting


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """How a version came about: when, by which vote, and why (the proposer's words)."""

    at: datetime
    vote: int | None = None
    why: str = ""


class Agreements:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, community: int, agreement: Agreement, made: Made) -> None:
        """Store a new version. IntegrityError if another process stored this version number first."""
        weight = max((change.weight for change in agreement.changes), key=_WEIGHTS.index, default=None)
        result = await self._connection.execute(
            insert(tables.agreements)
            .values(
                community_id=community,
                version=agreement.version,
                standing=agreement.standing.value,
                made_at=made.at,
                starts_at=agreement.starts_at,
                weight="" if weight is None else weight.value,
                why=made.why,
                vote_id=made.vote,
            )
            .returning(tables.agreements.c.id)
        )
        id = int(result.scalar_one())
        await self._connection.execute(
            insert(tables.agreement_rules), [_rule_values(id, rule) for rule in agreement.rules]
        )
        if agreement.changes:
            await self._connection.execute(
                insert(tables.agreement_changes), [_change_values(id, change) for change in agreement.changes]
            )

    async def newest(self, community: int) -> Agreement | None:
        """The newest version, started or not: what a change must build on."""
        return await self._one(community, None)

    async def current(self, community: int, now: datetime) -> Agreement | None:
        """The version in force now."""
        table = tables.agreements
        query = select(table.c.version).where(table.c.community_id == community, table.c.starts_at <= now)
        version = (
            await self._connection.execute(query.order_by(table.c.version.desc()).limit(1))
        ).scalar_one_or_none()
        return None if version is None else await self._one(community, version)

    async def waiting(self, community: int, now: datetime) -> list[Agreement]:
        """The versions that will come into force after now, soonest first."""
        table = tables.agreements
        mine = table.c.community_id == community
        started = select(func.coalesce(func.max(table.c.version), 0)).where(mine, table.c.starts_at <= now)
        query = select(table.c.version).where(mine, table.c.version > started.scalar_subquery())
        versions = list((await self._connection.execute(query)).scalars())
        found = [await self._one(community, version) for version in versions]
        return waiting([each for each in found if each is not None], now)

    async def version(self, community: int, version: int) -> Agreement | None:
        """The version of this number."""
        return await self._one(community, version) if possible(version) else None

    async def made(self, community: int, version: int) -> Made | None:
        """How that version came about."""
        table = tables.agreements
        query = select(table).where(table.c.community_id == community, table.c.version == version)
        row = (await self._connection.execute(query)).first()
        return None if row is None else Made(at=row.made_at, vote=row.vote_id, why=row.why)

    async def versions(self, community: int) -> list[int]:
        """All version numbers, newest first."""
        table = tables.agreements
        query = select(table.c.version).where(table.c.community_id == community)
        return list((await self._connection.execute(query.order_by(table.c.version.desc()))).scalars())

    async def numbers_used(self, community: int) -> set[int]:
        """Every rule number that any version ever had: they are never given to another rule."""
        rules, agreements = tables.agreement_rules, tables.agreements
        query = (
            select(rules.c.number)
            .join(agreements, agreements.c.id == rules.c.agreement_id)
            .where(agreements.c.community_id == community)
            .distinct()
        )
        return set((await self._connection.execute(query)).scalars())

    async def first_agreed_at(self, community: int) -> datetime | None:
        """When the group first agreed its rules by a vote."""
        table = tables.agreements
        query = select(func.min(table.c.made_at)).where(
            table.c.community_id == community, table.c.standing == Standing.AGREED.value
        )
        moment: datetime | None = (await self._connection.execute(query)).scalar_one_or_none()
        return moment

    async def last_major(self, community: int, now: datetime) -> int | None:
        """The newest version in force whose meaning changed: the one people are asked to read."""
        table = tables.agreements
        query = select(func.max(table.c.version)).where(
            table.c.community_id == community, table.c.weight == Weight.MAJOR.value, table.c.starts_at <= now
        )
        version: int | None = (await self._connection.execute(query)).scalar_one_or_none()
        return version

    async def _one(self, community: int, version: int | None) -> Agreement | None:
        table = tables.agreements
        query = select(table).where(table.c.community_id == community)
        if version is not None:
            query = query.where(table.c.version == version)
        row = (await self._connection.execute(query.order_by(table.c.version.desc()).limit(1))).first()
        if row is None:
            return None
        rules = await self._rows(tables.agreement_rules, row.id)
        changes = await self._rows(tables.agreement_changes, row.id)
        return Agreement(
            version=row.version,
            standing=Standing(row.standing),
            rules=tuple(_rule(each) for each in rules),
            changes=tuple(_change(each) for each in changes),
            starts_at=row.starts_at,
        )

    async def _rows(self, table: Table, agreement: int) -> Sequence[Row[Any]]:
        query = select(table).where(table.c.agreement_id == agreement).order_by(table.c.number)
        return (await self._connection.execute(query)).all()


_WEIGHTS = [Weight.TYPO, Weight.WORDING, Weight.MAJOR]


def _rule_values(agreement: int, rule: Rule) -> dict[str, object]:
    return {
        "agreement_id": agreement,
        "number": rule.number,
        "title": rule.title,
        "text": rule.text,
        "core": rule.core,
        "agreed": rule.agreed,
        "temporary_until": rule.temporary_until,
    }


def _rule(row: Row[Any]) -> Rule:
    return Rule(
        number=row.number,
        title=row.title,
        text=row.text,
        core=row.core,
        agreed=row.agreed,
        temporary_until=row.temporary_until,
    )


def _change_values(agreement: int, change: Change) -> dict[str, object]:
    before, after = change.before, change.after
    return {
        "agreement_id": agreement,
        "number": change.number,
        "kind": change.kind.value,
        "weight": change.weight.value,
        "before_title": before.title if before else None,
        "before_text": before.text if before else None,
        "after_title": after.title if after else None,
        "after_text": after.text if after else None,
    }


def _change(row: Row[Any]) -> Change:
    before = after = None
    if row.before_title is not None:
        before = Rule(number=row.number, title=row.before_title, text=row.before_text)
    if row.after_title is not None:
        after = Rule(number=row.number, title=row.after_title, text=row.after_text)
    return Change(kind=Kind(row.kind), before=before, after=after, weight=Weight(row.weight))
