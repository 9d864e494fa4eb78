"""G11 over thousands of classes: the headline "more than it is" is hardly ever chance, and hardly ever missed."""

from __future__ import annotations

import random

import pytest
from builders import judged

from clicker.measures import Histogram
from clicker.safety import Headline

pytestmark = pytest.mark.slow

MANY = 10_000


def guessed(chance: random.Random, n: int, mean: float, sd: float) -> Histogram:
    """The guesses of n pupils about the n - 1 others, with that mean and spread in shares of one.

    A spread that no guesses between none and all can have is cut to what they can.
    """
    counts = [0] * n
    room = mean * (1 - mean)
    size = room / min(sd * sd, 0.95 * room) - 1 if room else 0.0
    for _ in range(n):
        share = chance.betavariate(mean * size, (1 - mean) * size) if room else mean
        counts[round(share * (n - 1))] += 1
    return Histogram(n - 1, 1, tuple(counts))


def headlines(chance: random.Random, sizes: range, most: int, above: float, spread: tuple[float, float]) -> float:
    """The share of classes that get the headline, in percent."""
    found = 0
    for _ in range(MANY):
        n, k = chance.choice(sizes), chance.randint(0, most)
        guesses = guessed(chance, n, k / n + above, chance.uniform(*spread))
        found += judged(k=k, n=n, guess=guesses).headline is Headline.MORE_THAN_IT_IS
    return 100 * found / MANY


def test_g11_classes_without_misperception_hardly_ever_get_the_headline() -> None:
    assert headlines(random.Random(20), range(20, 29), 8, 0.0, (0.12, 0.25)) < 1


def test_g11_classes_that_guess_25_points_too_high_nearly_always_get_it() -> None:
    assert headlines(random.Random(25), range(24, 29), 3, 0.25, (0.15, 0.15)) >= 90
