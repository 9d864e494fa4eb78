"""Published numbers one by one, as they stand in the tables: to be looked at, before any is chosen for a topic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_SPAN = re.compile(r"(\d+)\.-(\d+)\.")
_GRADE = re.compile(r"(\d+)\.")
# A source that rounds or writes "every third" may be off by this many points.
_ROUGH = 2.5


class Whose(StrEnum):
    """Whom a number is about: the country's published surveys, or a municipality's own."""

    COUNTRY = "country"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True)
class Indicator:
    """What was asked, as `indicators.csv` says it."""

    id: str
    label_da: str
    label_en: str
    group: str
    side: str
    period: str
    fast: bool

    def label(self, lang: str) -> str:
        return self.label_da if lang == "da" else self.label_en


@dataclass(frozen=True)
class Source:
    """The page on which a number was read: `primary` where it is the survey's own. `url` is "" where there is none."""

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    primary: bool = False


@dataclass(frozen=True)
class Published:
    """One row of the figures: `value` in percent, `unit` how exact it is, `measure` what was counted.

    `cells` holds every column as it was read, for those who want the whole row.
    """

    id: str
    indicator: Indicator
    value: float
    unit: str
    measure: str
    age_min: int | None
    age_max: int | None
    grade: str
    sex: str
    region: str
    year: int
    n: int | None
    ci_low: float | None
    ci_high: float | None
    wording: str
    survey: str
    source: Source
    valid_until: int
    notes: str
    whose: Whose = Whose.COUNTRY
    cells: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)

    @property
    def grades(self) -> tuple[int, ...]:
        """The school grades of its people, lowest first; empty where none are named."""
        return grades_in(self.grade)

    @property
    def people(self) -> tuple[object, ...]:
        """Whom it is about, without sex: equal for the boys, the girls and all of one survey."""
        return (self.whose, self.region, self.grade, self.age_min, self.age_max)

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where the true printed number may lie: rounding, "about", and limits that are open."""
        if self.unit == "percent_lt":
            return 0.0, self.value
        if self.unit == "percent_gt":
            return self.value, 100.0
        slack = _ROUGH if self.unit == "percent_approx" else 0.5 if float(self.value).is_integer() else 0.05
        return self.value - slack, self.value + slack

    def meets(self, other: Published) -> bool:
        """Whether both may print the same true number."""
        return self.reach[0] < other.reach[1] and other.reach[0] < self.reach[1]


def grades_in(text: str) -> tuple[int, ...]:
    """The grades that "7. klasse", "5., 7., 9. klasse" or "4.-9. klasse" names."""
    found = {grade for low, high in _SPAN.findall(text) for grade in range(int(low), int(high) + 1)}
    return tuple(sorted(found | {int(grade) for grade in _GRADE.findall(text)}))


@dataclass(frozen=True)
class Fit:
    """A topic of a lesson that a number may be shown with, and how its people are not the topic's own."""

    lesson: str
    lesson_title: str
    grades: tuple[int, ...]
    topic: str
    topic_title: str
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """What one survey says of one group in one year: a total, or boys and girls apart."""

    rows: tuple[Published, ...]

    @property
    def first(self) -> Published:
        return self.rows[0]

    @property
    def sexes(self) -> tuple[str, ...]:
        return tuple(sorted({row.sex for row in self.rows}))

    @property
    def reach(self) -> tuple[float, float]:
        """The lowest and the highest that it leaves open."""
        return min(row.reach[0] for row in self.rows), max(row.reach[1] for row in self.rows)

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest number that it prints."""
        return min(row.value for row in self.rows), max(row.value for row in self.rows)


class Why(StrEnum):
    """Why one of two accounts is shown and not the other."""

    NUMBER = "number"
    UNEXPIRED = "unexpired"
    WHOLE = "whole"
    NEWER = "newer"
    EXACT = "exact"
    PRIMARY = "primary"
    FIRST = "first"


@dataclass(frozen=True)
class Disagreement:
    """Two accounts of the same thing that cannot both be right, and what the program makes of it.

    `same_survey`: two reports of one survey. `shown` is the one of the two that the program shows, for that reason;
    else `instead` is what it shows ("" for nothing).
    """

    one: Account
    other: Account
    same_survey: bool
    shown: Account | None
    why: Why | None
    instead: str = ""

    @property
    def indicator(self) -> Indicator:
        return self.one.first.indicator


@dataclass(frozen=True)
class Related:
    """Another indicator that asks for the same thing in another way; `note` says how they differ, in Danish."""

    indicator: Indicator
    note: str
