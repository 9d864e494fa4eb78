"""Disclosure control on single numbers: smallest groups, bands, skips and how far a class is (P1, P2, P6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clicker.lesson import Sensitivity

EDGE = 3
GUESSES_MIN = 5
_N_MIN = {Sensitivity.S0: 5, Sensitivity.S1: 8, Sensitivity.S2: 10}


@dataclass(frozen=True)
class Banded:
    """How many of n said yes, known as low..high (people); low equals high where the count may be exact."""

    low: int
    high: int
    n: int

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def turned(self) -> Banded:
        """The same knowledge of those who said no."""
        return Banded(self.n - self.high, self.n - self.low, self.n)


@dataclass(frozen=True)
class Children:
    """What of the children's answers parents may see: `own` counts the yes, `attitude` the protective side (None where
    it may not be seen), of `N` who were in, in so many `classes`, on these days (ISO)."""

    own: Banded | None
    attitude: Banded | None
    N: int
    classes: int
    days: tuple[str, ...]


class Many(StrEnum):
    """How far a class is, as the wall may say it of a sensitive block."""

    FEW = "few"
    HALF = "half"
    MOST = "most"
    ALL = "all"


def n_min(sensitivity: Sensitivity) -> int:
    """P1: the smallest number of valid answers that may be shown."""
    return _N_MIN[sensitivity]


def band(k: int, n: int, sensitivity: Sensitivity) -> Banded:
    """P2: on S1 and S2, up to three at either edge are one and the same; otherwise the exact count."""
    if sensitivity is Sensitivity.S0:
        return Banded(k, k, n)
    if k <= EDGE:
        return Banded(0, min(EDGE, n), n)
    if n - k <= EDGE:
        return Banded(n - EDGE, n, n)
    return Banded(k, k, n)


def band_skips(skips: int) -> tuple[int, int]:
    """P6: how many chose not to answer, kept as 0-3 or the number; never shown."""
    return (0, EDGE) if skips <= EDGE else (skips, skips)


def many(answered: int, expected: int) -> Many:
    """P6: how far the class is, from answers given (skips count) and answers expected."""
    if expected > 0 and answered >= expected:
        return Many.ALL
    if 5 * answered >= 4 * expected > 0:
        return Many.MOST
    return Many.HALF if 5 * answered >= 2 * expected > 0 else Many.FEW
