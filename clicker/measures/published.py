"""Published numbers: their contrast, and whether numbers printed together can belong together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isfinite, log, sqrt

from clicker.lesson import Polarity
from clicker.measures import misperception
from clicker.measures.distributions import normal_quantile, normal_two_sided
from clicker.measures.groups import two_proportions
from clicker.measures.numbers import Number, as_float, half_unit, percent, proportion

SIGNIFICANT = 0.05
# Printed P values up to this stand for "below".
LEAST_PRINTED = 0.001
# Groups of 30 and 70 % instead of halves, or a test of another kind, move a P value by a factor of about two.
FACTOR = 3


@dataclass(frozen=True)
class SummaryContrast:
    """A published pair in percent. Gap in percentage points; None with reason asked_most where only "most" was asked.

    `majority` is the share who take the minority for the majority, known only where "most" was asked; `majority_mean`
    says the mean guess does, and is None then and where the actual share is half.
    """

    gap: float | None
    actual: float
    perceived: float
    ratio: float | None
    majority: float | None
    majority_mean: bool | None
    floor: bool
    ceiling: bool
    reason: str | None = None


def contrast_from_summary(
    *, actual: Number, perceived: Number, n: int | None = None, asked: str = "share", polarity: str = "risk"
) -> SummaryContrast:
    """The contrast of a published pair: actual share and mean guess, in percent; formulas as in `contrast`.

    `asked`: "share", or "most" where the question was "do most ...?" and `perceived` is the share who said yes: that
    is no size, so there is no gap. `n`, where known, lets floor and ceiling count people too. ValueError for
    percentages outside 0..100, n below 1, another `asked` or polarity.
    """
    share, guess, side = percent(actual), percent(perceived), Polarity(polarity)
    if asked not in ("share", "most") or (n is not None and n < 1):
        raise ValueError(f"asked {asked!r} of {n}")
    floor, ceiling = misperception.edges(share, None if n is None else _people(share, n), side)
    most = asked == "most"
    return SummaryContrast(
        gap=None if most else float(guess - share),
        actual=float(share),
        perceived=float(guess),
        ratio=None if most else as_float(misperception.ratio(guess, share)),
        majority=_believing_most(guess, share) if most else None,
        majority_mean=None if most or share == 50 else misperception.wrong_side(guess, share),
        floor=floor,
        ceiling=ceiling,
        reason="asked_most" if most else None,
    )


def _people(share: Fraction, n: int) -> tuple[int, int]:
    """How many of n said yes and no, as near as a rounded percentage tells."""
    yes = misperception.rounded(share * n / 100)
    return yes, n - yes


def _believing_most(guess: Fraction, share: Fraction) -> float | None:
    if share == 50:
        return None
    return float(guess if share < 50 else 100 - guess)


@dataclass(frozen=True)
class OddsRatioCheck:
    """Whether an odds ratio can be the geometric middle of its interval, and the P value that the interval implies.

    Reasons: not_the_middle (inconsistent); no_interval (ends equal or swapped, inconsistent); not_positive (an end or
    the ratio is 0 or less, perhaps by rounding: `consistent` None).
    """

    consistent: bool | None
    midpoint: float | None
    standard_error: float | None
    z: float | None
    p: float | None
    reason: str | None = None


def odds_ratio_check(or_: float, low: float, high: float, level: float = 0.95) -> OddsRatioCheck:
    """A Wald interval of an odds ratio is symmetric in logarithms, so sqrt(low * high) must be the ratio.

    Consistent: the middles that rounding of the ends allows reach the ratios that rounding of the ratio allows.
    standard_error = log(high/low) / (2 z_level), z = log(or_) / standard_error, two-sided P. ValueError for what is
    not finite. Source: D. G. Altman, J. M. Bland, BMJ 343 (2011) d2304.
    """
    if not all(map(isfinite, (or_, low, high))):
        raise ValueError(f"{or_} ({low}-{high}) is not finite")
    width = normal_quantile(level)
    if min(or_, low, high) <= 0:
        return OddsRatioCheck(None, None, None, None, None, "not_positive")
    if low >= high:
        return OddsRatioCheck(False, None, None, None, None, "no_interval")
    error = log(high / low) / (2 * width)
    z = log(or_) / error
    fits = _may_be_middle(or_, low, high)
    return OddsRatioCheck(fits, sqrt(low * high), error, z, normal_two_sided(z), None if fits else "not_the_middle")


def _may_be_middle(or_: float, low: float, high: float) -> bool:
    unit = half_unit(or_, low, high)
    least, most = sqrt(max(low - unit, 0) * (high - unit)), sqrt((low + unit) * (high + unit))
    return least <= or_ + unit and or_ - unit <= most


@dataclass(frozen=True)
class Recheck:
    """A comparison computed anew beside the P value printed.

    Reasons: other_side (of .05) or differs where it does not agree; no_answers, no_variance where nothing can be
    computed and `agrees` is None.
    """

    z: float | None
    p: float | None
    printed: float
    agrees: bool | None
    reason: str | None = None


def recheck(p1: float, p2: float, n: int, p: float, *, unit: str = "percent") -> Recheck:
    """Pooled z test of two printed percentages, n in all, half in each group, against the P value printed with them.

    `unit` is "percent" as printed, or "proportion". It agrees where the printed P lies on the same side of .05 as a P
    that the rounding of the percentages allows and within a factor of 3 of it, or within its own rounding of it; a
    printed P of .001 or less stands for "below". A screening rule: what does not agree needs its source read, not its
    authors blamed. ValueError for shares or P out of range, or an unknown unit.
    """
    proportion(p)
    if unit not in ("percent", "proportion"):
        raise ValueError(f"{unit} is no unit")
    scale = 100 if unit == "percent" else 1
    first, second = p1 / scale, p2 / scale
    test = two_proportions(first, n / 2, second, n / 2)
    if test.p is None:
        return Recheck(None, None, p, None, test.reason)
    possible = _possible(max(first, second), min(first, second), n / 2, half_unit(p1, p2) / scale)
    reason = _disagreement(p, min(max(p, possible[0]), possible[1]))
    return Recheck(test.z, test.p, p, reason is None, reason)


def _possible(more: float, less: float, half: float, unit: float) -> tuple[float, float]:
    """Least and greatest P that two shares can have had before they were rounded."""
    apart = two_proportions(min(1.0, more + unit), half, max(0.0, less - unit), half)
    together = two_proportions(more - unit, half, less + unit, half) if more - less > 2 * unit else None
    return apart.p or 0.0, 1.0 if together is None or together.p is None else together.p


def _disagreement(printed: float, nearest: float) -> str | None:
    stated = max(printed, LEAST_PRINTED)
    if nearest <= stated == LEAST_PRINTED or abs(stated - nearest) <= half_unit(stated):
        return None
    if (stated < SIGNIFICANT) != (nearest < SIGNIFICANT):
        return "other_side"
    return None if max(stated, nearest) <= FACTOR * min(stated, nearest) else "differs"
