"""Which published figure a topic is held against: the choice, never a mixture of two surveys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clicker.lesson import Audience, Figure, Figures
from clicker.library.candidates import COUNTRY, ONE_SEX, Candidate, both, candidates, figure_of
from clicker.library.people import EXACT, NEIGHBOUR, Nearness, nearness
from clicker.library.tables import Row, Tables
from clicker.safety import Declared

BEHAVIOUR = frozenset({"prevalence", "objective", "parent_report", "parent_perception"})
ATTITUDE = frozenset({"own_approval", "own_opinion"})
# No national survey asks this grade, and what pupils do changes most from the one below to the one above it.
BETWEEN_TWO = frozenset({8})


@dataclass(frozen=True)
class _Near:
    candidate: Candidate
    how: Nearness

    def figure(self) -> Figure:
        return figure_of(self.candidate, self.how.differs)


def choose(tables: Tables, own: Iterable[Row], declared: Declared, today: date) -> Figures:
    """The figures for the topic's behaviour and attitude, or None for each that has none to show.

    Same indicator; both sexes before one; the own grade, then a wider group with it, then a neighbouring grade, then
    a group around it; Denmark before some municipalities, a value before a mere lower bound, unexpired before
    expired, a total before boys and girls, the newest, exact before rounded, the survey's own page, the upper row.
    8th grade gets both neighbours by name.

    The municipality's own survey is chosen by the same rule, for itself. Where rows of several are given nobody has
    said in which of them the group lives, and none is chosen.
    """
    rows = tuple(own)
    topic = declared.topic
    behaviour = _all_near(tables, rows, topic.indicator, BEHAVIOUR, declared, today)
    attitude = _all_near(tables, rows, topic.attitude_indicator, ATTITUDE, declared, today)
    return Figures(
        behaviour=_best(_published(behaviour), declared),
        attitude=_best(_published(attitude), declared),
        municipal_behaviour=_municipal(behaviour, rows, declared),
        municipal_attitude=_municipal(attitude, rows, declared),
    )


def _all_near(
    tables: Tables,
    own: tuple[Row, ...],
    indicator: str | None,
    measures: frozenset[str],
    declared: Declared,
    today: date,
) -> list[_Near]:
    """Every candidate that is near enough and not too old, the best first."""
    primary = {row["id"]: bool(row["primary"]) for row in tables.rows.get("sources", ())}
    near = []
    for candidate in candidates(tables, own, indicator):
        how = nearness(candidate.first, declared) if candidate.first["measure"] in measures else None
        if how is not None and not candidate.too_old(today):
            near.append(_Near(candidate, how))
    return sorted(near, key=lambda one: _rank(one, today, primary))


def _rank(one: _Near, today: date, primary: dict[str, bool]) -> tuple[int, ...]:
    candidate, first = one.candidate, one.candidate.first
    return (
        candidate.sexes in ONE_SEX,
        one.how.kind,
        one.how.rank,
        not candidate.owner and first["region"] != COUNTRY,
        candidate.bound == ">",
        today.year > candidate.valid_until,
        len(candidate.rows),
        -first["year"],
        any(row["unit"] == "percent_approx" for row in candidate.rows),
        not primary.get(first["source_id"], False),
    )


def _published(near: Iterable[_Near]) -> list[_Near]:
    return [one for one in near if not one.candidate.owner]


def _municipal(near: Iterable[_Near], rows: tuple[Row, ...], declared: Declared) -> Figure | None:
    one_place = len({row["region"].casefold() for row in rows}) == 1
    return _best([one for one in near if one.candidate.owner and one_place], declared)


def _best(near: list[_Near], declared: Declared) -> Figure | None:
    """The nearest; where two groups are equally far and one survey has both, both by name."""
    if not near:
        return None
    if not _asks_between(near[0], declared):
        return near[0].figure()
    for older in (one for one in near if one.how.kind == near[0].how.kind and one.how.above):
        for younger in (one for one in near if one.how.kind == older.how.kind and not one.how.above):
            if _together(younger.candidate, older.candidate):
                return both(younger.figure(), older.figure())
    # One of the two alone is of the class's own school or not: nobody knows.
    return figure_of(near[0].candidate, near[0].how.differs or ("grade",))


def _asks_between(best: _Near, declared: Declared) -> bool:
    """8th grade, which lies between two that are asked, and youth education, whose two schools are asked apart."""
    grades = declared.topic.grades or declared.grades
    if not grades and declared.audience is Audience.STUDENTS:
        return best.how.kind == EXACT and best.how.rank < 2
    return best.how.kind == NEIGHBOUR and set(grades) <= BETWEEN_TWO


def _together(younger: Candidate, older: Candidate) -> bool:
    """Two groups of one survey, each printed with its year; never one sex of the one beside both of the other."""
    sexes = {one.sexes if one.sexes in ONE_SEX else () for one in (younger, older)}
    return younger.survey == older.survey and {younger.bound, older.bound} <= {"", "<"} and len(sexes) == 1
