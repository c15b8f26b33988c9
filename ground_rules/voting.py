"""The vote on an idea: its opening, more time, its close, and what it means for other ideas."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from ground_rules.agreement import Kind, Weight
from ground_rules.ballot import Outcome, possible
from ground_rules.calendar import Calendar, Taken, never
from ground_rules.idea import (
    Proposal,
    RuleSubject,
    SetSubject,
    State,
    Subject,
    back_to_talk,
    ended,
    must_be,
    vote_days,
)
from ground_rules.refusals import Reason, Refused
from ground_rules.timetable import EXTENSION_DAYS, MEND_DAYS, MORE_TIME_DAYS, Dates, date_after, plan_dates

LATE = timedelta(hours=6)


def open_vote(
    proposal: Proposal,
    *,
    ideas: Iterable[Proposal],
    now: datetime,
    calendar: Calendar,
    taken: Taken = never,
) -> Proposal:
    """The idea with its vote open: never before its date, and one vote at a time for a rule.

    A vote that opens hours late closes later too.
    """
    must_be(proposal, State.TALKING)
    if now < proposal.opens_at:
        raise Refused(Reason.NOT_OPEN_YET, opens_at=proposal.opens_at)
    other = vote_before(proposal, ideas)
    if other is not None:
        raise Refused(Reason.ANOTHER_VOTE_OPEN, closes_at=other.closes_at)
    dates = proposal.dates
    if now > dates.opens_at + LATE:
        dates = replace(dates, closes_at=date_after(now, vote_days(proposal), calendar, taken))
    return replace(
        proposal,
        state=State.VOTING,
        dates=dates,
        vote=proposal.vote + 1,
        opened_at=now,
        more_time_used=False,
        extension_used=False,
    )


def vote_before(proposal: Proposal, ideas: Iterable[Proposal]) -> Proposal | None:
    """The idea for the same rule or setting whose vote is open, so that this one has to wait.

    The vote on the whole set is one on each of its rules.
    """
    for other in ideas:
        if other.state is not State.VOTING or other.id == proposal.id:
            continue
        if proposal.is_about_the_same_as(other) or _in_set(proposal, other) or _in_set(other, proposal):
            return other
    return None


def wait(proposal: Proposal, *, other: Proposal, calendar: Calendar, taken: Taken = never) -> Proposal:
    """The idea with its vote planned for the day after that of another idea for the same rule."""
    must_be(proposal, State.TALKING)
    return replace(proposal, dates=plan_dates(other.closes_at, calendar, 1, vote_days(proposal), taken))


def check_open(proposal: Proposal, now: datetime) -> None:
    """Refused unless a ballot can be cast or changed now. At the closing moment it is over."""
    if proposal.state is not State.VOTING:
        _refuse_ballot(proposal)
    elif now >= proposal.closes_at:
        raise Refused(Reason.VOTE_CLOSED, closed_at=proposal.closes_at)


def more_time(proposal: Proposal, *, now: datetime, calendar: Calendar, taken: Taken = never) -> Proposal:
    """Three more days, asked for by anyone, once for each vote."""
    check_open(proposal, now)
    if proposal.more_time_used:
        raise Refused(Reason.MORE_TIME_USED, closes_at=proposal.closes_at)
    later = date_after(proposal.closes_at, MORE_TIME_DAYS, calendar, taken)
    return replace(proposal, more_time_used=True, dates=replace(proposal.dates, closes_at=later))


def close(
    proposal: Proposal, *, outcome: Outcome, now: datetime, calendar: Calendar, taken: Taken = never
) -> Proposal:
    """What becomes of the idea at the close of its vote. There is no early close.

    Too few ballots: three more days, once; after that nothing is decided and nothing changes.
    """
    must_be(proposal, State.VOTING)
    if now < proposal.closes_at:
        raise Refused(Reason.NOT_CLOSED_YET, closes_at=proposal.closes_at)
    match outcome:
        case Outcome.PASSED:
            return ended(proposal, State.ADOPTED, now)
        case Outcome.REJECTED:
            return ended(proposal, State.REJECTED, now)
        case Outcome.HELD:
            mend_until = date_after(now, MEND_DAYS, calendar, taken)
            return replace(proposal, state=State.MENDING, mend_until=mend_until)
        case Outcome.TOO_FEW if proposal.extension_used:
            return ended(proposal, State.NOT_DECIDED, now)
        case Outcome.TOO_FEW:
            later = date_after(now, EXTENSION_DAYS, calendar, taken)
            return replace(proposal, extension_used=True, dates=replace(proposal.dates, closes_at=later))
    assert_never(outcome)


def close_set(
    proposal: Proposal,
    *,
    outcomes: Mapping[int, Outcome],
    now: datetime,
    calendar: Calendar,
    taken: Taken = never,
) -> Proposal:
    """What becomes of the vote on the whole set: adopted as soon as one rule passed.

    Rules that are held back are mended alone (see `mending.set_aside`), never the set.
    """
    if not isinstance(proposal.subject, SetSubject):
        raise ValueError("this idea is not about the whole set")
    return close(proposal, outcome=whole(outcomes), now=now, calendar=calendar, taken=taken)


def whole(outcomes: Mapping[int, Outcome]) -> Outcome:
    """One outcome for a whole set: PASSED if any rule passed, TOO_FEW if all had too few, or REJECTED."""
    found = set(outcomes.values())
    if Outcome.PASSED in found:
        return Outcome.PASSED
    return Outcome.TOO_FEW if found <= {Outcome.TOO_FEW} else Outcome.REJECTED


def adopt_provisionally(proposal: Proposal, *, group_size: int | None, now: datetime) -> Proposal:
    """The idea adopted without a vote, because fewer than three people could vote.

    Its text is provisional: see `agreement.adopt(..., by_vote=False)`.
    """
    must_be(proposal, State.TALKING)
    if now < proposal.opens_at or possible(group_size):
        raise Refused(Reason.NOT_OPEN_YET, opens_at=proposal.opens_at)
    return ended(proposal, State.ADOPTED, now)


def another_adopted(
    idea: Proposal, *, adopted: Proposal, version: int, now: datetime, dates: Dates
) -> Proposal:
    """This idea after another one for the same rule was adopted as that version.

    It goes back to talk, to be compared with the new text. An idea to change a rule that is gone
    becomes one to add it; an idea to remove it has nothing left to do and ends.
    """
    if idea.id == adopted.id or not idea.is_open or not idea.is_about_the_same_as(adopted):
        return idea
    subject = idea.subject
    if _removes(adopted.subject) and isinstance(subject, RuleSubject):
        if _removes(subject):
            return ended(idea, State.NOT_DECIDED, now)
        subject = replace(subject, change=Kind.ADD, weight=Weight.MAJOR)
    return replace(back_to_talk(idea, dates), subject=subject, builds_on=version, mended_once=False)


def _in_set(idea: Proposal, whole_set: Proposal) -> bool:
    return isinstance(whole_set.subject, SetSubject) and idea.number in whole_set.subject.numbers


def _refuse_ballot(proposal: Proposal) -> None:
    if proposal.state in (State.DRAFT, State.TALKING, State.HELD):
        raise Refused(Reason.NOT_OPEN_YET, opens_at=proposal.opens_at)
    raise Refused(Reason.VOTE_CLOSED, closed_at=proposal.closes_at)


def _removes(subject: Subject) -> bool:
    return isinstance(subject, RuleSubject) and subject.change is Kind.REMOVE
