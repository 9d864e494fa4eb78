"""The intervals of a proportion and the distributions below them, against R 4.2.2 and scipy."""

from __future__ import annotations

import pytest

from clicker.measures import interval, wilson
from clicker.measures.distributions import (
    beta_cdf,
    beta_quantile,
    binomial_cdf,
    binomial_pmf,
    normal_quantile,
    normal_two_sided,
)

METHODS = ("wilson", "jeffreys", "exact", "agresti-coull", "midp")

# R: wilson         prop.test(k, n, correct = FALSE)$conf.int
#    jeffreys       qbeta(c(.025, .975), k + .5, n - k + .5)
#    exact          binom.test(k, n)$conf.int
#    agresti-coull  z <- qnorm(.975); p <- (k + z^2/2) / (n + z^2); p + c(-1, 1) * z * sqrt(p * (1 - p) / (n + z^2))
#    midp           mid <- function(q) pbinom(k, n, q) - dbinom(k, n, q) / 2
#                   uniroot(function(q) 1 - mid(q) - .025, c(0, 1), tol = 1e-13)$root  # and mid(q) - .025
R_INTERVALS = [
    ("wilson", 0, 1, 0, 0.7934506856),
    ("wilson", 0, 30, 0, 0.1135133932),
    ("wilson", 1, 30, 0.005908590382, 0.166703909914),
    ("wilson", 4, 25, 0.06403451457, 0.34653621607),
    ("wilson", 12, 25, 0.3003128595, 0.6650148305),
    ("wilson", 13, 16, 0.5699111904, 0.9340840093),
    ("wilson", 25, 25, 0.8668077491, 1),
    ("wilson", 59, 200, 0.2361394386, 0.3615871452),
    ("jeffreys", 0, 30, 0, 0.07967817382),
    ("jeffreys", 1, 30, 0.003620464374, 0.145417777354),
    ("jeffreys", 4, 25, 0.0565204652, 0.3368527689),
    ("jeffreys", 13, 16, 0.5792148278, 0.9441870161),
    ("jeffreys", 25, 25, 0.9053172359, 1),
    ("jeffreys", 59, 200, 0.2350780894, 0.3608064182),
    ("exact", 0, 1, 0, 0.975),
    ("exact", 0, 30, 0, 0.1157033082),
    ("exact", 1, 30, 0.0008435709266, 0.1721694556334),
    ("exact", 4, 25, 0.04537945237, 0.36082845446),
    ("exact", 13, 16, 0.5435434538, 0.9595262661),
    ("exact", 25, 25, 0.8628148285, 1),
    ("exact", 59, 200, 0.2327687842, 0.3634231333),
    ("agresti-coull", 0, 30, 0, 0.13471169614),
    ("agresti-coull", 1, 30, 0, 0.180917984533),
    ("agresti-coull", 4, 25, 0.05787633834, 0.35269439230),
    ("agresti-coull", 25, 25, 0.842412807, 1),
    ("agresti-coull", 59, 200, 0.2360228150, 0.3617037688),
    ("midp", 0, 1, 0, 0.95),
    ("midp", 0, 30, 0, 0.09503385286),
    ("midp", 1, 30, 0.001667279966, 0.153609241192),
    ("midp", 4, 25, 0.05298865529, 0.34219933057),
    ("midp", 13, 16, 0.5699369060, 0.9499780118),
    ("midp", 25, 25, 0.887071855, 1),
    ("midp", 59, 200, 0.2348970621, 0.3609990571),
]


@pytest.mark.parametrize(("method", "k", "n", "low", "high"), R_INTERVALS)
def test_an_interval_is_the_one_of_r(method: str, k: int, n: int, low: float, high: float) -> None:
    assert interval(k, n, method) == pytest.approx((low, high), abs=1e-9)


# R: the same with conf.level = .9, and qbeta(c(.05, .95), 4.5, 21.5)
@pytest.mark.parametrize(
    ("method", "low", "high"),
    [
        ("wilson", 0.07392513321, 0.31247925087),
        ("exact", 0.05656255902, 0.32960829807),
        ("jeffreys", 0.06914009978, 0.30596091333),
    ],
)
def test_another_level_is_the_one_of_r(method: str, low: float, high: float) -> None:
    assert interval(4, 25, method, 0.9) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [("wilson", 0.5699, 0.9341), ("jeffreys", 0.5792, 0.9442), ("exact", 0.5435, 0.9595), ("midp", 0.5699, 0.9500)],
)
def test_13_of_16_has_the_published_intervals(method: str, low: float, high: float) -> None:
    """Fagerland, Lydersen, Laake, Statistical Analysis of Contingency Tables (2017), chapter 2."""
    assert interval(13, 16, method) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("method", METHODS)
def test_every_interval_holds_its_share_and_mirrors(method: str) -> None:
    for n in (1, 2, 7, 30):
        for k in range(n + 1):
            found, mirrored = interval(k, n, method), interval(n - k, n, method)
            assert found is not None
            assert mirrored is not None
            assert 0 <= found[0] <= k / n <= found[1] <= 1
            assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx(found, abs=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_an_interval_of_nobody_is_nothing(method: str) -> None:
    assert interval(0, 0, method) is None


def test_wilson_is_the_default() -> None:
    assert interval(4, 25) == interval(4, 25, "wilson") == wilson(4, 25)
    assert interval(4, 25, level=0.9) == wilson(4, 25, 0.9)


@pytest.mark.parametrize(
    ("k", "n", "method", "level"),
    [
        (1, 10, "wald", 0.95),
        (0, 0, "wald", 0.95),
        (-1, 10, "wilson", 0.95),
        (11, 10, "exact", 0.95),
        (1, 0, "wilson", 0.95),
        (0, -1, "wilson", 0.95),
        (1, 10, "wilson", 0),
        (1, 10, "midp", 1),
        (1, 10, "exact", 95),
    ],
)
def test_an_impossible_interval_is_an_error(k: int, n: int, method: str, level: float) -> None:
    with pytest.raises(ValueError, match=r"unknown method|is no proportion|not between"):
        interval(k, n, method, level)


def test_beta_agrees_with_scipy() -> None:
    from scipy.special import betainc, betaincinv

    shapes = (0.5, 1, 3.5, 20.5, 300)
    for a, b in ((a, b) for a in shapes for b in shapes):
        for x in (0.001, 0.1, 0.5, 0.8, 0.999):
            assert beta_cdf(x, a, b) == pytest.approx(betainc(a, b, x), rel=1e-10, abs=1e-14), (x, a, b)
        for tail in (0.025, 0.5, 0.975):
            assert beta_quantile(tail, a, b) == pytest.approx(betaincinv(a, b, tail), rel=1e-10), (tail, a, b)


# R: pbeta(x, a, b)
@pytest.mark.parametrize(
    ("x", "a", "b", "share"),
    [
        (0.3, 2, 5, 0.579825),
        (0.9, 2, 5, 0.999945),
        (0.001, 0.5, 0.5, 0.02013504163),
        (0.5, 300.5, 299.5, 0.48370646205),
        (0.001, 0.5, 2000, 0.95454024156),
        (0, 2, 5, 0),
        (1, 2, 5, 1),
    ],
)
def test_beta_agrees_with_r(x: float, a: float, b: float, share: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(share, abs=1e-10)


def test_the_binomial_agrees_with_r() -> None:
    assert binomial_cdf(3, 25, 0.2) == pytest.approx(0.23399325923)  # pbinom(3, 25, .2)
    assert binomial_cdf(24, 25, 0.9) == pytest.approx(0.92821020123)  # pbinom(24, 25, .9)
    assert binomial_pmf(3, 25, 0.2) == pytest.approx(0.13576803638)  # dbinom(3, 25, .2)
    assert binomial_pmf(0, 30, 0.1) == pytest.approx(0.04239115828)  # dbinom(0, 30, .1)


def test_the_binomial_ends_where_its_outcomes_end() -> None:
    assert (binomial_cdf(-1, 25, 0.2), binomial_cdf(25, 25, 0.2), binomial_pmf(26, 25, 0.2)) == (0, 1, 0)
    assert (binomial_pmf(0, 25, 0.0), binomial_pmf(25, 25, 1.0), binomial_pmf(3, 25, 0.0)) == (1, 1, 0)


def test_the_normal_has_its_known_quantile() -> None:
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054)
    assert normal_two_sided(-1.959963984540054) == pytest.approx(0.05)
