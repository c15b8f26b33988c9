"""Numbered versions of a group's rules."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground_rules.agreement import (
    Agreement,
    Change,
    Kind,
    Rule,
    Standing,
    Weight,
    adopt,
    first_agreement,
    fix_typo,
    in_force,
    lapse,
    set_temporary,
    start,
    undo_typo,
)
from ground_rules.refusals import Reason, Refused

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def rule(number: int, text: str = "", core: bool = False) -> Rule:
    return Rule(number=number, title=f"Rule {number}", text=text or f"Text of rule {number}", core=core)


STARTER = start([rule(1), rule(2, core=True), rule(3, "In danger call 999 now")], NOW)
AGREED = first_agreement(STARTER, {1, 2, 3}, NOW)


def add(number: int) -> Change:
    return Change(kind=Kind.ADD, after=rule(number))


def change(before: Rule, text: str, weight: Weight = Weight.MAJOR) -> Change:
    return Change(kind=Kind.CHANGE, before=before, after=replace(before, text=text), weight=weight)


def numbers(agreement: Agreement) -> list[int]:
    return [rule.number for rule in agreement.rules]


def refused_reason(refused: pytest.ExceptionInfo[Refused]) -> Reason:
    return refused.value.reason


def test_starter_rules_are_version_one_in_use_at_once_and_not_agreed() -> None:
    assert (STARTER.version, STARTER.standing, STARTER.starts_at) == (1, Standing.STARTER, NOW)
    assert not any(rule.agreed for rule in STARTER.rules)


def test_a_rule_is_found_by_number_or_by_a_word_in_any_case() -> None:
    assert STARTER.find("2") == STARTER.find(" #2 ") == (STARTER.rule(2),)
    assert STARTER.find("DANGER") == (STARTER.rule(3),)
    assert STARTER.find("999") == (STARTER.rule(3),)  # no rule has this number: a word then
    assert STARTER.find("99") == ()
    assert len(STARTER.find("rule")) == 3
    assert STARTER.find("pumps") == STARTER.find("  ") == ()
    with pytest.raises(Refused) as refused:
        STARTER.rule(9)
    assert refused_reason(refused) is Reason.NO_SUCH_RULE


def test_numbers_are_never_used_again() -> None:
    assert STARTER.next_number() == 4
    assert STARTER.next_number(taken=[7, 2]) == 8
    without = adopt(AGREED, [Change(kind=Kind.REMOVE, before=AGREED.rule(3))], NOW)
    assert numbers(without) == [1, 2]
    assert without.next_number(taken=[3]) == 4


def test_the_first_agreement_sets_aside_what_did_not_pass_and_keeps_core_rules_in_use() -> None:
    agreed = first_agreement(STARTER, {1}, NOW)
    assert (agreed.version, agreed.standing, agreed.starts_at) == (2, Standing.AGREED, NOW)
    assert [(r.number, r.agreed) for r in agreed.rules] == [(1, True), (2, False)]
    assert [(c.kind, c.number) for c in agreed.changes] == [(Kind.CHANGE, 1), (Kind.REMOVE, 3)]
    assert agreed.is_major


def test_where_nothing_passed_there_is_no_first_agreement() -> None:
    with pytest.raises(Refused) as refused:
        first_agreement(STARTER, {99}, NOW)
    assert refused_reason(refused) is Reason.NOTHING_CHANGED


def test_a_rule_set_aside_comes_back_under_its_own_number_and_in_its_place() -> None:
    agreed = first_agreement(STARTER, {2, 3}, NOW)
    whole = adopt(agreed, [add(1)], NOW)
    assert numbers(whole) == [1, 2, 3]
    assert whole.rule(1).agreed


def test_a_change_starts_48_hours_later_and_the_version_before_stays_in_force_until_then() -> None:
    changed = adopt(AGREED, [change(AGREED.rule(1), "Another text")], NOW)
    assert changed.starts_at == NOW + 48 * HOUR
    versions = [STARTER, AGREED, changed]
    assert in_force(versions, NOW + 48 * HOUR - timedelta(seconds=1)) == AGREED
    assert in_force(versions, NOW + 48 * HOUR) == changed
    assert in_force([changed], NOW) is None


def test_a_version_never_changes() -> None:
    before = AGREED.rules
    changed = adopt(AGREED, [change(AGREED.rule(1), "Another text")], NOW)
    assert AGREED.rules == before
    assert changed.changes[0].before == AGREED.rule(1)
    assert changed.changes[0].after == changed.rule(1)
    with pytest.raises(FrozenInstanceError):
        AGREED.version = 9  # type: ignore[misc]


def test_a_core_rule_can_be_reworded_and_not_removed() -> None:
    after = replace(rule(2, "Clearer words"), core=False)
    reworded = adopt(AGREED, [Change(kind=Kind.CHANGE, before=AGREED.rule(2), after=after)], NOW)
    assert reworded.rule(2).core
    assert reworded.rule(2).text == "Clearer words"
    with pytest.raises(Refused) as refused:
        adopt(AGREED, [Change(kind=Kind.REMOVE, before=AGREED.rule(2))], NOW)
    assert refused_reason(refused) is Reason.CORE_RULE_STAYS


def test_a_change_builds_on_the_latest_version_or_is_refused() -> None:
    latest = adopt(AGREED, [change(AGREED.rule(1), "A newer text")], NOW)
    for stale, reason in [
        (change(AGREED.rule(1), "From the old text"), Reason.RULE_CHANGED_MEANWHILE),
        (change(rule(9), "Never there"), Reason.NO_SUCH_RULE),
        (add(1), Reason.NUMBER_IN_USE),
    ]:
        with pytest.raises(Refused) as refused:
            adopt(latest, [stale], NOW)
        assert refused_reason(refused) is reason
    with pytest.raises(Refused) as refused:
        adopt(latest, [], NOW)
    assert refused_reason(refused) is Reason.NOTHING_CHANGED


def test_adding_and_removing_are_major_and_a_change_of_wording_is_not() -> None:
    light = adopt(AGREED, [change(AGREED.rule(1), "Other words", Weight.WORDING)], NOW)
    assert not light.is_major
    words = change(AGREED.rule(1), "Other words", Weight.WORDING)
    assert adopt(AGREED, [words, add(4)], NOW).is_major
    added = adopt(AGREED, [replace(add(4), weight=Weight.WORDING)], NOW)
    removed = adopt(AGREED, [Change(kind=Kind.REMOVE, before=AGREED.rule(1), weight=Weight.TYPO)], NOW)
    assert added.is_major
    assert removed.is_major


def test_rules_adopted_without_a_vote_are_provisional() -> None:
    provisional = adopt(STARTER, [add(4)], NOW, by_vote=False)
    assert provisional.standing is Standing.PROVISIONAL
    assert not provisional.rule(4).agreed


def test_starter_rules_stay_so_marked_until_all_are_agreed() -> None:
    one = adopt(STARTER, [change(STARTER.rule(1), "Agreed words")], NOW)
    assert one.standing is Standing.STARTER
    assert [r.agreed for r in one.rules] == [True, False, False]
    rest = [change(one.rule(2), "More agreed words"), change(one.rule(3), "And more words")]
    assert adopt(one, rest, NOW).standing is Standing.AGREED


def test_a_typing_mistake_is_put_right_at_once_and_can_be_undone_for_72_hours() -> None:
    fixed = fix_typo(AGREED, 1, "Rule 1", "Text of rule one", NOW)
    assert (fixed.version, fixed.starts_at, fixed.standing) == (3, NOW, Standing.AGREED)
    assert fixed.rule(1).agreed
    assert not fixed.is_major
    undone = undo_typo(fixed, fixed.changes[0], NOW, NOW + 72 * HOUR - timedelta(seconds=1))
    assert undone.rule(1) == AGREED.rule(1)
    with pytest.raises(Refused) as refused:
        undo_typo(fixed, fixed.changes[0], NOW, NOW + 72 * HOUR)
    assert refused_reason(refused) is Reason.TYPO_TOO_LATE


def test_a_fix_that_fixes_nothing_is_refused_and_so_is_undoing_over_newer_words() -> None:
    with pytest.raises(Refused) as refused:
        fix_typo(AGREED, 1, "Rule 1", " Text of rule 1 ", NOW)
    assert refused_reason(refused) is Reason.NOTHING_CHANGED
    fixed = fix_typo(AGREED, 1, "Rule 1", "Text of rule one", NOW)
    newer = adopt(fixed, [change(fixed.rule(1), "Quite another text")], NOW)
    with pytest.raises(Refused) as refused:
        undo_typo(newer, fixed.changes[0], NOW, NOW)
    assert refused_reason(refused) is Reason.RULE_CHANGED_MEANWHILE


def test_a_fix_never_brings_forward_a_version_that_has_not_started() -> None:
    changed = adopt(AGREED, [change(AGREED.rule(1), "Another text")], NOW)
    fixed = fix_typo(changed, 3, "Rule 3", "In danger, call 999 now", NOW + HOUR)
    assert fixed.starts_at == changed.starts_at


def test_a_temporary_rule_lasts_14_days_at_most_and_lapses() -> None:
    temporary = set_temporary(AGREED, 4, "For now", "No photos this week", NOW, NOW + 30 * DAY)
    assert temporary.rule(4).temporary_until == NOW + 14 * DAY
    assert not temporary.rule(4).agreed
    lapsed = lapse(temporary, 4, NOW + 14 * DAY)
    assert numbers(lapsed) == [1, 2, 3]
    assert lapsed.version == temporary.version + 1
    with pytest.raises(Refused) as refused:
        set_temporary(temporary, 4, "For now", "No photos this week", NOW)
    assert refused_reason(refused) is Reason.NUMBER_IN_USE


def test_a_temporary_rule_that_the_group_agrees_stays() -> None:
    temporary = set_temporary(AGREED, 4, "For now", "No photos this week", NOW)
    keep = Change(kind=Kind.CHANGE, before=temporary.rule(4), after=temporary.rule(4))
    kept = adopt(temporary, [keep], NOW)
    assert kept.rule(4).agreed
    assert lapse(kept, 4, NOW + 100 * DAY) is kept


@given(st.lists(st.tuples(st.sampled_from(Kind), st.integers(1, 6)), max_size=20))
def test_whatever_is_adopted_versions_count_up_numbers_are_single_and_core_stays(
    steps: list[tuple[Kind, int]],
) -> None:
    agreement = AGREED
    for kind, number in steps:
        after = None if kind is Kind.REMOVE else rule(number)
        before = None if kind is Kind.ADD else rule(number)
        step = Change(kind=kind, before=agreement.find(str(number))[0] if agreement.has(number) else before,
                      after=after)  # fmt: skip
        try:
            later = adopt(agreement, [step], NOW)
        except Refused:
            continue
        assert later.version == agreement.version + 1
        assert numbers(later) == sorted(set(numbers(later)))
        assert later.rule(2).core
        agreement = later
