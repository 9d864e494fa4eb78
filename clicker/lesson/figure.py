"""One reference figure as the rules and screens know it; `library` reads and chooses them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A published share in percent, with all that must be printed beside it.

    `low` and `high` differ where a survey gives only boys and girls (a range, never an average). `side` is `risk`
    or `healthy`: which side of the behaviour the survey counted. `bound` is "<", ">" or "". `valid_until` is the
    last year in which the figure counts as current. `fast` marks vapes and pouches, which age faster. `differs`
    names how its population is not the class's own: any of grade, region, sex, wording.
    """

    id: str
    indicator: str
    measure: str
    side: str
    low: float
    high: float
    population: str
    year: int
    source: str
    url: str
    valid_until: int
    bound: str = ""
    approximate: bool = False
    fast: bool = False
    region: str = "Danmark"
    parts: str = ""
    wording: str = ""
    notes: str = ""
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """The figures that a topic may be held against: one for what is done, one for what is approved."""

    behaviour: Figure | None = None
    attitude: Figure | None = None
