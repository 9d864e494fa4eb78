"""The public value of a topic: what may be shown, sent, stored or exported once its answers are frozen (P3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from clicker.lesson import Figure, Figures, Kind, Phase, Polarity, Topic, Verdict
from clicker.measures import Histogram, gap
from clicker.safety import guard
from clicker.safety.disclosure import Banded, Children, n_min
from clicker.safety.guard import Case, Choices, Declared

Figured = tuple[Figure, ...]


class Headline(StrEnum):
    """G11, G12: what a headline may claim."""

    MORE_THAN_IT_IS = "more_than_it_is"
    NEUTRAL = "neutral"
    NONE = "none"


@dataclass(frozen=True)
class Shown:
    """One topic's public value. A field that is not part of what may be shown is None (P7).

    `figure` is the country's, or the municipality's where the country has none to show; `beside` is the
    municipality's beside the country's.

    `guesses` are of the behaviour, or of the others' attitude where the attitude is what is shown; `attitude` is
    the protective side of the attitude; `own` is the "yes" of the own prompt. `openable`: G5's country waits for
    the consultant. `children` is what the children answered whom parents guessed about.
    """

    topic: str
    verdict: Verdict
    reveals: tuple[Phase, ...] = ()
    openable: bool = False
    headline: Headline = Headline.NONE
    N: int | None = None
    guesses: Histogram | None = None
    own: Banded | None = None
    attitude: Banded | None = None
    figure: Figure | None = None
    beside: Figure | None = None
    skips: tuple[tuple[str, tuple[int, int]], ...] = ()
    version: int = 1
    children: Children | None = None


def public(
    guesses: Histogram | None,
    own: Banded | None,
    attitude: Banded | None,
    others_attitude: Histogram | None,
    N: int,
    skips: Mapping[str, tuple[int, int]],
    figures: Figures,
    lesson: Declared,
    choices: Choices,
    today: date,
) -> Shown:
    """P3: what the rules let out of one topic. It never sees an own answer, a seat, a pair or a true count.

    `own` and `attitude` are bands after P2, `skips` per prompt after P6, `N` is max(present, seats). Pure.
    """
    case = Case(lesson, guesses, own, attitude, others_attitude, N, figures, choices, today)
    return _with_skips(_judged(case), lesson, skips)


def _judged(case: Case) -> Shown:
    if guard.asks_of_own_child(case):
        return _own_child(case)
    if case.topic.own is not None:
        return _neutral(case) if case.topic.polarity is Polarity.NEUTRAL else _behaviour(case)
    return _attitude_topic(case) if case.topic.approve is not None else _guesses_only(case)


def _behaviour(case: Case) -> Shown:
    if not guard.enough_answers(case):
        return _too_few(case, case.figures.behaviours(), case.guesses, case.guessed_risk)
    if not guard.allowed_for_grade(case):
        return _hidden(case)
    line = guard.attitude_line_holds(case)
    shows = (
        not guard.risky_majority(case)
        and guard.guess_is_above(case)
        and not guard.stands_too_high(case)
        and (line or guard.in_lower_band(case))
    )
    if not shows:
        return _by_attitude(case)
    figures = () if guard.stands_high(case) else case.figures.behaviours()
    references, openable = _references(case, figures, case.risk, case.guessed_risk, line=line)
    reveals = [Phase.GUESSES, Phase.OWN]
    reveals += [Phase.ATTITUDE] * line + _country(references, openable, case)
    return Shown(
        topic=case.topic.id,
        verdict=Verdict.SHOW,
        reveals=tuple(reveals),
        openable=openable and not case.choices.open_country,
        headline=Headline.MORE_THAN_IT_IS if guard.misperceived(case) else Headline.NEUTRAL,
        N=case.N,
        guesses=case.guesses,
        own=case.own,
        attitude=case.protective_attitude if line else None,
        figure=_first(references),
        beside=_second(references),
        version=case.declared.version,
    )


def _by_attitude(case: Case) -> Shown:
    """G8: the attitude instead of the behaviour, or nothing."""
    if not guard.attitude_may_show(case):
        return _hidden(case)
    attitude = case.protective_attitude
    assert attitude is not None
    guessed = case.guessed_protective_attitude
    risky = _guessed_risky_attitude(case)
    references, openable = _references(case, case.figures.attitudes(), attitude.turned(), risky, line=True)
    reveals = [Phase.GUESSES] * (guessed is not None) + [Phase.ATTITUDE]
    reveals += _country(references, openable, case)
    return Shown(
        topic=case.topic.id,
        verdict=Verdict.SHOW_ATTITUDE,
        reveals=tuple(reveals),
        openable=openable and not case.choices.open_country,
        headline=Headline.NEUTRAL,
        N=case.N,
        guesses=case.others_attitude if guessed is not None else None,
        attitude=attitude,
        figure=_first(references),
        beside=_second(references),
        version=case.declared.version,
    )


def _attitude_topic(case: Case) -> Shown:
    asked = case.topic.others_approve is not None
    too_few = case.protective_attitude is None or (asked and not guard.enough_guesses(case.others_attitude))
    if too_few:
        return _too_few(case, case.figures.attitudes(), case.others_attitude, _guessed_risky_attitude(case))
    return _by_attitude(case) if guard.allowed_for_grade(case) else _hidden(case)


def _guesses_only(case: Case) -> Shown:
    """G1's last sentence: what others were guessed to do, or else to find all right, beside the country."""
    if case.topic.is_behaviour:
        guesses, figures, guessed_risk = case.guesses, case.figures.behaviours(), case.guessed_risk
    else:
        guesses, figures = case.others_attitude, case.figures.attitudes()
        guessed_risk = _guessed_risky_attitude(case)
    if not guard.enough_guesses(guesses):
        return _hidden(case, Verdict.TOO_FEW)
    if not guard.allowed_for_grade(case):
        return _hidden(case)
    standing = _standing(case, figures, guessed_risk)
    return _guesses_and_country(case, Verdict.SHOW, standing, guesses) if standing else _hidden(case)


def _guessed_risky_attitude(case: Case) -> Fraction | None:
    guessed = case.guessed_protective_attitude
    return None if guessed is None else 100 - guessed


def _neutral(case: Case) -> Shown:
    """G12: shown when the P rules pass, without a norm headline."""
    if not guard.enough_answers(case):
        return _hidden(case, Verdict.TOO_FEW)
    return Shown(
        topic=case.topic.id,
        verdict=Verdict.SHOW,
        reveals=(Phase.GUESSES, Phase.OWN),
        N=case.N,
        guesses=case.guesses,
        own=case.own,
        version=case.declared.version,
    )


def _own_child(case: Case) -> Shown:
    """P14: shown as a band, alone."""
    if case.own is None or case.own.n < n_min(case.topic.sensitivity):
        return _hidden(case, Verdict.TOO_FEW)
    reveals, version = (Phase.OWN,), case.declared.version
    return Shown(case.topic.id, Verdict.SHOW, reveals, N=case.N, own=case.own, version=version)


def _references(
    case: Case, figures: Figured, risk: Banded, guessed_risk: Fraction | None, *, line: bool
) -> tuple[Figured, bool]:
    """G5 for each figure: those that come by themselves, or else, after an attitude `line`, those to be opened."""
    coming = tuple(one for one in figures if guard.country_by_itself(case, one, risk, guessed_risk))
    if coming or not line:
        return coming, False
    openable = tuple(one for one in figures if guard.country_openable(case, one))
    return openable, bool(openable)


def _country(references: Figured, openable: bool, case: Case) -> list[Phase]:
    return [Phase.COUNTRY] * (bool(references) and (not openable or case.choices.open_country))


def _first(figures: Figured) -> Figure | None:
    return figures[0] if figures else None


def _second(figures: Figured) -> Figure | None:
    return figures[1] if len(figures) > 1 else None


def _standing(case: Case, figures: Figured, guessed_risk: Fraction | None) -> Figured:
    return tuple(one for one in figures if guard.reference_may_stand(case, one, guessed_risk))


def _too_few(case: Case, figures: Figured, guesses: Histogram | None, guessed_risk: Fraction | None) -> Shown:
    """G1: too few answers; guesses and country may stand together, for they hold no own answer."""
    standing = _standing(case, figures, guessed_risk)
    if standing and guard.enough_guesses(guesses) and guard.allowed_for_grade(case):
        return _guesses_and_country(case, Verdict.TOO_FEW, standing, guesses)
    return _hidden(case, Verdict.TOO_FEW)


def _guesses_and_country(case: Case, verdict: Verdict, figures: Figured, guesses: Histogram | None) -> Shown:
    return Shown(
        topic=case.topic.id,
        verdict=verdict,
        reveals=(Phase.GUESSES, Phase.COUNTRY),
        N=case.N,
        guesses=guesses,
        figure=_first(figures),
        beside=_second(figures),
        version=case.declared.version,
    )


def _hidden(case: Case, verdict: Verdict = Verdict.HIDE) -> Shown:
    """P7: of a topic that is not shown nothing but its word exists."""
    return Shown(topic=case.topic.id, verdict=verdict, version=case.declared.version)


def _with_skips(shown: Shown, declared: Declared, skips: Mapping[str, tuple[int, int]]) -> Shown:
    """P6, P7: skips are kept only of prompts whose own value is let out."""
    values = let_out(shown, declared)
    kept = tuple((kind, skips[kind]) for kind in sorted(skips) if values.get(kind) is not None)
    return replace(shown, skips=kept)


def seen(shown: Shown, reached: tuple[Phase, ...]) -> Shown:
    """The public value cut to what the wall has shown: what is said of a topic afterwards says no more.

    G10: guesses that were shown without anything to hold them against are not repeated. Of a topic that the wall
    did not come to only the word is left, without the headline that its answers gave.
    """
    if set(reached) <= {Phase.GUESSES}:
        return Shown(shown.topic, shown.verdict, version=shown.version)
    return replace(
        shown,
        reveals=reached,
        guesses=shown.guesses if Phase.GUESSES in reached else None,
        own=shown.own if Phase.OWN in reached else None,
        attitude=shown.attitude if Phase.ATTITUDE in reached else None,
        children=shown.children if Phase.CHILDREN in reached else None,
        figure=shown.figure if Phase.COUNTRY in reached else None,
        beside=shown.beside if Phase.COUNTRY in reached else None,
    )


def gap_points(shown: Shown) -> tuple[Fraction, Fraction] | None:
    """Mean guess minus own answer in percentage points, as a range from the public band; None where none is shown."""
    if shown.guesses is None or shown.own is None:
        return None
    return gap(shown.guesses.mean(), shown.own.low, shown.own.high, shown.own.n)


def guessed_kind(shown: Shown, topic: Topic) -> Kind:
    """Which of the topic's prompts the shown guesses answered."""
    if topic.children is not None:
        return Kind.CHILDREN
    by_attitude = shown.verdict is Verdict.SHOW_ATTITUDE or not topic.is_behaviour
    return Kind.OTHERS_APPROVE if by_attitude else Kind.OTHERS


def let_out(shown: Shown, declared: Declared) -> dict[str, Histogram | Banded | None]:
    """What is let out of each kind of prompt; the guesses belong to the behaviour or to the attitude."""
    return {str(guessed_kind(shown, declared.topic)): shown.guesses, "own": shown.own, "approve": shown.attitude}
