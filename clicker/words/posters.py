"""The words of posters and cards: one claim cut where its number stands, and who answered where and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from clicker.lesson import Audience, Topic
from clicker.safety.posters import Claim
from clicker.words.catalogue import catalogue
from clicker.words.country import reference_sentence, source_line
from clicker.words.numbers import day

# "7.B", "9a", "10. X": what may stand behind "in".
_A_CLASS = re.compile(r"\d{1,2}\s*\.?\s*[^\W\d]{0,2}")


@dataclass(frozen=True)
class Whose:
    """Who answered, as printed: school and group are free text; several classes have no group."""

    audience: Audience
    school: str
    group: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class PosterWords:
    """A poster's words. `before`, `number`, `after` and `claim` are `sentence` in its order; `count` of `of` people are
    those that a picture may fill; `foot` says how many answered, where and when."""

    sentence: str
    before: str
    number: str
    after: str
    claim: str
    count: int
    of: int
    foot: str
    when: str
    more: str = ""
    country: str = ""
    source: str = ""


def poster_words(
    topic: Topic, claim: Claim, whose: Whose, *, today: date, lang: str, country: bool = False
) -> PosterWords:
    """The words for a claim; the country's figure only where it is asked for and may stand there."""
    _ = catalogue(lang).gettext
    text = _("{k} of {people} {words}.") if claim.exact else _("At least {k} of {people} {words}.")
    people = _people(claim, whose, _)
    before, _k, rest = text.partition("{k}")
    after, _w, end = rest.partition("{words}")
    figure = claim.figure if country else None
    return PosterWords(
        sentence=text.format(k=claim.low, people=people, words=topic.healthy),
        before=before.strip(),
        number=str(claim.low),
        after=after.format(people=people).strip(),
        claim=f"{topic.healthy}{end}",
        count=claim.low,
        of=claim.n,
        foot=_foot(claim, whose, lang),
        when=days(whose.days, lang),
        more=_("That is more than we thought.") if claim.more_than_guessed else "",
        country=f"{reference_sentence(topic, figure, today, lang)}." if figure else "",
        source=source_line(figure, today, lang) if figure else "",
    )


def _people(claim: Claim, whose: Whose, _: Callable[[str], str]) -> str:
    """ "the 24 who answered in 7.B": exactly those that are counted (P12), never "the year" or "the school"."""
    place = _several(claim, whose, _) if claim.classes > 1 else whose.group.strip()
    if claim.classes == 1 and not _A_CLASS.fullmatch(place):
        place = ""
    if whose.audience is Audience.PARENTS:
        text = _("the {n} parents who answered in {place}") if place else _("the {n} parents who answered")
    elif whose.audience is Audience.STAFF:
        text = _("the {n} staff who answered in {place}") if place else _("the {n} staff who answered")
    else:
        text = _("the {n} who answered in {place}") if place else _("the {n} who answered")
    return text.format(n=claim.n, place=place)


def _several(claim: Claim, whose: Whose, _: Callable[[str], str]) -> str:
    text = _("{m} groups") if whose.audience is Audience.STAFF else _("{m} classes")
    return text.format(m=claim.classes)


def _foot(claim: Claim, whose: Whose, lang: str) -> str:
    _ = catalogue(lang).gettext
    if claim.classes > 1:
        answered = _("{n} answered in {place}").format(n=claim.n, place=_several(claim, whose, _))
    else:
        answered = _("{n} answered").format(n=claim.n)
    parts = (answered, whose.group.strip(), whose.school.strip(), days(whose.days, lang))
    return " · ".join(part for part in parts if part)


def days(when: Sequence[date], lang: str) -> str:
    """One day, or the first and the last: "2. marts 2026 – 14. april 2026"."""
    first, last = min(when), max(when)
    return day(first, lang) if first == last else f"{day(first, lang)} – {day(last, lang)}"


def not_told_posters(lang: str) -> str:
    """P11: why a run has no posters."""
    _ = catalogue(lang).gettext
    return _("Before the first answer nobody said that others may see numbers. So there are no posters.")


def design_names(lang: str) -> dict[str, str]:
    """The designs, by their names in addresses."""
    _ = catalogue(lang).gettext
    return {"number": _("A large number"), "figures": _("One figure for each person"), "words": _("Large words")}


def paper_names(lang: str) -> dict[str, str]:
    """The formats, by their names in addresses."""
    _ = catalogue(lang).gettext
    return {"a3": _("A3 on paper"), "a4": _("A4 on paper"), "phone": _("A picture for phones")}
