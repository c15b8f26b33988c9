"""Mending an idea that something holds back: seven days to reword it, to answer, or to be at peace."""

from dataclasses import replace
from datetime import datetime

from ground_rules.agreement import Agreement, Kind, Rule
from ground_rules.ballot import DecisionRule, Outcome, Tally, decide
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
    must_be_proposer,
)
from ground_rules.refusals import Reason, Refused
from ground_rules.timetable import MEND_DAYS, MENDED_TALK_DAYS, Dates, date_after, plan_dates
from ground_rules.wording import measured_why


def set_aside(
    *, idea_id: str, rule: Rule, proposer: str, adopted: Agreement, now: datetime, calendar: Calendar
) -> Proposal:
    """A rule that something holds back, taken out of the whole set to be mended alone.

    `adopted` is the agreement without it. `proposer` is whoever asked the group.
    """
    kind = Kind.CHANGE if adopted.has(rule.number) else Kind.ADD
    mend_until = date_after(now, MEND_DAYS, calendar)
    return Proposal(
        id=idea_id,
        subject=RuleSubject(change=kind, number=rule.number),
        proposer=proposer,
        wordings=(Wording(number=1, title=rule.title, text=rule.text),),
        origin=Origin.SET,
        state=State.MENDING,
        dates=Dates(opens_at=now, closes_at=now),
        builds_on=adopted.version,
        vote=1,
        opened_at=now,
        mend_until=mend_until,
    )


def answer(
    proposal: Proposal,
    *,
    person: str,
    is_moderator: bool,
    reply: str,
    now: datetime,
    calendar: Calendar,
    taken: Taken = never,
) -> Proposal:
    """The same wording with a written reply: a second vote at 80 % in which objections count against.

    The proposer or a moderator writes it. The wording stays fixed until that vote opens.
    """
    if not is_moderator:
        must_be_proposer(proposal, person)
    must_be_mending(proposal, now)
    dates = plan_dates(now, calendar, MENDED_TALK_DAYS, taken=taken)
    return replace(back_to_talk(proposal, dates), reply=measured_why(reply))


def objection_met(
    proposal: Proposal, *, is_objector: bool, tally: Tally, rule: DecisionRule, now: datetime
) -> tuple[Proposal, Tally]:
    """The idea and its counts after the objector said "That is OK for me now".

    The vote is decided again with them agreeing, with worries. While another hold stands the idea
    stays in mending.
    """
    must_be_mending(proposal, now)
    if not is_objector:
        raise Refused(Reason.NOT_THE_OBJECTOR)
    tally = tally.without_a_hold()
    match decide(tally, rule):
        case Outcome.PASSED:
            return ended(proposal, State.ADOPTED, now), tally
        case Outcome.HELD:
            return proposal, tally
        case _:
            return ended(proposal, State.REJECTED, now), tally


def mending_over(proposal: Proposal, now: datetime) -> Proposal:
    """The idea after seven days without a new wording or a reply: not decided, nothing changes."""
    must_be(proposal, State.MENDING)
    if proposal.mend_until is not None and now < proposal.mend_until:
        raise Refused(Reason.NOT_CLOSED_YET, closes_at=proposal.mend_until)
    return ended(proposal, State.NOT_DECIDED, now)


def must_be_mending(proposal: Proposal, now: datetime) -> None:
    """Refused unless the idea is being mended and its seven days are not over."""
    must_be(proposal, State.MENDING)
    if proposal.mend_until is not None and now >= proposal.mend_until:
        raise Refused(Reason.IDEA_CLOSED)
