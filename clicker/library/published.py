"""The rows of the tables as published numbers, each with its indicator and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clicker.lesson import Account, Indicator, Published, Related, Source, Whose
from clicker.library.tables import Row, Tables

_COLUMNS = (
    *("id", "value", "unit", "measure", "age_min", "age_max", "sex", "region", "year", "n", "ci_low", "ci_high"),
    *("survey", "valid_until"),
)
_TEXTS = ("grade", "wording", "notes")


def published_rows(tables: Tables, own: Iterable[Row] = ()) -> tuple[Published, ...]:
    """All figures of the tables in their order, then those of the municipality's own survey.

    None where a table cannot be read; of the own ones those whose indicator is known.
    """
    indicators, sources = indicators_of(tables), _sources(tables)
    country = [
        Published(
            indicator=indicators[row["indicator"]],
            source=sources[row["source_id"]],
            cells=row.cells,
            **_cells(row),
        )
        for row in tables.rows.get("figures", ())
    ]
    return (*country, *(_own(row, indicators) for row in own if row["indicator"] in indicators))


def _own(row: Row, indicators: Mapping[str, Indicator]) -> Published:
    """A row of an own survey: it was read nowhere but in the survey itself."""
    return Published(
        indicator=indicators[row["indicator"]],
        source=Source(row["source_id"], row["survey"], row["region"], "", "", primary=True),
        whose=Whose.MUNICIPALITY,
        cells=row.cells,
        **_cells(row),
    )


def _cells(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in _COLUMNS} | {name: row[name] or "" for name in _TEXTS}


def indicators_of(tables: Tables) -> dict[str, Indicator]:
    """The indicators by id, in the order of their table."""
    names = ("id", "label_da", "label_en", "group", "side", "period", "fast")
    return {row["id"]: Indicator(**{name: row[name] for name in names}) for row in tables.rows.get("indicators", ())}


def _sources(tables: Tables) -> dict[str, Source]:
    names = ("id", "title", "publisher", "url", "licence")
    return {
        row["id"]: Source(**{name: row[name] or "" for name in names}, primary=bool(row["primary"]))
        for row in tables.rows.get("sources", ())
    }


def related_to(tables: Tables, indicator: str) -> tuple[Related, ...]:
    """The indicators that `related.csv` declares to ask for the same thing in another way, whichever stands first."""
    known = indicators_of(tables)
    return tuple(Related(known[other], note) for other, note in _pairs(tables.rows.get("related", ()), indicator))


def _pairs(rows: Iterable[Row], indicator: str) -> Iterator[tuple[str, str]]:
    for row in rows:
        pair = (row["indicator"], row["other"])
        if indicator in pair:
            yield pair[1 - pair.index(indicator)], row["notes"] or ""


def accounts(rows: Iterable[Published]) -> tuple[Account, ...]:
    """The rows as surveys tell them: each total by itself, the boys and the girls of one survey together.

    What several pages repeat of one survey in the same numbers is one account.
    """
    found: dict[tuple[object, ...], list[Published]] = {}
    for row in rows:
        told = (row.indicator.id, row.measure, *row.people, row.year, row.survey, row.wording)
        part = ("all", row.id) if row.sex == "all" else ("sexes", row.source.id)
        found.setdefault((*told, *part), []).append(row)
    once: dict[tuple[object, ...], list[Published]] = {}
    for told, parts in found.items():
        numbers = tuple(sorted((row.sex, row.value, row.unit) for row in parts))
        once.setdefault((*told[:-2], numbers), []).extend(parts)
    return tuple(Account(tuple(parts)) for parts in once.values())


def of_grade(rows: Iterable[Published], grade: str) -> tuple[Published, ...]:
    """The rows about a grade: "9" also where it is one of several, else as the tables write it ("gymnasium")."""
    if grade.isdecimal():
        return tuple(row for row in rows if int(grade) in row.grades)
    return tuple(row for row in rows if row.grade.casefold() == grade.casefold())


def grades_of(rows: Iterable[Published]) -> tuple[str, ...]:
    """What `of_grade` takes to find something: the grades by number, then what else the tables call them."""
    listed = tuple(rows)
    numbers = sorted({grade for row in listed for grade in row.grades})
    names = sorted({row.grade for row in listed if row.grade and not row.grades})
    return (*map(str, numbers), *names)
