"""Several classes or meetings together (P12, P14): sums of what each was allowed to keep, never of true counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clicker.lesson import Sensitivity
from clicker.safety.disclosure import EDGE, Banded, band, n_min

CLASSES_MIN = 3
ANSWERS_MIN = 50
LARGEST_SHARE = 60  # percent of the answers that one class may have
MEETINGS_MIN = 3

# The kept answer of each class by the class's name; None where the class's topic was not shown.
Kept = Mapping[str, Banded | None]
_GONE = Banded(0, 0, 0)


@dataclass(frozen=True)
class Aggregate:
    """`low` to `high` of the `n` who answered in so many classes. Only where `complete`, that no class asked was
    hidden, may a sentence speak of the year or the school; otherwise of those who answered."""

    classes: int
    low: int
    high: int
    n: int
    complete: bool


def aggregate(kept: Kept) -> Aggregate | None:
    """P12: the classes together, or None where there are fewer than 3 of them, fewer than 50 answers, or one class
    has more than 60 % of the answers. A hidden class adds nothing."""
    shown = [own for own in kept.values() if own is not None]
    n = sum(own.n for own in shown)
    if len(shown) < CLASSES_MIN or n < ANSWERS_MIN:
        return None
    if any(100 * own.n > LARGEST_SHARE * n for own in shown):
        return None
    low, high = sum(own.low for own in shown), sum(own.high for own in shown)
    return Aggregate(len(shown), low, high, n, complete=len(shown) == len(kept))


def may_sum_private(risky: Kept) -> bool:
    """P11, P12: whether anybody but the consultant may see what several classes do themselves of S2 as one sum, so that
    no class can be worked out. `risky` is how many of each class give the risk answer.

    Of a class in the lower band the sentence leaves its room by itself, so everybody can subtract it: what is left of
    the sum is of the classes outside. None may be outside, or those must pass `aggregate` taken alone, since each of
    them can subtract its own as well.
    """
    outside = {name: own for name, own in risky.items() if own is not None and own.high > EDGE}
    return aggregate(risky) is not None and (not outside or aggregate(outside) is not None)


def may_publish(cell: Iterable[str], published: Iterable[Iterable[str]], kept: Kept) -> bool:
    """P12: whether these classes may be published together beside what is published of the same topic, period and
    audience. Every cell passes `aggregate`, and any two have the same classes or none in common: of cells that overlap
    sums and differences can be formed until single classes are left, even where every difference of two is large.
    A class that was published and is not in `kept` any more still counts: the sum it is in hangs on a wall."""
    wanted = _shown(kept, cell)
    if aggregate(_only(kept, cell)) is None:
        return False
    others = [frozenset(name for name in other if kept.get(name, _GONE) is not None) for other in published]
    return all(other == wanted or not other & wanted for other in others)


def _shown(kept: Kept, names: Iterable[str]) -> frozenset[str]:
    """Classes that were hidden are in no sum."""
    return frozenset(name for name in names if kept.get(name) is not None)


def _only(kept: Kept, names: Iterable[str]) -> Kept:
    wanted = frozenset(names)
    return {name: own for name, own in kept.items() if name in wanted}


def own_child(less: int, others: int) -> Banded | None:
    """P14 (B4): of one meeting, how many think that their child does it less than the average, banded as S1; `others`
    answered the same or more, which are never told apart. None where too few answered (P1)."""
    if less + others < n_min(Sensitivity.S1):
        return None
    return band(less, less + others, Sensitivity.S1)


def meetings_full(meetings: int) -> int:
    """P14: how many of the meetings with enough answers are counted: whole blocks of three, for what one meeting more
    changes is that meeting's."""
    return meetings - meetings % MEETINGS_MIN


def own_child_contrast(meetings: Sequence[Banded | None]) -> tuple[int, int, int] | None:
    """P14: "less" minus "the same or more" in people, as (low, high, n), over 3 meetings with enough answers, or 6, 9
    and so on, the first ones first; None below."""
    enough = [meeting for meeting in meetings if meeting is not None]
    counted = enough[: meetings_full(len(enough))]
    if not counted:
        return None
    n = sum(meeting.n for meeting in counted)
    low, high = (2 * sum(ends) - n for ends in zip(*((one.low, one.high) for one in counted), strict=True))
    return low, high, n
