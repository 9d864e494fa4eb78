"""Several classes together: pupils of one class resemble each other, so classes are drawn, not pupils."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import floor, isfinite
from statistics import fmean
from typing import Any

_MASK = 2**64 - 1


@dataclass(frozen=True)
class ClusterInterval:
    """An estimate over classes with its bootstrap interval, in the unit of the values.

    Reason too_few_classes: described, not generalised, `low` and `high` None. no_values: nothing at all.
    """

    estimate: float | None
    low: float | None
    high: float | None
    classes: int
    replicates: int
    reason: str | None = None


def cluster_bootstrap(
    values_by_class: Mapping[Any, Sequence[float]] | Sequence[Sequence[float]],
    *,
    statistic: Callable[[Sequence[float]], float] = fmean,
    replicates: int = 2000,
    seed: int = 1,
    level: float = 0.95,
    least_classes: int = 10,
) -> ClusterInterval:
    """Percentile bootstrap of `statistic` (of all values together) over classes drawn with replacement.

    Quantiles by linear interpolation, R's type 7. The same seed gives the same interval in every run and on every
    machine. Classes without values are left out and not counted. ValueError for a value that is not finite, a level
    not between 0 and 1, or no replicates. Source: A. C. Davison, D. V. Hinkley, Bootstrap Methods (1997), 3.8 and 5.3.
    """
    if replicates < 1 or not 0 < level < 1:
        raise ValueError(f"{replicates} replicates at level {level}")
    classes = _filled(values_by_class)
    if not classes:
        return ClusterInterval(None, None, None, 0, 0, "no_values")
    estimate = statistic(list(chain.from_iterable(classes)))
    if len(classes) < least_classes:
        return ClusterInterval(estimate, None, None, len(classes), 0, "too_few_classes")
    found = sorted(statistic(drawn) for drawn in _resampled(classes, replicates, seed))
    low, high = _quantile(found, (1 - level) / 2), _quantile(found, (1 + level) / 2)
    return ClusterInterval(estimate, low, high, len(classes), replicates)


def _filled(values_by_class: Mapping[Any, Sequence[float]] | Sequence[Sequence[float]]) -> list[Sequence[float]]:
    every = values_by_class.values() if isinstance(values_by_class, Mapping) else values_by_class
    classes = [values for values in every if len(values)]
    if not all(map(isfinite, chain.from_iterable(classes))):
        raise ValueError("a value is not a finite number")
    return classes


def _resampled(classes: list[Sequence[float]], replicates: int, seed: int) -> Iterator[list[float]]:
    draws = splitmix64(seed)
    for _ in range(replicates):
        drawn = (classes[next(draws) * len(classes) >> 64] for _ in classes)
        yield list(chain.from_iterable(drawn))


def splitmix64(seed: int) -> Iterator[int]:
    """Whole numbers below 2^64, evenly spread, the same for the same seed; multiplied by m and shifted 64, below m.

    Source: G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014; constants of S. Vigna's splitmix64.c (public domain).
    """
    state = seed & _MASK
    while True:
        state = (state + 0x9E3779B97F4A7C15) & _MASK
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        yield z ^ (z >> 31)


def _quantile(ordered: Sequence[float], probability: float) -> float:
    """R's type 7: between the values around position (len - 1) * probability."""
    position = (len(ordered) - 1) * probability
    below = floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def design_effect(sizes: float | Sequence[float], icc: float) -> float | None:
    """How many times the variance of a simple random sample: 1 + ((1 + cv^2) mean(m) - 1) ICC.

    `sizes` m of the classes, or one size of all; cv their standard deviation (divisor: their number) over their mean.
    Say which ICC: 0.01 to 0.21 between schools in 21 countries give 1.21 to 5.41 for classes of 22. None without
    classes; ValueError for a size not above 0 or an ICC outside 0..1.
    Source: S. M. Eldridge, D. Ashby, S. Kerry, Int J Epidemiol 35 (2006) 1292-1300; ICC: ESPAD, school level.
    """
    every = list(sizes) if isinstance(sizes, Sequence) else [sizes]
    if not 0 <= icc <= 1 or any(not size > 0 for size in every):
        raise ValueError(f"class sizes {every} with ICC {icc}")
    if not every:
        return None
    # (1 + cv^2) mean(m) is sum(m^2) / sum(m): the size of the class in which the average pupil sits.
    return 1 + (sum(size * size for size in every) / sum(every) - 1) * icc
