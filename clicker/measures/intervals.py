"""Interval estimates of a proportion and worst-case bounds over those who did not answer."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from statistics import NormalDist


def wilson(k: int, n: int, level: float = 0.95) -> tuple[float, float] | None:
    """Wilson's score interval, in proportions; None for n = 0.

    Centre (p + z^2/2n) / (1 + z^2/n), half-width z sqrt(p(1-p)/n + z^2/4n^2) / (1 + z^2/n), z the normal quantile
    of (1 + level) / 2. Source: E. B. Wilson, JASA 22 (1927) 209-212.
    """
    if n == 0:
        return None
    z = NormalDist().inv_cdf((1 + level) / 2)
    p = k / n
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return low, high


def bounds(k: int, n: int, present: int) -> tuple[Fraction, Fraction] | None:
    """Worst case over those who did not answer: [k, k + present - n] of present, in percent; None for an empty room."""
    if present <= 0:
        return None
    return Fraction(100 * k, present), Fraction(100 * (k + present - n), present)
