"""The public value of a topic: what may be shown, sent, stored or exported once its answers are frozen (P3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from clicker.lesson import Figure, Figures, Phase, Polarity, Result, Verdict
from clicker.measures import Histogram, gap
from clicker.safety import guard
from clicker.safety.disclosure import Banded
from clicker.safety.guard import Case, Choices, Declared


class Headline(StrEnum):
    """G11, G12: what a headline may claim."""

    MORE_THAN_IT_IS = "more_than_it_is"
    NEUTRAL = "neutral"
    NONE = "none"


@dataclass(frozen=True)
class Shown:
    """One topic's public value. A field that is not part of what may be shown is None (P7).

    `guesses` are of the behaviour, or of the others' attitude where the attitude is what is shown; `attitude` is
    the protective side of the attitude; `own` is the "yes" of the own prompt. `openable`: G5's country waits for
    the consultant.
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
    skips: tuple[tuple[str, tuple[int, int]], ...] = ()
    version: int = 1


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
    if case.topic.own is not None:
        return _neutral(case) if case.topic.polarity is Polarity.NEUTRAL else _behaviour(case)
    return _attitude_topic(case) if case.topic.approve is not None else _guesses_only(case)


def _behaviour(case: Case) -> Shown:
    if not guard.enough_answers(case):
        return _too_few(case, case.figures.behaviour, case.guesses, case.guessed_risk)
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
    figure = None if guard.stands_high(case) else case.figures.behaviour
    country = guard.country_by_itself(case, figure, case.risk, case.guessed_risk)
    openable = not country and line and guard.country_openable(case, figure)
    reveals = [Phase.GUESSES, Phase.OWN]
    reveals += [Phase.ATTITUDE] * line + [Phase.COUNTRY] * (country or (openable and case.choices.open_country))
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
        figure=figure if country or openable else None,
        version=case.declared.version,
    )


def _by_attitude(case: Case) -> Shown:
    """G8: the attitude instead of the behaviour, or nothing."""
    if not guard.attitude_may_show(case):
        return _hidden(case)
    attitude, figure = case.protective_attitude, case.figures.attitude
    assert attitude is not None
    guessed = case.guessed_protective_attitude
    guessed_risk = None if guessed is None else 100 - guessed
    country = guard.country_by_itself(case, figure, attitude.turned(), guessed_risk)
    openable = not country and guard.country_openable(case, figure)
    reveals = [Phase.GUESSES] * (guessed is not None) + [Phase.ATTITUDE]
    reveals += [Phase.COUNTRY] * (country or (openable and case.choices.open_country))
    return Shown(
        topic=case.topic.id,
        verdict=Verdict.SHOW_ATTITUDE,
        reveals=tuple(reveals),
        openable=openable and not case.choices.open_country,
        headline=Headline.NEUTRAL,
        N=case.N,
        guesses=case.others_attitude if guessed is not None else None,
        attitude=attitude,
        figure=figure if country or openable else None,
        version=case.declared.version,
    )


def _attitude_topic(case: Case) -> Shown:
    asked = case.topic.others_approve is not None
    too_few = case.protective_attitude is None or (asked and not guard.enough_guesses(case.others_attitude))
    if too_few:
        guessed = case.guessed_protective_attitude
        guessed_risk = None if guessed is None else 100 - guessed
        return _too_few(case, case.figures.attitude, case.others_attitude, guessed_risk)
    return _by_attitude(case) if guard.allowed_for_grade(case) else _hidden(case)


def _guesses_only(case: Case) -> Shown:
    if not guard.enough_guesses(case.guesses):
        return _hidden(case, Verdict.TOO_FEW)
    if not guard.allowed_for_grade(case):
        return _hidden(case)
    if not guard.reference_may_stand(case, case.figures.behaviour, case.guessed_risk):
        return _hidden(case)
    return _guesses_and_country(case, Verdict.SHOW, case.figures.behaviour, case.guesses)


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


def _too_few(case: Case, figure: Figure | None, guesses: Histogram | None, guessed_risk: Fraction | None) -> Shown:
    """G1: too few answers; guesses and country may stand together, for they hold no own answer."""
    stands = (
        guard.enough_guesses(guesses)
        and guard.allowed_for_grade(case)
        and guard.reference_may_stand(case, figure, guessed_risk)
    )
    if not stands:
        return _hidden(case, Verdict.TOO_FEW)
    return _guesses_and_country(case, Verdict.TOO_FEW, figure, guesses)


def _guesses_and_country(case: Case, verdict: Verdict, figure: Figure | None, guesses: Histogram | None) -> Shown:
    return Shown(
        topic=case.topic.id,
        verdict=verdict,
        reveals=(Phase.GUESSES, Phase.COUNTRY),
        N=case.N,
        guesses=guesses,
        figure=figure,
        version=case.declared.version,
    )


def _hidden(case: Case, verdict: Verdict = Verdict.HIDE) -> Shown:
    """P7: of a topic that is not shown nothing but its word exists."""
    return Shown(topic=case.topic.id, verdict=verdict, version=case.declared.version)


def _with_skips(shown: Shown, declared: Declared, skips: Mapping[str, tuple[int, int]]) -> Shown:
    """P6, P7: skips are kept only of prompts whose own value is let out."""
    values = _values(shown, declared)
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
        figure=shown.figure if Phase.COUNTRY in reached else None,
    )


def gap_points(shown: Shown) -> tuple[Fraction, Fraction] | None:
    """Mean guess minus own answer in percentage points, as a range from the public band; None where none is shown."""
    if shown.guesses is None or shown.own is None:
        return None
    return gap(shown.guesses.mean(), shown.own.low, shown.own.high, shown.own.n)


def results(shown: Shown, declared: Declared) -> tuple[Result, ...]:
    """What is kept of each prompt of the topic, from its public value alone (DESIGN: Result)."""
    values = _values(shown, declared)
    return tuple(_result(shown, str(prompt.kind), values.get(str(prompt.kind))) for prompt in declared.topic.prompts())


def _values(shown: Shown, declared: Declared) -> dict[str, Histogram | Banded | None]:
    """What is let out of each kind of prompt; the guesses belong to the behaviour or to the attitude."""
    by_attitude = shown.verdict is Verdict.SHOW_ATTITUDE or not declared.topic.is_behaviour
    guessed = "others_approve" if by_attitude else "others"
    return {guessed: shown.guesses, "own": shown.own, "approve": shown.attitude}


def _result(shown: Shown, kind: str, value: Histogram | Banded | None) -> Result:
    if value is None:
        return Result(shown.topic, kind, 1, shown.verdict, lesson_version=shown.version)
    if isinstance(value, Histogram):
        cells = tuple((str(cell * value.step), n, n) for cell, n in enumerate(value.counts))
        n = value.total
    else:
        label = "protective" if kind == "approve" else "yes"
        cells, n = ((label, value.low, value.high),), value.n
    figure_id = shown.figure.id if shown.figure and Phase.COUNTRY in shown.reveals else None
    skips = dict(shown.skips).get(kind)
    return Result(shown.topic, kind, 1, shown.verdict, shown.N, n, skips, cells, figure_id, shown.version)


def shown_to_data(shown: Shown) -> dict[str, Any]:
    """JSON-able; keys in a fixed order, so that equal values give equal bytes."""
    return asdict(shown)


def shown_from_data(data: Mapping[str, Any]) -> Shown:
    """The value that `shown_to_data` wrote."""
    figure = data["figure"]
    return Shown(
        topic=data["topic"],
        verdict=Verdict(data["verdict"]),
        reveals=tuple(Phase(word) for word in data["reveals"]),
        openable=data["openable"],
        headline=Headline(data["headline"]),
        N=data["N"],
        guesses=_histogram(data["guesses"]),
        own=_banded(data["own"]),
        attitude=_banded(data["attitude"]),
        figure=None if figure is None else Figure(**{**figure, "differs": tuple(figure["differs"])}),
        skips=tuple((kind, (low, high)) for kind, (low, high) in data["skips"]),
        version=data["version"],
    )


def _histogram(data: Mapping[str, Any] | None) -> Histogram | None:
    return None if data is None else Histogram(data["top"], data["step"], tuple(data["counts"]))


def _banded(data: Mapping[str, Any] | None) -> Banded | None:
    return None if data is None else Banded(data["low"], data["high"], data["n"])
