"""A measured figure beside its limit."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """``at_most`` says which side of the limit is the good one."""

    name: str
    value: float
    limit: float
    unit: str
    at_most: bool = True
    note: str = ""

    @property
    def reached(self) -> bool:
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def __str__(self) -> str:
        side = "at most" if self.at_most else "at least"
        verdict = "reached" if self.reached else "NOT REACHED"
        note = f"  ({self.note})" if self.note else ""
        return f"{self.name}: {self.value:.3g} {self.unit}, {side} {self.limit:g}: {verdict}{note}"


def percentile(values: list[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
