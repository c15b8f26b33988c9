"""Ideas: the value that ground_rules steps on, kept with every write guarded by the revision it saw."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.ids import possible
from bot.storage.upsert import upsert
from ground_rules.agreement import Kind, Weight
from ground_rules.idea import (
    OPEN_STATES,
    Origin,
    Proposal,
    RuleSubject,
    SetSubject,
    SettingSubject,
    State,
    Subject,
    Wording,
)
from ground_rules.timetable import Dates


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """An idea as it is stored. ``name`` is its proposer's, while it is open; empty if not shown."""

    proposal: Proposal
    revision: int
    community: int
    name: str = field(repr=False)
    proposer_left: bool
    made_at: datetime

    @property
    def id(self) -> int:
        return int(self.proposal.id)


class Proposals:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def next_id(self) -> str:
        """The id for a new idea (taken by ``add`` in the same transaction)."""
        found = await self._connection.execute(select(func.coalesce(func.max(tables.proposals.c.id), 0)))
        return str(int(found.scalar_one()) + 1)

    async def add(self, community: int, proposal: Proposal, now: datetime, name: str = "") -> int:
        """Store a new idea. IntegrityError if another process took the id first."""
        await self._connection.execute(
            insert(tables.proposals).values(
                id=int(proposal.id),
                community_id=community,
                made_at=now,
                proposer_name=name,
                **_values(proposal),
            )
        )
        await self._add_wordings(int(proposal.id), proposal.wordings)
        return int(proposal.id)

    async def save(self, kept: Kept, proposal: Proposal) -> bool:
        """Store the next value of an idea. False if somebody else moved it on meanwhile.

        The proposer's name is erased once the idea has ended.
        """
        table = tables.proposals
        values = _values(proposal)
        if proposal.ended_at is not None:
            values["proposer_name"] = ""
        result = await self._connection.execute(
            update(table)
            .where(table.c.id == kept.id, table.c.revision == kept.revision)
            .values(revision=kept.revision + 1, **values)
        )
        if result.rowcount != 1:
            return False
        await self._add_wordings(kept.id, proposal.wordings)
        return True

    async def find(self, community: int, id: int) -> Kept | None:
        """An idea of this community."""
        if not possible(id):
            return None
        table = tables.proposals
        found = await self._kept(select(table).where(table.c.id == id, table.c.community_id == community))
        return found[0] if found else None

    async def open_ones(self, community: int) -> list[Kept]:
        """The ideas before the group now, oldest first. The vote on the whole set is one of them."""
        table = tables.proposals
        states = [state.value for state in OPEN_STATES]
        query = select(table).where(table.c.community_id == community, table.c.state.in_(states))
        return await self._kept(query.order_by(table.c.id))

    async def all(self, community: int) -> list[Kept]:
        """Every idea there ever was, drafts and ended ones too, oldest first."""
        table = tables.proposals
        return await self._kept(select(table).where(table.c.community_id == community).order_by(table.c.id))

    async def draft_of(self, community: int, proposer: str) -> Kept | None:
        """The draft this person is writing."""
        table = tables.proposals
        query = select(table).where(
            table.c.community_id == community,
            table.c.proposer == proposer,
            table.c.state == State.DRAFT.value,
        )
        found = await self._kept(query.order_by(table.c.id.desc()).limit(1))
        return found[0] if found else None

    async def drop_draft(self, community: int, proposer: str) -> None:
        """Delete what this person was writing."""
        table = tables.proposals
        await self._connection.execute(
            delete(table).where(
                table.c.community_id == community,
                table.c.proposer == proposer,
                table.c.state == State.DRAFT.value,
            )
        )

    async def proposer_gone(self, community: int, proposer: str, gone: bool = True) -> None:
        """Note that a person left (or is back): others may take their open ideas over."""
        table = tables.proposals
        states = [state.value for state in OPEN_STATES]
        await self._connection.execute(
            update(table)
            .where(table.c.community_id == community, table.c.proposer == proposer, table.c.state.in_(states))
            .values(proposer_left=gone)
        )

    async def taken_over(self, id: int, name: str) -> None:
        """The idea is somebody else's now, who is here."""
        table = tables.proposals
        await self._connection.execute(
            update(table).where(table.c.id == id).values(proposer_left=False, proposer_name=name)
        )

    async def by(self, proposer: str) -> list[Kept]:
        """The drafts and open ideas of a person, in every community."""
        table = tables.proposals
        states = [State.DRAFT.value, *(state.value for state in OPEN_STATES)]
        query = select(table).where(table.c.proposer == proposer, table.c.state.in_(states))
        return await self._kept(query.order_by(table.c.id))

    async def forget(self, proposer: str) -> None:
        """Delete a person's drafts; their ideas stay, as nobody's, and others may take them over."""
        table = tables.proposals
        mine = table.c.proposer == proposer
        await self._connection.execute(delete(table).where(mine, table.c.state == State.DRAFT.value))
        await self._connection.execute(
            update(table)
            .where(mine)
            .values(proposer="", proposer_name="", proposer_left=True, revision=table.c.revision + 1)
        )

    async def forget_drafts(self, before: datetime) -> None:
        """Delete drafts begun before then that were never put to the group."""
        table = tables.proposals
        await self._connection.execute(
            delete(table).where(table.c.state == State.DRAFT.value, table.c.made_at < before)
        )

    async def _add_wordings(self, id: int, wordings: Iterable[Wording]) -> None:
        for wording in wordings:
            await upsert(
                self._connection,
                tables.wordings,
                key={"proposal_id": id, "number": wording.number},
                values={"title": wording.title, "text": wording.text},
            )

    async def _kept(self, query: Select[Any]) -> list[Kept]:
        rows = (await self._connection.execute(query)).all()
        if not rows:
            return []
        table = tables.wordings
        found = (
            select(table).where(table.c.proposal_id.in_([row.id for row in rows])).order_by(table.c.number)
        )
        wordings: dict[int, list[Wording]] = {}
        for row in (await self._connection.execute(found)).all():
            wording = Wording(number=row.number, title=row.title, text=row.text)
            wordings.setdefault(row.proposal_id, []).append(wording)
        return [
            Kept(
                proposal=_proposal(row, tuple(wordings.get(row.id, ()))),
                revision=row.revision,
                community=row.community_id,
                name=row.proposer_name,
                proposer_left=row.proposer_left,
                made_at=row.made_at,
            )
            for row in rows
        ]


def _values(proposal: Proposal) -> dict[str, object]:
    return {
        "state": proposal.state.value,
        "origin": proposal.origin.value,
        "why": proposal.why,
        "proposer": proposal.proposer,
        "opens_at": proposal.dates.opens_at,
        "closes_at": proposal.dates.closes_at,
        "builds_on": proposal.builds_on,
        "talk_extended": proposal.talk_extended,
        "held_once": proposal.held_once,
        "held_until": proposal.held_until,
        "hold_reason": proposal.hold_reason,
        "vote": proposal.vote,
        "opened_at": proposal.opened_at,
        "more_time_used": proposal.more_time_used,
        "extension_used": proposal.extension_used,
        "mended_once": proposal.mended_once,
        "mend_until": proposal.mend_until,
        "reply": proposal.reply,
        "ended_at": proposal.ended_at,
        **_subject_values(proposal.subject),
    }


def _subject_values(subject: Subject) -> dict[str, object]:
    match subject:
        case RuleSubject():
            return {
                "kind": "rule",
                "change": subject.change.value,
                "weight": subject.weight.value,
                "rule_number": subject.number,
            }
        case SettingSubject():
            return {
                "kind": "setting",
                "setting_name": subject.name,
                "setting_value": json.dumps(subject.value),
            }
        case SetSubject():
            return {"kind": "set", "numbers": ",".join(str(number) for number in subject.numbers)}


def _subject(row: Row[Any]) -> Subject:
    if row.kind == "rule":
        return RuleSubject(change=Kind(row.change), number=row.rule_number, weight=Weight(row.weight))
    if row.kind == "setting":
        return SettingSubject(name=row.setting_name, value=json.loads(row.setting_value))
    return SetSubject(numbers=tuple(int(number) for number in row.numbers.split(",") if number))


def _proposal(row: Row[Any], wordings: tuple[Wording, ...]) -> Proposal:
    return Proposal(
        id=str(row.id),
        subject=_subject(row),
        proposer=row.proposer,
        why=row.why,
        wordings=wordings,
        state=State(row.state),
        origin=Origin(row.origin),
        dates=Dates(opens_at=row.opens_at, closes_at=row.closes_at),
        builds_on=row.builds_on,
        talk_extended=row.talk_extended,
        held_once=row.held_once,
        held_until=row.held_until,
        hold_reason=row.hold_reason,
        vote=row.vote,
        opened_at=row.opened_at,
        more_time_used=row.more_time_used,
        extension_used=row.extension_used,
        mended_once=row.mended_once,
        mend_until=row.mend_until,
        reply=row.reply,
        ended_at=row.ended_at,
    )
