"""Which figure each shipped topic is held against, grade by grade. Printed as the golden file:

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
from clicker.lesson import Audience, Figure, Topic
from clicker.safety import Declared

TODAY = date(2026, 11, 22)
GRADES = range(5, 11)
HEAD = ("of", "topic", "indicator", "grade", "low", "high", "bound", "population", "year", "expired", "differs", "id")


def chosen() -> str:
    """The whole table as CSV: shipped topics in their lessons, then each of their indicators for 5th to 10th grade."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for row in (*_shipped(), *_by_grade()):
        writer.writerow(row)
    return text.getvalue()


def _shipped() -> Iterator[tuple[str, ...]]:
    for lesson in library.lessons():
        for topic in lesson.topics:
            declared = Declared(topic, lesson.audience, lesson.grades)
            grades = topic.grades or lesson.grades
            yield from _rows(lesson.id, declared, "-".join(map(str, grades)))


def _by_grade() -> Iterator[tuple[str, ...]]:
    topics: dict[tuple[str | None, str | None], Topic] = {}
    for lesson in library.lessons():
        for topic in lesson.topics:
            topics.setdefault((topic.indicator, topic.attitude_indicator), replace(topic, grades=()))
    for topic in topics.values():
        for grade in GRADES:
            yield from _rows("each grade", Declared(topic, Audience.PUPILS, (grade,)), str(grade))


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
