"""What one phone shows for itself after a reveal: its own guess beside what the wall has said.

P4: a card is made of the seat's own guess and the public value alone. P17: never of an own answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from clicker.lesson import Polarity, Topic
from clicker.measures import Histogram
from clicker.safety import Banded, Shown
from clicker.safety.guesses import accurate, tolerated
from clicker.words.amounts import answer_number, axis_is_healthy, country_on_axis, out_of_hundred, own_on_axis
from clicker.words.catalogue import catalogue
from clicker.words.children import children_label, children_sentence
from clicker.words.country import country_sentence, reference_label, references, source_line
from clicker.words.reveal import attitude_sentence


@dataclass(frozen=True)
class CardRow:
    """One number: whose it is (`guess`, `own`, `country`, `neighbour`, `municipality`), its name, what it says, and
    from where to where it reaches on the axis of the guesses, in percent; equal ends where it is exact."""

    role: str
    name: str
    value: str
    low: float
    high: float


@dataclass(frozen=True)
class Card:
    """One topic on one phone: the question as it was asked, the numbers, one line about them, and the sources of what
    comes from outside."""

    topic: str
    title: str
    question: str
    rows: tuple[CardRow, ...]
    line: str = ""
    sources: tuple[str, ...] = ()


def card(topic: Topic, shown: Shown, question: str, guess: int | None, today: date, lang: str) -> Card | None:
    """The card from the public value as far as the wall has shown it (`safety.seen`); None while there is nothing.

    `guess` is the seat's own, in the unit it was asked in; None where it gave none.
    """
    guesses = shown.guesses
    if guesses is None:
        return _attitude_card(topic, shown, today, lang)
    rows = [*_guess_row(guess, guesses, lang), *_own_row(topic, shown, guesses, lang)]
    rows += _references(topic, shown, lang)
    line = _line(topic, shown, guess, lang)
    if shown.children is not None:
        line = f"{children_sentence(topic, shown.children, lang)}. {line}".strip()
    return Card(topic.id, topic.title, question, tuple(rows), line, _sources(shown, today, lang))


def _sources(shown: Shown, today: date, lang: str) -> tuple[str, ...]:
    return tuple(source_line(one, today, lang) for one in (shown.figure, shown.beside) if one is not None)


def _attitude_card(topic: Topic, shown: Shown, today: date, lang: str) -> Card | None:
    """What we find all right, where nobody was asked to guess it."""
    if shown.attitude is None:
        return None
    line = f"{attitude_sentence(topic, shown, lang)}."
    if shown.figure is not None:
        line = f"{line} {country_sentence(topic, shown, today, lang)}."
    return Card(topic.id, topic.title, "", (), line, _sources(shown, today, lang))


def _guess_row(guess: int | None, guesses: Histogram, lang: str) -> list[CardRow]:
    _ = catalogue(lang).gettext
    if guess is None:
        return []
    of = 100 if out_of_hundred(guesses) else guesses.top
    at = float(_percent(guess, guesses))
    return [CardRow("guess", _("Your guess"), _("{number} of {n}").format(number=guess, n=of), at, at)]


def _own_row(topic: Topic, shown: Shown, guesses: Histogram, lang: str) -> list[CardRow]:
    _ = catalogue(lang).gettext
    answer = own_on_axis(topic, shown)
    if answer is None:
        return []
    text = answer_number(answer, guesses, lang)
    if not out_of_hundred(guesses):
        text = _("{number} of {n}").format(number=text, n=answer.n)
    ours = _("Our answer") if shown.children is None else children_label(topic, shown, lang).partition(": ")[0]
    return [CardRow("own", ours, text, *(100 * count / answer.n for count in (answer.low, answer.high)))]


def _references(topic: Topic, shown: Shown, lang: str) -> list[CardRow]:
    healthy, named = axis_is_healthy(topic, shown), shown.figure is not None and bool(shown.figure.named)
    rows = []
    for role, figure in references(shown):
        name, _colon, text = reference_label(figure, named=named, healthy=healthy, lang=lang).partition(": ")
        rows.append(CardRow(role, name, text, *country_on_axis(topic, shown, figure)))
    return rows


def _percent(guess: int, guesses: Histogram) -> Fraction:
    return Fraction(100 * guess, max(1, guesses.top))


def _line(topic: Topic, shown: Shown, guess: int | None, lang: str) -> str:
    """How the guess lies beside the answer, or beside the country where nobody answered for themselves.

    It is never said that somebody guessed too little of a risk, or too much of what protects: that would teach that
    the others are worse than one thought.
    """
    _ = catalogue(lang).gettext
    assert shown.guesses is not None
    if guess is None:
        return _("You did not guess here.")
    answer = own_on_axis(topic, shown)
    within = _accurate(topic, shown, answer)
    if within is None:
        return ""
    at, (low, high) = _percent(guess, shown.guesses), within
    neutral, healthy = topic.polarity is Polarity.NEUTRAL, axis_is_healthy(topic, shown)
    if low <= at <= high:
        return _("Your guess was close.")
    if at > high and (neutral or not healthy):
        return _("You guessed higher than the answer.") if answer else _("You guessed higher than the number.")
    if at < low and (neutral or healthy):
        return _("The answer is higher than your guess.") if answer else _("The number is higher than your guess.")
    return ""


def _accurate(topic: Topic, shown: Shown, answer: Banded | None) -> tuple[Fraction, Fraction] | None:
    """Between which guesses, in percent, one was close; None where there is nothing, or more than one thing, to be
    close to."""
    assert shown.guesses is not None
    if answer is not None:
        return accurate(answer, shown.guesses) if answer.n > 1 else None
    one = [figure for _role, figure in references(shown)]
    if len(one) != 1:
        return None
    low, high = (Fraction(str(end)) for end in country_on_axis(topic, shown, one[0]))
    return low - tolerated(shown.guesses), high + tolerated(shown.guesses)
