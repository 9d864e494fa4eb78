"""Own surveys as they are kept: one text per municipality, in the columns of `figures.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from functools import lru_cache

from clicker.library.own import Own
from clicker.library.problem import Problem
from clicker.library.survey_rows import COLUMNS, Cells
from clicker.library.tables import Row, typed_row
from clicker.safety.declared import N_


def figures_text(rows: Iterable[Cells]) -> str:
    """The rows as the text that is kept."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def figures_cells(text: str) -> tuple[Cells, ...]:
    """The rows of a kept text."""
    return tuple(csv.DictReader(io.StringIO(text, newline="")))


def merged(kept: str | None, rows: Iterable[Cells]) -> tuple[str, int]:
    """The kept text with the new rows, and how many of the kept were replaced by one with the same id.

    The same id means the same municipality, indicator, measure, pupils, sex and year.
    """
    old = {row["id"]: row for row in figures_cells(kept)} if kept else {}
    new = {row["id"]: row for row in rows}
    return figures_text((old | new).values()), len(old.keys() & new.keys())


def read_own(own: Own, indicators: Collection[str] | None) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """All rows of own surveys as typed cells, and what is wrong with the others; those are left out."""
    read = [_read(name, text) for name, text in own.figures]
    rows = tuple(row for found, _wrong in read for row in found)
    wrong = [problem for _found, problems in read for problem in problems]
    known = tuple(row for row in rows if row["indicator"] in (indicators or ()))
    what, remedy = N_("“{given}” is not a known indicator"), N_("delete the survey and add it again")
    wrong += [
        Problem(row.file, row.line, "indicator", what, remedy, {"given": row["indicator"]})
        for row in rows
        if indicators is not None and row["indicator"] not in indicators
    ]
    return known, tuple(wrong)


@lru_cache(maxsize=32)
def _read(name: str, text: str) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    rows: list[Row] = []
    wrong: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    for line, cells in enumerate(reader, 2):
        row, found = typed_row(name, line, header, cells, "figures")
        wrong += found
        rows += [] if found else [row]
    return tuple(rows), tuple(wrong)
