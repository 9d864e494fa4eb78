"""What of the children's answers may be shown to their parents: P11 for one class, P12 for three or more.

The parents have guessed; their guesses meet the same guard as a class's own (G1, G3-G8, G10, G11), with the children's
answers in the place of own answers. What follows from it, decided on the careful side:

- A guess about what the children do is held against what they do, or against nothing of theirs: where the class was
  shown its attitude instead, or its own S2 answers were not in the lower band, the parents are not asked at all.
- Where the guesses lie below the children's answer outside the lower band (G4), nothing of the topic is shown, the
  country neither: nobody is told "you guessed too low", and a country without the children would say it too.
- The country comes by G5 beside the children's answer, and by G1's last sentence where there is none of theirs to show
  (two classes); nobody opens it by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clicker.lesson import AnswerType, Figures, Kind, Phase, Polarity, Prompt, Topic, Verdict
from clicker.measures import Histogram
from clicker.safety.aggregates import aggregate, may_sum_private
from clicker.safety.disclosure import Banded, Children
from clicker.safety.guard import Choices, Declared
from clicker.safety.leaving import leaving
from clicker.safety.posters import only_together
from clicker.safety.shown import Shown, public


@dataclass(frozen=True)
class Held:
    """One topic as one class had it: `shown` cut to what its wall came to show, `told` that parents may see numbers
    (P11), and the day of the answers."""

    topic: Topic
    shown: Shown
    told: bool
    day: date


def children_of(classes: Sequence[Held | None]) -> Children | None:
    """What of the children's answers to a topic may leave their rooms, None where nothing may. A class that was not
    asked is None.

    One class has its own (P11). Two have nothing: each class could subtract its own. Of three or more only their sum
    may leave (P12), never a part of it; they must have been asked the same.
    """
    held = [one for one in classes if one is not None]
    if len(classes) == 1:
        return _of_one(held[0]) if held else None
    return _of_several(held) if len({_asked(one.topic) for one in held}) == 1 else None


def in_partition(classes: frozenset[str], published: Iterable[frozenset[str]]) -> bool:
    """P12: whether these classes may be shown together beside those that parents were shown before. Two groups of
    classes are the same or have no class in common: else the difference of two numbers would tell of single classes."""
    return all(other == classes or not other & classes for other in published)


def children_public(
    guesses: Histogram | None,
    children: Children | None,
    N: int,
    skips: Mapping[str, tuple[int, int]],
    figures: Figures,
    declared: Declared,
    today: date,
) -> Shown:
    """The public value of a topic that parents guessed about their children (P3): pure, of public values alone.

    `declared` is the parents' lesson's topic, `N` how many parents are in the room. The children's answers stand in
    `Shown.children`; `own` and `attitude`, which are the parents' own, stay empty.
    """
    topic = declared.topic
    behaviour = topic.is_behaviour
    side = "agree" if behaviour or topic.children is None else topic.children.protective
    attitude = children.attitude if children is not None else None
    judged = public(
        guesses=guesses if behaviour else None,
        own=children.own if children is not None else None,
        attitude=attitude if attitude is None or side == "agree" else attitude.turned(),
        others_attitude=None if behaviour else guesses,
        N=children.N if children is not None else N,
        skips={},
        figures=figures,
        lesson=replace(declared, topic=_as_asked_of_children(topic, side)),
        choices=Choices(),
        today=today,
    )
    return _turned(judged, children, behaviour, N, skips)


def _of_one(held: Held) -> Children | None:
    left = leaving(held.shown, held.topic, told=held.told)
    if left is None:
        return None
    own = (left.own or _as_own(held.topic, left.claim)) if held.topic.is_behaviour else None
    if held.topic.is_behaviour and own is None:
        return None
    return _children(own, left.attitude, [held], 1)


def _as_own(topic: Topic, claim: tuple[int, int] | None) -> Banded | None:
    """The sentence "at least so many of n have not" as an interval of those who have."""
    if claim is None:
        return None
    healthy = Banded(claim[0], claim[1], claim[1])
    return healthy.turned() if topic.polarity is Polarity.RISK else healthy


def _of_several(held: Sequence[Held]) -> Children | None:
    """P12: hidden classes, and those that were not told, add nothing; the attitude stands beside the behaviour only
    where all of the same classes have one."""
    behaviour = held[0].topic.is_behaviour
    counted = [one for one in held if one.told and _value(one, behaviour) is not None]
    together = _sum(counted, behaviour=behaviour)
    if together is None or (behaviour and only_together(held[0].topic) and not may_sum_private(_risky(counted))):
        return None
    if not behaviour:
        return _children(None, together, counted, len(counted))
    line = all(one.shown.attitude is not None for one in counted)
    return _children(together, _sum(counted, behaviour=False) if line else None, counted, len(counted))


def _value(held: Held, behaviour: bool) -> Banded | None:
    return held.shown.own if behaviour else held.shown.attitude


def _sum(held: Sequence[Held], *, behaviour: bool) -> Banded | None:
    found = aggregate({str(number): _value(one, behaviour) for number, one in enumerate(held)})
    return None if found is None else Banded(found.low, found.high, found.n)


def _risky(held: Sequence[Held]) -> Mapping[str, Banded | None]:
    """How many of each class give the risk answer."""
    protects = held[0].topic.polarity is Polarity.PROTECTIVE
    own = {str(number): one.shown.own for number, one in enumerate(held)}
    return {name: one.turned() if protects and one is not None else one for name, one in own.items()}


def _children(own: Banded | None, attitude: Banded | None, held: Sequence[Held], classes: int) -> Children | None:
    if own is None and attitude is None:
        return None
    days = tuple(sorted({one.day.isoformat() for one in held}))
    return Children(own, attitude, sum(one.shown.N or 0 for one in held), classes, days)


def _asked(topic: Topic) -> tuple[object, ...]:
    """What makes two classes' topics the same question."""
    side = None if topic.attitude is None else topic.attitude.protective
    words = (topic.healthy, topic.unhealthy, side)
    return (topic.polarity, topic.sensitivity, topic.period, topic.is_behaviour, topic.indicator, *words)


def _as_asked_of_children(topic: Topic, side: str) -> Topic:
    """The topic as the children had it, for the guard: others and own for what they do, else their attitude."""
    others = Prompt(Kind.OTHERS, "", AnswerType.COUNT)
    approve = Prompt(Kind.APPROVE, "", AnswerType.AGREE4, protective=side)
    if topic.is_behaviour:
        own = Prompt(Kind.OWN, "", AnswerType.YES_NO)
        return replace(topic, children=None, others=others, own=own, approve=approve)
    guessed = replace(others, kind=Kind.OTHERS_APPROVE, protective=side)
    return replace(topic, children=None, approve=approve, others_approve=guessed)


def _turned(
    judged: Shown, children: Children | None, behaviour: bool, N: int, skips: Mapping[str, tuple[int, int]]
) -> Shown:
    """The guard's value with the children's answers where own answers stood."""
    of_them = Phase.OWN if behaviour else Phase.ATTITUDE
    shows = children is not None and of_them in judged.reveals
    country = Phase.COUNTRY in judged.reveals
    if Phase.GUESSES not in judged.reveals or not (shows or (children is None and country)):
        verdict = Verdict.TOO_FEW if judged.verdict is Verdict.TOO_FEW else Verdict.HIDE
        return Shown(judged.topic, verdict, version=judged.version)
    reveals = [Phase.GUESSES] + [Phase.CHILDREN] * shows + [Phase.COUNTRY] * country
    line = children is not None and (not behaviour or Phase.ATTITUDE in judged.reveals)
    return replace(
        judged,
        verdict=Verdict.SHOW,
        reveals=tuple(reveals),
        openable=False,
        N=N,
        own=None,
        attitude=None,
        children=(replace(children, attitude=children.attitude if line else None) if shows and children else None),
        figure=judged.figure if country else None,
        beside=judged.beside if country else None,
        skips=tuple((kind, skips[kind]) for kind in sorted(skips)),
    )
