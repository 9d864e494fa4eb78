"""The summary's words: each topic's sentence and name, and its guess, its answer and the country out of a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from clicker.lesson import Topic, Verdict
from clicker.measures import Histogram, rounded
from clicker.safety import Shown
from clicker.words.amounts import axis_is_healthy, counted_answer
from clicker.words.catalogue import catalogue
from clicker.words.children import children_sentence
from clicker.words.country import country_sentence, short_source
from clicker.words.numbers import number_range, percent_of_hundred
from clicker.words.reveal import attitude_sentence, claim_sentence


@dataclass(frozen=True)
class Found:
    """One topic as the summary says it. The numbers are out of a hundred, "" where the wall has not shown one."""

    title: str
    sentence: str
    guess: str
    own: str
    country: str

    def numbers(self, lang: str) -> str:
        """The numbers with whose they are, for a table."""
        _ = catalogue(lang).gettext
        out_of = _("{number} of 100")
        guess, own = (out_of.format(number=number) for number in (self.guess, self.own))
        parts = [_("Our guess: {number}").format(number=guess)] if self.guess else []
        parts.append(_("Our answer: {number}").format(number=own))
        if self.country:
            parts.append(_("The country: {share} of 100").format(share=self.country))
        return ". ".join(parts)


def found(topic: Topic, shown: Shown, lang: str) -> Found | None:
    """The topic as far as the wall has shown it, or None where nothing of the class was shown."""
    sentence, answer = _sentence(topic, shown, lang), counted_answer(topic, shown)
    if sentence is None or answer is None:
        return None
    country = ""
    if shown.figure is not None and _marked(shown):
        country = percent_of_hundred(shown.figure, healthy=axis_is_healthy(topic, shown), lang=lang)
    own = number_range(*(rounded(Fraction(100 * count, answer.n)) for count in (answer.low, answer.high)))
    return Found(_name(topic, shown, lang), f"{sentence}.", _guess(shown.guesses), own, country)


def finding(topic: Topic, shown: Shown, today: date, lang: str) -> str | None:
    """The topic's sentence as far as the wall has shown it: of the group, or of the country where that was all that
    the guesses were held against; None where nothing but guesses was shown."""
    of_the_group = _sentence(topic, shown, lang)
    if of_the_group is None and shown.figure is None:
        return None
    if of_the_group is None and shown.figure is not None:
        source = catalogue(lang).gettext("Source: {source}.").format(source=short_source(shown.figure, today, lang))
        return f"{country_sentence(topic, shown, today, lang)}. {source}"
    return f"{of_the_group}."


def summary_source(seen: Sequence[Shown], today: date, lang: str) -> str:
    """Where the country's marks in the picture come from, each survey once; "" where there is none."""
    _ = catalogue(lang).gettext
    figures = [shown.figure for shown in seen if shown.figure is not None and _marked(shown)]
    sources = dict.fromkeys(short_source(figure, today, lang) for figure in figures)
    return _("The country: {sources}.").format(sources="; ".join(sources)) if sources else ""


def _marked(shown: Shown) -> bool:
    """Whether the summary's picture has a mark for the country: one number, and not the municipality's."""
    return shown.figure is not None and not shown.figure.owner and not shown.figure.named


def _sentence(topic: Topic, shown: Shown, lang: str) -> str | None:
    if shown.children is not None:
        return children_sentence(topic, shown.children, lang)
    if shown.own is not None:
        return claim_sentence(topic, shown, lang)
    return attitude_sentence(topic, shown, lang) if shown.attitude is not None else None


def _name(topic: Topic, shown: Shown, lang: str) -> str:
    """A behaviour of which only the attitude was shown is not named as if its numbers told who does it."""
    _ = catalogue(lang).gettext
    if shown.verdict is Verdict.SHOW_ATTITUDE and topic.is_behaviour:
        return _("{topic}: is it all right?").format(topic=topic.title)
    return topic.title


def _guess(guesses: Histogram | None) -> str:
    mean = None if guesses is None else guesses.mean()
    return "" if mean is None else str(rounded(mean))


def summary_legend(all_found: Sequence[Found], lang: str) -> tuple[tuple[str, str], ...]:
    """Role and name of the signs that the summary uses."""
    _ = catalogue(lang).gettext
    legend = [("guess", _("Our guess"))] if any(one.guess for one in all_found) else []
    legend.append(("own", _("Our answer")))
    if any(one.country for one in all_found):
        legend.append(("country", _("The country")))
    return tuple(legend)


def summary_description(all_found: Sequence[Found], lang: str) -> str:
    """The summary's picture in sentences."""
    _ = catalogue(lang).gettext
    first = _("What we guessed, and what we answered.")
    return " ".join((first, *(f"{_headed(one.title)} {one.numbers(lang)}." for one in all_found)))


def _headed(title: str) -> str:
    return title if title.endswith("?") else f"{title}:"
