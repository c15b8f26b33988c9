"""A group's agreement: numbered versions of its rules. A version never changes; a step makes a new one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from ground_rules.refusals import Reason, Refused
from ground_rules.wording import PASTED_LONGEST, measured_text, measured_title, parse_pasted

__all__ = [
    "Agreement", "Change", "Kind", "Rule", "Standing", "Weight", "adopt", "first_agreement", "fix_typo",
    "in_force", "lapse", "parse_pasted", "set_temporary", "start", "undo_typo",
]  # fmt: skip

STARTS_AFTER = timedelta(hours=48)
TYPO_ASKED_WITHIN = timedelta(hours=72)
TEMPORARY_LASTS = timedelta(days=14)


class Standing(StrEnum):
    """How far the rules are agreed: not yet, by too few people to vote, or by a vote."""

    STARTER = "starter"
    PROVISIONAL = "provisional"
    AGREED = "agreed"


class Weight(StrEnum):
    """How much a change matters: its meaning, its wording only, or a typing mistake."""

    MAJOR = "major"
    WORDING = "wording"
    TYPO = "typo"


class Kind(StrEnum):
    """What happens to a rule."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. Its number stays its own for ever; a core rule can be reworded, never removed."""

    number: int
    title: str
    text: str
    core: bool = False
    agreed: bool = False
    temporary_until: datetime | None = None

    def says_the_same_as(self, other: "Rule") -> bool:
        """Whether a reader would see the same words."""
        return (self.title, self.text) == (other.title, other.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one version did to one rule. Adding has no `before`, removing has no `after`."""

    kind: Kind
    before: Rule | None = None
    after: Rule | None = None
    weight: Weight = Weight.MAJOR

    @property
    def number(self) -> int:
        """The number of the rule that it is about."""
        rule = self.after or self.before
        if rule is None:
            raise ValueError("a change is about a rule")
        return rule.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One version: its rules in order, what changed since the version before, and when it starts."""

    version: int
    standing: Standing
    rules: tuple[Rule, ...]
    changes: tuple[Change, ...] = ()
    starts_at: datetime

    @property
    def is_major(self) -> bool:
        """Whether people are asked to read what changed."""
        return any(change.weight is Weight.MAJOR for change in self.changes)

    def rule(self, number: int) -> Rule:
        """The rule with this number, or Refused."""
        for rule in self.rules:
            if rule.number == number:
                return rule
        raise Refused(Reason.NO_SUCH_RULE, number=number)

    def has(self, number: int | None) -> bool:
        """Whether a rule with this number is in this version."""
        return any(rule.number == number for rule in self.rules)

    def find(self, word: str) -> tuple[Rule, ...]:
        """The rule with that number, or else every rule whose title or text holds the words."""
        word = word.strip().casefold()
        digits = word.lstrip("#")
        if digits.isdecimal() and self.has(int(digits)):
            return (self.rule(int(digits)),)
        if word.isdecimal():  # "99" is not a part of "999"
            return tuple(rule for rule in self.rules if word in re.findall(r"\d+", _readable(rule)))
        return tuple(rule for rule in self.rules if word and word in _readable(rule))

    def next_number(self, taken: Iterable[int] = ()) -> int:
        """A number that no rule has. `taken` are numbers used before: they are never used again."""
        return max([0, *taken, *(rule.number for rule in self.rules)]) + 1


def start(rules: Iterable[Rule], now: datetime) -> Agreement:
    """Version 1: rules in use from the first day that the group has not agreed yet."""
    unagreed = tuple(replace(rule, agreed=False) for rule in rules)
    return Agreement(version=1, standing=Standing.STARTER, rules=_in_order(unagreed), starts_at=now)


def in_force(versions: Iterable[Agreement], now: datetime) -> Agreement | None:
    """The newest version that has started."""
    started = [agreement for agreement in versions if agreement.starts_at <= now]
    return max(started, key=lambda agreement: agreement.version, default=None)


def adopt(
    agreement: Agreement,
    changes: Sequence[Change],
    now: datetime,
    starts_at: datetime | None = None,
    *,
    by_vote: bool = True,
) -> Agreement:
    """The next version with these changes, 48 hours from now unless said otherwise.

    `agreement` is the newest version, started or not: each change must be about the rule as it
    stands there, or it is Refused. Without a vote (too few people) the result is provisional.
    """
    if not changes:
        raise Refused(Reason.NOTHING_CHANGED)
    rules, done = {rule.number: rule for rule in agreement.rules}, []
    for change in changes:
        done.append(_apply(rules, change, by_vote))
    return Agreement(
        version=agreement.version + 1,
        standing=_standing(agreement.standing, rules.values(), by_vote),
        rules=_in_order(rules.values()),
        changes=tuple(done),
        starts_at=now + STARTS_AFTER if starts_at is None else starts_at,
    )


def first_agreement(
    agreement: Agreement, passed_numbers: Iterable[int], now: datetime, starts_at: datetime | None = None
) -> Agreement:
    """The agreed version after the vote on the whole set, in use at once unless said otherwise.

    Rules that passed are agreed. The others are set aside: they leave this version and keep their
    numbers. A core rule that did not pass stays in use, not agreed.
    """
    passed = set(passed_numbers)
    if not any(rule.number in passed for rule in agreement.rules):
        raise Refused(Reason.NOTHING_CHANGED)
    changes = [
        Change(kind=Kind.CHANGE, before=rule, after=replace(rule, agreed=True))
        if rule.number in passed
        else Change(kind=Kind.REMOVE, before=rule)
        for rule in agreement.rules
        if rule.number in passed or not rule.core
    ]
    adopted = adopt(agreement, changes, now, now if starts_at is None else starts_at)
    return replace(adopted, standing=Standing.AGREED)


def fix_typo(agreement: Agreement, number: int, title: str, text: str, now: datetime) -> Agreement:
    """The next version with a typing mistake put right, in use at once; agreed stays agreed."""
    before = agreement.rule(number)
    longest = max(PASTED_LONGEST, len(before.text))
    after = replace(before, title=measured_title(title), text=measured_text(text, longest))
    return _edited(agreement, before, after, now)


def undo_typo(agreement: Agreement, fixed: Change, fixed_at: datetime, now: datetime) -> Agreement:
    """The next version with the wording as before: someone says that the fix changed the meaning.

    Refused 72 hours after the fix, or once the rule reads differently for another reason.
    """
    if fixed.before is None or fixed.after is None or fixed.weight is not Weight.TYPO:
        raise ValueError("only the fix of a typing mistake can be undone")
    if now >= fixed_at + TYPO_ASKED_WITHIN:
        raise Refused(Reason.TYPO_TOO_LATE, number=fixed.number)
    current = agreement.rule(fixed.number)
    if not current.says_the_same_as(fixed.after):
        raise Refused(Reason.RULE_CHANGED_MEANWHILE, number=fixed.number)
    restored = replace(current, title=fixed.before.title, text=fixed.before.text)
    return _edited(agreement, current, restored, now)


def set_temporary(
    agreement: Agreement, number: int, title: str, text: str, now: datetime, until: datetime | None = None
) -> Agreement:
    """The next version with a moderator's temporary safety rule, in use at once, 14 days at most."""
    if agreement.has(number):
        raise Refused(Reason.NUMBER_IN_USE, number=number)
    latest = now + TEMPORARY_LASTS
    rule = Rule(
        number=number,
        title=measured_title(title),
        text=measured_text(text),
        temporary_until=min(until or latest, latest),
    )
    rules = (*agreement.rules, rule)
    return _next(agreement, rules, Change(kind=Kind.ADD, after=rule), now)


def lapse(agreement: Agreement, number: int, now: datetime) -> Agreement:
    """The next version without this temporary rule; the same version if it holds none of that number."""
    over = [r for r in agreement.rules if r.number == number and r.temporary_until is not None]
    for rule in over:
        rules = tuple(other for other in agreement.rules if other != rule)
        agreement = _next(agreement, rules, Change(kind=Kind.REMOVE, before=rule), now)
    return agreement


def _apply(rules: dict[int, Rule], change: Change, by_vote: bool) -> Change:
    current = rules.get(change.number)
    _check(current, change)
    if change.after is None:
        del rules[change.number]
        return replace(change, before=current, weight=Weight.MAJOR)
    core = change.after.core if current is None else current.core
    after = replace(change.after, core=core, agreed=by_vote, temporary_until=None)
    rules[after.number] = after
    weight = Weight.MAJOR if current is None else change.weight
    return replace(change, before=current, after=after, weight=weight)


def _check(current: Rule | None, change: Change) -> None:
    if change.kind is Kind.ADD:
        if current is not None:
            raise Refused(Reason.NUMBER_IN_USE, number=change.number)
        return
    if current is None:
        raise Refused(Reason.NO_SUCH_RULE, number=change.number)
    if change.before is not None and not change.before.says_the_same_as(current):
        raise Refused(Reason.RULE_CHANGED_MEANWHILE, number=change.number)
    if change.kind is Kind.REMOVE and current.core:
        raise Refused(Reason.CORE_RULE_STAYS, number=change.number)


def _edited(agreement: Agreement, before: Rule, after: Rule, now: datetime) -> Agreement:
    if before.says_the_same_as(after):
        raise Refused(Reason.NOTHING_CHANGED, number=before.number)
    rules = tuple(after if rule == before else rule for rule in agreement.rules)
    change = Change(kind=Kind.CHANGE, before=before, after=after, weight=Weight.TYPO)
    return _next(agreement, rules, change, now)


def _next(agreement: Agreement, rules: tuple[Rule, ...], change: Change, now: datetime) -> Agreement:
    version = agreement.version + 1
    starts_at = max(now, agreement.starts_at)
    return replace(agreement, version=version, rules=_in_order(rules), changes=(change,), starts_at=starts_at)


def _standing(before: Standing, rules: Iterable[Rule], by_vote: bool) -> Standing:
    if not by_vote:
        return Standing.PROVISIONAL
    return Standing.AGREED if all(rule.agreed for rule in rules) else before


def _in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: rule.number))


def _readable(rule: Rule) -> str:
    return f"{rule.title}\n{rule.text}".casefold()
