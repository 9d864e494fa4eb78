"""The contrast of one topic in one room: what was answered, what was guessed, and how far the two lie apart.

It is made of paired answers and may therefore feed no screen and no file: what may be shown is decided by `safety`,
from counts alone (safety.md P3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import median

from clicker.lesson import Polarity
from clicker.measures import intervals, misperception, numbers
from clicker.measures.numbers import Number, as_float, minus, share

# A gap smaller than this is noise of the answering scale (safety.md part M).
LEAST_TOLERANCE = 5
# With more missing, the share of those who answered may lie far from the room's (safety.md part M).
FEW_ABSENT = 3
# Mean and median farther apart than this are both to be printed (B2).
MEDIAN_APART = 10


@dataclass(frozen=True)
class Contrast:
    """One topic in one room. Shares in percent; gaps in percentage points, positive where the guess is too high.

    What cannot be computed is None, and `reasons` says why:

    - no_answers: n = 0
    - one_answer: n = 1, whose others are nobody
    - no_guesses: M = 0
    - low_actual: no ratio, the actual share is below 10
    - half_in_bounds: no majority, because those who did not answer could turn it, or it is exactly half

    `reasons` also holds two cautions: absent (more than 3 present did not answer) and gap_and_median_differ (gap and
    median_gap have opposite signs or lie more than 10 points apart).
    """

    n: int
    k: int
    present: int
    M: int
    actual: float | None
    bounds: tuple[float, float] | None
    guess_mean: float | None
    guess_median: float | None
    gap: float | None
    median_gap: float | None
    ratio: float | None
    gaps: tuple[float | None, ...]
    over: float | None
    accurate: float | None
    under: float | None
    over_count: int | None
    accurate_count: int | None
    under_count: int | None
    tolerance: float
    majority: float | None
    majority_mean: bool | None
    floor: bool
    ceiling: bool
    reasons: tuple[str, ...]


def contrast(
    own: Sequence[bool | None],
    guesses: Sequence[Number | None],
    *,
    polarity: str,
    step: Number,
    present: int | None = None,
) -> Contrast:
    """The measures of B2 as corrected by safety.md part M; one seat per entry of `own` and of `guesses`.

    `own`: yes, no or None (skipped). `guesses`, and `step` between two possible ones: percent. `present`: default the
    seats, and never fewer. With k yes of n answers, M guesses g and t = max(5, step):

    - actual = 100 k/n; gap = mean(g) - actual; median_gap = median(g) - actual; ratio = mean(g)/actual
    - bounds = [k, k + present - n] of present
    - gaps: g_i minus the actual share of the others (`leave_one_out`)
    - over, accurate, under: shares of M with gap_i > t, |gap_i| <= t, gap_i < -t
    - majority: share of M on the wrong side of half; exactly half is on neither. majority_mean: whether mean(g) is
    - floor, ceiling: at most 3 people, or less than 10 %, give / do not give the risk answer

    Compared in fractions, returned as floats. ValueError for lists of unequal length, a guess outside 0..100, a
    negative step or an unknown polarity.
    """
    if len(own) != len(guesses):
        raise ValueError(f"{len(own)} answers beside {len(guesses)} guesses: one of each per seat")
    width = numbers.exact(step)
    if width < 0:
        raise ValueError(f"{step} is not a step")
    n, k = _answers(own)
    room = _Room(
        n=n,
        k=k,
        others=leave_one_out(own),
        guesses=tuple(None if guess is None else numbers.percent(guess) for guess in guesses),
        present=max(present or 0, len(own)),
        polarity=Polarity(polarity),
        tolerance=max(Fraction(LEAST_TOLERANCE), width),
    )
    return _contrast(room)


def leave_one_out(own: Sequence[bool | None]) -> tuple[Fraction | None, ...]:
    """For each seat the actual share among the others, 100 (k - own_i) / (n - 1), in percent; None for nobody.

    To a seat that skipped, all n who answered are others. Over the n seats that answered, the mean is the actual share
    exactly.
    """
    n, k = _answers(own)
    return tuple(share(k, n) if answer is None else share(k - bool(answer), n - 1) for answer in own)


def _answers(own: Sequence[bool | None]) -> tuple[int, int]:
    """n who answered, k of them yes."""
    return sum(answer is not None for answer in own), sum(bool(answer) for answer in own)


@dataclass(frozen=True)
class _Room:
    """The answers of a room and what follows from them, exact. `others`: the actual share around each seat."""

    n: int
    k: int
    others: tuple[Fraction | None, ...]
    guesses: tuple[Fraction | None, ...]
    present: int
    polarity: Polarity
    tolerance: Fraction

    @cached_property
    def actual(self) -> Fraction | None:
        return misperception.actual(self.k, self.n)

    @cached_property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        return intervals.bounds(self.k, self.n, self.present)

    @cached_property
    def numeric(self) -> list[Fraction]:
        return [guess for guess in self.guesses if guess is not None]

    @cached_property
    def mean(self) -> Fraction | None:
        return numbers.mean(self.numeric)

    @cached_property
    def median(self) -> Fraction | None:
        return median(self.numeric) if self.numeric else None

    @cached_property
    def gaps(self) -> tuple[Fraction | None, ...]:
        return tuple(minus(guess, actual) for guess, actual in zip(self.guesses, self.others, strict=True))

    @cached_property
    def split(self) -> tuple[int, int, int] | None:
        """How many guessed over, within and under the tolerance; None where somebody's others are nobody."""
        if self.n < 2 or not self.numeric:
            return None
        known = [gap for gap in self.gaps if gap is not None]
        over, under = sum(gap > self.tolerance for gap in known), sum(gap < -self.tolerance for gap in known)
        return over, len(known) - over - under, under

    @cached_property
    def half_in_bounds(self) -> bool:
        return self.n > 0 and self.bounds is not None and self.bounds[0] <= 50 <= self.bounds[1]

    @cached_property
    def majority(self) -> tuple[Fraction | None, bool | None]:
        """Share of the guesses on the wrong side of half, and whether their mean is there too."""
        if self.actual is None or self.mean is None or self.half_in_bounds:
            return None, None
        wrong = sum(misperception.wrong_side(guess, self.actual) for guess in self.numeric)
        return share(wrong, len(self.numeric)), misperception.wrong_side(self.mean, self.actual)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        held = {
            "no_answers": self.n == 0,
            "one_answer": self.n == 1,
            "no_guesses": not self.numeric,
            "low_actual": self.actual is not None and self.actual < misperception.EDGE_PERCENT,
            "half_in_bounds": self.half_in_bounds,
            "absent": self.present - self.n > FEW_ABSENT,
            "gap_and_median_differ": _differ(minus(self.mean, self.actual), minus(self.median, self.actual)),
        }
        return tuple(word for word, holds in held.items() if holds)


def _differ(gap: Fraction | None, median_gap: Fraction | None) -> bool:
    if gap is None or median_gap is None:
        return False
    return gap * median_gap < 0 or abs(gap - median_gap) > MEDIAN_APART


def _contrast(room: _Room) -> Contrast:
    over, accurate, under = room.split or (None, None, None)
    shares = [None if count is None else as_float(share(count, len(room.numeric))) for count in (over, accurate, under)]
    floor, ceiling = misperception.edges(room.actual, (room.k, room.n - room.k), room.polarity)
    return Contrast(
        n=room.n,
        k=room.k,
        present=room.present,
        M=len(room.numeric),
        actual=as_float(room.actual),
        bounds=None if room.bounds is None else (float(room.bounds[0]), float(room.bounds[1])),
        guess_mean=as_float(room.mean),
        guess_median=as_float(room.median),
        gap=as_float(minus(room.mean, room.actual)),
        median_gap=as_float(minus(room.median, room.actual)),
        ratio=as_float(misperception.ratio(room.mean, room.actual)),
        gaps=tuple(as_float(gap) for gap in room.gaps),
        over=shares[0],
        accurate=shares[1],
        under=shares[2],
        over_count=over,
        accurate_count=accurate,
        under_count=under,
        tolerance=float(room.tolerance),
        majority=as_float(room.majority[0]),
        majority_mean=room.majority[1],
        floor=floor,
        ceiling=ceiling,
        reasons=room.reasons,
    )
