"""The actual share and the gap between guess and answer, in percentage points."""

from __future__ import annotations

from fractions import Fraction


def actual(k: int, n: int) -> Fraction | None:
    """The share who answered yes, in percent of those who answered; None where nobody did."""
    return None if n == 0 else Fraction(100 * k, n)


def gap(guess: Fraction | None, low: int, high: int, n: int) -> tuple[Fraction, Fraction] | None:
    """Guess minus answer in percentage points, positive where the guess is too high.

    The answer is known as `low`..`high` of n, so the gap is a range (low end first); equal ends where it is exact.
    """
    if guess is None or n == 0:
        return None
    return guess - Fraction(100 * high, n), guess - Fraction(100 * low, n)


def rounded(value: Fraction) -> int:
    """To the nearest whole number, halves upwards: the one rule by which a mean guess is said in people."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
