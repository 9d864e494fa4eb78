"""The figures that could be shown for an indicator: rows of the tables, put together where they belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from clicker.lesson import Figure
from clicker.library.tables import Row, Tables
from clicker.safety.declared import NEVER_LIVE

COUNTRY = "Danmark"
# Vapes and pouches change faster than the surveys come.
FAST_YEARS = 8
PARTS = {("all",): "", ("male",): "drenge", ("female",): "piger", ("female", "male"): "drenge og piger hver for sig"}
SAME = "samme tal for drenge og piger"
ONE_SEX = (("male",), ("female",))
# A survey of other countries is no figure for a class here, nor is that of a region where the class may not live.
_AT_HOME = re.compile(r"Danmark|.*kommuner")


@dataclass(frozen=True)
class Candidate:
    """One figure that could be shown: a single row, or the boys' and the girls' of one survey.

    `owner` is the municipality whose own survey it is, "" for a published one.
    """

    rows: tuple[Row, ...]
    indicator: Row
    url: str
    owner: str = ""

    @property
    def first(self) -> Row:
        return self.rows[0]

    @property
    def sexes(self) -> tuple[str, ...]:
        return tuple(sorted(row["sex"] for row in self.rows))

    @property
    def bound(self) -> str:
        units = {row["unit"] for row in self.rows}
        return ">" if "percent_gt" in units else "<" if units == {"percent_lt"} else ""

    @property
    def valid_until(self) -> int:
        return min(int(row["valid_until"]) for row in self.rows)

    @property
    def survey(self) -> str:
        return str(self.first["survey"])

    def too_old(self, today: date) -> bool:
        """Vapes and pouches are not used after eight years."""
        return bool(self.indicator["fast"]) and today.year - self.first["year"] > FAST_YEARS


def candidates(tables: Tables, own: Iterable[Row], indicator: str | None) -> Iterator[Candidate]:
    """Every candidate of the indicator: published ones, then those of municipalities' own surveys (their `region`).

    None of an indicator that is never contrasted live (P17).
    """
    indicators = {row["id"]: row for row in tables.rows.get("indicators", ())}
    if indicator not in indicators or indicators[indicator]["group"] in NEVER_LIVE:
        return
    sources = {row["id"]: row for row in tables.rows.get("sources", ())}
    published = [row for row in tables.rows.get("figures", ()) if row["indicator"] == indicator]
    for group in _surveys(row for row in published if _AT_HOME.fullmatch(row["region"])):
        yield Candidate(group, indicators[indicator], sources[group[0]["source_id"]]["url"])
    rows: dict[str, list[Row]] = {}
    for row in own:
        if row["indicator"] == indicator:
            rows.setdefault(row["region"], []).append(row)
    for owner, owned in rows.items():
        for group in _surveys(owned):
            yield Candidate(group, indicators[indicator], "", owner)


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
    columns = ("measure", "grade", "age_min", "age_max", "region", "year", "survey", "source_id", "wording")
    return tuple(str(row[column]) for column in columns)


def figure_of(candidate: Candidate, differs: Iterable[str]) -> Figure:
    """The candidate as a figure; `differs` says how its people are not the class's own."""
    first = candidate.first
    low, high = _ends(candidate)
    others = {
        "region": not candidate.owner and first["region"] != COUNTRY,
        "sex": candidate.sexes in ONE_SEX,
        "wording": not first["wording"],
    }
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
        url=candidate.url,
        valid_until=candidate.valid_until,
        bound=candidate.bound,
        approximate=any(row["unit"] == "percent_approx" for row in candidate.rows),
        fast=candidate.indicator["fast"],
        region=first["region"],
        parts=SAME if len(candidate.rows) > 1 and low == high else PARTS[candidate.sexes],
        wording=first["wording"] or "",
        notes=" ".join(dict.fromkeys(row["notes"] for row in candidate.rows if row["notes"])),
        differs=(*differs, *(name for name, so in others.items() if so)),
        owner=candidate.owner,
    )


def _ends(candidate: Candidate) -> tuple[float, float]:
    """The ends of the range in percent; "less than 1" beside an exact value reaches down to 0."""
    values = [row["value"] for row in candidate.rows]
    if candidate.bound == "<":
        return max(values), max(values)
    below = any(row["unit"] == "percent_lt" for row in candidate.rows)
    return 0.0 if below else min(values), max(values)


def both(younger: Figure, older: Figure) -> Figure:
    """Two named groups as one figure that spans them; each keeps its own number, nothing is averaged.

    An upper bound ("less than 1") reaches down to 0; a lower bound of either stays one for both.
    """
    two = (younger, older)
    low = min(0.0 if one.bound == "<" else one.low for one in two)
    return replace(
        older,
        id="+".join(one.id for one in two),
        low=low,
        high=max(one.high for one in two),
        bound=">" if any(one.bound == ">" for one in two) else "",
        approximate=any(one.approximate for one in two),
        valid_until=min(one.valid_until for one in two),
        notes=" ".join(dict.fromkeys(one.notes for one in two if one.notes)),
        parts="",
        differs=tuple(dict.fromkeys(name for one in two for name in one.differs)),
        named=two,
    )
