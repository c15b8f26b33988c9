"""What works at once while a version waits to start."""

from datetime import UTC, datetime, timedelta

from ground_rules.agreement import (
    Agreement,
    Change,
    Kind,
    Rule,
    adopt,
    first_agreement,
    fix_typo,
    in_force,
    set_temporary,
    start,
)
from ground_rules.at_once import at_once, waiting

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
AGREED = first_agreement(
    start(
        [Rule(number=1, title="Kind", text="Be kind."), Rule(number=2, title="Calm", text="Be calm.")], NOW
    ),
    {1, 2},
    NOW,
)
GONE = adopt(AGREED, [Change(kind=Kind.REMOVE, before=AGREED.rule(1))], NOW)
ADDED = adopt(
    GONE,
    [Change(kind=Kind.ADD, after=Rule(number=3, title="Short", text="Keep it short."))],
    NOW,
    NOW + 72 * HOUR,
)


def for_now(version: Agreement) -> Agreement:
    return set_temporary(version, 9, "For now", "No links this week.", NOW + HOUR)


def numbers(versions: list[Agreement], at: datetime) -> list[int]:
    found = in_force(versions, at)
    return [] if found is None else [rule.number for rule in found.rules]


def test_a_step_works_now_and_stays_when_each_waiting_version_starts() -> None:
    made = at_once(for_now, 9, AGREED, waiting([AGREED, GONE, ADDED], NOW + HOUR))
    every = [AGREED, GONE, ADDED, *made]
    assert [version.version for version in made] == [5, 6, 7]
    assert numbers(every, NOW + HOUR) == [1, 2, 9]
    assert numbers(every, GONE.starts_at) == [2, 9]
    assert numbers(every, ADDED.starts_at) == [2, 3, 9]


def test_a_version_that_a_newer_one_overtakes_is_not_waited_for() -> None:
    made = at_once(for_now, 9, AGREED, [GONE])
    assert waiting([AGREED, GONE, *made], NOW + HOUR) == [made[1]]
    assert waiting([AGREED], NOW) == []


def test_where_the_rule_reads_differently_later_the_newer_words_stay() -> None:
    after = Rule(number=2, title="Calm", text="Be calm, pleas.")
    later = adopt(AGREED, [Change(kind=Kind.CHANGE, before=AGREED.rule(2), after=after)], NOW)

    def fix(version: Agreement) -> Agreement:
        return fix_typo(version, 2, "Calm", "Be calm, please.", NOW + HOUR)

    (fixed,) = at_once(fix, 2, AGREED, [later])
    assert fixed.starts_at == later.starts_at
    assert fixed.rule(2).text == "Be calm, please."
