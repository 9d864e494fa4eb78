"""What a topic's public value means, in sentences. A risk topic is always said as who does NOT (G9).

Every function takes the public value only; none sees an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clicker.lesson import Phase, Polarity, Topic, Verdict
from clicker.measures import Histogram
from clicker.safety import Banded, Headline, Shown
from clicker.words.amounts import (
    answer_of,
    answer_of_all,
    answer_text,
    axis_is_healthy,
    guess_number,
    guess_of_all,
    guess_text,
    out_of_hundred,
    own_on_axis,
    share_text,
)
from clicker.words.catalogue import catalogue
from clicker.words.children import children_asked, children_key, children_label, children_line, children_sentence
from clicker.words.country import (
    country_line,
    country_sentence,
    origin,
    reference_label,
    reference_sentence,
    references,
    source_line,
)
from clicker.words.numbers import percent_of_hundred

Tone = Literal["", "guess", "own", "country"]


@dataclass(frozen=True)
class Said:
    """The words of one reveal: the title, the line below it, where a number comes from, the same as a table,
    and the labels of the marks in the picture (role -> label).

    `heading` is the title once more, cut into pieces: its key numbers with whose they are, the rest with "".
    """

    title: str
    line: str
    source: str
    rows: tuple[tuple[str, str], ...]
    labels: tuple[tuple[str, str], ...]
    description: str
    heading: tuple[tuple[str, Tone], ...] = ()


def claim_sentence(topic: Topic, shown: Shown, lang: str) -> str:
    """The own answers in the healthy frame: "Mindst 21 af de 24, der svarede, ..." (P2, G9)."""
    assert shown.own is not None
    counted = shown.own.turned() if topic.polarity is Polarity.RISK else shown.own
    return _of_those_who_answered(counted, topic.healthy, lang)


def attitude_sentence(topic: Topic, shown: Shown, lang: str) -> str:
    """The protective attitude: "Mindst 19 af de 22, der svarede, synes ikke, det er i orden ..."."""
    assert shown.attitude is not None
    assert topic.approve is not None
    return _of_those_who_answered(shown.attitude, topic.approve.healthy, lang)


def _of_those_who_answered(counted: Banded, words: str, lang: str) -> str:
    _ = catalogue(lang).gettext
    if counted.exact:
        return _("{k} of the {n} who answered {words}").format(k=counted.low, n=counted.n, words=words)
    if counted.low > 0:
        return _("At least {k} of the {n} who answered {words}").format(k=counted.low, n=counted.n, words=words)
    return _("{k} of the {n} who answered {words}").format(k=answer_text(counted), n=counted.n, words=words)


def ready_line(shown: Shown, lang: str) -> str:
    """What the wall asks before the first press of a topic."""
    _ = catalogue(lang).gettext
    return _("What did we guess?") if Phase.GUESSES in shown.reveals else _("What do we think ourselves?")


def revealed(topic: Topic, shown: Shown, phase: Phase, *, question: str, today: date, lang: str) -> Said:
    """The words of one press in a show step. `question` is the guess's question as it was asked."""
    title, line, source, keys, tone = _say(topic, shown, phase, question, today, lang)
    labels = _labels(topic, shown, phase, lang)
    description = " ".join(part if part.endswith((".", "?")) else f"{part}." for part in (title, line) if part)
    rows = _as_rows(labels) + (() if attitude_alone(shown, phase) else _guess_rows(shown.guesses, lang))
    return Said(title, line, source, rows, labels, description, _marked(title, keys, tone))


def _say(
    topic: Topic, shown: Shown, phase: Phase, question: str, today: date, lang: str
) -> tuple[str, str, str, tuple[str, ...], Tone]:
    """Title, line, source, and the title's key numbers with whose they are."""
    _ = catalogue(lang).gettext
    if phase is Phase.GUESSES:
        assert shown.guesses is not None
        title = _("This is what we guessed: {guess}").format(guess=guess_of_all(shown.guesses, lang))
        count = _("{m} guesses. The number is their mean.").format(m=shown.guesses.total)
        return title, question, count, (guess_text(shown.guesses),), "guess"
    if phase is Phase.OWN:
        assert shown.own is not None
        counted = shown.own.turned() if topic.polarity is Polarity.RISK else shown.own
        return claim_sentence(topic, shown, lang), _own_line(topic, shown, lang), "", (_claimed(counted),), "own"
    if phase is Phase.CHILDREN:
        assert shown.children is not None
        line, asked = children_line(topic, shown, lang), children_asked(shown.children, lang)
        number = children_key(topic, shown.children)
        return children_sentence(topic, shown.children, lang), line, asked, (number,), "own"
    if phase is Phase.ATTITUDE:
        assert shown.attitude is not None
        line = _attitude_line(topic, shown, lang)
        return attitude_sentence(topic, shown, lang), line, "", (_claimed(shown.attitude),), "own"
    assert shown.figure is not None
    title = country_sentence(topic, shown, today, lang)
    line, source = country_line(shown.figure, today, lang), origin(shown.figure, lang)
    if shown.own is None and shown.attitude is None and shown.guesses is not None:
        line = f"{_guess_and_figure(topic, shown, lang)} {line}"
    if shown.beside is not None:
        line = f"{line} {reference_sentence(topic, shown.beside, today, lang)}."
        source = f"{source} {source_line(shown.beside, today, lang)}"
    parts = shown.figure.named or (shown.figure,)
    keys = tuple(_digits(percent_of_hundred(one, healthy=True, lang=lang)) for one in parts)
    return title, line, source, keys, "country"


def _guess_and_figure(topic: Topic, shown: Shown, lang: str) -> str:
    """Where the guesses stand beside the country alone: both numbers, on the side that was asked about."""
    _ = catalogue(lang).gettext
    assert shown.guesses is not None
    assert shown.figure is not None
    share = percent_of_hundred(shown.figure, healthy=axis_is_healthy(topic, shown), lang=lang)
    text = _("We guessed {guess}. The figure is {share} of 100.")
    return text.format(guess=guess_of_all(shown.guesses, lang), share=share)


def _claimed(counted: Banded) -> str:
    """The number that `_of_those_who_answered` says first."""
    return str(counted.low) if counted.exact or counted.low > 0 else answer_text(counted)


def _digits(text: str) -> str:
    found = re.search(r"\d+(-\d+)?", text)
    return found.group() if found else text


def _marked(title: str, keys: Sequence[str], tone: Tone) -> tuple[tuple[str, Tone], ...]:
    """The title cut at its key numbers, each looked for behind the one before."""
    pieces: list[tuple[str, Tone]] = []
    at = 0
    for key in keys:
        found = re.compile(rf"(?<!\d){re.escape(key)}(?!\d)").search(title, at)
        if found:
            pieces += [(title[at : found.start()], ""), (found.group(), tone)]
            at = found.end()
    return tuple(piece for piece in (*pieces, (title[at:], "")) if piece[0])


def _as_rows(labels: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Each "name: number" as a row of a table."""
    split = (label.partition(": ") for _role, label in labels)
    return tuple((name, number) for name, _colon, number in split)


def _guess_rows(guesses: Histogram | None, lang: str) -> tuple[tuple[str, str], ...]:
    """The bars as rows: each number that was guessed, and how many guessed it."""
    _ = catalogue(lang).gettext
    if guesses is None:
        return ()
    bars = ((cell * guesses.step, count) for cell, count in enumerate(guesses.counts) if count)
    return tuple((_("Guessed {number}").format(number=number), str(count)) for number, count in bars)


def _own_line(topic: Topic, shown: Shown, lang: str) -> str:
    """What was guessed and what is the answer, both counting the same thing; then what G11 allows to say of it."""
    _ = catalogue(lang).gettext
    assert shown.own is not None
    if shown.guesses is None:
        return ""
    counted = topic.unhealthy if topic.polarity is Polarity.RISK else topic.healthy
    line = _guess_and_answer(shown.guesses, shown.own, counted, lang)
    if shown.headline is not Headline.MORE_THAN_IT_IS:
        return line
    if topic.polarity is Polarity.PROTECTIVE:
        claim = _("There are more than we thought.")
    else:
        claim = _("We thought there were more than there are.")
    return f"{line} {claim}"


def _attitude_line(topic: Topic, shown: Shown, lang: str) -> str:
    """The guess of the others' attitude and the answer, counting the side that was asked about."""
    _ = catalogue(lang).gettext
    own = own_on_axis(topic, shown)
    if shown.verdict is not Verdict.SHOW_ATTITUDE or shown.guesses is None or topic.approve is None or own is None:
        return ""
    if topic.approve.protective == "agree":
        counted = topic.approve.healthy or _("think so")
    else:
        # A behaviour's `unhealthy` says what is done, not what is thought of it.
        counted = (not topic.is_behaviour and topic.unhealthy) or _("find it all right")
    return _guess_and_answer(shown.guesses, own, counted, lang)


def _guess_and_answer(guesses: Histogram, answer: Banded, counted: str, lang: str) -> str:
    """ "We guessed that 9 of the 24 others drink. The answer is 0-3."; out of a hundred where that was asked."""
    _ = catalogue(lang).gettext
    if not counted:
        first = _("We guessed {guess}.").format(guess=guess_number(guesses, lang))
    elif out_of_hundred(guesses):
        first = _("We guessed that {guess} of 100 {words}.").format(guess=guess_text(guesses), words=counted)
    else:
        text = _("We guessed that {guess} of the {others} others {words}.")
        first = text.format(guess=guess_text(guesses), others=guesses.top, words=counted)
    second = _("The answer is {answer}.").format(answer=answer_of(answer, guesses, lang))
    return f"{first} {second}"


def _labels(topic: Topic, shown: Shown, phase: Phase, lang: str) -> tuple[tuple[str, str], ...]:
    """The marks of the picture that have been revealed by this phase, each "name: number"."""
    _ = catalogue(lang).gettext
    if attitude_alone(shown, phase) or (shown.guesses is None and shown.attitude is not None):
        assert shown.attitude is not None
        return (("attitude", _("Our attitude: {number}").format(number=share_text(shown.attitude, lang))),)
    labels: list[tuple[str, str]] = []
    if shown.guesses is not None:
        labels.append(("guess", _("Our guess: {number}").format(number=guess_number(shown.guesses, lang))))
    own = own_on_axis(topic, shown)
    if own is not None and shown.guesses is not None and phase is not Phase.GUESSES:
        ours = _("Our answer: {number}").format(number=answer_of_all(own, shown.guesses, lang))
        labels.append(("own", ours if shown.children is None else children_label(topic, shown, lang)))
    if phase is Phase.COUNTRY:
        labels += _reference_labels(topic, shown, lang)
    return tuple(labels)


def _reference_labels(topic: Topic, shown: Shown, lang: str) -> list[tuple[str, str]]:
    healthy, named = axis_is_healthy(topic, shown), shown.figure is not None and bool(shown.figure.named)
    return [
        (role, reference_label(figure, named=named, healthy=healthy, lang=lang)) for role, figure in references(shown)
    ]


def attitude_alone(shown: Shown, phase: Phase) -> bool:
    """Whether this press shows the attitude by itself, not on the axis of guesses about it."""
    return phase is Phase.ATTITUDE and (shown.verdict is Verdict.SHOW or shown.guesses is None)


def again_said(topic: Topic, before: Histogram, after: Histogram, answer: Banded, lang: str) -> Said:
    """First guess, new guess and the answer; no claim about why they differ."""
    _ = catalogue(lang).gettext
    numbers = (guess_number(before, lang), guess_number(after, lang))
    title = _("First we guessed {before}. Now we guess {after}.").format(before=numbers[0], after=numbers[1])
    counted = topic.unhealthy if topic.polarity is Polarity.RISK else topic.healthy
    line = _("The answer is {answer}.").format(answer=answer_of(answer, after, lang))
    if counted:
        what = _("We guessed how many {words}.").format(words=counted)
        line = f"{what} {line}"
    if not out_of_hundred(before):
        whom = _("First we guessed about the others. Now we guess about all of us.")
        line = f"{line} {whom}"
    labels = (
        ("before", _("Before: {number}").format(number=numbers[0])),
        ("after", _("Now: {number}").format(number=numbers[1])),
        ("own", _("Our answer: {number}").format(number=answer_of_all(answer, after, lang))),
    )
    keys = (guess_text(before), guess_text(after))
    return Said(title, line, "", _as_rows(labels), labels, f"{title} {line}", _marked(title, keys, "guess"))
