"""The four verdicts, and a result as it is kept when the rows are gone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    SHOW = "show"
    SHOW_ATTITUDE = "show_attitude"
    HIDE = "hide"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Result:
    """What is kept of one prompt in one round: intervals and histograms, never rows.

    `cells` are (label, low, high); low equals high where the count is exact. A prompt of a topic that is not
    shown has no cells, no n and no skips. `skips` is (0, 3) or an exact pair.
    """

    topic: str
    kind: str
    round: int
    verdict: Verdict
    present: int | None = None
    n: int | None = None
    skips: tuple[int, int] | None = None
    cells: tuple[tuple[str, int, int], ...] = ()
    figure_id: str | None = None
    lesson_version: int = 1
