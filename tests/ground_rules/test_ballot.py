"""Choices, counts and what they decide."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground_rules.ballot import (
    Choice,
    DecisionRule,
    Outcome,
    SetBallot,
    Tally,
    check_may_vote,
    count,
    counts_may_be_shown,
    decide,
    decide_set,
    needed_ballots,
    possible,
    second_vote,
)
from ground_rules.refusals import Reason, Refused

THREE = DecisionRule(needed=3)
OPENED = datetime(2026, 11, 25, 10, tzinfo=UTC)
tallies = st.builds(
    Tally,
    **{choice.value: st.integers(0, 12) for choice in Choice},
)


@pytest.mark.parametrize(
    ("size", "needed"), [(3, 3), (14, 3), (15, 5), (99, 5), (100, 8), (10_000, 8), (None, 5), (0, 3)]
)
def test_how_many_ballots_are_needed_goes_by_the_size_of_the_group(size: int | None, needed: int) -> None:
    assert needed_ballots(size) == needed


def test_a_group_can_only_raise_the_number_and_not_above_its_members() -> None:
    assert needed_ballots(50, raised=9) == 9
    assert needed_ballots(50, raised=2) == 5
    assert needed_ballots(10, raised=20) == 10
    assert needed_ballots(None, raised=9) == 9


def test_under_three_possible_voters_there_is_no_vote() -> None:
    assert [possible(size) for size in (0, 2, 3, None)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("tally", "outcome"),
    [
        (Tally(agree=2), Outcome.TOO_FEW),
        (Tally(agree=3), Outcome.PASSED),
        (Tally(worries=3), Outcome.PASSED),
        (Tally(agree=1, skip=2), Outcome.PASSED),  # skipping counts as taking part
        (Tally(skip=8), Outcome.TOO_FEW),
        (Tally(agree=2, against=1), Outcome.PASSED),  # exactly two thirds
        (Tally(agree=1, worries=1, against=1), Outcome.PASSED),
        (Tally(agree=199, against=101), Outcome.REJECTED),
        (Tally(agree=200, against=100), Outcome.PASSED),
        (Tally(agree=1, against=1, skip=1), Outcome.REJECTED),
        (Tally(agree=9, hold=1), Outcome.HELD),
        (Tally(agree=2, hold=1), Outcome.HELD),
        (Tally(hold=3), Outcome.HELD),
        (Tally(agree=1, hold=1), Outcome.TOO_FEW),
        (Tally(agree=1, hold=1, against=1), Outcome.HELD),  # mending could still reach two thirds
        (Tally(agree=1, hold=1, against=2), Outcome.REJECTED),
    ],
)
def test_what_a_vote_decides(tally: Tally, outcome: Outcome) -> None:
    assert decide(tally, THREE) is outcome


@pytest.mark.parametrize(
    ("tally", "outcome"),
    [
        (Tally(agree=4, hold=1), Outcome.PASSED),  # exactly 80 %
        (Tally(agree=4, against=1), Outcome.PASSED),
        (Tally(agree=3, hold=1), Outcome.REJECTED),
        (Tally(agree=799, hold=100, against=101), Outcome.REJECTED),
        (Tally(agree=700, worries=100, hold=100, against=100, skip=50), Outcome.PASSED),
        (Tally(agree=2), Outcome.TOO_FEW),
    ],
)
def test_a_second_vote_needs_80_percent_and_objections_count_against(tally: Tally, outcome: Outcome) -> None:
    assert decide(tally, second_vote(3)) is outcome


def test_an_objector_who_says_that_is_ok_now_agrees_with_worries() -> None:
    met = Tally(agree=4, hold=2).without_a_hold()
    assert met == Tally(agree=4, worries=1, hold=1)
    with pytest.raises(Refused) as refused:
        Tally(agree=4).without_a_hold()
    assert refused.value.reason is Reason.NOT_THE_OBJECTOR


def test_objecting_to_one_rule_counts_as_agreeing_to_the_rest() -> None:
    ballots = [
        SetBallot(),
        SetBallot(whole=Choice.WORRIES),
        SetBallot(items={4: Choice.HOLD}),
        SetBallot(items={2: Choice.AGAINST}),
    ]
    assert decide_set(ballots, (1, 2, 4), THREE) == {
        1: Outcome.PASSED,
        2: Outcome.PASSED,
        4: Outcome.HELD,
    }


def test_skipping_the_set_skips_every_rule_and_still_takes_part() -> None:
    skip = SetBallot(whole=Choice.SKIP, items={4: Choice.HOLD})
    assert decide_set([skip, skip, SetBallot()], (4,), THREE) == {4: Outcome.PASSED}
    assert decide_set([skip, skip, skip], (4,), THREE) == {4: Outcome.TOO_FEW}


def test_too_few_whole_ballots_decide_nothing_about_any_rule() -> None:
    outcomes = decide_set([SetBallot()] * 2, (1, 2), THREE)
    assert outcomes == {1: Outcome.TOO_FEW, 2: Outcome.TOO_FEW}


@pytest.mark.parametrize(
    ("tally", "shown"),
    [
        (Tally(agree=9), False),
        (Tally(agree=10), True),
        (Tally(agree=7, against=3), True),
        (Tally(agree=8, against=2), False),
        (Tally(agree=9, skip=1), False),
        (Tally(agree=9, hold=1), False),
        (Tally(agree=8, worries=2), False),
        (Tally(agree=2, worries=8), False),
        (Tally(agree=4, skip=3, worries=3), True),
    ],
)
def test_counts_are_shown_only_where_they_hide_each_person(tally: Tally, shown: bool) -> None:
    assert counts_may_be_shown(tally) is shown


@pytest.mark.parametrize(
    ("joined_at", "is_member", "reason"),
    [
        (OPENED - timedelta(seconds=1), True, None),
        (None, None, None),
        (None, True, None),
        (OPENED, True, Reason.NOT_IN_GROUP_BEFORE),
        (OPENED + timedelta(days=1), None, Reason.NOT_IN_GROUP_BEFORE),
        (OPENED - timedelta(days=1), False, Reason.NOT_A_MEMBER),
    ],
)
def test_everyone_who_was_there_before_the_vote_opened_can_vote(
    joined_at: datetime | None, is_member: bool | None, reason: Reason | None
) -> None:
    def check() -> None:
        check_may_vote(joined_at=joined_at, is_member=is_member, opened_at=OPENED)

    if reason is None:
        check()
        return
    with pytest.raises(Refused) as refused:
        check()
    assert refused.value.reason is reason


@given(st.lists(st.sampled_from(Choice)))
def test_every_person_is_counted_once(choices: list[Choice]) -> None:
    tally = count(choices)
    assert tally.voted == len(choices)
    assert tally.deciding == len(choices) - choices.count(Choice.SKIP)


@given(tallies, st.integers(1, 8))
def test_a_vote_passes_exactly_when_enough_took_part_two_thirds_agree_and_nothing_holds_it(
    tally: Tally, needed: int
) -> None:
    said = tally.agree + tally.worries + tally.hold + tally.against
    enough = said + tally.skip >= needed and said > 0
    passes = enough and 3 * (tally.agree + tally.worries) >= 2 * said and tally.hold == 0
    assert (decide(tally, DecisionRule(needed=needed)) is Outcome.PASSED) is passes


@given(tallies, st.integers(1, 8))
def test_one_more_person_who_agrees_never_turns_a_pass_into_anything_else(tally: Tally, needed: int) -> None:
    rule = DecisionRule(needed=needed)
    if decide(tally, rule) is Outcome.PASSED:
        more = count([Choice.AGREE])
        assert decide(Tally(**_sum(tally, more)), rule) is Outcome.PASSED


@given(tallies)
def test_shown_counts_never_name_fewer_than_three(tally: Tally) -> None:
    if counts_may_be_shown(tally):
        counts = [tally.agree, tally.worries, tally.hold, tally.against, tally.skip]
        assert sum(counts) >= 10
        assert min(c for c in counts if c) >= 3


def test_shares_are_exact_fractions() -> None:
    assert THREE.share == Fraction(2, 3)
    assert second_vote(5) == DecisionRule(needed=5, share=Fraction(4, 5), holds=False)


def _sum(one: Tally, other: Tally) -> dict[str, int]:
    return {c.value: getattr(one, c.value) + getattr(other, c.value) for c in Choice}
