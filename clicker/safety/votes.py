"""Votes that are opinions and no behaviour (S0): both rounds of a dilemma, and the questions that close a lesson.

Counts are as they are; too few of them are nobody's business. Which seat voted what in which round never comes here,
so nobody can say who changed: there are two histograms, and nothing between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from clicker.lesson import Sensitivity
from clicker.safety.disclosure import n_min

Votes = tuple[int, ...]


@dataclass(frozen=True)
class Rounds:
    """How many chose each choice, before the talk and after it."""

    first: Votes
    second: Votes


def counted(values: Iterable[int | None], choices: int) -> Votes:
    """How many chose each of so many choices; those who skipped count nowhere."""
    found = Counter(value for value in values if value is not None)
    return tuple(found[choice] for choice in range(choices))


def enough(votes: Votes) -> Votes | None:
    """P1: the votes, or None where fewer than five voted."""
    return votes if sum(votes) >= n_min(Sensitivity.S0) else None


def both_rounds(first: Votes, second: Votes) -> Rounds | None:
    """P1: both votes, or None where fewer than five voted in either: one alone would be what the group follows."""
    return Rounds(first, second) if enough(first) and enough(second) else None
