"""The actual share, the gap between guess and answer, and the rules by which either is said."""

from __future__ import annotations

from fractions import Fraction

from clicker.lesson import Polarity
from clicker.measures.numbers import share

# Within this of the edge a share says little of the guesses, which can hardly err but in one direction (B6).
EDGE_COUNT = 3
EDGE_PERCENT = 10


def actual(k: int, n: int) -> Fraction | None:
    """The share who answered yes, in percent of those who answered; None where nobody did."""
    return share(k, n)


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


def ratio(guess: Fraction | None, answered: Fraction | None) -> Fraction | None:
    """Mean guess over actual share; None below 10 %, where one answer more or less would change it most."""
    if guess is None or answered is None or answered < EDGE_PERCENT:
        return None
    return guess / answered


def edges(answered: Fraction | None, people: tuple[int, int] | None, polarity: Polarity) -> tuple[bool, bool]:
    """(floor, ceiling) on the risk side: at most 3 people, or less than 10 %, give / do not give the risk answer.

    `people` who said yes and no, None where only the share in percent is known. To a neutral topic "yes" is the risk
    side. Without answers there is neither. Source: safety.md part M.
    """
    if answered is None:
        return False, False
    few_yes = answered < EDGE_PERCENT or (people is not None and people[0] <= EDGE_COUNT)
    few_no = answered > 100 - EDGE_PERCENT or (people is not None and people[1] <= EDGE_COUNT)
    return (few_no, few_yes) if polarity is Polarity.PROTECTIVE else (few_yes, few_no)


def wrong_side(guess: Fraction, answered: Fraction) -> bool:
    """Whether a guess takes the minority for the majority; exactly half is on neither side. `answered` is not half."""
    return guess > 50 if answered < 50 else guess < 50
