"""Guesses as counts per cell, exact: every number is a Fraction until somebody prints it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Histogram:
    """How many guessed each cell. Cell i stands for the number `i * step` out of `top`.

    For a guess about the others, `top` is present - 1 and `step` 1; per hundred, 100 and 5.
    """

    top: int
    step: int
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """M, the number of guesses; "don't know" is not among them."""
        return sum(self.counts)

    def percent(self, cell: int) -> Fraction:
        """The guess of that cell in percent, 100 c / (present - 1)."""
        return Fraction(100 * cell * self.step, max(1, self.top))

    def mean(self) -> Fraction | None:
        """Mean guess in percent; None without guesses."""
        if not self.total:
            return None
        return Fraction(100 * self.step * self._power(1), max(1, self.top) * self.total)

    def median(self) -> Fraction | None:
        """Median guess in percent, the mean of the two middle ones where M is even; None without guesses."""
        if not self.total:
            return None
        low, high = self._nth((self.total - 1) // 2), self._nth(self.total // 2)
        return (self.percent(low) + self.percent(high)) / 2

    def variance(self) -> Fraction | None:
        """Sample variance (divisor M - 1) in squared percent; None below two guesses."""
        total = self.total
        if total < 2:
            return None
        spread = Fraction(total * self._power(2) - self._power(1) ** 2, total * (total - 1))
        return spread * Fraction(100 * self.step, max(1, self.top)) ** 2

    def mean_number(self) -> Fraction | None:
        """Mean guess as a number out of `top` (people, or out of a hundred)."""
        mean = self.mean()
        return None if mean is None else mean * self.top / 100

    def _power(self, exponent: int) -> int:
        """Sum of the guessed cells to that power: whole numbers, so that a mean costs one division."""
        return sum(cell**exponent * count for cell, count in enumerate(self.counts) if count)

    def _nth(self, index: int) -> int:
        seen = 0
        for cell, count in enumerate(self.counts):
            seen += count
            if index < seen:
                return cell
        raise IndexError(index)


def tally(values: Iterable[int | None], *, top: int, step: int = 1) -> Histogram:
    """The histogram of guessed numbers; None ("don't know") is left out."""
    counts = [0] * (top // step + 1)
    for value in values:
        if value is not None:
            counts[value // step] += 1
    return Histogram(top, step, tuple(counts))
