"""The smallest part of a report."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Line:
    """One sentence, and its numbers where they may stand alone: `low` to `high` out of `of` people (or of 100)."""

    text: str
    low: Fraction | None = None
    high: Fraction | None = None
    of: int | None = None
