"""The few distributions that the intervals and tests stand on; everything in proportions."""

from __future__ import annotations

from collections.abc import Callable
from math import comb, erfc, exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

# Far more than the continued fraction needs: it takes about sqrt(max(a, b)) terms.
_TERMS = 100_000
_PRECISION = 1e-15
_TINY = 1e-300


def normal_quantile(level: float) -> float:
    """z with `level` of the normal distribution between -z and z; ValueError unless 0 < level < 1."""
    if not 0 < level < 1:
        raise ValueError(f"level is {level}, not between 0 and 1")
    return NormalDist().inv_cdf((1 + level) / 2)


def normal_two_sided(z: float) -> float:
    """P(|Z| >= |z|) of a standard normal Z."""
    return erfc(abs(z) / sqrt(2))


def binomial_pmf(k: int, n: int, p: float) -> float:
    """P(X = k) for X ~ Binomial(n, p), n choose k times p^k (1-p)^(n-k); 0 for k outside 0..n."""
    if not 0 <= k <= n:
        return 0.0
    if p in (0, 1):
        return float(k == n * p)
    log_choose = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(log_choose + k * log(p) + (n - k) * log1p(-p))


def binomial_cdf(k: int, n: int, p: float) -> float:
    """P(X <= k) for X ~ Binomial(n, p), as I_{1-p}(n - k, k + 1). Source: DLMF 8.17.5."""
    if k < 0:
        return 0.0
    return 1.0 if k >= n else beta_cdf(1 - p, n - k, k + 1)


def even_split(b: int, c: int) -> tuple[float, float]:
    """Two-sided exact P and mid-P of b against c under Binomial(b + c, 1/2); b + c > 0.

    Exact: min(1, 2 P(X <= min(b, c))). Mid-P takes half of every outcome as likely as the observed one: exact - f(b)
    where b and c differ, 1 - f(b)/2 where they are equal. Summed in whole numbers.
    Source: M. W. Fagerland, S. Lydersen, P. Laake, BMC Med Res Methodol 13 (2013) 91.
    """
    n, least = b + c, min(b, c)
    observed = comb(n, least)
    if b == c:
        return 1.0, 1 - observed / 2 ** (n + 1)
    tail = 2 * sum(comb(n, x) for x in range(least + 1))
    return tail / 2**n, (tail - observed) / 2**n


def beta_cdf(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function I_x(a, b), the distribution function of Beta(a, b).

    Continued fraction DLMF 8.17.22 evaluated by Lentz's method; beyond the mean the mirrored side, which converges.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """1 / (1 + d1 / (1 + d2 / (1 + ...))) with the coefficients of DLMF 8.17.22.

    Lentz's method keeps the ratios of neighbouring numerators and denominators, so neither can overflow.
    """
    value, numerators, denominators = 1.0, 1.0, 0.0
    for term in range(_TERMS):
        coefficient = _coefficient(term, x, a, b)
        denominators = 1 / ((1 + coefficient * denominators) or _TINY)
        numerators = (1 + coefficient / numerators) or _TINY
        value *= numerators * denominators
        if abs(numerators * denominators - 1) < _PRECISION:
            break
    return 1 / value


def _coefficient(term: int, x: float, a: float, b: float) -> float:
    """d_{term+1} of DLMF 8.17.22: odd ones from (a+m)(a+b+m), even ones from m(b-m)."""
    m, odd = divmod(term + 1, 2)
    if odd:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))


def beta_quantile(probability: float, a: float, b: float) -> float:
    """The x with I_x(a, b) = probability."""
    return root(lambda x: beta_cdf(x, a, b) - probability)


def root(rising: Callable[[float], float]) -> float:
    """Where a rising function crosses zero between 0 and 1, by halving until the ends are neighbouring numbers."""
    low, high = 0.0, 1.0
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
