"""Votes that moderators begin: on the whole first set, and on a temporary safety rule."""

from dataclasses import replace
from datetime import datetime, timedelta

from ground_rules.agreement import Agreement, Kind, Rule
from ground_rules.ballot import possible
from ground_rules.calendar import Calendar, Taken, never
from ground_rules.idea import Origin, Proposal, RuleSubject, SetSubject, State, Wording
from ground_rules.refusals import Reason, Refused
from ground_rules.timetable import (
    FIRST_VOTE_DAYS,
    TEMPORARY_REST_DAYS,
    TRY_AGAIN_DAYS,
    VOTE_DAYS,
    Dates,
    date_after,
    plan_dates,
)
from ground_rules.wording import measured_why


def ask_group(
    *,
    idea_id: str,
    proposer: str,
    agreement: Agreement,
    group_size: int | None,
    now: datetime,
    calendar: Calendar,
    last_try: datetime | None = None,
    taken: Taken = never,
) -> Proposal:
    """The whole set put to one seven-day vote, open as soon as the calendar allows.

    Temporary rules have a vote of their own.
    Refused under three possible voters, or within 14 days of the last try.
    """
    if not possible(group_size):
        raise Refused(Reason.TOO_FEW_PEOPLE)
    if last_try is not None and now < (again := last_try + timedelta(days=TRY_AGAIN_DAYS)):
        raise Refused(Reason.TRY_AGAIN_LATER, at=again)
    numbers = tuple(rule.number for rule in agreement.rules if rule.temporary_until is None)
    idea = Proposal(
        id=idea_id,
        subject=SetSubject(numbers=numbers),
        proposer=proposer,
        origin=Origin.SET,
        state=State.TALKING,
        dates=plan_dates(now, calendar, 0, FIRST_VOTE_DAYS, taken),
        builds_on=agreement.version,
    )
    return _opened_at_once(idea, now) if idea.opens_at <= now else idea


def check_temporary(last_ended: datetime | None, now: datetime, in_force: bool = False) -> None:
    """Refused while a temporary safety rule is in use, and for 30 days after the last one ended."""
    if in_force:
        raise Refused(Reason.TEMPORARY_TOO_SOON)
    if last_ended is None:
        return
    again = last_ended + timedelta(days=TEMPORARY_REST_DAYS)
    if now < again:
        raise Refused(Reason.TEMPORARY_TOO_SOON, at=again)


def ask_about_temporary(
    *,
    idea_id: str,
    rule: Rule,
    why: str,
    proposer: str,
    agreement: Agreement,
    now: datetime,
    calendar: Calendar,
    taken: Taken = never,
) -> Proposal:
    """The vote that a temporary safety rule opens at once: does the group keep it?

    `agreement` already holds the rule (see `agreement.set_temporary`).
    """
    if rule.temporary_until is None:
        raise ValueError("this rule is not a temporary one")
    closes_at = date_after(now, VOTE_DAYS, calendar, taken)
    idea = Proposal(
        id=idea_id,
        subject=RuleSubject(change=Kind.CHANGE, number=rule.number),
        proposer=proposer,
        why=measured_why(why),
        wordings=(Wording(number=1, title=rule.title, text=rule.text),),
        origin=Origin.TEMPORARY,
        dates=Dates(opens_at=now, closes_at=closes_at),
        builds_on=agreement.version,
    )
    return _opened_at_once(idea, now)


def _opened_at_once(idea: Proposal, now: datetime) -> Proposal:
    return replace(idea, state=State.VOTING, vote=1, opened_at=now)
