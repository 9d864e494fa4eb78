"""Numbers as they come in, made exact or refused."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite

Number = int | float | Fraction

# Guesses come as 100 c / (present - 1); as floats they are off by 1e-14, and the fraction meant is the nearest one.
_DENOMINATOR = 1_000_000
# A float with more decimals than this was computed, not printed.
_DECIMALS = 12


def exact(value: Number) -> Fraction:
    """The fraction a number stands for; ValueError for infinity and nan."""
    if not isfinite(value):
        raise ValueError(f"{value} is not a finite number")
    return Fraction(value).limit_denominator(_DENOMINATOR) if isinstance(value, float) else Fraction(value)


def percent(value: Number) -> Fraction:
    """The fraction a percentage stands for; ValueError outside 0..100."""
    found = exact(value)
    if not 0 <= found <= 100:
        raise ValueError(f"{value} is not a percentage")
    return found


def proportion(value: float) -> float:
    """The same proportion; ValueError outside 0..1."""
    if not 0 <= value <= 1:
        raise ValueError(f"{value} is not a proportion")
    return value


def refuse_negative(*counts: int) -> None:
    """ValueError for a negative count."""
    if min(counts) < 0:
        raise ValueError(f"{min(counts)} is not a count")


def mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def minus(value: Fraction | None, other: Fraction | None) -> Fraction | None:
    """The difference, None where either side is unknown."""
    return None if value is None or other is None else value - other


def share(count: int, total: int) -> Fraction | None:
    """`count` of `total` in percent; None of nothing."""
    return None if total == 0 else Fraction(100 * count, total)


def as_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def half_unit(*printed: float) -> float:
    """Half a unit of the last decimal printed, the farthest that rounding can have moved a number.

    A float has lost its trailing zeros, so the most precise of numbers printed together speaks for all.
    """
    decimals = max(-int(Decimal(str(value)).as_tuple().exponent) for value in printed)
    return 0.5 * 10.0 ** -min(max(decimals, 0), _DECIMALS)
