"""The country in words: its share in the healthy frame, who was asked, when and by whom, and how old that is."""

from __future__ import annotations

from datetime import date

from clicker.lesson import Figure, Topic
from clicker.safety import Shown
from clicker.words.catalogue import catalogue
from clicker.words.numbers import percent_of_hundred


def country_sentence(topic: Topic, shown: Shown, today: date, lang: str) -> str:
    """The country per hundred in the healthy frame; who it is about is in it; an old year leads."""
    _ = catalogue(lang).gettext
    figure = shown.figure
    assert figure is not None
    share = percent_of_hundred(figure, healthy=True, lang=lang)
    words = _("did not answer that it is all right") if figure.measure != "prevalence" else topic.healthy
    if today.year > figure.valid_until:
        text = _("In {year}, {population}: {share} of 100 {words}")
    else:
        text = _("In the whole country, {population}: {share} of 100 {words}")
    said = text.format(year=figure.year, population=figure.population, share=share, words=words)
    return said[:1].upper() + said[1:]


def source_line(figure: Figure, today: date, lang: str) -> str:
    """Who was asked, when and by whom; whether the figure is old, and how its group is not the class's own."""
    _ = catalogue(lang).gettext
    parts = [_asked(figure, lang), origin(figure, lang), _age(figure, today, lang)]
    if "grade" in figure.differs:
        parts.append(_("Nearest figure: {population}, {year}.").format(population=figure.population, year=figure.year))
    return " ".join(part for part in parts if part)


def _asked(figure: Figure, lang: str) -> str:
    _ = catalogue(lang).gettext
    return _("Asked: {population}, {year}.").format(population=_population(figure), year=figure.year)


def origin(figure: Figure, lang: str) -> str:
    """By whom."""
    _ = catalogue(lang).gettext
    return _("Source: {source}.").format(source=figure.source)


def _age(figure: Figure, today: date, lang: str) -> str:
    _ = catalogue(lang).gettext
    return _("This is an older figure.") if today.year > figure.valid_until else ""


def _population(figure: Figure) -> str:
    return f"{figure.population} ({figure.parts})" if figure.parts else figure.population


def country_line(figure: Figure, today: date, lang: str) -> str:
    """Who was asked and when; a group that is not the class's own is called the nearest one."""
    _ = catalogue(lang).gettext
    who = _asked(figure, lang)
    if "grade" in figure.differs:
        who = _("Nearest figure: {population}, {year}.").format(population=_population(figure), year=figure.year)
    return f"{who} {_age(figure, today, lang)}".strip()
