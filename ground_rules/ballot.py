"""A ballot: what people can choose, how choices are counted, and what the counts decide."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from ground_rules.refusals import Reason, Refused

TWO_THIRDS = Fraction(2, 3)
FOUR_FIFTHS = Fraction(4, 5)
FEWEST_VOTERS = 3
NEEDED_UNKNOWN = 5
NEEDED_BY_SIZE = ((14, 3), (99, 5))
NEEDED_IN_LARGE = 8
SHOWN_FROM_VOTED = 10
SHOWN_FROM_COUNT = 3


class Choice(StrEnum):
    """What a person can choose on a ballot about rules."""

    AGREE = "agree"
    WORRIES = "worries"  # agree, with worries
    HOLD = "hold"  # it could hurt: holds the change back
    AGAINST = "against"  # would rather not: counts against
    SKIP = "skip"


class ReviewChoice(StrEnum):
    """What a person can say about one rule in a review."""

    KEEP = "keep"
    CHANGE = "change"
    UNSURE = "unsure"


class Outcome(StrEnum):
    """What a closed vote came to."""

    PASSED = "passed"
    HELD = "held"
    REJECTED = "rejected"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many chose what. Each person is counted once."""

    agree: int = 0
    worries: int = 0
    hold: int = 0
    against: int = 0
    skip: int = 0

    @property
    def voted(self) -> int:
        """Everyone who took part, skipping included."""
        return self.deciding + self.skip

    @property
    def deciding(self) -> int:
        """Those who did not skip."""
        return self.agreeing + self.hold + self.against

    @property
    def agreeing(self) -> int:
        """Those who agree, with or without worries."""
        return self.agree + self.worries

    def without_a_hold(self) -> "Tally":
        """The counts after one objector said "That is OK for me now": they agree, with worries."""
        if self.hold == 0:
            raise Refused(Reason.NOT_THE_OBJECTOR)
        return replace(self, hold=self.hold - 1, worries=self.worries + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """What a vote needs: ballots, the share that agrees, and whether one hold is enough to stop it."""

    needed: int
    share: Fraction = TWO_THIRDS
    holds: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBallot:
    """One person's ballot on a whole set: a choice for all, and another for some rules by number.

    Without a choice for all, someone who chose for one rule agrees to the rest.
    """

    whole: Choice = Choice.AGREE
    items: Mapping[int, Choice] = field(default_factory=dict)

    def choice(self, item: int) -> Choice:
        """What this ballot says about one rule. Skipping skips all."""
        return Choice.SKIP if self.whole is Choice.SKIP else self.items.get(item, self.whole)


def second_vote(needed: int) -> DecisionRule:
    """The rule for a second vote on the same wording: 80 % agree, and objections count against."""
    return DecisionRule(needed=needed, share=FOUR_FIFTHS, holds=False)


def count(choices: Iterable[Choice]) -> Tally:
    """The counts of these choices, one a person."""
    found = Counter(choices)
    return Tally(**{choice.value: found[choice] for choice in Choice})


def count_set(ballots: Iterable[SetBallot], items: Iterable[int]) -> dict[int, Tally]:
    """The counts for each rule of a set."""
    ballots = tuple(ballots)
    return {item: count(ballot.choice(item) for ballot in ballots) for item in items}


def possible(group_size: int | None) -> bool:
    """Whether there can be a vote: at least three possible voters. An unknown size counts as yes."""
    return group_size is None or group_size >= FEWEST_VOTERS


def needed_ballots(group_size: int | None, raised: int | None = None) -> int:
    """How many ballots a vote needs, skipping included.

    A group can raise the number, never lower it, and never above the number of its members.
    """
    needed = _needed(group_size)
    if raised is None:
        return needed
    return max(needed, raised if group_size is None else min(raised, group_size))


def decide(tally: Tally, rule: DecisionRule) -> Outcome:
    """What these counts decide. Exactly the share is enough.

    TOO_FEW: fewer ballots than needed, or everyone skipped. REJECTED comes before HELD: mending
    cannot help where the share would be missed even with every objector won over.
    """
    if tally.voted < rule.needed or tally.deciding == 0:
        return Outcome.TOO_FEW
    at_best = tally.agreeing + (tally.hold if rule.holds else 0)
    if Fraction(at_best, tally.deciding) < rule.share:
        return Outcome.REJECTED
    return Outcome.HELD if rule.holds and tally.hold else Outcome.PASSED


def decide_set(ballots: Iterable[SetBallot], items: Iterable[int], rule: DecisionRule) -> dict[int, Outcome]:
    """What a vote on a whole set decides, rule by rule. Whole ballots are counted against `needed`."""
    return {item: decide(tally, rule) for item, tally in count_set(ballots, items).items()}


def check_may_vote(*, joined_at: datetime | None, is_member: bool | None, opened_at: datetime) -> None:
    """Refused unless this person was in the group before the vote opened. What is unknown means yes."""
    if is_member is False:
        raise Refused(Reason.NOT_A_MEMBER)
    if joined_at is not None and joined_at >= opened_at:
        raise Refused(Reason.NOT_IN_GROUP_BEFORE)


def counts_may_be_shown(tally: Tally) -> bool:
    """Whether the counts hide who chose what: 10 voted, and no choice was made by only one or two."""
    counts = (tally.agree, tally.worries, tally.hold, tally.against, tally.skip)
    return tally.voted >= SHOWN_FROM_VOTED and not any(0 < c < SHOWN_FROM_COUNT for c in counts)


def _needed(group_size: int | None) -> int:
    if group_size is None:
        return NEEDED_UNKNOWN
    return next((needed for upto, needed in NEEDED_BY_SIZE if group_size <= upto), NEEDED_IN_LARGE)
