"""What a topic's public value means, in sentences. A risk topic is always said as who does NOT (G9).

Every function takes the public value only; none sees an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clicker.lesson import Figure, Phase, Polarity, Topic, Verdict
from clicker.measures import Histogram, rounded
from clicker.safety import Banded, Headline, Shown
from clicker.words.catalogue import catalogue
from clicker.words.numbers import number_range, percent_of_hundred


@dataclass(frozen=True)
class Said:
    """The words of one reveal: the title, the line below it, where a number comes from, the same as a table,
    and the labels of the marks in the picture (role -> label)."""

    title: str
    line: str
    source: str
    rows: tuple[tuple[str, str], ...]
    labels: tuple[tuple[str, str], ...]
    description: str


def guess_text(guesses: Histogram) -> str:
    """The mean guess as a whole number of people, or out of a hundred; "–" without guesses."""
    mean = guesses.mean_number()
    return "–" if mean is None else str(rounded(mean))


def answer_text(banded: Banded) -> str:
    """ "6", or "0-3" for a band."""
    return number_range(banded.low, banded.high)


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


def country_sentence(topic: Topic, shown: Shown, today: date, lang: str) -> str:
    """The country per hundred in the healthy frame; the year leads where the figure has expired."""
    _ = catalogue(lang).gettext
    figure = shown.figure
    assert figure is not None
    share = percent_of_hundred(figure, healthy=True, lang=lang)
    words = _("did not answer that it is all right") if figure.measure != "prevalence" else topic.healthy
    if today.year > figure.valid_until:
        text = _("In {year}: {share} of 100 {words}")
    else:
        text = _("In the whole country: {share} of 100 {words}")
    return text.format(year=figure.year, share=share, words=words)


def source_line(figure: Figure, today: date, lang: str) -> str:
    """Who was asked, when and by whom; whether the figure is old, and how its group is not the class's own."""
    _ = catalogue(lang).gettext
    parts = [_("Asked: {population}, {year}.").format(population=_population(figure), year=figure.year)]
    parts.append(_("Source: {source}.").format(source=figure.source))
    if today.year > figure.valid_until:
        parts.append(_("This is an older figure."))
    if "grade" in figure.differs:
        parts.append(_("Nearest figure: {population}, {year}.").format(population=figure.population, year=figure.year))
    return " ".join(parts)


def _population(figure: Figure) -> str:
    return f"{figure.population} ({figure.parts})" if figure.parts else figure.population


def revealed(topic: Topic, shown: Shown, phase: Phase, *, question: str, today: date, lang: str) -> Said:
    """The words of one press in a show step. `question` is the guess's question as it was asked."""
    _ = catalogue(lang).gettext
    line, source = "", ""
    if phase is Phase.GUESSES:
        title = _("This is what we guessed")
        assert shown.guesses is not None
        line = _("{m} guesses: {question}").format(m=shown.guesses.total, question=question)
    elif phase is Phase.OWN:
        title = claim_sentence(topic, shown, lang)
        line = _own_line(topic, shown, lang)
    elif phase is Phase.ATTITUDE:
        title = attitude_sentence(topic, shown, lang)
        line = _attitude_line(topic, shown, lang)
    else:
        title = country_sentence(topic, shown, today, lang)
        assert shown.figure is not None
        source = source_line(shown.figure, today, lang)
    labels = _labels(topic, shown, phase, lang)
    rows = tuple((label.split(": ", 1)[0], label.split(": ", 1)[1]) for _role, label in labels)
    description = " ".join(part if part.endswith((".", "?")) else f"{part}." for part in (title, line) if part)
    return Said(title, line, source, rows, labels, description)


def _own_line(topic: Topic, shown: Shown, lang: str) -> str:
    _ = catalogue(lang).gettext
    assert shown.guesses is not None
    assert shown.own is not None
    line = _("We guessed {guess}. The answer is {answer}.").format(
        guess=guess_text(shown.guesses), answer=answer_text(shown.own)
    )
    if shown.headline is not Headline.MORE_THAN_IT_IS:
        return line
    if topic.polarity is Polarity.PROTECTIVE:
        return f"{line} {_('There are more than we thought.')}"
    return f"{line} {_('We thought there were more than there are.')}"


def _attitude_line(topic: Topic, shown: Shown, lang: str) -> str:
    _ = catalogue(lang).gettext
    if shown.verdict is not Verdict.SHOW_ATTITUDE or shown.guesses is None or topic.approve is None:
        return ""
    if topic.approve.protective == "agree":
        text = _("We guessed that {guess} of the others think so.")
    else:
        text = _("We guessed that {guess} of the others find it all right.")
    return text.format(guess=guess_text(shown.guesses))


def _labels(topic: Topic, shown: Shown, phase: Phase, lang: str) -> tuple[tuple[str, str], ...]:
    """The marks of the picture that have been revealed by this phase, each "name: number"."""
    _ = catalogue(lang).gettext
    labels: list[tuple[str, str]] = []
    if shown.guesses is not None:
        labels.append(("guess", _("Our guess: {number}").format(number=guess_text(shown.guesses))))
    own = own_on_axis(topic, shown)
    if own is not None and phase is not Phase.GUESSES:
        labels.append(("own", _("Our answer: {number}").format(number=answer_text(own))))
    if phase is Phase.COUNTRY and shown.figure is not None:
        share = percent_of_hundred(shown.figure, healthy=_axis_is_healthy(topic, shown), lang=lang)
        labels.append(("country", _("The country: {share} of 100").format(share=share)))
    return tuple(labels)


def own_on_axis(topic: Topic, shown: Shown) -> Banded | None:
    """The group's own answer on the axis of its guesses: what the guess counted, out of those who answered."""
    if shown.own is not None:
        return shown.own
    if shown.attitude is None or shown.guesses is None or topic.approve is None:
        return None
    return shown.attitude if topic.approve.protective == "agree" else shown.attitude.turned()


def _axis_is_healthy(topic: Topic, shown: Shown) -> bool:
    if shown.verdict is Verdict.SHOW_ATTITUDE:
        return topic.approve is not None and topic.approve.protective == "agree"
    return topic.polarity is Polarity.PROTECTIVE


def finding(topic: Topic, shown: Shown, lang: str) -> str | None:
    """The one sentence of a topic on the summary, or None where nothing of the class was shown."""
    if shown.own is not None:
        return claim_sentence(topic, shown, lang)
    return attitude_sentence(topic, shown, lang) if shown.attitude is not None else None


def again_said(before: Histogram, after: Histogram, answer: Banded, lang: str) -> Said:
    """First guess, new guess and the answer; no claim about why they differ."""
    _ = catalogue(lang).gettext
    title = _("First we guessed {before}. Now we guess {after}.").format(
        before=guess_text(before), after=guess_text(after)
    )
    line = _("The answer is {answer}.").format(answer=answer_text(answer))
    labels = (
        ("before", _("Before: {number}").format(number=guess_text(before))),
        ("after", _("Now: {number}").format(number=guess_text(after))),
        ("own", _("Our answer: {number}").format(number=answer_text(answer))),
    )
    rows = tuple((label.split(": ", 1)[0], label.split(": ", 1)[1]) for _role, label in labels)
    return Said(title, line, "", rows, labels, f"{title} {line}")


def phone_lines(topic: Topic, shown: Shown, phase: Phase, guess: int | None, lang: str) -> tuple[str, ...]:
    """P4: what one phone shows for itself, from its own guess and the public value alone."""
    _ = catalogue(lang).gettext
    if Phase.GUESSES not in shown.reveals:
        return ()
    first = _("You did not guess here.") if guess is None else _("Your guess: {guess}.").format(guess=guess)
    own = own_on_axis(topic, shown)
    if own is None or phase is Phase.GUESSES:
        return (first,)
    return (first, _("The answer: {answer}.").format(answer=answer_text(own)))
