"""What may leave the room: the report for class and parents, and the CSV of it (P11)."""

from __future__ import annotations

from dataclasses import dataclass

from clicker.lesson import Figure, Phase, Polarity, Sensitivity, Topic, Verdict
from clicker.measures import Histogram
from clicker.safety.disclosure import EDGE, Banded, Children
from clicker.safety.shown import Headline, Shown


@dataclass(frozen=True)
class Leaving:
    """One topic as others may have it. Of a hidden topic only the word; of own S2 answers only the claim.

    `claim` is (at least, of n) who gave the healthy answer; `own` the band of S0 and S1 topics; `guesses`,
    `attitude` (protective side), `figure` and `beside` as on the wall. `children`: of a parents' run, what of their
    children's answers stood on the wall; it held no more than may leave.
    """

    topic: str
    verdict: Verdict
    headline: Headline = Headline.NONE
    claim: tuple[int, int] | None = None
    own: Banded | None = None
    guesses: Histogram | None = None
    attitude: Banded | None = None
    figure: Figure | None = None
    beside: Figure | None = None
    children: Children | None = None


def leaving(shown: Shown, topic: Topic, *, told: bool) -> Leaving | None:
    """P11: the topic as it may leave the room; None where the class was not told before the first answer."""
    if not told:
        return None
    if not shown.reveals:
        return Leaving(shown.topic, shown.verdict)
    claim = _claim(shown, topic)
    # Outside the lower band even whether the country came by itself would tell how many there are (G5, G6).
    kept_back = topic.sensitivity is Sensitivity.S2 and shown.own is not None and claim is None
    country = Phase.COUNTRY in shown.reveals and not kept_back
    return Leaving(
        topic=shown.topic,
        verdict=shown.verdict,
        headline=shown.headline,
        claim=claim,
        own=None if topic.sensitivity is Sensitivity.S2 else shown.own,
        guesses=shown.guesses,
        attitude=shown.attitude,
        figure=shown.figure if country else None,
        beside=shown.beside if country else None,
        children=shown.children if Phase.CHILDREN in shown.reveals else None,
    )


def _claim(shown: Shown, topic: Topic) -> tuple[int, int] | None:
    if shown.own is None or topic.polarity is Polarity.NEUTRAL:
        return None
    risk = shown.own.turned() if topic.polarity is Polarity.PROTECTIVE else shown.own
    if topic.sensitivity is Sensitivity.S2 and risk.high > EDGE:
        return None
    return (risk.n - risk.high, risk.n)
