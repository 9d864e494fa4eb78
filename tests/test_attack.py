"""From all that a run shows, no two pupils who put their answers together learn a third one's; and the attack would
find it if they could."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from attack import Klass, Told, as_it_is, evaluated, found_out, of_attitudes

from clicker.safety import disclosure

pytestmark = pytest.mark.slow

MANY, SOME = 10_000, 300


@pytest.mark.parametrize("told", [as_it_is, of_attitudes(as_it_is)], ids=["own answers", "attitudes"])
def test_no_pair_learns_a_third_pupils_answer_in_ten_thousand_classes(told: Told) -> None:
    assert found_out(told, random.Random(2026), MANY) == 0


def test_a_band_of_0_to_1_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "EDGE", 1)
    assert found_out(as_it_is_now, random.Random(1), SOME) > 0


def as_it_is_now(klass: Klass, others: int, third: int) -> object:
    """As it is, without remembering what it was before a leak was planted."""
    return evaluated(klass, others + third)


def gap_from_the_true_count(klass: Klass, others: int, third: int) -> object:
    mean = 100 * sum(klass.guesses) / (len(klass.guesses) * (klass.N - 1))
    return as_it_is(klass, others, third), round(mean - 100 * (others + third) / klass.n)


def counted_again_after_a_late_joiner(klass: Klass, others: int, third: int) -> object:
    guesses = tuple(min(guess, klass.N - 2) for guess in klass.guesses[:-1])
    before = replace(klass, n=klass.n - 1, N=klass.N - 1, guesses=guesses, agreeing=0)
    return evaluated(before, others), evaluated(klass, others + third)


def a_reason_that_separates(klass: Klass, others: int, third: int) -> object:
    return as_it_is(klass, others, third), "nobody" if others + third == 0 else "some"


def topics_in_order_of_their_share(klass: Klass, others: int, third: int) -> object:
    shares = {"this": others + third, "another": 1}
    return as_it_is(klass, others, third), sorted(shares, key=lambda name: (-shares[name], name))


def an_axis_as_long_as_the_count(klass: Klass, others: int, third: int) -> object:
    return as_it_is(klass, others, third), {"top": 2 * (others + third)}


@pytest.mark.parametrize(
    "leak",
    [
        gap_from_the_true_count,
        counted_again_after_a_late_joiner,
        a_reason_that_separates,
        topics_in_order_of_their_share,
        an_axis_as_long_as_the_count,
    ],
)
def test_a_planted_leak_is_found_out(leak: Told) -> None:
    assert found_out(leak, random.Random(1), SOME) > 0
