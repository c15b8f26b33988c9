"""The talk about an idea: what its proposer and the moderators can do with it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from ground_rules.agreement import Kind
from ground_rules.calendar import Calendar, Taken, never
from ground_rules.idea import (
    Origin,
    Proposal,
    RuleSubject,
    State,
    Wording,
    back_to_talk,
    ended,
    must_be,
    must_be_moderator,
    must_be_proposer,
    vote_days,
)
from ground_rules.mending import must_be_mending
from ground_rules.refusals import Reason, Refused
from ground_rules.suggestion import check_room
from ground_rules.timetable import (
    HOLD_DAYS,
    MENDED_TALK_DAYS,
    MORE_TALK_DAYS,
    TALK_DAYS,
    Dates,
    date_after,
    plan_dates,
)
from ground_rules.wording import TEXT_LONGEST, measured_text, measured_title, measured_why


def reword(
    proposal: Proposal,
    *,
    person: str,
    title: str,
    text: str,
    now: datetime,
    calendar: Calendar,
    taken: Taken = never,
) -> Proposal:
    """The idea with one more numbered wording. Only its proposer can.

    While the talk is open the dates stay. During a vote that vote ends uncounted and three days of
    talk begin. While mending, once, it leads to an ordinary new vote.
    """
    must_be_proposer(proposal, person)
    must_be(proposal, State.TALKING, State.HELD, State.VOTING, State.MENDING)
    _check_rewordable(proposal, now)
    reworded = replace(proposal, wordings=(*proposal.wordings, _next_wording(proposal, title, text)))
    if proposal.state is State.VOTING:
        return back_to_talk(reworded, plan_dates(now, calendar, TALK_DAYS, taken=taken))
    if proposal.state is State.MENDING:
        mended = replace(reworded, mended_once=True)
        return back_to_talk(mended, plan_dates(now, calendar, MENDED_TALK_DAYS, taken=taken))
    return reworded


def withdraw(proposal: Proposal, *, person: str, now: datetime) -> Proposal:
    """The idea taken back by its proposer. An open vote ends uncounted; one past its close does not."""
    must_be_proposer(proposal, person)
    must_be(proposal, State.DRAFT, State.TALKING, State.HELD, State.VOTING, State.MENDING)
    if proposal.state is State.VOTING and now >= proposal.closes_at:
        raise Refused(Reason.VOTE_CLOSED, closed_at=proposal.closes_at)
    return ended(proposal, State.WITHDRAWN, now)


def take_over(
    proposal: Proposal, *, person: str, proposer_left: bool, ideas: Iterable[Proposal] = ()
) -> Proposal:
    """The idea in someone else's hands, once its proposer has left. One open idea each still holds."""
    must_be(proposal, State.TALKING, State.HELD, State.VOTING, State.MENDING)
    if not proposer_left:
        raise Refused(Reason.PROPOSER_STILL_HERE)
    others = [idea for idea in ideas if idea.id != proposal.id and idea.proposer == person]
    if proposal.origin is Origin.MEMBER:
        check_room(person, others)
    return replace(proposal, proposer=person)


def hold(
    proposal: Proposal, *, is_moderator: bool, reason: str, now: datetime, until: datetime | None = None
) -> Proposal:
    """The idea held by a moderator with a public reason: once, for 14 days at most."""
    must_be_moderator(is_moderator)
    must_be(proposal, State.TALKING)
    if proposal.held_once:
        raise Refused(Reason.ALREADY_HELD)
    latest = now + timedelta(days=HOLD_DAYS)
    return replace(
        proposal,
        state=State.HELD,
        held_once=True,
        held_until=min(until or latest, latest),
        hold_reason=measured_why(reason),
    )


def release(
    proposal: Proposal,
    *,
    now: datetime,
    calendar: Calendar,
    is_moderator: bool = False,
    taken: Taken = never,
) -> Proposal:
    """The idea goes on: by a moderator at any time, by itself when the hold is over.

    Dates still ahead stay; or else its vote opens at the next allowed date.
    """
    must_be(proposal, State.HELD)
    if proposal.held_until is not None and now < proposal.held_until:
        must_be_moderator(is_moderator)
    dates = proposal.dates
    if dates.opens_at <= now:
        dates = plan_dates(now, calendar, 0, vote_days(proposal), taken)
    return replace(proposal, state=State.TALKING, dates=dates, held_until=None, hold_reason=None)


def extend_talk(
    proposal: Proposal, *, is_moderator: bool, now: datetime, calendar: Calendar, taken: Taken = never
) -> Proposal:
    """Three more days of talk, given by a moderator, once, before the wording is fixed."""
    must_be_moderator(is_moderator)
    must_be(proposal, State.TALKING)
    if proposal.talk_extended:
        raise Refused(Reason.EXTENSION_USED)
    _check_before_opening(proposal, now)
    opens_at = date_after(proposal.opens_at, MORE_TALK_DAYS, calendar, taken)
    closes_at = date_after(opens_at, vote_days(proposal), calendar, taken)
    return replace(proposal, talk_extended=True, dates=Dates(opens_at=opens_at, closes_at=closes_at))


def _check_rewordable(proposal: Proposal, now: datetime) -> None:
    subject = proposal.subject
    if not isinstance(subject, RuleSubject) or subject.change is Kind.REMOVE:
        raise Refused(Reason.WORDING_FIXED)
    if proposal.state is State.HELD and proposal.reply is not None:
        raise Refused(Reason.WORDING_FIXED)
    if proposal.state is State.TALKING:
        _check_before_opening(proposal, now)
    if proposal.state is State.VOTING and now >= proposal.closes_at:
        raise Refused(Reason.VOTE_CLOSED, closed_at=proposal.closes_at)
    if proposal.state is State.MENDING:
        must_be_mending(proposal, now)
        if proposal.mended_once:
            raise Refused(Reason.MENDED_ALREADY)


def _check_before_opening(proposal: Proposal, now: datetime) -> None:
    if now >= proposal.opens_at or proposal.reply is not None:
        raise Refused(Reason.WORDING_FIXED, closes_at=proposal.closes_at)


def _next_wording(proposal: Proposal, title: str, text: str) -> Wording:
    last = proposal.wording
    longest = max(TEXT_LONGEST, len(last.text))
    title, text = measured_title(title), measured_text(text, longest)
    if (title, text) == (last.title, last.text):
        raise Refused(Reason.NOTHING_CHANGED, number=proposal.number)
    return Wording(number=last.number + 1, title=title, text=text)
