"""What works at once while versions of an agreement wait to start, and how it stays when they do."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from ground_rules.agreement import Agreement

Step = Callable[[Agreement], Agreement]


def waiting(versions: Iterable[Agreement], now: datetime) -> list[Agreement]:
    """The versions that will come into force after now, soonest first.

    A version that a newer one overtakes at or before its start never does.
    """
    found: list[Agreement] = []
    for version in sorted(versions, key=lambda version: version.version, reverse=True):
        if version.starts_at <= now:
            break
        if not found or version.starts_at < found[0].starts_at:
            found.insert(0, version)
    return found


def at_once(step: Step, number: int, in_use: Agreement, later: Sequence[Agreement]) -> list[Agreement]:
    """The versions that a step about one rule makes: now, and again in each version that waits.

    Where the rule reads differently later on, its newer words stay as they are agreed: then the step
    is about the newest version alone, and starts with it.
    """
    versions = [in_use, *later]
    newest = max(version.version for version in versions)
    if any(not _same(version, versions[-1], number) for version in versions):
        versions = versions[-1:]
    return [replace(step(version), version=newest + place) for place, version in enumerate(versions, start=1)]


def _same(one: Agreement, other: Agreement, number: int) -> bool:
    if not one.has(number) or not other.has(number):
        return one.has(number) is other.has(number)
    return one.rule(number).says_the_same_as(other.rule(number))
