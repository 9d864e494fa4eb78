"""What may be said of the guesses beside an answer, from the public value alone (P3; safety.md part M)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from clicker.lesson import Polarity, Topic
from clicker.measures import Histogram
from clicker.safety.disclosure import EDGE, Banded
from clicker.safety.shown import Shown

TOLERANCE = 5  # percentage points
RARE = 10  # percent


@dataclass(frozen=True)
class Misperception:
    """How the guesses lie beside the public answer: numbers of the `M` guesses that were over, accurate and under.

    `majority`: how many took a minority for the majority, or a majority for a minority; None where half of the class
    lies within the public answer. `floor` and `ceiling`: the risk is so rare or so common that guesses can hardly err
    but one way, so that over (or under) says little and is not displayed.
    """

    M: int
    over: int
    accurate: int
    under: int
    majority: int | None
    floor: bool
    ceiling: bool


def misperception(shown: Shown, topic: Topic) -> Misperception | None:
    """From the guesses and the answer as they are shown; None where not both are.

    One rule for all seats, whatever they answered themselves: over is g > 100 k_hi / (n-1) + t, under is
    g < 100 (k_lo - 1) / (n-1) - t, with t = max(5, the response step), all in percent.
    """
    guesses, own = shown.guesses, shown.own
    if guesses is None or own is None or own.n < 2 or not guesses.total:
        return None
    low, high = accurate(own, guesses)
    over = sum(count for cell, count in enumerate(guesses.counts) if guesses.percent(cell) > high)
    under = sum(count for cell, count in enumerate(guesses.counts) if guesses.percent(cell) < low)
    risk = own.turned() if topic.polarity is Polarity.PROTECTIVE else own
    return Misperception(
        M=guesses.total,
        over=over,
        accurate=guesses.total - over - under,
        under=under,
        majority=_majority(shown),
        floor=risk.high <= EDGE or (risk.exact and 100 * risk.high < RARE * risk.n),
        ceiling=risk.n - risk.low <= EDGE or (risk.exact and 100 * (risk.n - risk.low) < RARE * risk.n),
    )


def accurate(answer: Banded, guesses: Histogram) -> tuple[Fraction, Fraction]:
    """From which to which guess, in percent, one counts as accurate beside the public answer; `answer.n` is 2 or more.

    Part M, one rule for all seats: (100 (k_lo - 1) / (n-1) - t, 100 k_hi / (n-1) + t), t = max(5, the response step).
    """
    tolerance = tolerated(guesses)
    others = answer.n - 1
    return Fraction(100 * (answer.low - 1), others) - tolerance, Fraction(100 * answer.high, others) + tolerance


def tolerated(guesses: Histogram) -> Fraction:
    """By how many percentage points a guess may miss and still be accurate."""
    return max(Fraction(TOLERANCE), guesses.percent(1))


def _majority(shown: Shown) -> int | None:
    """Of the class all N are counted: those who did not answer could lie on either side. A guess of exactly half
    counts to neither."""
    assert shown.guesses is not None
    assert shown.own is not None
    if shown.N is None:
        return None
    low, high = 2 * shown.own.low, 2 * (shown.own.high + shown.N - shown.own.n)
    cells = enumerate(shown.guesses.counts)
    if high < shown.N:
        return sum(count for cell, count in cells if shown.guesses.percent(cell) > 50)
    if low > shown.N:
        return sum(count for cell, count in cells if shown.guesses.percent(cell) < 50)
    return None
