"""Several classes: a bootstrap that draws classes and never differs between runs, and the design effect."""

from __future__ import annotations

from itertools import islice
from statistics import median

import pytest

from clicker.measures import cluster_bootstrap, design_effect
from clicker.measures.clusters import splitmix64

CLASSES = [[float(10 * c + pupil % 3) for pupil in range(20)] for c in range(12)]


def test_the_generator_gives_the_published_numbers() -> None:
    """Seed 1234567; rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64."""
    assert list(islice(splitmix64(1234567), 5)) == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_the_same_seed_gives_the_same_interval() -> None:
    first = cluster_bootstrap(CLASSES, replicates=200)
    assert cluster_bootstrap(CLASSES, replicates=200) == first
    assert cluster_bootstrap(CLASSES, replicates=200, seed=2) != first


def test_the_interval_lies_around_the_estimate() -> None:
    result = cluster_bootstrap(CLASSES)
    assert result.estimate == pytest.approx(55.95)
    assert (result.classes, result.replicates, result.reason) == (12, 2000, None)
    assert result.low is not None
    assert result.high is not None
    # The standard error of the mean of 12 class means 0, 10, .. 110 is sqrt(143/12) * 10 / sqrt(12) = 9.97.
    assert result.low == pytest.approx(55.95 - 1.96 * 9.97, abs=2)
    assert result.high == pytest.approx(55.95 + 1.96 * 9.97, abs=2)


def test_pupils_of_one_class_are_drawn_together() -> None:
    """Twenty pupils of a class who all agree say no more than one: the interval is that of the class means."""
    together = cluster_bootstrap([[float(c)] * 20 for c in range(12)])
    assert together == cluster_bootstrap([[float(c)] for c in range(12)])


def test_a_wider_level_gives_a_wider_interval() -> None:
    wide, narrow = cluster_bootstrap(CLASSES, level=0.99), cluster_bootstrap(CLASSES, level=0.5)
    assert wide.low is not None
    assert narrow.low is not None
    assert wide.low < narrow.low


def test_classes_alike_have_an_interval_of_one_number() -> None:
    result = cluster_bootstrap([[1.0, 3.0]] * 10, replicates=50)
    assert (result.estimate, result.low, result.high) == (2, 2, 2)


def test_another_statistic_sees_all_values_together() -> None:
    assert cluster_bootstrap([[1, 2], [30]], statistic=median).estimate == 2


def test_classes_may_carry_names() -> None:
    named = {f"{number}.a": values for number, values in enumerate(CLASSES)}
    assert cluster_bootstrap(named, replicates=50) == cluster_bootstrap(CLASSES, replicates=50)


def test_fewer_than_ten_classes_are_described_and_not_generalised() -> None:
    result = cluster_bootstrap(CLASSES[:9])
    assert result.estimate == pytest.approx(40.95)
    assert (result.low, result.high, result.classes, result.reason) == (None, None, 9, "too_few_classes")
    assert cluster_bootstrap(CLASSES[:9], least_classes=9, replicates=20).reason is None


def test_an_empty_class_is_not_counted() -> None:
    assert cluster_bootstrap([*CLASSES[:9], []]).classes == 9


@pytest.mark.parametrize("classes", [[], [[]], {}])
def test_no_values_have_no_estimate(classes: list[list[float]]) -> None:
    result = cluster_bootstrap(classes)
    assert (result.estimate, result.classes, result.reason) == (None, 0, "no_values")


def test_nonsense_is_an_error() -> None:
    with pytest.raises(ValueError, match="finite"):
        cluster_bootstrap([[float("nan")]])
    with pytest.raises(ValueError, match="replicates"):
        cluster_bootstrap(CLASSES, replicates=0)
    with pytest.raises(ValueError, match="level"):
        cluster_bootstrap(CLASSES, level=1)


@pytest.mark.parametrize(("icc", "effect"), [(0.01, 1.21), (0.21, 5.41), (0, 1), (1, 22)])
def test_classes_of_22_give_the_published_design_effect(icc: float, effect: float) -> None:
    assert design_effect(22, icc) == pytest.approx(effect)
    assert design_effect([22, 22, 22], icc) == pytest.approx(effect)


def test_unequal_classes_raise_the_design_effect() -> None:
    """R: m <- c(10, 20, 30); 1 + ((1 + mean((m - mean(m))^2) / mean(m)^2) * mean(m) - 1) * .1"""
    assert design_effect([10, 20, 30], 0.1) == pytest.approx(3.233333333)


def test_no_classes_have_no_design_effect() -> None:
    assert design_effect([], 0.1) is None


@pytest.mark.parametrize(("sizes", "icc"), [([22, 0], 0.1), (-1, 0.1), (22, 1.5), (22, -0.1)])
def test_sizes_and_icc_out_of_range_are_an_error(sizes: float | list[float], icc: float) -> None:
    with pytest.raises(ValueError, match="ICC"):
        design_effect(sizes, icc)
