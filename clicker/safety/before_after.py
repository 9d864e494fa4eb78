"""Two runs of one group beside each other, from their public values alone (P3, B2): never a trend, never a test."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from clicker.lesson import Polarity, Topic, Verdict
from clicker.measures import Histogram, change
from clicker.safety.disclosure import Banded
from clicker.safety.guesses import misperception
from clicker.safety.shown import Shown


@dataclass(frozen=True)
class Span:
    """A share on the healthy side in percent, known as low..high of the `of` who answered or guessed in so many
    classes."""

    low: Fraction
    high: Fraction
    of: int
    classes: int = 1


@dataclass(frozen=True)
class Both:
    """One number at both times, and after minus before as a range: `points` in percentage points, `relative` in percent
    of before (None where before may be 0). Both ends are equal only where both numbers are exact."""

    before: Span
    after: Span
    points: tuple[float, float]
    relative: tuple[float, float] | None


@dataclass(frozen=True)
class BeforeAfter:
    """What a topic showed at both times. `edge`: so few or so many do it, at one of them, that guesses can hardly err
    but one way (B6)."""

    guess: Both | None
    own: Both | None
    attitude: Both | None
    edge: bool


def before_after(before: Shown, after: Shown, topic: Topic) -> BeforeAfter | None:
    """The topic at both times; None where nothing was shown at both (P7). Guesses do not stand alone (G10)."""
    own = _both(_span(healthy_own(before, topic)), _span(healthy_own(after, topic)))
    attitude = _both(_span(before.attitude), _span(after.attitude))
    country = before.figure is not None and after.figure is not None
    guess = _both(_guess(before, topic), _guess(after, topic)) if own or attitude or country else None
    if _of_attitude(before, topic) != _of_attitude(after, topic):
        guess = None
    if guess is own is attitude is None:
        return None
    return BeforeAfter(guess, own, attitude, edge=_edge(before, topic) or _edge(after, topic))


def between(before: Span, after: Span) -> Both:
    """Both spans with what lies between them."""
    least, most = change(before.high, after.low), change(before.low, after.high)
    known = least.relative is not None and most.relative is not None
    relative = (least.relative or 0.0, most.relative or 0.0) if known else None
    return Both(before, after, (least.points, most.points), relative)


def _both(before: Span | None, after: Span | None) -> Both | None:
    return None if before is None or after is None else between(before, after)


def _span(banded: Banded | None) -> Span | None:
    if banded is None or not banded.n:
        return None
    return Span(Fraction(100 * banded.low, banded.n), Fraction(100 * banded.high, banded.n), banded.n)


def healthy_own(shown: Shown, topic: Topic) -> Banded | None:
    """G9: of a risk those who do not."""
    if shown.own is None or topic.polarity is not Polarity.RISK:
        return shown.own
    return shown.own.turned()


def _guess(shown: Shown, topic: Topic) -> Span | None:
    guesses: Histogram | None = shown.guesses
    mean = None if guesses is None else guesses.mean()
    if guesses is None or mean is None:
        return None
    if _of_attitude(shown, topic):
        healthy = topic.attitude is not None and topic.attitude.protective == "agree"
    else:
        healthy = topic.polarity is not Polarity.RISK
    side = mean if healthy else 100 - mean
    return Span(side, side, guesses.total)


def _of_attitude(shown: Shown, topic: Topic) -> bool:
    """Whether the guesses were of what the others find all right."""
    return shown.verdict is Verdict.SHOW_ATTITUDE or not topic.is_behaviour


def _edge(shown: Shown, topic: Topic) -> bool:
    beside = misperception(shown, topic)
    return beside is not None and (beside.floor or beside.ceiling)
