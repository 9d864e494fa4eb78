"""Differences of two shares: Newcombe's intervals, Cohen's h, and the change between two times."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, hypot, sqrt

from clicker.measures.intervals import wilson
from clicker.measures.numbers import Number, percent, proportion, refuse_negative


@dataclass(frozen=True)
class Difference:
    """First minus second share with its interval, in proportions. None with reason no_answers where one is unknown."""

    estimate: float | None
    low: float | None
    high: float | None
    reason: str | None = None


NO_ANSWERS = Difference(None, None, None, "no_answers")


def newcombe_paired(a: int, b: int, c: int, d: int, level: float = 0.95) -> Difference:
    """The same n people twice: a (yes, yes), b (yes, no), c (no, yes), d (no, no); (a + b)/n - (a + c)/n.

    Newcombe's square-and-add interval, method 10: with Wilson's l, u of both shares the lower end is D - delta,
    delta^2 = (p1-l1)^2 - 2 phi (p1-l1)(u2-p2) + (u2-p2)^2, and the upper end mirrors it; phi as in `_phi`.
    None for n = 0; ValueError for a negative count. Source: R. G. Newcombe, Stat Med 17 (1998) 2635-2650.
    """
    refuse_negative(a, b, c, d)
    n = a + b + c + d
    return _square_and_add((a + b, n), (a + c, n), _phi(a, b, c, d), level)


def newcombe_independent(k1: int, n1: int, k2: int, n2: int, level: float = 0.95) -> Difference:
    """Two groups: k1/n1 - k2/n2 with Newcombe's hybrid score interval, method 10: the same, phi = 0.

    None where a group is empty; ValueError for k outside 0..n. Source: R. G. Newcombe, Stat Med 17 (1998) 873-890.
    """
    return _square_and_add((k1, n1), (k2, n2), 0.0, level)


def _square_and_add(first: tuple[int, int], second: tuple[int, int], phi: float, level: float) -> Difference:
    ends1, ends2 = wilson(*first, level), wilson(*second, level)
    if ends1 is None or ends2 is None:
        return NO_ANSWERS
    p1, p2 = first[0] / first[1], second[0] / second[1]
    down = _added(p1 - ends1[0], ends2[1] - p2, phi)
    up = _added(ends1[1] - p1, p2 - ends2[0], phi)
    estimate = (first[0] * second[1] - second[0] * first[1]) / (first[1] * second[1])
    return Difference(estimate, estimate - down, estimate + up)


def _added(one: float, other: float, phi: float) -> float:
    """sqrt(x^2 - 2 phi x y + y^2), written so that rounding cannot make it negative where phi is near 1."""
    return hypot(one - other, sqrt(2 * (1 - phi) * one * other))


def _phi(a: int, b: int, c: int, d: int) -> float:
    """Correlation of the pairs, ad - bc lessened by n/2 where positive, but not below 0; 0 where a margin is 0."""
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    cross = a * d - b * c
    return (cross if cross < 0 else max(cross - (a + b + c + d) / 2, 0)) / sqrt(margins)


def cohens_h(p1: float, p2: float) -> float:
    """2 asin sqrt(p1) - 2 asin sqrt(p2), proportions; 0.2 is small, 0.5 medium, 0.8 large. ValueError outside 0..1.

    Source: J. Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), chapter 6.
    """
    return 2 * asin(sqrt(proportion(p1))) - 2 * asin(sqrt(proportion(p2)))


@dataclass(frozen=True)
class Change:
    """`points` in percentage points, `relative` in percent of before: never print one without saying which."""

    points: float
    relative: float | None
    before: float
    after: float
    reason: str | None = None


def change(before: Number, after: Number) -> Change:
    """After minus before, both in percent: points, and 100 (after - before) / before.

    Relative is None with reason before_zero where before is 0. ValueError outside 0..100.
    """
    first, last = percent(before), percent(after)
    points = float(last - first)
    if first == 0:
        return Change(points, None, float(first), float(last), "before_zero")
    return Change(points, float(100 * (last - first) / first), float(first), float(last))
