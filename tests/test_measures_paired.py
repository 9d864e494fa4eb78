"""Pairs and differences against R 4.2.2 and the published tables."""

from __future__ import annotations

import pytest

from clicker.measures import change, cohens_h, mcnemar, newcombe_independent, newcombe_paired, sign_test

# R: binom.test(b, b + c)$p.value; mid-P: that - dbinom(b, b + c, .5), and 1 - dbinom(b, 2 * b, .5) / 2 where b = c
R_SPLITS = [
    (6, 0, 0.031250, 0.015625),
    (9, 1, 0.021484375, 0.011718750),
    (5, 5, 1.0, 0.876953125),
    (6, 16, 0.05247879028, 0.03468966484),
    (1, 7, 0.0703125, 0.0390625),
    (17, 5, 0.01690053940, 0.01062202454),
    (4, 3, 1.0, 0.7265625),
]


@pytest.mark.parametrize(("over", "under", "exact", "midp"), R_SPLITS)
def test_the_sign_test_is_the_binomial_test_of_r(over: int, under: int, exact: float, midp: float) -> None:
    found = sign_test(over, under)
    assert (found.exact, found.midp) == pytest.approx((exact, midp))
    assert (found.untied, found.reason) == (over + under, None)


@pytest.mark.parametrize(("b", "c", "exact", "midp"), [*R_SPLITS, (0, 1, 1.0, 0.5)])
def test_mcnemar_is_the_binomial_test_of_r(b: int, c: int, exact: float, midp: float) -> None:
    found = mcnemar(b, c)
    assert (found.exact, found.midp) == pytest.approx((exact, midp))
    assert (found.discordant, found.reason) == (b + c, None)


@pytest.mark.parametrize(("over", "untied"), [(6, 6), (9, 10), (12, 15), (15, 20), (17, 22), (18, 25), (21, 30)])
def test_the_fewest_needed_are_the_published_ones(over: int, untied: int) -> None:
    enough, less = sign_test(over, untied - over).exact, sign_test(over - 1, untied - over + 1).exact
    assert enough is not None
    assert less is not None
    assert enough < 0.05 <= less


@pytest.mark.parametrize(("over", "under"), [(0, 0), (5, 0), (2, 3)])
def test_below_six_untied_there_is_no_sign_test(over: int, under: int) -> None:
    found = sign_test(over, under)
    assert (found.exact, found.midp, found.untied, found.reason) == (None, None, over + under, "too_few")


def test_where_nobody_changed_there_is_no_p_value() -> None:
    found = mcnemar(0, 0)
    assert (found.exact, found.midp, found.discordant, found.reason) == (None, None, 0, "no_discordant_pairs")


def test_the_tests_do_not_care_which_side_is_called_first() -> None:
    assert sign_test(4, 15) == sign_test(15, 4)
    assert mcnemar(4, 15) == mcnemar(15, 4)


def test_many_pairs_are_still_counted_exactly() -> None:
    found = mcnemar(5000, 5000)
    assert found.exact == 1
    assert found.midp == pytest.approx(1 - 0.00398932306969)  # dbinom(5000, 10000, .5) / 2


# R: p <- prop.test(x, n, correct = FALSE) for both; D - sqrt((p1 - l1)^2 + (u2 - p2)^2), D + sqrt(...)
# The ends to four places are those of Newcombe 1998, table II, method 10.
@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524314724, 0.3338726540),
        ((9, 10, 3, 10), 0.1705227239, 0.8090179735),
        ((6, 7, 2, 7), 0.05822792748, 0.80624963752),
        ((5, 56, 0, 29), -0.03813714790, 0.19256001386),
        ((0, 10, 0, 20), -0.1611251581, 0.2775327999),
        ((0, 10, 0, 10), -0.2775327999, 0.2775327999),
        ((10, 10, 0, 20), 0.6790860371, 1),
        ((10, 10, 0, 10), 0.6075093504, 1),
    ],
)
def test_two_groups_have_newcombes_interval(table: tuple[int, int, int, int], low: float, high: float) -> None:
    k1, n1, k2, n2 = table
    found = newcombe_independent(*table)
    assert (found.estimate, found.low, found.high) == pytest.approx((k1 / n1 - k2 / n2, low, high), abs=1e-9)


def test_another_level_narrows_the_difference() -> None:
    found = newcombe_independent(56, 70, 48, 80, level=0.9)
    assert (found.low, found.high) == pytest.approx((0.07656419154, 0.31364458358))


# R: x <- a * d - b * c; x <- if (x > n/2) x - n/2 else if (x >= 0) 0 else x
#    phi <- x / sqrt((a + b) * (c + d) * (a + c) * (b + d))  # 0 where that is 0
#    D - sqrt(e1^2 - 2 * phi * e1 * e2 + e2^2) with the distances of the ends of prop.test(correct = FALSE)
@pytest.mark.parametrize(
    ("table", "estimate", "low", "high"),
    [
        ((59, 6, 16, 80), -0.062111801242, -0.118621195639, -0.004625113933),
        ((1, 1, 7, 12), -0.28571428571, -0.50692022669, -0.02555912416),
        ((36, 12, 2, 0), 0.2, 0.056929584, 0.340427603),
        ((20, 12, 2, 16), 0.2, 0.05615642484, 0.32920699540),
        ((10, 2, 8, 5), -0.24, -0.448666328862, 0.007883227399),
        ((18, 4, 0, 0), 0.181818181818, -0.002368380726, 0.385166074371),
        ((53, 0, 0, 1), 0, -0.07293814548, 0.07293814548),
        ((53, 0, 1, 0), -0.01851851852, -0.09771437489, 0.04962166189),
        ((0, 30, 0, 0), 1, 0.8394678199, 1),
        ((30, 0, 0, 0), 0, -0.1135133932, 0.1135133932),
    ],
)
def test_pairs_have_newcombes_interval(
    table: tuple[int, int, int, int], estimate: float, low: float, high: float
) -> None:
    found = newcombe_paired(*table)
    assert (found.estimate, found.low, found.high) == pytest.approx((estimate, low, high), abs=1e-9)


def test_the_consolidation_therapy_has_its_published_interval() -> None:
    """Fagerland, Lydersen, Laake (2017), chapter 8, data of Cavo et al. 2012: -0.0621 (-0.1186 to -0.0046)."""
    found = newcombe_paired(59, 6, 16, 80)
    assert (found.estimate, found.low, found.high) == pytest.approx((-0.0621, -0.1186, -0.0046), abs=5e-5)


def test_turning_before_and_after_round_turns_the_interval() -> None:
    found, turned = newcombe_paired(10, 2, 8, 5), newcombe_paired(10, 8, 2, 5)
    assert turned.low is not None
    assert turned.high is not None
    assert (found.low, found.high) == pytest.approx((-turned.high, -turned.low))


def test_a_difference_with_nobody_has_a_reason() -> None:
    for found in (newcombe_paired(0, 0, 0, 0), newcombe_independent(0, 0, 3, 10), newcombe_independent(3, 10, 0, 0)):
        assert (found.estimate, found.low, found.high, found.reason) == (None, None, None, "no_answers")


def test_counts_below_zero_or_above_all_are_an_error() -> None:
    with pytest.raises(ValueError, match="not a count"):
        newcombe_paired(1, -1, 2, 3)
    with pytest.raises(ValueError, match="no proportion"):
        newcombe_independent(11, 10, 3, 10)
    with pytest.raises(ValueError, match="not a count"):
        sign_test(-1, 9)
    with pytest.raises(ValueError, match="not a count"):
        mcnemar(3, -2)


# R: h <- function(a, b) 2 * asin(sqrt(a)) - 2 * asin(sqrt(b))
@pytest.mark.parametrize(
    ("p1", "p2", "h"), [(0.5, 0.3, 0.4115168461), (0.2, 0.54, -0.7235866888), (0, 1, -3.1415926536), (0.4, 0.4, 0)]
)
def test_cohens_h_is_the_difference_of_the_arcs(p1: float, p2: float, h: float) -> None:
    assert cohens_h(p1, p2) == pytest.approx(h)


def test_cohens_h_of_percentages_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a proportion"):
        cohens_h(50, 30)


def test_a_change_is_said_in_points_and_in_percent_of_before() -> None:
    found = change(54, 40.5)
    assert (found.points, found.relative, found.before, found.after, found.reason) == (-13.5, -25, 54, 40.5, None)


def test_a_change_from_nothing_has_no_percent() -> None:
    found = change(0, 12)
    assert (found.points, found.relative, found.reason) == (12, None, "before_zero")


@pytest.mark.parametrize(("before", "after"), [(-1, 10), (10, 101), (float("nan"), 5)])
def test_a_change_of_no_percentages_is_an_error(before: float, after: float) -> None:
    with pytest.raises(ValueError, match="is not a"):
        change(before, after)
