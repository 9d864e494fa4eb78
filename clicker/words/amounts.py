"""Guesses and answers as amounts: in people, or out of a hundred where that was asked; and on which axis they stand."""

from __future__ import annotations

from fractions import Fraction

from clicker.lesson import Figure, Polarity, Sensitivity, Topic, Verdict
from clicker.measures import Histogram, rounded
from clicker.safety import Banded, Children, Shown
from clicker.words.catalogue import catalogue
from clicker.words.numbers import number_range


def guess_text(guesses: Histogram) -> str:
    """The mean guess as a whole number of people, or out of a hundred; "–" without guesses."""
    mean = guesses.mean_number()
    return "–" if mean is None else str(rounded(mean))


def answer_text(banded: Banded) -> str:
    """ "6", or "0-3" for a band."""
    return number_range(banded.low, banded.high)


def share_text(counted: Banded, lang: str) -> str:
    """ "At least 21 of 24", "19 of 24"."""
    _ = catalogue(lang).gettext
    if counted.exact or counted.low == 0:
        return _("{number} of {n}").format(number=answer_text(counted), n=counted.n)
    return _("at least {number} of {n}").format(number=counted.low, n=counted.n)


def out_of_hundred(guesses: Histogram) -> bool:
    """More than 31 present are asked out of a hundred, in fives; fewer are asked for a number of people."""
    return guesses.step > 1


def guess_number(guesses: Histogram, lang: str) -> str:
    """The mean guess, with "of 100" where it is one."""
    _ = catalogue(lang).gettext
    number = guess_text(guesses)
    return _("{number} of 100").format(number=number) if out_of_hundred(guesses) else number


def guess_of_all(guesses: Histogram, lang: str) -> str:
    """The mean guess with what it is out of."""
    _ = catalogue(lang).gettext
    if out_of_hundred(guesses) or guesses.mean_number() is None:
        return guess_number(guesses, lang)
    return _("{number} of {n}").format(number=guess_text(guesses), n=guesses.top)


def answer_number(answer: Banded, guesses: Histogram, lang: str) -> str:
    """The answer in the unit of the guesses."""
    _ = catalogue(lang).gettext
    if not out_of_hundred(guesses):
        return answer_text(answer)
    low, high = (rounded(Fraction(100 * count, answer.n)) for count in (answer.low, answer.high))
    return _("{number} of 100").format(number=number_range(low, high))


def answer_of(answer: Banded, guesses: Histogram, lang: str) -> str:
    """The answer in the unit of the guesses, with what it is out of: a guess counts the others, an answer all who gave
    one."""
    _ = catalogue(lang).gettext
    text = answer_number(answer, guesses, lang)
    return text if out_of_hundred(guesses) else _("{number} of {n}").format(number=text, n=answer.n)


def answer_of_all(own: Banded, guesses: Histogram, lang: str) -> str:
    """The answer, with what it is out of where its place on the axis is not its number.

    The axis counts the others, the answer counts those who answered.
    """
    _ = catalogue(lang).gettext
    text = answer_number(own, guesses, lang)
    aside = any(2 * abs(count * guesses.top - count * own.n) >= own.n for count in (own.low, own.high))
    if out_of_hundred(guesses) or not aside:
        return text
    return _("{number} of {n}").format(number=text, n=own.n)


def own_on_axis(topic: Topic, shown: Shown) -> Banded | None:
    """The answer on the axis of the guesses: what the guess counted, out of those who answered. It is the group's own,
    or the children's whom parents guessed about."""
    if shown.children is not None:
        return children_on_axis(topic, shown.children)
    return None if shown.own is None and shown.guesses is None else counted_answer(topic, shown)


def children_on_axis(topic: Topic, children: Children) -> Banded | None:
    """How many of the children said yes to what parents guessed: the behaviour, or the attitude in its own words.

    P11: what children do of S2 is said in the one sentence and has no place on an axis; then None.
    """
    if topic.is_behaviour and topic.sensitivity is Sensitivity.S2:
        return None
    if topic.is_behaviour or children.attitude is None or topic.attitude is None:
        return children.own
    return children.attitude if topic.attitude.protective == "agree" else children.attitude.turned()


def counted_answer(topic: Topic, shown: Shown) -> Banded | None:
    """How many said yes to what was asked: the behaviour, or the attitude in the words of its question."""
    if shown.own is not None:
        return shown.own
    if shown.attitude is None or topic.approve is None:
        return None
    return shown.attitude if topic.approve.protective == "agree" else shown.attitude.turned()


def axis_is_healthy(topic: Topic, shown: Shown) -> bool:
    """Whether the guesses counted the healthy side."""
    if shown.verdict is Verdict.SHOW_ATTITUDE or not topic.is_behaviour:
        return topic.attitude is not None and topic.attitude.protective == "agree"
    return topic.polarity is Polarity.PROTECTIVE


def country_on_axis(topic: Topic, shown: Shown, figure: Figure) -> tuple[float, float]:
    """The figure in percent on the side that the guesses counted."""
    if axis_is_healthy(topic, shown) == (figure.side == "healthy"):
        return figure.low, figure.high
    return 100 - figure.high, 100 - figure.low
