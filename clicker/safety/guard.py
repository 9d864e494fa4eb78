"""The guard (G rules): does showing help or harm? Each rule is one function, named in the order of safety.md.

All comparisons are made in integers and Fractions; r is the number giving the RISK answer, as an interval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from clicker.lesson import Audience, Figure, Figures, Lesson, Polarity, Topic
from clicker.lesson.content import SUBSTANCES_AND_CRIME
from clicker.measures import Histogram, wilson
from clicker.safety.disclosure import EDGE, GUESSES_MIN, Banded, n_min

HEADLINE_GUESSES_MIN = 12
# P14: what a topic is about that asks parents whether their own child does less than the others.
OWN_CHILD = "parent_child_below_average"
FAST_YEARS = 8


@dataclass(frozen=True)
class Declared:
    """What the lesson says beforehand: one topic, for whom."""

    topic: Topic
    audience: Audience
    grades: tuple[int, ...]
    version: int = 1


@dataclass(frozen=True)
class Choices:
    """The consultant's switches: substance topics in grade 6 (G2), and opening the country (G5)."""

    substances_in_grade_6: bool = False
    open_country: bool = False


@dataclass(frozen=True)
class Case:
    """Everything that the rules may look at for one topic: public values only, never a seat, a pair or k."""

    declared: Declared
    guesses: Histogram | None
    own: Banded | None
    attitude: Banded | None
    others_attitude: Histogram | None
    N: int
    figures: Figures
    choices: Choices
    today: date

    @property
    def topic(self) -> Topic:
        return self.declared.topic

    @property
    def risk(self) -> Banded:
        """r of n: those giving the risk answer, [r_lo, r_hi]."""
        assert self.own is not None
        return self.own.turned() if self.topic.polarity is Polarity.PROTECTIVE else self.own

    @property
    def guessed_risk(self) -> Fraction | None:
        """Mean guess of the risk side, in percent."""
        mean = None if self.guesses is None else self.guesses.mean()
        if mean is None:
            return None
        return 100 - mean if self.topic.polarity is Polarity.PROTECTIVE else mean

    @property
    def protective_attitude(self) -> Banded | None:
        """Those whose attitude protects, a_lo..a_hi of n; None where it was not asked or too few answered (P1)."""
        prompt = self.topic.approve
        if self.attitude is None or prompt is None or self.attitude.n < n_min(self.topic.sensitivity):
            return None
        return self.attitude if prompt.protective == "agree" else self.attitude.turned()

    @property
    def guessed_protective_attitude(self) -> Fraction | None:
        """Mean guess of how many hold the protective attitude, in percent."""
        mean = None if self.others_attitude is None else self.others_attitude.mean()
        if mean is None or self.topic.attitude is None:
            return None
        return mean if self.topic.attitude.protective == "agree" else 100 - mean


def usable(figure: Figure, today: date) -> bool:
    """Whether a figure may be shown at all: no lower bound (">"), and no vape or pouch figure older than 8 years."""
    if figure.bound == ">":
        return False
    return not (figure.fast and today.year - figure.year > FAST_YEARS)


def risk_share(figure: Figure) -> tuple[Fraction, Fraction]:
    """p_ref as (low, high) end on the RISK side, in percent."""
    low = Fraction(0) if figure.bound == "<" else Fraction(str(figure.low))
    high = Fraction(str(figure.high))
    return (100 - high, 100 - low) if figure.side == "healthy" else (low, high)


def warns_majority(figures: Iterable[Figure]) -> bool:
    """G13: before class, p_ref of 40 or more on a risk topic: warn and propose the attitude version."""
    return any(risk_share(figure)[1] >= 40 for figure in figures)


def enough_answers(case: Case) -> bool:
    """G1 for topics with own answers: n >= n_min and M >= 5."""
    if case.own is None:
        return False
    return case.own.n >= n_min(case.topic.sensitivity) and enough_guesses(case.guesses)


def asks_of_own_child(case: Case) -> bool:
    """P14: parents say of their own child whether it does less than the others; nobody guesses, no figure stands by."""
    alone = case.topic.others is None and case.topic.approve is None
    return case.topic.indicator == OWN_CHILD and case.own is not None and alone


def enough_guesses(guesses: Histogram | None) -> bool:
    """G1: M >= 5."""
    return guesses is not None and guesses.total >= GUESSES_MIN


def reference_may_stand(case: Case, figure: Figure, guessed_risk: Fraction | None) -> bool:
    """G1's last sentence: guesses and country together, where no own answer is involved."""
    if not usable(figure, case.today) or guessed_risk is None:
        return False
    high = risk_share(figure)[1]
    return high < 50 and high <= guessed_risk - 5


def allowed_for_grade(case: Case) -> bool:
    """G2: no substances or crime in grade 5 or where nobody says which grade, without override; in grade 6 only
    where chosen."""
    if case.topic.group not in SUBSTANCES_AND_CRIME:
        return True
    if _too_young(case.declared.audience, case.declared.grades):
        return False
    young = case.declared.audience is Audience.PUPILS and 6 in case.declared.grades
    return not young or case.choices.substances_in_grade_6


def off_unless_chosen(lesson: Lesson) -> frozenset[str]:
    """G2: the topics that a class with a 6th grade in it, or of a grade that nobody knows, is asked only where the
    consultant chooses so."""
    if lesson.audience is not Audience.PUPILS or (lesson.grades and 6 not in lesson.grades):
        return frozenset()
    return _substances(lesson)


def never_asked(lesson: Lesson) -> frozenset[str]:
    """G2: the topics that these pupils are not asked, whatever anybody chooses."""
    return _substances(lesson) if _too_young(lesson.audience, lesson.grades) else frozenset()


def _substances(lesson: Lesson) -> frozenset[str]:
    return frozenset(topic.id for topic in lesson.topics if topic.group in SUBSTANCES_AND_CRIME)


def _too_young(audience: Audience, grades: tuple[int, ...]) -> bool:
    return audience is Audience.PUPILS and (not grades or min(grades) <= 5)


def risky_majority(case: Case) -> bool:
    """G3: the risky side may be the majority once those who did not answer are counted with it."""
    risk = case.risk
    return 2 * (risk.high + case.N - risk.n) >= case.N


def in_lower_band(case: Case) -> bool:
    return case.risk.high <= EDGE


def guess_is_above(case: Case) -> bool:
    """G4: showing corrects a guess that is too high, or the behaviour is rare and the guess not too low."""
    if in_lower_band(case):
        return True
    risk, guessed = case.risk, case.guessed_risk
    assert guessed is not None
    if 4 * (risk.high + case.N - risk.n) < case.N:
        return guessed >= Fraction(100 * risk.low, risk.n)
    return guessed - Fraction(100 * risk.high, risk.n) >= 5


def country_by_itself(case: Case, figure: Figure, risk: Banded, guessed_risk: Fraction | None) -> bool:
    """G5: the country comes by itself: a risk minority, below the guess, and not far above the class."""
    if not usable(figure, case.today) or guessed_risk is None:
        return False
    high = risk_share(figure)[1]
    return high < 50 and high <= guessed_risk - 5 and high < Fraction(100 * risk.low, risk.n) + 10


def country_openable(case: Case, figure: Figure) -> bool:
    """G5, G14: the consultant may open it after the attitude line; a share of 50 or more nobody ever shows."""
    return usable(figure, case.today) and risk_share(figure)[1] < 50


def stands_high(case: Case) -> bool:
    """G6: the class lies clearly above an unexpired figure (its low end); no figure is then shown."""
    return any(_above(case, figure) for figure in case.figures.behaviours())


def _above(case: Case, figure: Figure) -> bool:
    risk = case.risk
    if not risk.exact or case.today.year > figure.valid_until:
        return False
    low = risk_share(figure)[0]
    interval = wilson(risk.low, risk.n)
    assert interval is not None
    return Fraction(100 * risk.low, risk.n) - low >= 10 and float(low) / 100 < interval[0]


def stands_too_high(case: Case) -> bool:
    """G6: and from a quarter on, nothing of the behaviour is shown."""
    return stands_high(case) and 4 * case.risk.low >= case.risk.n


def attitude_line_holds(case: Case) -> bool:
    """G7: at least 60 % of all present hold the protective attitude, by its banded lower count."""
    attitude = case.protective_attitude
    return attitude is not None and 100 * attitude.low >= 60 * case.N


def attitude_may_show(case: Case) -> bool:
    """G8: the protective attitude is the majority and, where it was guessed, guessed too low by 5 points."""
    attitude = case.protective_attitude
    if attitude is None or 2 * attitude.low <= case.N:
        return False
    if case.topic.others_approve is None:
        return True
    guessed = case.guessed_protective_attitude
    if guessed is None or not enough_guesses(case.others_attitude):
        return False
    return guessed <= Fraction(100 * attitude.low, case.N) - 5


def misperceived(case: Case) -> bool:
    """G11: the headline "more than it is" stands only where chance guesses would hardly ever give it.

    M >= 12 and mean guess - 100 (r_hi + N - n) / N >= max(5, 2.5 sd / sqrt(M)), squared to stay in Fractions.
    """
    risk, guessed, guesses = case.risk, case.guessed_risk, case.guesses
    if guesses is None or guessed is None or guesses.total < HEADLINE_GUESSES_MIN:
        return False
    distance = guessed - Fraction(100 * (risk.high + case.N - risk.n), case.N)
    variance = guesses.variance()
    assert variance is not None
    return distance >= 5 and distance**2 * guesses.total >= Fraction(25, 4) * variance
