"""How an idea comes up: a member writes it, and puts it before the group."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from ground_rules.agreement import Agreement, Kind, Weight
from ground_rules.idea import DECIDED_STATES, Origin, Proposal, RuleSubject, State, Subject, Wording
from ground_rules.refusals import Reason, Refused
from ground_rules.timetable import REST_DAYS, Dates
from ground_rules.wording import TEXT_LONGEST, measured_text, measured_title, measured_why, similar

IDEAS_EACH = 1
IDEAS_PER_GROUP = 3
THE_SAME_AGAIN = 0.85


def draft(
    *,
    idea_id: str,
    subject: Subject,
    title: str,
    text: str,
    why: str,
    proposer: str,
    agreement: Agreement,
    dates: Dates,
    origin: Origin = Origin.MEMBER,
) -> Proposal:
    """An idea that only its proposer sees. Refused where the words or the subject cannot stand."""
    return Proposal(
        id=idea_id,
        subject=_whole(subject),
        proposer=proposer,
        why=measured_why(why),
        wordings=(_first_wording(subject, title, text, agreement),),
        origin=origin,
        dates=dates,
        builds_on=agreement.version,
    )


def publish(proposal: Proposal, *, ideas: Iterable[Proposal], now: datetime, dates: Dates) -> Proposal:
    """The draft put before the group, or Refused. `ideas` are the community's others, ended ones too."""
    if proposal.state is not State.DRAFT:
        raise Refused(Reason.NOTHING_CHANGED)
    ideas = tuple(idea for idea in ideas if idea.id != proposal.id)
    if proposal.origin is Origin.MEMBER:
        check_room(proposal.proposer, ideas)
        _check_rested(proposal, ideas, now)
    return replace(proposal, state=State.TALKING, dates=dates)


def suggest(
    *,
    idea_id: str,
    subject: Subject,
    title: str,
    text: str,
    why: str,
    proposer: str,
    agreement: Agreement,
    ideas: Iterable[Proposal],
    now: datetime,
    dates: Dates,
    origin: Origin = Origin.MEMBER,
) -> Proposal:
    """A member's idea, put before the group at once, or Refused. See `draft` and `publish`."""
    idea = draft(
        idea_id=idea_id,
        subject=subject,
        title=title,
        text=text,
        why=why,
        proposer=proposer,
        agreement=agreement,
        dates=dates,
        origin=origin,
    )
    return publish(idea, ideas=ideas, now=now, dates=dates)


def _whole(subject: Subject) -> Subject:
    """Adding and removing always change the meaning."""
    if isinstance(subject, RuleSubject) and subject.change is not Kind.CHANGE:
        return replace(subject, weight=Weight.MAJOR)
    return subject


def _first_wording(subject: Subject, title: str, text: str, agreement: Agreement) -> Wording:
    if not isinstance(subject, RuleSubject):
        return Wording(number=1, title=title, text=text)
    if subject.change is Kind.REMOVE:
        rule = agreement.rule(_number(subject))
        if rule.core:
            raise Refused(Reason.CORE_RULE_STAYS, number=rule.number)
        return Wording(number=1, title=rule.title, text=rule.text)
    if subject.change is Kind.ADD:
        return Wording(number=1, title=measured_title(title), text=measured_text(text))
    rule = agreement.rule(_number(subject))
    longest = max(TEXT_LONGEST, len(rule.text))
    wording = Wording(number=1, title=measured_title(title), text=measured_text(text, longest))
    if (rule.title, rule.text) == (wording.title, wording.text):
        raise Refused(Reason.NOTHING_CHANGED, number=rule.number)
    return wording


def _number(subject: RuleSubject) -> int:
    if subject.number is None:
        raise Refused(Reason.NO_SUCH_RULE)
    return subject.number


def check_room(proposer: str, ideas: Iterable[Proposal], per_group: int = IDEAS_PER_GROUP) -> None:
    """Refused while this person has an idea open, or the group has three."""
    counted = [idea for idea in ideas if idea.is_open and idea.origin is Origin.MEMBER]
    if sum(idea.proposer == proposer for idea in counted) >= IDEAS_EACH:
        raise Refused(Reason.ONE_IDEA_EACH)
    if len(counted) >= per_group:
        raise Refused(Reason.THREE_IDEAS_OPEN)


def _check_rested(proposal: Proposal, ideas: tuple[Proposal, ...], now: datetime) -> None:
    for idea in ideas:
        if idea.ended_at is None or idea.state not in DECIDED_STATES:
            continue
        again = idea.ended_at + timedelta(days=REST_DAYS)
        if now < again and _asks_the_same(proposal, idea):
            raise Refused(Reason.RULE_RESTS, number=idea.number, at=again)


def _asks_the_same(one: Proposal, other: Proposal) -> bool:
    """Whether both are about one rule. A new rule in the words of one that was decided is that rule.

    What was agreed can be asked to be turned off at any time: only that question itself rests.
    """
    if one.turns_off and not other.turns_off:
        return False
    if one.is_about_the_same_as(other):
        return True
    if not isinstance(one.subject, RuleSubject) or one.subject.change is not Kind.ADD:
        return False
    if not isinstance(other.subject, RuleSubject) or other.subject.change is Kind.CHANGE:
        return False
    return similar(one.wording.text, {other.id: other.wording.text}, THE_SAME_AGAIN) is not None
