"""Ideas: every field comes back, and every write names the revision it saw."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from bot.storage.unit_of_work import Database
from ground_rules.agreement import Kind, Weight
from ground_rules.proposal import (
    Dates,
    Origin,
    Proposal,
    RuleSubject,
    SetSubject,
    SettingSubject,
    State,
    Wording,
)
from tests.storage.about import DAY, ELSEWHERE, KEY, NOW, community, idea

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
numbers = st.integers(1, 2**31 - 1)
subjects = st.one_of(
    st.builds(
        RuleSubject, change=st.sampled_from(Kind), number=st.none() | numbers, weight=st.sampled_from(Weight)
    ),
    st.builds(SettingSubject, name=st.just("quiet_from"), value=words | numbers | st.booleans()),
    st.builds(SetSubject, numbers=st.lists(numbers, max_size=9).map(tuple)),
)
ideas = st.builds(
    Proposal,
    id=st.just("1"),
    subject=subjects,
    proposer=st.just(KEY),
    why=words,
    wordings=st.lists(st.tuples(words, words), min_size=1, max_size=4).map(
        lambda texts: tuple(
            Wording(number=number, title=title, text=text)
            for number, (title, text) in enumerate(texts, start=1)
        )
    ),
    state=st.sampled_from(State),
    origin=st.sampled_from(Origin),
    dates=st.builds(Dates, opens_at=moments, closes_at=moments),
    builds_on=numbers,
    talk_extended=st.booleans(),
    held_once=st.booleans(),
    held_until=st.none() | moments,
    hold_reason=st.none() | words,
    vote=numbers,
    opened_at=st.none() | moments,
    more_time_used=st.booleans(),
    extension_used=st.booleans(),
    mended_once=st.booleans(),
    mend_until=st.none() | moments,
    reply=st.none() | words,
    ended_at=st.none() | moments,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ideas, then=ideas)
async def test_every_field_comes_back_as_it_was(database: Database, first: Proposal, then: Proposal) -> None:
    async with database.transaction() as work:
        here = await work.communities.create(replace(ELSEWHERE, thread=uuid4().hex), NOW)
        first = replace(first, id=await work.proposals.next_id())
        await work.proposals.add(here, first, NOW)
    async with database.transaction() as work:
        kept = await work.proposals.find(here, int(first.id))
        assert kept is not None
        assert kept.proposal == first
        assert type_of_value(kept.proposal) is type_of_value(first), "True is not 1"
        later = replace(
            then, id=first.id, wordings=(*first.wordings, *_numbered(then.wordings, len(first.wordings)))
        )
        assert await work.proposals.save(kept, later)
        again = await work.proposals.find(here, kept.id)
        assert again is not None
        assert (again.proposal, again.revision) == (later, kept.revision + 1)


def type_of_value(proposal: Proposal) -> type:
    return type(getattr(proposal.subject, "value", None))


def _numbered(wordings: tuple[Wording, ...], after: int) -> tuple[Wording, ...]:
    return tuple(replace(wording, number=after + wording.number) for wording in wordings)


async def test_who_saw_an_older_revision_writes_nothing(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.proposals.add(id, idea("1"), NOW)
        seen = await work.proposals.find(id, 1)
        assert seen is not None
        assert await work.proposals.save(seen, replace(seen.proposal, state=State.VOTING))
        late = replace(
            seen.proposal, wordings=(*seen.proposal.wordings, Wording(number=2, title="Late", text="Late"))
        )
        assert not await work.proposals.save(seen, late)
        now = await work.proposals.find(id, 1)
        assert now is not None
        assert (now.proposal.state, len(now.proposal.wordings)) == (State.VOTING, 1)


async def test_an_id_taken_meanwhile_is_refused(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        assert await work.proposals.next_id() == "1"
        await work.proposals.add(id, idea("1"), NOW)
        assert await work.proposals.next_id() == "2"
    with pytest.raises(IntegrityError):
        async with database.transaction() as work:
            await work.proposals.add(id, idea("1", why="other"), NOW)


async def test_the_proposers_name_is_kept_until_the_idea_ends(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.proposals.add(id, idea("1", state=State.DRAFT), NOW, "Asha")
        for state, ended_at, name in (
            (State.DRAFT, None, "Asha"),
            (State.TALKING, None, "Asha"),
            (State.ADOPTED, NOW + DAY, ""),
        ):
            kept = await work.proposals.find(id, 1)
            assert kept is not None
            assert await work.proposals.save(kept, replace(kept.proposal, state=state, ended_at=ended_at))
            kept = await work.proposals.find(id, 1)
            assert kept is not None
            assert kept.name == name, state


async def test_open_ideas_drafts_and_ended_ones_are_told_apart(database: Database) -> None:
    id, other = await community(database), await community(database, ELSEWHERE)
    async with database.transaction() as work:
        for number, state in enumerate(State, start=1):
            await work.proposals.add(id, idea(str(number), state=state, proposer=f"p{number}"), NOW)
        open_states = [kept.proposal.state for kept in await work.proposals.open_ones(id)]
        assert open_states == [State.TALKING, State.HELD, State.VOTING, State.MENDING]
        assert len(await work.proposals.all(id)) == len(State)
        assert await work.proposals.all(other) == []
        assert await work.proposals.find(other, 1) is None
        draft = await work.proposals.draft_of(id, "p1")
        assert draft is not None
        assert draft.id == 1
        assert await work.proposals.draft_of(id, "p2") is None
        await work.proposals.drop_draft(id, "p2")
        await work.proposals.drop_draft(id, "p1")
        assert [kept.id for kept in await work.proposals.all(id)] == list(range(2, len(State) + 1))


async def test_an_idea_of_somebody_who_left_can_be_taken_over(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        await work.proposals.add(id, idea("1"), NOW, "Asha")
        await work.proposals.add(id, idea("2", state=State.ADOPTED), NOW)
        await work.proposals.proposer_gone(id, KEY)
        assert [kept.proposer_left for kept in await work.proposals.all(id)] == [True, False]
        await work.proposals.taken_over(1, "Ben")
        kept = await work.proposals.find(id, 1)
        assert kept is not None
        assert (kept.proposer_left, kept.name) == (False, "Ben")
