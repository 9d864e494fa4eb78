"""Several classes together (P12), meetings and stations (P14): sums of what was kept, and nothing to subtract."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clicker.lesson import Sensitivity
from clicker.safety import (
    Aggregate,
    Banded,
    aggregate,
    band,
    may_publish,
    may_sum_private,
    own_child,
    own_child_contrast,
)


def year(*classes: Banded | None) -> dict[str, Banded | None]:
    return {f"7.{letter}": own for letter, own in zip("ABCDEFGH", classes, strict=False)}


def klass(k: int, n: int = 22) -> Banded:
    return band(k, n, Sensitivity.S2)


def test_p12_a_year_is_the_sum_of_its_classes_intervals() -> None:
    assert aggregate(year(klass(1), klass(2), klass(6))) == Aggregate(3, 6, 12, 66, complete=True)


def test_p12_a_hidden_class_adds_nothing_and_leaves_the_year_incomplete() -> None:
    assert aggregate(year(klass(1), klass(2), klass(6), None)) == Aggregate(3, 6, 12, 66, complete=False)


@pytest.mark.parametrize("classes", [(klass(1), klass(2)), (klass(1), klass(2), None)])
def test_p12_two_classes_are_too_few(classes: tuple[Banded | None, ...]) -> None:
    assert aggregate(year(*classes)) is None


def test_p12_fifty_answers_are_enough_and_forty_nine_are_not() -> None:
    assert aggregate(year(klass(1, 17), klass(1, 17), klass(1, 16))) is not None
    assert aggregate(year(klass(1, 17), klass(1, 16), klass(1, 16))) is None


def test_p12_no_class_is_more_than_six_in_ten() -> None:
    assert aggregate(year(klass(1, 36), klass(1, 12), klass(1, 12))) is not None
    assert aggregate(year(klass(1, 37), klass(1, 12), klass(1, 12))) is None


@pytest.mark.parametrize("moved", range(4))
def test_p12_a_banded_class_that_moves_within_its_band_changes_nothing(moved: int) -> None:
    assert aggregate(year(klass(moved), klass(8), klass(9))) == aggregate(year(klass(0), klass(8), klass(9)))


@pytest.mark.parametrize(
    ("classes", "may"),
    [
        ((klass(0), klass(2), klass(3)), True),
        ((klass(0), klass(2), klass(6)), False),
        ((klass(0), klass(5), klass(6)), False),
        ((klass(4), klass(5), klass(6)), True),
        ((klass(0), klass(4), klass(5), klass(6)), True),
        ((klass(0), klass(1), klass(2), klass(4, 16), klass(5, 16), klass(6, 16)), False),
        ((klass(0), klass(1), klass(2), klass(4, 40), klass(5, 12), klass(6, 12)), False),
        ((klass(0), klass(2), klass(3), None), True),
        ((klass(0), klass(2)), False),
        ((), False),
    ],
    ids=str,
)
def test_p12_a_private_sum_has_no_class_outside_the_lower_band_or_enough_of_them(
    classes: tuple[Banded | None, ...], may: bool
) -> None:
    assert may_sum_private(year(*classes)) is may


def test_p12_two_published_cells_do_not_differ_by_one_class() -> None:
    kept = year(*(klass(number) for number in range(4, 11)))
    names = list(kept)
    assert may_publish(names[:4], [], kept)
    assert may_publish(names[:4], [names[:4]], kept)
    assert not may_publish(names[:5], [names[:4]], kept)
    assert not may_publish(names[:4], [names[:5]], kept)
    assert not may_publish(names[:7], [names[:4]], kept)
    assert may_publish(names[4:], [names[:4]], kept)


def test_p12_cells_that_differ_by_a_hidden_class_are_the_same_sum() -> None:
    kept = year(klass(1), klass(2), klass(6), None)
    assert may_publish(list(kept), [list(kept)[:3]], kept)


def test_p12_of_many_cells_no_single_class_can_be_worked_out() -> None:
    """Whatever is published is a partition: nothing can be formed of it but sums of whole cells."""
    chance = random.Random(12)
    for _ in range(300):
        kept = year(*(klass(chance.randint(0, 8), chance.randint(12, 28)) for _ in range(8)))
        published: list[frozenset[str]] = []
        for _ in range(20):
            cell = frozenset(chance.sample(list(kept), chance.randint(1, 8)))
            if may_publish(cell, published, kept):
                published.append(cell)
        cells = set(published)
        assert sum(len(cell) for cell in cells) == len(frozenset().union(*cells))
        assert all(len(cell) >= 3 for cell in cells)


def test_p12_cells_that_differ_by_three_classes_each_way_are_not_published_together() -> None:
    """Eleven such cells of eleven classes would give every class away."""
    kept = {str(number): klass(4 + number % 7, 20) for number in range(11)}
    cells = [[str((square + shift) % 11) for square in (1, 3, 4, 5, 9)] for shift in range(11)]
    assert may_publish(cells[0], [], kept)
    assert not any(may_publish(cell, cells[:1], kept) for cell in cells[1:])


def test_p14_an_own_child_below_average_is_banded() -> None:
    assert own_child(19, 1) == own_child(18, 2) == Banded(17, 20, 20)


def test_p14_a_meeting_of_seven_answers_says_nothing() -> None:
    assert own_child(4, 3) is None
    assert own_child(4, 4) is not None
    meetings = [own_child(19, 1), own_child(12, 8), own_child(4, 3)]
    assert own_child_contrast(meetings) is None


def test_p14_the_contrast_is_of_three_meetings_or_more() -> None:
    meetings = [own_child(19, 1), own_child(12, 8), own_child(17, 3)]
    assert own_child_contrast(meetings[:2]) is None
    assert own_child_contrast(meetings) == (2 * (17 + 12 + 17) - 60, 2 * (20 + 12 + 20) - 60, 60)


@settings(deadline=None)
@given(st.lists(st.integers(0, 20), min_size=3, max_size=14))
def test_p14_two_contrasts_never_differ_by_fewer_than_three_meetings(less: list[int]) -> None:
    meetings = [own_child(one, 20 - one) for one in less]
    found = [own_child_contrast(meetings[:number]) for number in range(len(meetings) + 1)]
    for number, contrast in enumerate(found):
        assert contrast == found[number - number % 3]
        assert contrast is None or contrast[2] == 20 * (number - number % 3)
