"""What may be said of guesses beside an answer: from the public value alone, the same for every seat."""

from __future__ import annotations

import pytest
from builders import guesses, guesses_topic, judged, neutral_topic, protective_topic, risk_topic

from clicker.measures import Histogram
from clicker.safety import Misperception, misperception


def of(**how: object) -> Misperception:
    found = misperception(judged(**how), risk_topic())  # type: ignore[arg-type]
    assert found is not None
    return found


def spread(*percents: int) -> Histogram:
    """One guess of each of these."""
    counts = [0] * 101
    for percent in percents:
        counts[percent] += 1
    return Histogram(100, 1, tuple(counts))


def test_guesses_are_over_accurate_or_under_and_all_of_them_are_one() -> None:
    found = of(k=8, n=25, guess=spread(*[60] * 10, *[33] * 5, *[10] * 3))
    assert (found.over, found.accurate, found.under, found.M) == (10, 5, 3, 18)


def test_a_guess_within_the_tolerance_is_accurate() -> None:
    # 8 of the 24 others are 33.3 %, 7 are 29.2 %; five points more or less still count as right.
    found = of(k=8, n=25, guess=spread(*[45] * 8, 25, 38, 24, 39, 23))
    assert (found.over, found.under) == (9, 2)


def test_a_step_wider_than_five_points_is_the_tolerance() -> None:
    ten = Histogram(10, 1, (0, 0, 1, 4, 1, 0, 6, 0, 0, 0, 0))
    found = misperception(judged(k=4, n=11, guess=ten), risk_topic())
    assert found is not None
    assert (found.over, found.under) == (6, 0)


@pytest.mark.parametrize("k", range(4))
def test_within_a_band_nothing_of_it_changes(k: int) -> None:
    assert of(k=k, guess=spread(*range(0, 60, 3))) == of(k=0, guess=spread(*range(0, 60, 3)))


def test_a_guess_of_half_takes_nobody_for_the_majority() -> None:
    found = of(k=5, guess=spread(*[50] * 4, *[51] * 6, *[49] * 2))
    assert found.majority == 6


@pytest.mark.parametrize(("k", "n", "N", "majority"), [(12, 25, 25, 20), (10, 20, 25, None), (13, 26, 26, None)])
def test_who_is_the_majority_is_not_said_where_the_missing_could_turn_it(
    k: int, n: int, N: int, majority: int | None
) -> None:
    topic = neutral_topic()
    found = misperception(judged(topic, k=k, n=n, N=N, guess=guesses(60)), topic)
    assert found is not None
    assert found.majority == majority


def test_a_minority_is_taken_for_the_majority_on_the_healthy_side_too() -> None:
    topic = protective_topic()
    found = misperception(judged(topic, k=20, guess=spread(*[40] * 9, *[60] * 5)), topic)
    assert found is not None
    assert found.majority == 9


@pytest.mark.parametrize(("k", "n", "floor"), [(0, 25, True), (3, 25, True), (4, 25, False), (4, 45, True)])
def test_a_risk_at_the_bottom_leaves_guesses_one_way_to_err(k: int, n: int, floor: bool) -> None:
    assert of(k=k, n=n).floor is floor


def test_a_protective_answer_of_nearly_all_is_the_same_bottom() -> None:
    topic = protective_topic()
    found = misperception(judged(topic, k=24, n=25, guess=guesses(60)), topic)
    assert found is not None
    assert (found.floor, found.ceiling) == (True, False)


def test_where_guesses_or_answer_are_not_shown_nothing_is_said() -> None:
    topic = guesses_topic()
    assert misperception(judged(topic), topic) is None
    assert misperception(judged(k=20), risk_topic()) is None
