"""Which topics of the shipped lessons a published number may be shown with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date

from clicker.lesson import Figure, Figures, Fit, Lesson, Topic
from clicker.library.figures import ATTITUDE, BEHAVIOUR, choose
from clicker.library.tables import Row, Tables
from clicker.safety import Declared

_SAME_PEOPLE = (
    "indicator",
    "measure",
    "grade",
    "age_min",
    "age_max",
    "region",
    "year",
    "survey",
    "source_id",
    "wording",
)


def usable_for(
    tables: Tables, lessons: Iterable[Lesson], today: date, own: Iterable[Row] = ()
) -> Mapping[str, tuple[Fit, ...]]:
    """For each figure's id the topics it fits on that day, in the order of the lessons.

    It fits where indicator and measure are the topic's, and where the choice of figures takes it when it is the only
    one there is; the boys and the girls of one survey are taken together. `own` are the municipality's rows.
    """
    topics = [(lesson, topic) for lesson in lessons for topic in lesson.topics]
    found: dict[str, list[Fit]] = {}
    for row, alone, owned in _each_alone(tables, own):
        for lesson, topic in topics:
            if _asks_for(topic, row):
                for figure in taken(choose(alone, owned, Declared(topic, lesson.audience, lesson.grades), today)):
                    for name in figure.id.split("+"):
                        found.setdefault(name, []).append(_fit(lesson, topic, figure))
    return {name: tuple(fits) for name, fits in found.items()}


def taken(figures: Figures) -> Iterator[Figure]:
    """All figures that were chosen, whatever they are for."""
    for one in fields(figures):
        value = getattr(figures, one.name)
        yield from (part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Figure))


def _asks_for(topic: Topic, row: Row) -> bool:
    wanted = BEHAVIOUR if row["indicator"] == topic.indicator else frozenset()
    if row["indicator"] == topic.attitude_indicator:
        wanted |= ATTITUDE
    return row["measure"] in wanted


def _fit(lesson: Lesson, topic: Topic, figure: Figure) -> Fit:
    return Fit(lesson.id, lesson.title, topic.grades or lesson.grades, topic.id, topic.title, figure.differs)


def _each_alone(tables: Tables, own: Iterable[Row]) -> Iterator[tuple[Row, Tables, tuple[Row, ...]]]:
    """Each figure, or the two of boys and girls, as all there is: its first row, the tables, and the own rows."""
    indicators = {row["id"]: row for row in tables.rows.get("indicators", ())}
    sources = {row["id"]: row for row in tables.rows.get("sources", ())}
    for rows in _together(tables.rows.get("figures", ())):
        first = rows[0]
        needed = {"indicators": (indicators[first["indicator"]],), "sources": (sources[first["source_id"]],)}
        yield first, Tables({"figures": rows, **needed}), ()
    for rows in _together(row for row in own if row["indicator"] in indicators):
        yield rows[0], Tables({"indicators": (indicators[rows[0]["indicator"]],)}), rows


def _together(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        key = tuple(row[column] for column in _SAME_PEOPLE) if row["sex"] != "all" else (row["id"],)
        groups.setdefault(key, []).append(row)
    yield from map(tuple, groups.values())
