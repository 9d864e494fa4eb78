"""The statistics of one class, against hand-worked and published numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from clicker.measures import Histogram, actual, bounds, gap, rounded, tally, wilson


def test_a_tally_counts_guesses_and_leaves_dont_know_out() -> None:
    assert tally([0, 2, None, 2, 4], top=4).counts == (1, 0, 2, 0, 1)


def test_a_tally_in_fives_has_one_cell_per_answer() -> None:
    histogram = tally([0, 5, 100], top=100, step=5)
    assert len(histogram.counts) == 21
    assert histogram.counts[20] == 1


def test_a_guess_beyond_the_room_is_an_error() -> None:
    with pytest.raises(IndexError):
        tally([25], top=24)


def test_a_guess_is_a_percentage_of_the_others() -> None:
    assert tally([6], top=24).mean() == 25


def test_the_mean_of_guesses_is_exact() -> None:
    assert tally([1, 1, 2], top=24).mean() == Fraction(100, 24) * Fraction(4, 3)


def test_the_mean_is_said_in_people_out_of_the_top() -> None:
    assert tally([1, 1, 2], top=24).mean_number() == Fraction(4, 3)


def test_the_median_of_an_even_number_lies_between_the_middle_two() -> None:
    assert tally([0, 10, 20, 100], top=100).median() == 15


def test_the_median_of_an_odd_number_is_the_middle_one() -> None:
    assert tally([0, 10, 100], top=100).median() == 10


def test_the_variance_divides_by_one_less_than_the_guesses() -> None:
    assert tally([10, 20, 60], top=100).variance() == 700


def test_no_guesses_have_no_mean_median_or_variance() -> None:
    empty = tally([None, None], top=24)
    assert (empty.total, empty.mean(), empty.median(), empty.variance(), empty.mean_number()) == (0, *[None] * 4)


def test_one_guess_has_no_variance() -> None:
    assert tally([3], top=24).variance() is None


def test_one_person_alone_divides_by_nothing() -> None:
    assert Histogram(0, 1, (3,)).mean() == 0


@pytest.mark.parametrize(
    ("k", "low", "high"),
    [(0, 0.0, 13.3), (1, 0.7, 19.5), (2, 2.2, 25.0), (3, 4.2, 30.0), (5, 8.9, 39.1), (10, 23.4, 59.3)],
)
def test_wilson_gives_the_published_interval_of_25(k: int, low: float, high: float) -> None:
    ends = wilson(k, 25)
    assert ends is not None
    assert [round(100 * end, 1) for end in ends] == [low, high]


def test_wilson_of_nobody_is_nothing() -> None:
    assert wilson(0, 0) is None


def test_wilson_of_all_ends_at_one() -> None:
    interval = wilson(25, 25)
    assert interval is not None
    assert interval[1] == 1.0


def test_bounds_count_the_missing_on_either_side() -> None:
    assert bounds(4, 20, 25) == (16, 36)


def test_bounds_are_one_number_when_everyone_answered() -> None:
    assert bounds(5, 25, 25) == (20, 20)


def test_bounds_of_an_empty_room_are_nothing() -> None:
    assert bounds(0, 0, 0) is None


def test_the_gap_of_an_exact_answer_is_one_number() -> None:
    assert gap(Fraction(40), 5, 5, 25) == (20, 20)


def test_the_gap_of_a_band_is_a_range() -> None:
    assert gap(Fraction(40), 0, 3, 25) == (28, 40)


def test_a_guess_too_low_gives_a_negative_gap() -> None:
    assert gap(Fraction(10), 5, 5, 25) == (-10, -10)


def test_the_gap_of_an_exact_answer_is_guess_minus_actual() -> None:
    share = actual(7, 22)
    assert share is not None
    assert gap(Fraction(50), 7, 7, 22) == (50 - share, 50 - share)


@pytest.mark.parametrize(("guess", "n"), [(None, 25), (Fraction(40), 0)])
def test_without_guess_or_answers_there_is_no_gap(guess: Fraction | None, n: int) -> None:
    assert gap(guess, 0, 0, n) is None


def test_nobody_answering_has_no_actual_share() -> None:
    assert actual(0, 0) is None


@pytest.mark.parametrize(("value", "said"), [("0", 0), ("1/3", 0), ("1/2", 1), ("5/2", 3), ("249/100", 2)])
def test_people_are_rounded_with_halves_upwards(value: str, said: int) -> None:
    assert rounded(Fraction(value)) == said
