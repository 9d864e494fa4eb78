"""Interval estimates of a proportion and worst-case bounds over those who did not answer."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import sqrt

from clicker.measures.distributions import beta_quantile, binomial_cdf, binomial_pmf, normal_quantile, root


def interval(k: int, n: int, method: str = "wilson", level: float = 0.95) -> tuple[float, float] | None:
    """Two-sided interval for k of n, in proportions; None for n = 0.

    `method`: "wilson" (default), "jeffreys", "exact" (Clopper-Pearson), "agresti-coull" or "midp"; formulas at the
    functions below. ValueError for another method, k outside 0..n, or a level not between 0 and 1.
    """
    if method not in _METHODS:
        raise ValueError(f"unknown method {method!r}; there are {', '.join(_METHODS)}")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}, not between 0 and 1")
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no proportion")
    return None if n == 0 else _METHODS[method](k, n, level)


def wilson(k: int, n: int, level: float = 0.95) -> tuple[float, float] | None:
    """Wilson's score interval, in proportions; None for n = 0."""
    return interval(k, n, "wilson", level)


def bounds(k: int, n: int, present: int) -> tuple[Fraction, Fraction] | None:
    """Worst case over those who did not answer: [k, k + present - n] of present, in percent; None for an empty room."""
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} cannot be")
    if present <= 0:
        return None
    if present < n:
        raise ValueError(f"{n} of {present} present cannot have answered")
    return Fraction(100 * k, present), Fraction(100 * (k + present - n), present)


def _wilson(k: int, n: int, level: float) -> tuple[float, float]:
    """Centre (p + z^2/2n) / (1 + z^2/n), half-width z sqrt(p(1-p)/n + z^2/4n^2) / (1 + z^2/n).

    Source: E. B. Wilson, JASA 22 (1927) 209-212.
    """
    z = normal_quantile(level)
    p = k / n
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return low, high


def _jeffreys(k: int, n: int, level: float) -> tuple[float, float]:
    """Equal-tailed quantiles of Beta(k + 1/2, n - k + 1/2); the lower end 0 at k = 0, the upper 1 at k = n.

    Source: L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16 (2001) 101-133. Highest-density intervals
    (R binom "bayes") are another thing.
    """
    tail = (1 - level) / 2
    low = 0.0 if k == 0 else beta_quantile(tail, k + 0.5, n - k + 0.5)
    high = 1.0 if k == n else beta_quantile(1 - tail, k + 0.5, n - k + 0.5)
    return low, high


def _exact(k: int, n: int, level: float) -> tuple[float, float]:
    """Quantiles of Beta(k, n - k + 1) and Beta(k + 1, n - k); covers at least `level`, usually more.

    Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404-413.
    """
    tail = (1 - level) / 2
    low = 0.0 if k == 0 else beta_quantile(tail, k, n - k + 1)
    high = 1.0 if k == n else beta_quantile(1 - tail, k + 1, n - k)
    return low, high


def _agresti_coull(k: int, n: int, level: float) -> tuple[float, float]:
    """p' = (k + z^2/2) / (n + z^2), half-width z sqrt(p'(1-p') / (n + z^2)), clipped: 0 of 30 would begin at -0.021.

    Source: A. Agresti, B. A. Coull, The American Statistician 52 (1998) 119-126.
    """
    z = normal_quantile(level)
    total = n + z * z
    centre = (k + z * z / 2) / total
    half = z * sqrt(centre * (1 - centre) / total)
    return max(0.0, centre - half), min(1.0, centre + half)


def _midp(k: int, n: int, level: float) -> tuple[float, float]:
    """The exact interval with half of P(X = k) in each tail: P(X > k) + P(X = k)/2 = (1 - level)/2 at the lower end.

    Source: G. Berry, P. Armitage, The Statistician 44 (1995) 417-423.
    """
    tail = (1 - level) / 2

    def below(p: float) -> float:
        return binomial_cdf(k, n, p) - binomial_pmf(k, n, p) / 2

    low = 0.0 if k == 0 else root(lambda p: 1 - tail - below(p))
    high = 1.0 if k == n else root(lambda p: tail - below(p))
    return low, high


_METHODS: dict[str, Callable[[int, int, float], tuple[float, float]]] = {
    "wilson": _wilson,
    "jeffreys": _jeffreys,
    "exact": _exact,
    "agresti-coull": _agresti_coull,
    "midp": _midp,
}
