"""Published pairs, and published numbers that can or cannot belong together."""

from __future__ import annotations

import pytest

from clicker.measures import contrast_from_summary, odds_ratio_check, recheck


def test_children_who_find_weekly_drunkenness_right_are_a_minority_taken_for_a_majority() -> None:
    """Børnerådet 2016: 20 % think it is ok to get drunk every weekend, they believe 54 % do."""
    pair = contrast_from_summary(actual=20, perceived=54)
    assert (pair.gap, pair.ratio, pair.majority_mean, pair.reason) == (34, 2.7, True, None)
    assert (pair.floor, pair.ceiling) == (False, False)


def test_twice_as_many_may_still_be_no_majority() -> None:
    """Børnerådet 2016: 10 %, believed 21 %."""
    pair = contrast_from_summary(actual=10, perceived=21)
    assert (pair.gap, pair.ratio, pair.majority_mean, pair.floor) == (11, 2.1, False, False)


def test_the_good_is_guessed_too_low_in_the_other_frame() -> None:
    """Børnerådet 2016, turned: 80 % do not think so, 46 % are believed not to."""
    pair = contrast_from_summary(actual=80, perceived=46, polarity="protective")
    assert (pair.gap, pair.majority_mean) == (-34, True)


def test_do_most_says_how_many_err_and_not_by_how_much() -> None:
    """Palo Alto: 22 % used tobacco once, 88 % thought most had."""
    pair = contrast_from_summary(actual=22, perceived=88, asked="most")
    assert (pair.gap, pair.ratio, pair.majority_mean, pair.reason) == (None, None, None, "asked_most")
    assert pair.majority == 88
    assert contrast_from_summary(actual=78, perceived=12, asked="most").majority == 88
    assert contrast_from_summary(actual=50, perceived=88, asked="most").majority is None


@pytest.mark.parametrize(
    ("actual", "n", "polarity", "floor", "ceiling"),
    [
        (9.9, None, "risk", True, False),
        (12, None, "risk", False, False),
        (12, 25, "risk", True, False),
        (16, 25, "risk", False, False),
        (90.1, None, "risk", False, True),
        (91, None, "protective", True, False),
        (9, None, "protective", False, True),
    ],
)
def test_a_rare_or_common_behaviour_is_marked(
    actual: float, n: int | None, polarity: str, floor: bool, ceiling: bool
) -> None:
    pair = contrast_from_summary(actual=actual, perceived=40, n=n, polarity=polarity)
    assert (pair.floor, pair.ceiling) == (floor, ceiling)


def test_nothing_and_half_are_defined() -> None:
    assert contrast_from_summary(actual=0, perceived=27).ratio is None
    assert contrast_from_summary(actual=50, perceived=58).majority_mean is None
    assert contrast_from_summary(actual=20, perceived=50).majority_mean is False


def test_an_impossible_pair_is_an_error() -> None:
    for wrong in ({"actual": 120}, {"perceived": -1}, {"n": 0}, {"asked": "many"}, {"polarity": "bad"}):
        with pytest.raises(ValueError, match=r".+"):
            contrast_from_summary(**{"actual": 20, "perceived": 54, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("or_", "low", "high"),
    [(0.52, 0.33, 0.83), (0.59, 0.37, 0.93), (2.12, 1.23, 3.67), (1, 0.5, 2)],
)
def test_a_published_odds_ratio_is_the_middle_of_its_interval(or_: float, low: float, high: float) -> None:
    check = odds_ratio_check(or_, low, high)
    assert (check.consistent, check.reason) == (True, None)
    assert check.midpoint == pytest.approx(or_, abs=0.006)


def test_the_interval_of_an_odds_ratio_implies_its_p_value() -> None:
    """R: se <- log(.83 / .33) / (2 * qnorm(.975)); z <- log(.52) / se; 2 * pnorm(-abs(z))"""
    check = odds_ratio_check(0.52, 0.33, 0.83)
    assert (check.standard_error, check.z, check.p) == pytest.approx((0.2352933660, -2.779196365, 0.005449357239))


def test_another_level_gives_another_error() -> None:
    at_90, at_95 = odds_ratio_check(0.52, 0.33, 0.83, level=0.9), odds_ratio_check(0.52, 0.33, 0.83)
    assert at_90.standard_error is not None
    assert at_95.standard_error is not None
    assert at_90.standard_error > at_95.standard_error


@pytest.mark.parametrize(
    ("or_", "low", "high", "consistent", "reason"),
    [
        (0.6, 0.33, 0.83, False, "not_the_middle"),
        (0.9, 0.33, 0.83, False, "not_the_middle"),
        (0.52, 0.83, 0.33, False, "no_interval"),
        (1, 1, 1, False, "no_interval"),
        (0.1, 0.0, 0.4, None, "not_positive"),
        (-1, 0.5, 2, None, "not_positive"),
    ],
)
def test_an_odds_ratio_that_cannot_be_is_flagged(
    or_: float, low: float, high: float, consistent: bool | None, reason: str
) -> None:
    check = odds_ratio_check(or_, low, high)
    assert (check.consistent, check.reason) == (consistent, reason)


def test_an_odds_ratio_without_end_is_an_error() -> None:
    with pytest.raises(ValueError, match="finite"):
        odds_ratio_check(2, 1, float("inf"))


def test_the_danish_survey_does_not_give_its_own_p_value() -> None:
    """Danish high schools: 83.2 % against 81.8 %, n = 2977, p = 0.003.

    R: t <- prop.test(c(.832, .818) * 1488.5, rep(1488.5, 2), correct = FALSE); sqrt(t$statistic); t$p.value
    """
    found = recheck(83.2, 81.8, 2977, 0.003)
    assert (found.z, found.p) == pytest.approx((1.0051744911, 0.3148128360))
    assert (found.printed, found.agrees, found.reason) == (0.003, False, "other_side")


def test_proportions_are_taken_as_percentages_are() -> None:
    assert recheck(0.832, 0.818, 2977, 0.003, unit="proportion").p == pytest.approx(recheck(83.2, 81.8, 2977, 0.003).p)


@pytest.mark.parametrize(
    ("p1", "p2", "n", "printed", "agrees", "reason"),
    [
        (83.2, 81.8, 2977, 0.31, True, None),
        (83.2, 81.8, 2977, 0.08, False, "differs"),
        (30.0, 20.0, 400, 0.02, True, None),  # computed .021
        (30.0, 20.0, 400, 0.005, False, "differs"),
        (30.0, 20.0, 400, 0.2, False, "other_side"),
        (60.0, 20.0, 400, 0.001, True, None),  # far below, as "< .001" is
        (60.0, 20.0, 400, 0.0, True, None),
        (30.0, 20.0, 400, 0.0, False, "differs"),
        (30, 21, 400, 0.06, True, None),  # .039, but 29.5 and 21.5 print the same and have .066
        (30.0, 21.0, 400, 0.06, False, "other_side"),
        (50.0, 50.0, 100, 1.0, True, None),
    ],
)
def test_a_printed_p_agrees_within_rounding_or_a_factor(
    p1: float, p2: float, n: int, printed: float, agrees: bool, reason: str | None
) -> None:
    found = recheck(p1, p2, n, printed)
    assert (found.agrees, found.reason) == (agrees, reason)


@pytest.mark.parametrize(
    ("p1", "p2", "n", "reason"), [(100, 100, 50, "no_variance"), (0, 0, 50, "no_variance"), (40, 30, 0, "no_answers")]
)
def test_where_nothing_can_be_computed_nothing_agrees_or_differs(p1: float, p2: float, n: int, reason: str) -> None:
    found = recheck(p1, p2, n, 0.04)
    assert (found.z, found.p, found.agrees, found.reason) == (None, None, None, reason)


@pytest.mark.parametrize(
    ("p1", "p2", "n", "p"), [(120, 80, 50, 0.1), (40, -1, 50, 0.1), (40, 30, 50, 2), (40, 30, -2, 1)]
)
def test_numbers_out_of_range_are_an_error(p1: float, p2: float, n: int, p: float) -> None:
    with pytest.raises(ValueError, match="is not a"):
        recheck(p1, p2, n, p)


def test_small_percentages_are_percentages() -> None:
    found = recheck(0.4, 0.9, 2000, 0.16)  # prop.test(c(4, 9), c(1000, 1000), correct = FALSE): X-squared = 1.9352
    assert found.z == pytest.approx(-1.391, abs=0.001)
    assert found.agrees
    with pytest.raises(ValueError, match="unit"):
        recheck(0.4, 0.9, 2000, 0.16, unit="per mille")
