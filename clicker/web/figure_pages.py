"""What the pages about the published numbers show: rows as texts, pictures over years, and what to say about both."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby

from clicker import charts, words
from clicker.lesson import Fit, Published, Source, Whose

GROUPS = (
    *("alcohol", "nicotine", "tobacco", "cannabis", "drugs"),
    *("wellbeing", "class", "digital", "crime", "victimisation", "sex", "self-harm", "neutral"),
)
SEXES = ("all", "male", "female")


@dataclass(frozen=True)
class Line:
    """One row of the table; `link` is "" where the source has no page on the web."""

    id: str
    value: str
    measure: str
    interval: str
    n: str
    people: str
    whose: str
    year: int
    survey: str
    wording: str
    source: Source
    terms: str
    link: str
    valid_until: int
    expired: bool
    notes: str
    fits: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Key:
    """One entry of a picture's key."""

    look: int
    sex: str
    text: str


@dataclass(frozen=True)
class Picture:
    """One group of people over the years: which drawing, its rows as JSON, its key, and the same in a sentence."""

    title: str
    years: str
    top: int
    rows: str
    keys: tuple[Key, ...]
    said: str


@dataclass(frozen=True)
class Entry:
    """One indicator: what there is of it, whether a shipped lesson uses it, and whether surveys differ on it."""

    id: str
    label: str
    extent: str
    used: bool
    disputed: bool


@dataclass(frozen=True)
class Shelf:
    """A group of topics with its indicators."""

    id: str
    title: str
    indicators: tuple[Entry, ...]


def shelves(
    rows: Iterable[Published], fits: Mapping[str, Sequence[Fit]], disputed: Collection[str], lang: str
) -> tuple[Shelf, ...]:
    """The indicators of the rows by group, in the order of `GROUPS`; `disputed` are those on which surveys differ."""
    told: dict[str, dict[str, list[Published]]] = {group: {} for group in GROUPS}
    for row in rows:
        told.setdefault(row.indicator.group, {}).setdefault(row.indicator.id, []).append(row)
    return tuple(
        Shelf(group, words.topic_group(group, lang), tuple(_entry(of, fits, disputed, lang) for of in found.values()))
        for group, found in told.items()
        if found
    )


def _entry(rows: Sequence[Published], fits: Mapping[str, Sequence[Fit]], disputed: Collection[str], lang: str) -> Entry:
    indicator = rows[0].indicator
    return Entry(
        id=indicator.id,
        label=indicator.label(lang),
        extent=words.extent(rows, lang),
        used=any(row.id in fits for row in rows),
        disputed=indicator.id in disputed,
    )


def grade_choices(grades: Iterable[str], lang: str) -> tuple[tuple[str, str], ...]:
    """(value, text) of each grade that can be asked for."""
    return tuple((one, words.grades_text((int(one),), lang) if one.isdecimal() else one) for one in grades)


def lines(rows: Iterable[Published], fits: Mapping[str, Sequence[Fit]], today: date, lang: str) -> tuple[Line, ...]:
    """The rows as they are read: the newest first, the youngest first among those."""
    ordered = sorted(rows, key=lambda row: (-row.year, _age_order(row), SEXES.index(row.sex)))
    return tuple(_line(row, fits.get(row.id, ()), today, lang) for row in ordered)


def _line(row: Published, fits: Sequence[Fit], today: date, lang: str) -> Line:
    interval = ""
    if row.ci_low is not None and row.ci_high is not None:
        interval = f"{words.decimal(row.ci_low, lang)}-{words.decimal(row.ci_high, lang)} %"
    return Line(
        id=row.id,
        value=words.value_text(row, lang),
        measure=words.measure_text(row.measure, lang),
        interval=interval,
        n="" if row.n is None else words.whole(row.n, lang),
        people=words.people_text(row, lang),
        whose="" if _elsewhere(row) else words.whose_word(row.whose, lang),
        year=row.year,
        survey=row.survey,
        wording=row.wording,
        source=row.source,
        terms=words.terms_text(row.source.licence, lang),
        link=row.source.url if row.source.url.startswith(("https://", "http://")) else "",
        valid_until=row.valid_until,
        expired=row.valid_until < today.year,
        notes=row.notes,
        fits=tuple((words.fit_text(fit, lang), fit.lesson) for fit in fits),
    )


def _age_order(row: Published) -> tuple[int, int, str]:
    """By grade, then by age; a school type after the grades."""
    return (min(row.grades, default=99), row.age_min or 0, row.grade)


def pictures(rows: Iterable[Published], lang: str) -> tuple[Picture, ...]:
    """A picture for each group of people that was asked in two years or by two surveys, all of the same height."""
    drawn = list(dict.fromkeys(rows))
    groups = [
        list(group) for _key, group in groupby(sorted(drawn, key=lambda row: (_order(row), row.year)), key=_order)
    ]
    groups = [group for group in groups if len({row.year for row in group}) > 1 or len({*map(_asked, group)}) > 1]
    everything = [row for group in groups for row in group]
    top = charts.years_top([row.value for row in everything])
    measures = {row.measure for row in everything}
    return tuple(_picture(group, top, lang, name_measure=len(measures) > 1) for group in groups)


def _asked(row: Published) -> tuple[object, ...]:
    return (row.whose, row.survey)


def _order(row: Published) -> tuple[object, ...]:
    """Equal for those who stand in one picture: a municipality stands beside the country."""
    region = row.region if row.whose is Whose.COUNTRY else words.COUNTRY
    ages = (0, 0) if row.grade else (row.age_min or 0, row.age_max or 0)
    return (min(row.grades, default=99), row.grade, ages, region != words.COUNTRY, region, row.measure)


def _picture(group: list[Published], top: int, lang: str, *, name_measure: bool) -> Picture:
    title = _title(group[0], lang)
    if name_measure:
        title = f"{title} ({words.measure_text(group[0].measure, lang)})"
    series = _series(group, lang)
    counts = Counter(name for (name, _sex), told in series.items() for _row in told)
    surveys = [name for name, _count in counts.most_common()]
    points = [
        charts.YearPoint(
            year=row.year,
            value=row.value,
            series=f"{name} {sex}",
            look=surveys.index(name),
            sex=sex,
            label=words.value_sign(row, lang),
        )
        for (name, sex), told in series.items()
        for row in told
    ]
    ordered = sorted(series, key=lambda key: (surveys.index(key[0]), SEXES.index(key[1])))
    named = [(f"{key[0]}, {words.sex_text(series[key][0], lang)}", key) for key in ordered]
    return Picture(
        title=title,
        years="-".join(map(str, sorted({row.year for row in group}))),
        top=top,
        rows=json.dumps(charts.years_rows(points)),
        keys=tuple(Key(surveys.index(name) % len(charts.LOOKS), sex, text) for text, (name, sex) in named),
        said=words.years_description(title, [(text, series[key]) for text, key in named], lang),
    )


def _title(row: Published, lang: str) -> str:
    """The grade, else the ages; the place where it is not the country."""
    people = row.grade or words.ages_text(row.age_min, row.age_max, lang) or words.group_text(row, lang)
    return f"{people}, {row.region}" if _elsewhere(row) else people


def _elsewhere(row: Published) -> bool:
    """Published of a part of the country, or of other countries."""
    return row.whose is Whose.COUNTRY and row.region != words.COUNTRY


def _series(group: list[Published], lang: str) -> dict[tuple[str, str], list[Published]]:
    """The rows by survey and sex; what several pages repeat is drawn once, the most exact; what else they say apart."""
    doubtful = {
        one.survey for one, other in combinations(group, 2) if _told_of(one) == _told_of(other) and not one.meets(other)
    }
    series: dict[tuple[str, str], list[Published]] = {}
    for row in sorted(group, key=lambda row: (row.year, SEXES.index(row.sex), row.reach[1] - row.reach[0])):
        name = words.survey_text(row, lang)
        name = f"{name} ({words.page_name(row)})" if row.survey in doubtful else name
        told = series.setdefault((name, row.sex), [])
        if not any(row.year == one.year and row.meets(one) for one in told):
            told.append(row)
    return series


def _told_of(row: Published) -> tuple[object, ...]:
    return (row.whose, row.survey, row.sex, row.year)
