"""Looking at the rules again: when it is due, and what people say about each rule."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from fractions import Fraction

from ground_rules.ballot import SHOWN_FROM_COUNT, SHOWN_FROM_VOTED, ReviewChoice

FIRST_REVIEW_MONTHS = 3
REVIEW_EVERY_MONTHS = 6
ASKED_BY = 3
REVIEW_DAYS = 7
KEEP_SHARE = Fraction(2, 3)
CHANGE_SHARE = Fraction(1, 3)


class Finding(StrEnum):
    """What a review says about one rule. It never changes the rule: that takes an idea and a vote."""

    KEEP = "keep"
    TALK = "talk"  # enough people would change it: worth an idea
    UNSURE = "unsure"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReview:
    """How many would keep one rule, change it, or are unsure."""

    keep: int = 0
    change: int = 0
    unsure: int = 0

    @property
    def said(self) -> int:
        """How many said something about it."""
        return self.keep + self.change + self.unsure


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review of one version, with the counts for each rule by its number."""

    version: int
    opened_at: datetime
    needed: int
    rules: Mapping[int, RuleReview] = field(default_factory=dict)


def next_review(agreed_at: datetime, last_review: datetime | None = None, tz: tzinfo = UTC) -> datetime:
    """When the next review is due: 3 months after the first agreement, then every 6. Aware UTC.

    Months are calendar months in the group's time zone; the 31st becomes the last day of a shorter
    month. The caller moves the date to an allowed one.
    """
    if last_review is None:
        return months_later(agreed_at, FIRST_REVIEW_MONTHS, tz)
    return months_later(last_review, REVIEW_EVERY_MONTHS, tz)


def review_due(
    now: datetime,
    agreed_at: datetime,
    last_review: datetime | None = None,
    asked_by: int = 0,
    tz: tzinfo = UTC,
) -> bool:
    """Whether it is time: by date, or because three members asked since the last one."""
    return asked_by >= ASKED_BY or now >= next_review(agreed_at, last_review, tz)


def months_later(at: datetime, months: int, tz: tzinfo = UTC) -> datetime:
    """The same local day and time that many months later, or the last day of that month. Aware UTC."""
    local = at.astimezone(tz)
    years, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + years, month + 1
    day = min(local.day, monthrange(year, month)[1])
    return datetime.combine(
        local.date().replace(year=year, month=month, day=day), local.time(), tz
    ).astimezone(UTC)


def count_review(
    ballots: Iterable[Mapping[int, ReviewChoice]], numbers: Iterable[int]
) -> dict[int, RuleReview]:
    """The counts for each rule. A ballot may leave rules out."""
    found = Counter((number, choice) for ballot in ballots for number, choice in ballot.items())
    return {
        number: RuleReview(
            keep=found[number, ReviewChoice.KEEP],
            change=found[number, ReviewChoice.CHANGE],
            unsure=found[number, ReviewChoice.UNSURE],
        )
        for number in numbers
    }


def finding(rule: RuleReview, needed: int) -> Finding:
    """What the counts say: a third would change it, or two thirds would keep it, or neither."""
    if rule.said < needed:
        return Finding.TOO_FEW
    if Fraction(rule.change, rule.said) >= CHANGE_SHARE:
        return Finding.TALK
    return Finding.KEEP if Fraction(rule.keep, rule.said) >= KEEP_SHARE else Finding.UNSURE


def summary(review: Review) -> dict[int, Finding]:
    """The finding for each rule, by its number."""
    return {number: finding(rule, review.needed) for number, rule in review.rules.items()}


def review_counts_may_be_shown(rule: RuleReview) -> bool:
    """Whether the counts hide who said what, as for a vote."""
    counts = (rule.keep, rule.change, rule.unsure)
    return rule.said >= SHOWN_FROM_VOTED and not any(0 < c < SHOWN_FROM_COUNT for c in counts)
