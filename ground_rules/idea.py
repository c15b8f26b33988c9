"""An idea as a value: what it is about, its wordings, its dates, and where it stands."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from ground_rules.agreement import Agreement, Change, Kind, Rule, Weight
from ground_rules.ballot import DecisionRule, second_vote
from ground_rules.refusals import Reason, Refused
from ground_rules.timetable import FIRST_VOTE_DAYS, VOTE_DAYS, Dates


class State(StrEnum):
    """Where an idea stands. The last four are ends."""

    DRAFT = "draft"
    TALKING = "talking"
    HELD = "held"
    VOTING = "voting"
    MENDING = "mending"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    NOT_DECIDED = "not_decided"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({State.TALKING, State.HELD, State.VOTING, State.MENDING})
DECIDED_STATES = frozenset({State.ADOPTED, State.REJECTED})


class Origin(StrEnum):
    """How an idea came up. Only a member's own ideas count towards one each and three per group."""

    MEMBER = "member"
    SET = "set"  # the whole set, or a rule set aside from it
    TEMPORARY = "temporary"  # a moderator's temporary safety rule
    TYPO = "typo"  # a fix that somebody says changes the meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSubject:
    """About one rule. An added rule may get its number only when it is adopted."""

    change: Kind
    number: int | None = None
    weight: Weight = Weight.MAJOR


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSubject:
    """About a named setting of the group."""

    name: str
    value: str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSubject:
    """About the whole first set: one item of the vote for each of these rules."""

    numbers: tuple[int, ...]


Subject = RuleSubject | SettingSubject | SetSubject


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One numbered wording of an idea; 1 is the first."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One idea. `proposer` is an opaque key. Steps in the modules beside this return a new value.

    `dates` are the planned ones until the vote opens, and then those of the open vote. `vote` counts
    the votes opened so far: ballots belong to (id, vote), so a vote that ended uncounted stays apart.
    """

    id: str
    subject: Subject
    proposer: str
    why: str = field(default="", repr=False)
    wordings: tuple[Wording, ...] = field(default=(), repr=False)
    state: State = State.DRAFT
    origin: Origin = Origin.MEMBER
    dates: Dates
    builds_on: int
    talk_extended: bool = False
    held_once: bool = False
    held_until: datetime | None = None
    hold_reason: str | None = field(default=None, repr=False)
    vote: int = 0
    opened_at: datetime | None = None
    more_time_used: bool = False
    extension_used: bool = False
    mended_once: bool = False
    mend_until: datetime | None = None
    reply: str | None = field(default=None, repr=False)
    ended_at: datetime | None = None

    @property
    def opens_at(self) -> datetime:
        """When its vote opens, or opened as planned. The wording is fixed from then on."""
        return self.dates.opens_at

    @property
    def closes_at(self) -> datetime:
        """When its vote closes."""
        return self.dates.closes_at

    @property
    def is_open(self) -> bool:
        """Whether the group still has it before it."""
        return self.state in OPEN_STATES

    @property
    def wording(self) -> Wording:
        """The newest wording."""
        return self.wordings[-1]

    @property
    def number(self) -> int | None:
        """The number of the rule it is about, if it has one."""
        return self.subject.number if isinstance(self.subject, RuleSubject) else None

    @property
    def turns_off(self) -> bool:
        """Whether it would turn something of the bot off."""
        value = self.subject.value if isinstance(self.subject, SettingSubject) else ""
        return value is False or value == "off"

    def is_about_the_same_as(self, other: "Proposal") -> bool:
        """Whether both are about one rule or one setting."""
        if isinstance(self.subject, SettingSubject) and isinstance(other.subject, SettingSubject):
            return self.subject.name == other.subject.name
        return self.number is not None and self.number == other.number

    def decision_rule(self, needed: int) -> DecisionRule:
        """How the vote now planned or open is decided."""
        return DecisionRule(needed=needed) if self.reply is None else second_vote(needed)


def change_of(proposal: Proposal, latest: Agreement, number: int | None = None) -> Change:
    """What adopting this idea does to the latest agreement.

    `number` is for an added rule that has none yet. A rule that left meanwhile is added again under
    its own number; one that is already there is changed.
    """
    subject = proposal.subject
    if not isinstance(subject, RuleSubject):
        raise ValueError("only an idea about one rule is a change of the agreement")
    about = subject.number if subject.number is not None else number
    if about is None:
        raise ValueError("a rule needs a number")
    before = latest.rule(about) if latest.has(about) else None
    if subject.change is Kind.REMOVE:
        return Change(kind=Kind.REMOVE, before=before or latest.rule(about))
    after = Rule(number=about, title=proposal.wording.title, text=proposal.wording.text)
    if before is None:
        return Change(kind=Kind.ADD, after=after)
    after = replace(after, core=before.core)
    return Change(kind=Kind.CHANGE, before=before, after=after, weight=subject.weight)


def numbered(proposal: Proposal, number: int) -> Proposal:
    """The idea to add a rule, now that the rule has its number."""
    if not isinstance(proposal.subject, RuleSubject):
        raise ValueError("only a rule has a number")
    return replace(proposal, subject=replace(proposal.subject, number=number))


def vote_days(proposal: Proposal) -> int:
    """How many days its vote lasts."""
    return FIRST_VOTE_DAYS if isinstance(proposal.subject, SetSubject) else VOTE_DAYS


def must_be(proposal: Proposal, *states: State) -> None:
    """Refused, with the reason that fits where the idea stands, unless it stands at one of these."""
    if proposal.state in states:
        return
    if not proposal.is_open and proposal.state is not State.DRAFT:
        raise Refused(Reason.IDEA_CLOSED, state=proposal.state)
    if State.MENDING in states and len(states) == 1:
        raise Refused(Reason.NOT_MENDING)
    if State.VOTING in states:
        raise Refused(Reason.NOT_OPEN_YET, opens_at=proposal.opens_at)
    if State.HELD in states:
        raise Refused(Reason.NOT_HELD)
    if proposal.state is State.HELD:
        raise Refused(Reason.ALREADY_HELD, held_until=proposal.held_until)
    raise Refused(Reason.WORDING_FIXED, closes_at=proposal.closes_at)


def must_be_proposer(proposal: Proposal, person: str) -> None:
    """Refused for everyone but the person whose idea it is."""
    if proposal.proposer != person:
        raise Refused(Reason.ONLY_THE_PROPOSER)


def must_be_moderator(is_moderator: bool) -> None:
    """Refused for everyone but moderators."""
    if not is_moderator:
        raise Refused(Reason.NOT_A_MODERATOR)


def ended(proposal: Proposal, state: State, now: datetime) -> Proposal:
    """The idea at one of its ends."""
    return replace(proposal, state=state, ended_at=now, held_until=None, mend_until=None)


def back_to_talk(proposal: Proposal, dates: Dates) -> Proposal:
    """The idea open to rewording again until a new vote, with nothing left of the last one."""
    return replace(
        proposal,
        state=State.TALKING,
        dates=dates,
        opened_at=None,
        held_until=None,
        hold_reason=None,
        mend_until=None,
        reply=None,
    )
