"""Where the values of a picture over years are printed, so that none stands on another or on a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

TOPS = (10, 20, 30, 50, 100)
# Two values meet where their years are so close for the span of years, and they themselves for the height.
CLOSE_YEARS = 0.15
CLOSE_VALUES = 0.14


@dataclass(frozen=True)
class YearPoint:
    """One published value in percent; `look` counts the picture's surveys from 0, `label` is the value as printed."""

    year: int
    value: float
    series: str
    look: int
    sex: str
    label: str


def years_top(values: Sequence[float]) -> int:
    """The top of a picture over years, in percent: the lowest of a few that holds all values."""
    return next(top for top in TOPS if max(values, default=0) <= top)


def place_of(number: int, points: Sequence[YearPoint]) -> str:
    """ "above", "below" or "right" of the point: away from other points first, then away from the lines."""
    point = points[number]
    years = [other.year for other in points]
    near = _room(_gaps(number, points, CLOSE_YEARS * (max(years) - min(years))))
    enough = CLOSE_VALUES * years_top([other.value for other in points])
    if max(near) < enough:
        return "right"
    if min(near) >= enough:
        lines = [(value - point.value, False) for value in _lines_at(point, points)]
        near = _room([*_gaps(number, points, 0), *lines])
    return "above" if near[0] >= near[1] else "below"


def _gaps(number: int, points: Sequence[YearPoint], years: float) -> list[tuple[float, bool]]:
    """How far the points of nearly the same year are above (or below, then negative); the first of equals is above."""
    point = points[number]
    return [
        (other.value - point.value, other.value == point.value and place < number)
        for place, other in enumerate(points)
        if place != number and abs(other.year - point.year) <= years
    ]


def _room(gaps: Iterable[tuple[float, bool]]) -> tuple[float, float]:
    """The distance to the nearest above and below; an equal one counts as above where told so, else as below."""
    listed = list(gaps)
    above = min((gap for gap, equal_above in listed if gap > 0 or equal_above), default=float("inf"))
    below = min((-gap for gap, equal_above in listed if gap <= 0 and not equal_above), default=float("inf"))
    return above, below


def _lines_at(point: YearPoint, points: Sequence[YearPoint]) -> Iterator[float]:
    """Where the other series' lines pass in the point's year."""
    for series in {other.series for other in points} - {point.series}:
        told = sorted((other for other in points if other.series == series), key=lambda other: other.year)
        for before, after in pairwise(told):
            if before.year < point.year < after.year:
                share = (point.year - before.year) / (after.year - before.year)
                yield before.value + share * (after.value - before.value)
