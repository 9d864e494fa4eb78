"""What may stand on a poster (P11, P12, G9, G11): one healthy claim, made of bands, and never a single class's S2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clicker.lesson import Figure, Phase, Polarity, Sensitivity, Topic, Verdict
from clicker.safety.aggregates import Kept, aggregate, may_sum_private
from clicker.safety.declared import DELICATE
from clicker.safety.disclosure import Banded
from clicker.safety.leaving import Leaving
from clicker.safety.shown import Headline, Shown


@dataclass(frozen=True)
class Claim:
    """The one claim of a poster: at least `low` of the `n` who answered gave the healthy answer; just so many where
    `exact`.

    `classes` says how many classes are counted together. `more_than_guessed` is G11's headline of a single class;
    `figure` is the country's, where it was shown.
    """

    topic: str
    low: int
    n: int
    exact: bool
    classes: int = 1
    more_than_guessed: bool = False
    figure: Figure | None = None


def only_together(topic: Topic) -> bool:
    """P11: whether a poster may count several classes only. Substances, crime and sex are so whatever is declared."""
    return topic.sensitivity is Sensitivity.S2 or topic.group in DELICATE


def for_posters(topic: Topic) -> bool:
    """G9, G12: whether the topic has a healthy side that the group answered for itself."""
    return topic.own is not None and topic.polarity is not Polarity.NEUTRAL and bool(topic.healthy)


def of_class(topic: Topic, left: Leaving | None) -> Claim | None:
    """P11: the claim of one class, from what may leave its room; None where nothing may stand on a poster."""
    if left is None or left.verdict is not Verdict.SHOW or only_together(topic) or not for_posters(topic):
        return None
    if left.own is None:
        return None
    healthy = _healthy(topic, left.own)
    more = left.headline is Headline.MORE_THAN_IT_IS and left.guesses is not None
    return Claim(
        topic.id, healthy.low, healthy.n, healthy.exact, more_than_guessed=more, figure=_country(left.figure, topic)
    )


def adds(topic: Topic, seen: Shown, *, told: bool) -> Banded | None:
    """What a class adds to several: the band of the healthy side as its wall showed it.

    `seen` is cut to what the wall came to. None, as of a hidden class, where the class was not told before, where the
    topic was not shown by its behaviour, or where the wall never came to the answer.
    """
    shown = seen.verdict is Verdict.SHOW and Phase.OWN in seen.reveals
    if not told or not shown or seen.own is None or not for_posters(topic):
        return None
    return _healthy(topic, seen.own)


def of_several(topic: Topic, kept: Kept, figures: Mapping[str, Figure | None]) -> Claim | None:
    """P12: the claim of several classes together, or None, which never says why (P7).

    `kept` is what each class adds, `figures` what each showed of the country; it is printed only where all showed the
    same.
    """
    together = aggregate(kept) if may_sum_private(_risky(kept)) or not only_together(topic) else None
    if together is None:
        return None
    shown = [figures.get(name) for name, own in kept.items() if own is not None]
    return Claim(
        topic.id,
        together.low,
        together.n,
        exact=together.low == together.high,
        classes=together.classes,
        figure=_country(_one_and_the_same(shown), topic),
    )


def _risky(kept: Kept) -> Kept:
    """The other side of what each class adds."""
    return {name: own.turned() if own is not None else None for name, own in kept.items()}


def _healthy(topic: Topic, own: Banded) -> Banded:
    return own.turned() if topic.polarity is Polarity.RISK else own


def _country(figure: Figure | None, topic: Topic) -> Figure | None:
    """A figure of what is done, as the claim is."""
    return figure if figure is not None and figure.indicator == topic.indicator else None


def _one_and_the_same(figures: Sequence[Figure | None]) -> Figure | None:
    return figures[0] if figures and all(one == figures[0] for one in figures) else None
