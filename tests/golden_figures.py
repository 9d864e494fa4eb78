"""Which figure each shipped topic, and any topic about each indicator, is held against. Printed as the golden file:

python tests/golden_figures.py > tests/golden/figures.csv
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from clicker import library
from clicker.lesson import Audience, Figure, Indicator, Polarity, Sensitivity, Topic
from clicker.library.figures import ATTITUDE, BEHAVIOUR
from clicker.safety import Declared
from clicker.safety.declared import NEVER_LIVE

TODAY = date(2026, 11, 22)
GRADES = range(5, 11)
HEAD = ("of", "topic", "indicator", "grade", "low", "high", "bound", "population", "year", "expired", "differs", "id")


def chosen() -> str:
    """The whole table as CSV: shipped topics in their lessons, then every indicator that may be shown, for 5th to 10th
    grade and for youth education."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for row in (*_shipped(), *_by_indicator()):
        writer.writerow(row)
    return text.getvalue()


def _shipped() -> Iterator[tuple[str, ...]]:
    for lesson in library.lessons():
        for topic in lesson.topics:
            declared = Declared(topic, lesson.audience, lesson.grades)
            grades = topic.grades or lesson.grades
            yield from _rows(lesson.id, declared, "-".join(map(str, grades)))


def _by_indicator() -> Iterator[tuple[str, ...]]:
    measured: dict[str, set[str]] = {}
    for row in library.figure_rows():
        measured.setdefault(row.indicator.id, set()).add(row.measure)
    for indicator in library.indicators():
        if indicator.group not in NEVER_LIVE:
            for topic in _topics(indicator, measured.get(indicator.id, set())):
                for grade in GRADES:
                    yield from _rows("each grade", Declared(topic, Audience.PUPILS, (grade,)), str(grade))
                yield from _rows("each grade", Declared(topic, Audience.STUDENTS, ()), "youth")


def _topics(indicator: Indicator, measures: set[str]) -> Iterator[Topic]:
    """What asks for its behaviour and what asks for its attitude, as far as there are such figures."""
    bare = Topic("", "", indicator.group, Polarity.RISK, Sensitivity.S2)
    if measures & BEHAVIOUR:
        yield replace(bare, id="behaviour", indicator=indicator.id)
    if measures & ATTITUDE:
        yield replace(bare, id="attitude", attitude_indicator=indicator.id)


def _rows(of: str, declared: Declared, grade: str) -> Iterator[tuple[str, ...]]:
    figures = library.figures_for(declared, TODAY)
    topic = declared.topic
    for indicator, figure in ((topic.indicator, figures.behaviour), (topic.attitude_indicator, figures.attitude)):
        if indicator is not None:
            yield (of, topic.id, indicator, grade, *_said(figure))


def _said(figure: Figure | None) -> tuple[str, ...]:
    if figure is None:
        return ("",) * 8
    people = " / ".join(one.population for one in figure.named) or figure.population
    old = "expired" if TODAY.year > figure.valid_until else ""
    differs = " ".join(figure.differs)
    return (f"{figure.low:g}", f"{figure.high:g}", figure.bound, people, str(figure.year), old, differs, figure.id)


if __name__ == "__main__":
    sys.stdout.write(chosen())
