"""Rows for the charts' datasets, from plain numbers that have passed the rules of what may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

GUESS, OWN, COUNTRY = "guess", "own", "country"
BEFORE, AFTER = "before", "after"

Row = Mapping[str, str | float]
Datasets = dict[str, list[Row]]


@dataclass(frozen=True)
class Mark:
    """One mark on the axis, in the axis' unit: a number where low equals high, else a range. The label is shown."""

    role: str
    low: float
    high: float
    label: str

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"a mark goes from low to high, not from {self.low} to {self.high}")


def histogram_rows(counts: Sequence[int], step: int, marks: Sequence[Mark] = ()) -> Datasets:
    """Datasets of `histogram`: counts[i] people guessed i * step. Raises ValueError for a foreign or repeated role."""
    guesses: list[Row] = [{"x": index * step, "n": count} for index, count in enumerate(counts)]
    return {"guesses": guesses, "marks": _rows(marks, (GUESS, OWN, COUNTRY))}


def before_after_rows(marks: Sequence[Mark]) -> Datasets:
    """Dataset of `before_after`. Raises ValueError for a foreign or repeated role."""
    return {"marks": _rows(marks, (BEFORE, AFTER, OWN))}


def share_rows(low: int, high: int, n: int, label: str) -> Datasets:
    """Dataset of `share`: at least low, at most high of n people. Raises ValueError unless 0 <= low <= high <= n."""
    if not 0 <= low <= high <= n or n == 0:
        raise ValueError(f"{low}-{high} of {n} is not a share")
    return {"parts": [{"low": low, "high": high, "n": n, "label": label}]}


def _rows(marks: Sequence[Mark], roles: Sequence[str]) -> list[Row]:
    given = [mark.role for mark in marks]
    if len(set(given)) != len(given) or not set(given) <= set(roles):
        raise ValueError(f"each mark once, out of {', '.join(roles)}; not {', '.join(given)}")
    return [asdict(mark) for mark in marks]
