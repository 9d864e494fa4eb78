"""Tests of pairs: guesses over against under, and answers of the same people before and after."""

from __future__ import annotations

from dataclasses import dataclass

from clicker.measures.distributions import even_split
from clicker.measures.numbers import refuse_negative

# No split of 5 reaches two-sided 5 % (B3).
LEAST_UNTIED = 6


@dataclass(frozen=True)
class SignTest:
    """Two-sided P values of over against under. None with reason too_few below 6 untied."""

    exact: float | None
    midp: float | None
    untied: int
    reason: str | None = None


def sign_test(over: int, under: int) -> SignTest:
    """Whether more guess over than under: two-sided exact binomial of p = 1/2, and mid-P; ties are not counted.

    Fewest needed for exact P < .05: 6 of 6, 9 of 10, 12 of 15, 15 of 20, 17 of 22, 18 of 25, 21 of 30. ValueError for
    a negative count. Source: R binom.test(over, over + under); mid-P as in `mcnemar`.
    """
    refuse_negative(over, under)
    if over + under < LEAST_UNTIED:
        return SignTest(None, None, over + under, "too_few")
    exact, midp = even_split(over, under)
    return SignTest(exact, midp, over + under)


@dataclass(frozen=True)
class McNemar:
    """Two-sided P values of a change in pairs. None with reason no_discordant_pairs where nobody changed."""

    exact: float | None
    midp: float | None
    discordant: int
    reason: str | None = None


def mcnemar(b: int, c: int) -> McNemar:
    """McNemar's exact conditional and mid-P test of b pairs (yes, no) against c pairs (no, yes).

    Exact: min(1, 2 P(X <= min(b, c))), X ~ Binomial(b + c, 1/2). Mid-P: exact - f(b), and 1 - f(b)/2 where b = c.
    ValueError for a negative count. Source: M. W. Fagerland, S. Lydersen, P. Laake, BMC Med Res Methodol 13 (2013) 91.
    """
    refuse_negative(b, c)
    if b + c == 0:
        return McNemar(None, None, 0, "no_discordant_pairs")
    exact, midp = even_split(b, c)
    return McNemar(exact, midp, b + c)
