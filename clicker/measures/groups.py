"""Tests of two independent groups."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, sqrt

from clicker.measures.distributions import normal_two_sided
from clicker.measures.numbers import proportion, refuse_negative

# To R two tables that differ by less than one part in this are equally likely.
_TIE = 10**7


@dataclass(frozen=True)
class Fisher:
    """Two-sided P values and the sample odds ratio ad/bc.

    Reason empty_margin: a row or column is empty, so only one table was possible and P is 1; zero_cell: b or c is 0
    and the odds ratio infinite. In both the odds ratio is None.
    """

    exact: float
    midp: float
    odds_ratio: float | None
    reason: str | None = None


def fisher(a: int, b: int, c: int, d: int) -> Fisher:
    """Fisher's exact test of the table [[a, b], [c, d]], two-sided, and its mid-P.

    Exact: the sum of the probabilities of all tables of the same margins that are at most as likely as this one,
    within R's relative 1e-7. Mid-P takes half of those equally likely. Counted in whole numbers. ValueError for a
    negative count. Source: R fisher.test; M. W. Fagerland, S. Lydersen, P. Laake, Statistical Analysis of Contingency
    Tables (2017), chapter 4. R's own odds ratio is the conditional estimate, another thing.
    """
    refuse_negative(a, b, c, d)
    if 0 in (a + b, c + d, a + c, b + d):
        return Fisher(1.0, 1.0, None, "empty_margin")
    exact, midp = _tails(a, a + b, c + d, a + c)
    if b * c == 0:
        return Fisher(exact, midp, None, "zero_cell")
    return Fisher(exact, midp, a * d / (b * c))


def _tails(a: int, row1: int, row2: int, column: int) -> tuple[float, float]:
    def ways(x: int) -> int:
        return comb(row1, x) * comb(row2, column - x)

    observed = ways(a)
    weights = [ways(x) for x in range(max(0, column - row2), min(row1, column) + 1)]
    less = sum(weight for weight in weights if _TIE * weight < (_TIE - 1) * observed)
    at_most = sum(weight for weight in weights if _TIE * weight <= (_TIE + 1) * observed)
    total = sum(weights)
    return at_most / total, (at_most + less) / (2 * total)


@dataclass(frozen=True)
class ZTest:
    """z, its two-sided P and p1 - p2 in proportions; None with reason no_answers or no_variance (all yes or all no)."""

    z: float | None
    p: float | None
    difference: float | None
    reason: str | None = None


def two_proportions(p1: float, n1: float, p2: float, n2: float) -> ZTest:
    """Pooled z test: (p1 - p2) / sqrt(p(1-p)(1/n1 + 1/n2)), p = (n1 p1 + n2 p2) / (n1 + n2); proportions.

    Without answers in a group everything is None; where the pooled share is 0 or 1, z and P are. ValueError for a
    share outside 0..1 or a negative n. Source: z^2 is the statistic of R prop.test(..., correct = FALSE).
    """
    difference = proportion(p1) - proportion(p2)
    if min(n1, n2) < 0:
        raise ValueError(f"{min(n1, n2)} is not a number of answers")
    if min(n1, n2) == 0:
        return ZTest(None, None, None, "no_answers")
    pooled = (n1 * p1 + n2 * p2) / (n1 + n2)
    if p1 == p2 and p1 in (0, 1):
        return ZTest(None, None, difference, "no_variance")
    z = difference / sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return ZTest(z, normal_two_sided(z), difference)
