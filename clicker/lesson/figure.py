"""A reference figure as the rules and screens know it; `library` reads and chooses them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A published share in percent, with all that must be printed beside it.

    `low` and `high` differ where a survey gives only boys and girls (a range, never an average). `side` is `risk`
    or `healthy`: which side of the behaviour the survey counted. `bound` is "<", ">" or "". `valid_until` is the
    last year in which the figure counts as current. `fast` marks vapes and pouches, which age faster. `differs`
    names how its population is not the class's own: any of grade, age, region, sex, wording. `owner` is the
    municipality whose own survey it is, "" for the country's. Where no figure is of the class's own grade but those
    below and above are known, `named` holds both, and `low` to `high` spans them.
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
    owner: str = ""
    named: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Figures:
    """The figures that a topic may be held against: for what is done and for what is approved, the country's and
    the municipality's."""

    behaviour: Figure | None = None
    attitude: Figure | None = None
    municipal_behaviour: Figure | None = None
    municipal_attitude: Figure | None = None

    def behaviours(self) -> tuple[Figure, ...]:
        """Those of what is done, the country's first."""
        return tuple(figure for figure in (self.behaviour, self.municipal_behaviour) if figure is not None)

    def attitudes(self) -> tuple[Figure, ...]:
        """Those of what is approved, the country's first."""
        return tuple(figure for figure in (self.attitude, self.municipal_attitude) if figure is not None)


def figure_from_data(data: Mapping[str, Any]) -> Figure:
    """The figure whose `dataclasses.asdict` this is, out of JSON."""
    named = tuple(figure_from_data(one) for one in data.get("named", ()))
    return Figure(**{**data, "differs": tuple(data["differs"]), "named": named})


def figures_from_data(data: Mapping[str, Any]) -> Figures:
    """The figures whose `dataclasses.asdict` this is, out of JSON."""
    return Figures(**{name: figure_from_data(one) if one else None for name, one in data.items()})
