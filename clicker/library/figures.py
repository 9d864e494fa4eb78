"""Which published figure a topic is held against: the choice, never a mixture of two surveys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from clicker.lesson import Figure, Figures, Topic
from clicker.library.tables import Row, Tables

COUNTRY = "Danmark"
# Vapes and pouches change faster than the surveys come.
FAST_YEARS = 8
NEIGHBOUR = 1
PARTS = {("all",): "", ("male",): "drenge", ("female",): "piger", ("female", "male"): "drenge og piger hver for sig"}
_GRADES = re.compile(r"(\d+)\.(?:-(\d+)\.)? klasse")


@dataclass(frozen=True)
class _Candidate:
    """One figure that could be shown: a single row, or the boys' and the girls' of one survey."""

    rows: tuple[Row, ...]
    indicator: Row
    source: Row

    @property
    def sexes(self) -> tuple[str, ...]:
        return tuple(sorted(row["sex"] for row in self.rows))

    @property
    def bound(self) -> str:
        units = {row["unit"] for row in self.rows}
        return ">" if "percent_gt" in units else "<" if units == {"percent_lt"} else ""

    @property
    def grades(self) -> tuple[int, int] | None:
        found = _GRADES.fullmatch(self.rows[0]["grade"] or "")
        return (int(found[1]), int(found[2] or found[1])) if found else None


def choose(tables: Tables, topic: Topic, grades: tuple[int, ...], today: date) -> Figures:
    """The figures for the topic's behaviour and attitude, or None for each that has none to show.

    Same indicator, Denmark only; the own grade before a neighbouring one, both sexes before one, a value before a
    mere lower bound, unexpired before expired, a total before boys and girls, the newest, the upper row.
    """
    return Figures(
        behaviour=_best(tables, topic.indicator, "prevalence", grades, today),
        attitude=_best(tables, topic.attitude_indicator, "own_approval", grades, today),
    )


def _best(tables: Tables, indicator: str | None, measure: str, grades: tuple[int, ...], today: date) -> Figure | None:
    ranked: list[tuple[tuple[int, ...], int, _Candidate, tuple[int, int]]] = []
    for candidate in _candidates(tables, indicator, measure):
        distance = _distance(candidate, grades)
        if distance is not None and not _too_old(candidate, today):
            ranked.append((_rank(candidate, distance, today), len(ranked), candidate, distance))
    if not ranked:
        return None
    _, _, candidate, distance = min(ranked)
    return _figure(candidate, own_grade=distance == (0, 0))


def _candidates(tables: Tables, indicator: str | None, measure: str) -> Iterator[_Candidate]:
    indicators = {row["id"]: row for row in tables.rows.get("indicators", ())}
    sources = {row["id"]: row for row in tables.rows.get("sources", ())}
    rows = [
        row
        for row in tables.rows.get("figures", ())
        if row["indicator"] == indicator and row["measure"] == measure and row["region"] == COUNTRY
    ]
    for group in _surveys(rows):
        yield _Candidate(group, indicators[group[0]["indicator"]], sources[group[0]["source_id"]])


def _surveys(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    """Totals one by one, and the two sexes of the same people, year and survey together."""
    surveys: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in rows:
        if row["sex"] == "all":
            yield (row,)
        else:
            surveys.setdefault(_people(row), {}).setdefault(row["sex"], row)
    for parts in surveys.values():
        yield tuple(parts[sex] for sex in ("male", "female") if sex in parts)


def _people(row: Row) -> tuple[str, ...]:
    return tuple(
        str(row[column]) for column in ("grade", "age_min", "age_max", "year", "survey", "source_id", "wording")
    )


def _distance(candidate: _Candidate, grades: tuple[int, ...]) -> tuple[int, int] | None:
    """(0, 0) for the very grades, then (0, 1) where they overlap, then neighbours, the older first; None beyond.

    The older neighbour shows more of the risk, so the rules let it through less easily.
    """
    if candidate.grades is None or not grades:
        return None
    low, high = candidate.grades
    if (low, high) == (min(grades), max(grades)):
        return (0, 0)
    apart = max(low - max(grades), min(grades) - high, 0)
    return (apart, 1 if low >= min(grades) or not apart else 2) if apart <= NEIGHBOUR else None


def _too_old(candidate: _Candidate, today: date) -> bool:
    return bool(candidate.indicator["fast"]) and today.year - candidate.rows[0]["year"] > FAST_YEARS


def _rank(candidate: _Candidate, distance: tuple[int, int], today: date) -> tuple[int, ...]:
    first = candidate.rows[0]
    return (
        *distance,
        candidate.sexes in (("male",), ("female",)),
        candidate.bound == ">",
        today.year > min(row["valid_until"] for row in candidate.rows),
        len(candidate.rows),
        -first["year"],
        any(row["unit"] == "percent_approx" for row in candidate.rows),
    )


def _figure(candidate: _Candidate, *, own_grade: bool) -> Figure:
    first = candidate.rows[0]
    low, high = _ends(candidate)
    one_sex = candidate.sexes in (("male",), ("female",))
    differs = (*(() if own_grade else ("grade",)), *(("sex",) if one_sex else ()))
    return Figure(
        id="+".join(row["id"] for row in candidate.rows),
        indicator=first["indicator"],
        measure=first["measure"],
        side=candidate.indicator["side"],
        low=low,
        high=high,
        population=first["grade"],
        year=first["year"],
        source=first["survey"],
        url=candidate.source["url"],
        valid_until=min(row["valid_until"] for row in candidate.rows),
        bound=candidate.bound,
        approximate=any(row["unit"] == "percent_approx" for row in candidate.rows),
        fast=candidate.indicator["fast"],
        region=first["region"],
        parts=PARTS[candidate.sexes],
        wording=first["wording"] or "",
        notes=" ".join(dict.fromkeys(row["notes"] for row in candidate.rows if row["notes"])),
        differs=differs,
    )


def _ends(candidate: _Candidate) -> tuple[float, float]:
    """The ends of the range in percent; "less than 1" beside an exact value reaches down to 0."""
    values = [row["value"] for row in candidate.rows]
    if candidate.bound == "<":
        return max(values), max(values)
    below = any(row["unit"] == "percent_lt" for row in candidate.rows)
    return 0.0 if below else min(values), max(values)
