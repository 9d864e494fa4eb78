"""The contrast of one topic in one room: hand-worked classes, every edge, and what holds for all of them."""

from __future__ import annotations

from dataclasses import astuple
from fractions import Fraction
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clicker.lesson import Polarity
from clicker.measures import Contrast, contrast, leave_one_out

YES, NO, SKIP = True, False, None

OWN = st.lists(st.sampled_from([YES, NO, SKIP]), max_size=35)
GUESS = st.one_of(
    st.none(),
    st.integers(0, 100),
    st.floats(0, 100, allow_nan=False),
    st.fractions(0, 100, max_denominator=200),
)


def class_of(yes: int, no: int, guesses: list[float | Fraction | None], **given: object) -> Contrast:
    """`yes` and then `no` seats; the guesses in the order of the seats, "don't know" where they run out."""
    own = [YES] * yes + [NO] * no
    padded = guesses + [None] * (len(own) - len(guesses))
    return contrast(own, padded, **{"polarity": "risk", "step": 5, **given})  # type: ignore[arg-type]


def numbers_in(result: Contrast) -> list[float]:
    flat = [*astuple(result), *(result.bounds or ()), *result.gaps]
    return [value for value in flat if isinstance(value, float)]


@given(OWN)
@settings(deadline=None)
def test_the_others_shares_average_to_the_actual_share_exactly(own: list[bool | None]) -> None:
    answered = [share for share, answer in zip(leave_one_out(own), own, strict=True) if answer is not None]
    if len(answered) > 1:
        assert sum(share for share in answered if share is not None) / len(answered) == Fraction(
            100 * own.count(True), len(answered)
        )


@given(st.lists(st.tuples(st.sampled_from([YES, NO, SKIP]), GUESS), max_size=35), st.sampled_from(Polarity), st.data())
@settings(deadline=None)
def test_every_class_has_a_contrast_of_finite_numbers(
    seats: list[tuple[bool | None, float | Fraction | None]], polarity: Polarity, data: st.DataObject
) -> None:
    own, guesses = [seat[0] for seat in seats], [seat[1] for seat in seats]
    present = data.draw(st.one_of(st.none(), st.integers(0, 60)))
    result = contrast(own, guesses, polarity=polarity, step=5, present=present)
    assert all(map(isfinite, numbers_in(result)))
    assert len(result.gaps) == len(seats)
    if result.over is not None and result.accurate is not None and result.under is not None:
        assert result.over + result.accurate + result.under == pytest.approx(100)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 100)), max_size=30))
@settings(deadline=None)
def test_asking_for_the_opposite_turns_every_gap_round(seats: list[tuple[bool, int]]) -> None:
    asked = contrast([own for own, _ in seats], [guess for _, guess in seats], polarity="risk", step=5)
    turned = contrast([not own for own, _ in seats], [100 - guess for _, guess in seats], polarity="protective", step=5)
    assert (turned.over, turned.under, turned.majority) == (asked.under, asked.over, asked.majority)
    assert (turned.floor, turned.ceiling) == (asked.floor, asked.ceiling)
    assert turned.gap == (None if asked.gap is None else pytest.approx(-asked.gap))


def test_a_class_worked_by_hand() -> None:
    result = class_of(4, 16, [60, 40, 25, 15, 30, 20, 10])
    assert (result.n, result.k, result.present, result.M) == (20, 4, 20, 7)
    assert (result.actual, result.bounds) == (20, (20, 20))
    assert result.guess_mean == pytest.approx(200 / 7)
    assert (result.guess_median, result.median_gap) == (25, 5)
    assert result.gap == pytest.approx(200 / 7 - 20)
    assert result.ratio == pytest.approx(10 / 7)
    assert result.gaps[:2] == pytest.approx((60 - 300 / 19, 40 - 300 / 19))
    assert result.gaps[4:8] == (
        pytest.approx(30 - 400 / 19),
        pytest.approx(20 - 400 / 19),
        pytest.approx(-210 / 19),
        None,
    )
    assert (result.over_count, result.accurate_count, result.under_count) == (4, 2, 1)
    assert result.over == pytest.approx(400 / 7)
    assert result.majority == pytest.approx(100 / 7)
    assert result.majority_mean is False
    assert (result.floor, result.ceiling, result.reasons) == (False, False, ())


def test_to_one_who_skipped_everybody_else_is_the_others() -> None:
    result = contrast([YES, NO, NO, NO, SKIP], [None] * 4 + [40], polarity="risk", step=5)
    assert result.gaps == (None, None, None, None, 15)


def test_a_gap_of_exactly_one_step_is_accurate() -> None:
    """21 present: the others are counted in fives."""
    near = class_of(4, 17, [None] * 4 + [25, 26, Fraction(15), 14.0])
    assert (near.over_count, near.accurate_count, near.under_count) == (1, 2, 1)


@pytest.mark.parametrize("present", range(2, 60))
def test_a_guess_one_person_off_is_accurate_however_the_number_came(present: int) -> None:
    own = [NO] * (present - 1) + [YES]
    for guess, step in ((100 / (present - 1), 100 / (present - 1)), (Fraction(100, present - 1),) * 2):
        result = contrast(own, [None] * (present - 1) + [guess], polarity="risk", step=step)
        assert (result.over_count, result.accurate_count) == (0, 1), guess


@pytest.mark.parametrize(("step", "tolerance"), [(5, 5), (10, 10), (Fraction(100, 24), 5), (Fraction(100, 9), 100 / 9)])
def test_the_tolerance_is_five_points_or_the_step(step: Fraction, tolerance: float) -> None:
    assert class_of(4, 16, [50], step=step).tolerance == pytest.approx(tolerance)


def test_a_guess_of_half_counts_to_neither_majority() -> None:
    assert class_of(4, 16, [50, 51, 49, 100]).majority == 50
    assert class_of(16, 4, [50, 51, 49, 100]).majority == 25


def test_the_mean_guess_may_take_the_minority_for_the_majority() -> None:
    assert class_of(4, 16, [100, 20]).majority_mean is True
    assert class_of(4, 16, [80, 20]).majority_mean is False
    assert class_of(16, 4, [80, 10]).majority_mean is True


@pytest.mark.parametrize(("yes", "no", "present"), [(10, 10, 20), (9, 11, 22), (9, 11, 21), (8, 8, 20)])
def test_no_majority_where_those_who_are_missing_could_make_it(yes: int, no: int, present: int) -> None:
    result = class_of(yes, no, [80], present=present)
    undecided = result.bounds is not None and result.bounds[0] <= 50 <= result.bounds[1]
    assert (result.majority is None, result.majority_mean is None) == (undecided, undecided)
    assert ("half_in_bounds" in result.reasons) == undecided


def test_bounds_that_end_at_half_leave_no_majority() -> None:
    result = class_of(8, 10, [80], present=20)
    assert result.bounds == (40, 50)
    assert (result.majority, result.majority_mean) == (None, None)


@pytest.mark.parametrize(
    ("yes", "no", "polarity", "floor", "ceiling"),
    [
        (3, 17, "risk", True, False),
        (4, 17, "risk", False, False),
        (4, 37, "risk", True, False),
        (17, 3, "risk", False, True),
        (37, 4, "risk", False, True),
        (3, 17, "protective", False, True),
        (17, 3, Polarity.PROTECTIVE, True, False),
        (3, 17, "neutral", True, False),
        (2, 2, Polarity.RISK, True, True),
    ],
)
def test_floor_and_ceiling_lie_on_the_risk_side(yes: int, no: int, polarity: str, floor: bool, ceiling: bool) -> None:
    result = class_of(yes, no, [50], polarity=polarity)
    assert (result.floor, result.ceiling) == (floor, ceiling)


def test_below_ten_percent_there_is_no_ratio() -> None:
    assert class_of(2, 18, [30]).ratio == 3
    low = class_of(1, 19, [30])
    assert low.ratio is None
    assert "low_actual" in low.reasons


@pytest.mark.parametrize(("missing", "warned"), [(0, False), (3, False), (4, True)])
def test_more_than_three_who_did_not_answer_are_a_caution(missing: int, warned: bool) -> None:
    assert ("absent" in class_of(4, 16, [50], present=20 + missing).reasons) is warned


@pytest.mark.parametrize(
    ("guesses", "differ"),
    [([20, 20, 20], False), ([10, 10, 80], True), ([19, 19, 60], True), ([30, 30, 60], False), ([30, 30, 61], True)],
)
def test_a_median_unlike_the_mean_is_a_caution(guesses: list[float | Fraction | None], differ: bool) -> None:
    assert ("gap_and_median_differ" in class_of(4, 16, guesses).reasons) is differ


def test_seats_beyond_the_present_are_present() -> None:
    assert class_of(4, 16, [50], present=18).present == 20


def test_an_empty_room_has_reasons_instead_of_numbers() -> None:
    result = contrast([], [], polarity="risk", step=5)
    assert result.reasons == ("no_answers", "no_guesses")
    assert (result.n, result.M, result.actual, result.bounds, result.gap, result.over, result.gaps) == (
        *(0, 0, None, None, None, None),
        (),
    )
    assert (result.floor, result.ceiling) == (False, False)


def test_guesses_without_answers_have_a_mean_and_no_gap() -> None:
    result = contrast([SKIP] * 4, [10, 20, 30, None], polarity="risk", step=5)
    assert (result.guess_mean, result.actual, result.gap, result.over, result.majority) == (20, None, None, None, None)
    assert result.bounds == (0, 100)
    assert result.reasons == ("no_answers", "absent")


def test_answers_without_guesses_have_a_share_and_no_gap() -> None:
    result = class_of(5, 15, [])
    assert (result.actual, result.guess_mean, result.gap, result.ratio, result.accurate) == (25, None, None, None, None)
    assert result.reasons == ("no_guesses",)


def test_one_answer_alone_has_no_others() -> None:
    result = contrast([YES, SKIP], [40, 60], polarity="risk", step=5)
    assert (result.actual, result.gap, result.gaps) == (100, -50, (None, -40))
    assert (result.over, result.over_count) == (None, None)
    assert "one_answer" in result.reasons


def test_a_list_too_short_is_an_error() -> None:
    with pytest.raises(ValueError, match="one of each per seat"):
        contrast([YES, NO], [40], polarity="risk", step=5)


@pytest.mark.parametrize("guess", [-1, 101, float("nan"), float("inf")])
def test_what_is_no_percentage_is_an_error(guess: float) -> None:
    with pytest.raises(ValueError, match="is not a"):
        contrast([YES], [guess], polarity="risk", step=5)


def test_a_negative_step_or_an_unknown_polarity_is_an_error() -> None:
    with pytest.raises(ValueError, match="step"):
        contrast([YES], [5], polarity="risk", step=-5)
    with pytest.raises(ValueError, match="good"):
        contrast([YES], [5], polarity="good", step=5)
