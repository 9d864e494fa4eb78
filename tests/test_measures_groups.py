"""Two independent groups against R 4.2.2 and the published tables."""

from __future__ import annotations

import pytest

from clicker.measures import fisher, two_proportions


# R: fisher.test(matrix(t, 2, byrow = TRUE))$p.value
#    d <- dhyper(max(0, a + c - (c + d)):min(a + b, a + c), a + b, c + d, a + c); o <- the one observed
#    eq <- abs(d - o) <= 1e-7 * o; sum(d[d < o & !eq]) + .5 * sum(d[eq])
@pytest.mark.parametrize(
    ("table", "exact", "midp"),
    [
        ((3, 1, 1, 3), 0.4857142857, 0.2571428571),
        ((0, 16, 15, 57), 0.06286666463, 0.04465969120),
        ((7, 27, 1, 33), 0.05440013050, 0.02965625843),
        ((9, 4, 4, 10), 0.05698264559, 0.03914177672),
        ((12, 3, 10, 15), 0.02170579924, 0.01514696009),
        ((2, 5, 8, 1), 0.03496503497, 0.02316433566),
        ((10, 0, 5, 5), 0.03250773994, 0.01625386997),
    ],
)
def test_the_exact_test_is_the_one_of_r(table: tuple[int, int, int, int], exact: float, midp: float) -> None:
    found = fisher(*table)
    assert (found.exact, found.midp) == pytest.approx((exact, midp))


def test_a_published_table_has_its_published_p_values() -> None:
    """Fagerland, Lydersen, Laake (2017), chapter 4, data of Ritland et al. 2007: P = 0.06287, mid-P 0.04466."""
    found = fisher(0, 16, 15, 57)
    assert (found.exact, found.midp) == pytest.approx((0.06287, 0.04466), abs=5e-6)


def test_the_exact_test_is_the_same_of_the_turned_tables() -> None:
    found = fisher(2, 5, 8, 1)
    for turned in (fisher(2, 8, 5, 1), fisher(8, 1, 2, 5), fisher(5, 2, 1, 8)):
        assert (turned.exact, turned.midp) == pytest.approx((found.exact, found.midp))


def test_the_odds_ratio_is_the_one_of_the_sample() -> None:
    assert fisher(9, 4, 4, 10).odds_ratio == 90 / 16
    assert fisher(0, 16, 15, 57).odds_ratio == 0


def test_an_infinite_odds_ratio_is_none() -> None:
    found = fisher(10, 0, 5, 5)
    assert (found.odds_ratio, found.reason) == (None, "zero_cell")


@pytest.mark.parametrize("table", [(0, 0, 5, 5), (5, 5, 0, 0), (0, 5, 0, 5), (5, 0, 5, 0), (0, 0, 0, 0)])
def test_an_empty_margin_leaves_one_possible_table(table: tuple[int, int, int, int]) -> None:
    found = fisher(*table)
    assert (found.exact, found.midp, found.odds_ratio, found.reason) == (1, 1, None, "empty_margin")


def test_a_table_of_thousands_is_counted_exactly() -> None:
    assert fisher(500, 500, 500, 500).exact == 1


def test_a_negative_cell_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a count"):
        fisher(3, 1, -1, 3)


# R: t <- prop.test(c(p1 * n1, p2 * n2), c(n1, n2), correct = FALSE); sqrt(t$statistic) * sign(p1 - p2); t$p.value
@pytest.mark.parametrize(
    ("p1", "n1", "p2", "n2", "z", "p"),
    [
        (0.20, 100, 0.10, 120, 2.09482645399, 0.03618642259),
        (0.10, 120, 0.20, 100, -2.09482645399, 0.03618642259),
        (0.832, 1488.5, 0.818, 1488.5, 1.005174491, 0.314812836),
        (0.5, 25, 0.5, 30, 0, 1),
        (1, 10, 0.4, 20, 3.162277660168, 0.001565402258),
    ],
)
def test_two_shares_are_compared_as_in_r(p1: float, n1: float, p2: float, n2: float, z: float, p: float) -> None:
    found = two_proportions(p1, n1, p2, n2)
    assert (found.z, found.p, found.difference) == pytest.approx((z, p, p1 - p2))


@pytest.mark.parametrize("share", [0, 1])
def test_groups_all_alike_have_a_difference_and_no_test(share: float) -> None:
    found = two_proportions(share, 3, share, 7)
    assert (found.z, found.p, found.difference, found.reason) == (None, None, 0, "no_variance")


def test_an_empty_group_has_no_difference() -> None:
    found = two_proportions(0.3, 0, 0.2, 10)
    assert (found.z, found.p, found.difference, found.reason) == (None, None, None, "no_answers")


@pytest.mark.parametrize(("p1", "n1"), [(1.2, 10), (-0.1, 10), (83.2, 10), (float("nan"), 10), (0.5, -1)])
def test_shares_and_numbers_out_of_range_are_an_error(p1: float, n1: float) -> None:
    with pytest.raises(ValueError, match="is not a"):
        two_proportions(p1, n1, 0.5, 10)
