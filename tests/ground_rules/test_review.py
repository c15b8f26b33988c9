"""Looking at the rules again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ground_rules.ballot import ReviewChoice
from ground_rules.review import (
    Finding,
    Review,
    RuleReview,
    count_review,
    finding,
    next_review,
    review_counts_may_be_shown,
    review_due,
    summary,
)

AGREED = datetime(2026, 11, 30, 10, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def test_the_first_review_is_due_after_three_months_and_then_every_six() -> None:
    first = next_review(AGREED)
    assert first == datetime(2027, 2, 28, 10, tzinfo=UTC)  # February has no 30th
    assert next_review(AGREED, first) == datetime(2027, 8, 28, 10, tzinfo=UTC)


def test_a_review_keeps_the_groups_own_time_over_a_clock_change() -> None:
    assert next_review(AGREED, AGREED, LONDON) == datetime(2027, 5, 30, 9, tzinfo=UTC)


def test_a_review_is_due_by_date_or_when_three_members_ask() -> None:
    due = next_review(AGREED)
    assert not review_due(due - timedelta(seconds=1), AGREED)
    assert review_due(due, AGREED)
    assert not review_due(AGREED, AGREED, None, 2)
    assert review_due(AGREED, AGREED, asked_by=3)


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (RuleReview(keep=2), Finding.TOO_FEW),
        (RuleReview(keep=3), Finding.KEEP),
        (RuleReview(keep=4, unsure=2), Finding.KEEP),
        (RuleReview(keep=3, unsure=2), Finding.UNSURE),
        (RuleReview(keep=2, change=1), Finding.TALK),
        (RuleReview(keep=5, change=2), Finding.KEEP),
        (RuleReview(keep=0, change=1, unsure=3), Finding.UNSURE),
    ],
)
def test_a_review_says_keep_talk_or_unsure_for_each_rule(rule: RuleReview, found: Finding) -> None:
    assert finding(rule, needed=3) is found


def test_a_ballot_of_a_review_may_leave_rules_out() -> None:
    keep, change = ReviewChoice.KEEP, ReviewChoice.CHANGE
    ballots = [{1: keep, 2: change}, {1: keep}, {1: ReviewChoice.UNSURE, 9: keep}]
    rules = count_review(ballots, (1, 2))
    assert rules == {1: RuleReview(keep=2, unsure=1), 2: RuleReview(change=1)}
    review = Review(version=2, opened_at=AGREED, needed=3, rules=rules)
    assert summary(review) == {1: Finding.KEEP, 2: Finding.TOO_FEW}


def test_the_counts_of_a_review_are_shown_as_carefully_as_those_of_a_vote() -> None:
    assert review_counts_may_be_shown(RuleReview(keep=7, change=3))
    assert not review_counts_may_be_shown(RuleReview(keep=8, change=2))
    assert not review_counts_may_be_shown(RuleReview(keep=9))
