"""Reference figures in words: their share in the healthy frame, who was asked, when and by whom, and how old that is.

The country's figure is said per hundred; where a neighbouring grade below and one above are known, both are named.
The municipality's own survey stands beside it under its own name.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from clicker.lesson import Figure, Topic
from clicker.safety import Shown
from clicker.words.catalogue import catalogue
from clicker.words.numbers import percent_of_hundred

COUNTRY = "Danmark"
# A municipality with a longer name is called "the municipality" in a mark; its name stands in the sentence.
LONGEST_IN_MARK = 18
Role = Literal["country", "neighbour", "municipality"]


def references(shown: Shown) -> tuple[tuple[Role, Figure], ...]:
    """Every figure that gets a mark of its own: the country's, two where two are named, then the municipality's."""
    marks: list[tuple[Role, Figure]] = []
    for figure in (shown.figure, shown.beside):
        if figure is None:
            continue
        if figure.owner:
            marks.append(("municipality", figure))
        elif figure.named:
            marks += zip(("country", "neighbour"), figure.named, strict=True)
        else:
            marks.append(("country", figure))
    return tuple(marks)


def reference_label(figure: Figure, *, named: bool, healthy: bool, lang: str) -> str:
    """A mark's label: whose number it is, and the number out of a hundred on the side that is counted."""
    _ = catalogue(lang).gettext
    share = percent_of_hundred(figure, healthy=healthy, lang=lang)
    if figure.owner and len(figure.owner) > LONGEST_IN_MARK:
        return _("The municipality: {share} of 100").format(share=share)
    if figure.owner:
        return _("{name}: {share} of 100").format(name=figure.owner, share=share)
    if named:
        return _("{name}: {share} of 100").format(name=_capital(figure.population), share=share)
    if figure.region != COUNTRY:
        return _("{name}: {share} of 100").format(name=_capital(figure.region), share=share)
    return _("The country: {share} of 100").format(share=share)


def country_sentence(topic: Topic, shown: Shown, today: date, lang: str) -> str:
    """The first reference per hundred in the healthy frame; who it is about is in it; an old year leads."""
    assert shown.figure is not None
    return reference_sentence(topic, shown.figure, today, lang)


def reference_sentence(topic: Topic, figure: Figure, today: date, lang: str) -> str:
    """One figure per hundred in the healthy frame, with its group, its place and, where it is old, its year."""
    _ = catalogue(lang).gettext
    words = _counted(topic, figure, lang)
    if figure.named:
        text = _("In {place}: {first} and {second} {words}")
        if not figure.owner:
            text = _("In the whole country: {first} and {second} {words}")
        first, second = (_share_of(one, today, lang) for one in figure.named)
        return text.format(place=figure.owner, first=first, second=second, words=words)
    share = percent_of_hundred(figure, healthy=True, lang=lang)
    place = figure.owner or ("" if figure.region == COUNTRY else figure.region)
    old = today.year > figure.valid_until
    if place:
        text = (
            _("In {year}, {place}, {population}: {share} of 100 {words}")
            if old
            else _("In {place}, {population}: {share} of 100 {words}")
        )
    else:
        text = (
            _("In {year}, {population}: {share} of 100 {words}")
            if old
            else _("In the whole country, {population}: {share} of 100 {words}")
        )
    said = text.format(year=figure.year, place=place, population=_whom(figure), share=share, words=words)
    return _capital(said)


def _whom(figure: Figure) -> str:
    """Who was asked, with the sex where it was one alone: nobody reads the girls' share as everybody's."""
    return f"{figure.population} ({figure.parts})" if "sex" in figure.differs and figure.parts else figure.population


def short_source(figure: Figure, today: date, lang: str) -> str:
    """By whom, when, of whom where it is not the class's own group, and whether it is old: for a line below a list."""
    _ = catalogue(lang).gettext
    people = _whom(figure) if {"grade", "age", "sex"} & set(figure.differs) else ""
    old = _("older figure") if today.year > figure.valid_until else ""
    aside = ", ".join(part for part in (people, old) if part)
    said = f"{figure.source}, {figure.year}"
    return f"{said} ({aside})" if aside else said


def _counted(topic: Topic, figure: Figure, lang: str) -> str:
    """What the people of the sentence do, or think."""
    _ = catalogue(lang).gettext
    if topic.only_guessed and not topic.is_behaviour and topic.healthy:
        return topic.healthy
    if figure.measure == "own_approval" and figure.side == "risk":
        # Some of the others did not know: nobody may say of them that they find it wrong.
        named = topic.approve is not None and topic.approve.protective == "disagree"
        statement = topic.approve.text.rstrip(".") if named and topic.approve is not None else ""
        if statement:
            return _("did not answer that {statement}").format(statement=statement[:1].lower() + statement[1:])
        return _("did not answer that it is all right")
    attitude = figure.measure in ("own_approval", "own_opinion")
    return topic.approve.healthy if attitude and topic.approve is not None else topic.healthy


def _share_of(figure: Figure, today: date, lang: str) -> str:
    """ "97 of 100 (7th grade)", with the year where it is old."""
    _ = catalogue(lang).gettext
    share = percent_of_hundred(figure, healthy=True, lang=lang)
    people = ", ".join(part for part in (figure.population, figure.parts if "sex" in figure.differs else "") if part)
    people = f"{people}, {figure.year}" if today.year > figure.valid_until else people
    return _("{share} of 100 ({people})").format(share=share, people=people)


def source_line(figure: Figure, today: date, lang: str) -> str:
    """Who was asked, when and by whom; whether the figure is old, and how its group is not the class's own."""
    return " ".join((country_line(figure, today, lang), origin(figure, lang)))


def country_line(figure: Figure, today: date, lang: str) -> str:
    """Who was asked and when; a group that is not the class's own is called the nearest one."""
    _ = catalogue(lang).gettext
    near = {"grade", "age"} & set(figure.differs)
    if figure.named:
        text = _("Nearest figures: {people}, {year}.") if near else _("Asked: {people}, {year}.")
        age = _("These are older figures.")
    else:
        text = _("Nearest figure: {people}, {year}.") if near else _("Asked: {people}, {year}.")
        age = _("This is an older figure.")
    who = text.format(people=_asked(figure, lang), year=_years(figure, lang))
    return f"{who} {age if today.year > figure.valid_until else ''}".strip()


def _asked(figure: Figure, lang: str) -> str:
    """Who was asked, with what is peculiar of them in brackets; two groups side by side."""
    _ = catalogue(lang).gettext
    if not figure.named:
        return _population(figure)
    first, second = (one.population for one in figure.named)
    parts = tuple(dict.fromkeys(part for one in figure.named for part in (one.parts, one.owner) if part))
    people = _("{first} and {second}").format(first=first, second=second)
    return f"{people} ({', '.join(parts)})" if parts else people


def _years(figure: Figure, lang: str) -> str:
    """The year, or the years of two groups in their order."""
    _ = catalogue(lang).gettext
    years = list(dict.fromkeys(str(one.year) for one in figure.named or (figure,)))
    return years[0] if len(years) == 1 else _("{first} and {second}").format(first=years[0], second=years[1])


def origin(figure: Figure, lang: str) -> str:
    """By whom, and whether the words of their question are known."""
    _ = catalogue(lang).gettext
    source = _("Source: {source}.").format(source=figure.source)
    unknown = _("We do not know the exact words of their question.") if "wording" in figure.differs else ""
    return f"{source} {unknown}".strip()


def _population(figure: Figure) -> str:
    aside = [part for part in (figure.parts, "" if figure.region == COUNTRY else figure.region) if part]
    return f"{figure.population} ({', '.join(aside)})" if aside else figure.population


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
