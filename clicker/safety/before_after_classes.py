"""Several classes before and after (P12): sums of what each was allowed to keep, the same classes both times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from clicker.lesson import Topic
from clicker.measures import cluster_bootstrap
from clicker.safety.aggregates import CLASSES_MIN, Aggregate, aggregate
from clicker.safety.before_after import BeforeAfter, Both, Span, before_after, between, healthy_own
from clicker.safety.disclosure import Banded
from clicker.safety.shown import Shown

LEAST_CLASSES = 10

Times = tuple[Shown, Shown]
Pair = tuple[Banded, Banded]


@dataclass(frozen=True)
class ClassesBeforeAfter:
    """One topic of several classes. `interval`: the mean difference of the classes' mean guesses and its 95 % interval
    in percentage points, classes drawn anew; None below LEAST_CLASSES, where only these classes are described."""

    both: BeforeAfter
    interval: tuple[float, float, float] | None


def classes_before_after(classes: Mapping[str, Times | None], topic: Topic) -> ClassesBeforeAfter | None:
    """The topic over the classes, by the class's name; None for a class that did not count it both times.

    None where P12 lets no own answer and no attitude out. A class that showed a number once only adds nothing to it.
    """
    own = _summed({name: _own(times, topic) for name, times in classes.items()})
    attitude = _summed({name: _attitude(times) for name, times in classes.items()})
    if own is None and attitude is None:
        return None
    singly = [before_after(*times, topic) for times in classes.values() if times is not None]
    told = [one for one in singly if one is not None]
    guesses = [one.guess for one in told if one.guess is not None]
    pooled = _pooled(guesses)
    edge = any(one.edge for one in told)
    return ClassesBeforeAfter(BeforeAfter(pooled, own, attitude, edge), _interval(guesses) if pooled else None)


def _own(times: Times | None, topic: Topic) -> Pair | None:
    if times is None:
        return None
    before, after = (healthy_own(shown, topic) for shown in times)
    return None if before is None or after is None else (before, after)


def _attitude(times: Times | None) -> Pair | None:
    if times is None or times[0].attitude is None or times[1].attitude is None:
        return None
    return times[0].attitude, times[1].attitude


def _summed(pairs: Mapping[str, Pair | None]) -> Both | None:
    """Both times must pass P12 by themselves."""
    before = aggregate({name: pair[0] if pair else None for name, pair in pairs.items()})
    after = aggregate({name: pair[1] if pair else None for name, pair in pairs.items()})
    return None if before is None or after is None else between(_span(before), _span(after))


def _span(summed: Aggregate) -> Span:
    low, high = (Fraction(100 * end, summed.n) for end in (summed.low, summed.high))
    return Span(low, high, summed.n, summed.classes)


def _pooled(guesses: Sequence[Both]) -> Both | None:
    """The mean of all guesses of these classes at each time."""
    if len(guesses) < CLASSES_MIN:
        return None
    return between(_mean([one.before for one in guesses]), _mean([one.after for one in guesses]))


def _mean(spans: Sequence[Span]) -> Span:
    of = sum(span.of for span in spans)
    mean = sum((span.low * span.of for span in spans), Fraction(0)) / of
    return Span(mean, mean, of, len(spans))


def _interval(guesses: Sequence[Both]) -> tuple[float, float, float] | None:
    found = cluster_bootstrap([[one.points[0]] for one in guesses], least_classes=LEAST_CLASSES)
    if found.estimate is None or found.low is None or found.high is None:
        return None
    return found.estimate, found.low, found.high
