"""A municipality's own survey: its file becomes rows of figures, or reasons why not. No row is half read.

A file with the columns of `figures.csv` needs no `Reading`; any other is read as its `Reading` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clicker.library.problem import Problem
from clicker.library.survey_cells import Number, Refused, Scale, asks_scale, number_of
from clicker.library.survey_file import Sheet
from clicker.library.survey_known import Known
from clicker.library.survey_reading import Reading, Typed
from clicker.library.survey_rows import COLUMNS, Cells, Part, RowReader
from clicker.safety.declared import N_

_NEEDED = frozenset({"indicator", "value"})


@dataclass(frozen=True)
class Survey:
    """What was read: `rows` with all columns of `figures.csv` as text, `refused` with a reason for each cell.

    `left_out` counts rows whose question is not used. With `asks_scale` somebody must say whether the numbers are
    percent or shares before anything is read.
    """

    rows: tuple[Cells, ...] = ()
    refused: tuple[Problem, ...] = ()
    left_out: int = 0
    asks_scale: bool = False

    @property
    def refused_rows(self) -> int:
        """How many rows of the file are refused; a row may have several reasons."""
        return len({problem.line for problem in self.refused})


def has_own_columns(sheet: Sheet) -> bool:
    """Whether the file has the columns of `figures.csv`, at least those that cannot be derived."""
    return set(sheet.header) >= _NEEDED


def read_survey(sheet: Sheet, reading: Reading | None, typed: Typed, known: Known, this_year: int) -> Survey:
    """The rows of the file and what is wrong with the others; without `reading`, by the columns of `figures.csv`."""
    wrong = tuple(_header_problems(sheet, reading))
    if wrong:
        return Survey(refused=wrong)
    reader = RowReader(sheet, reading, typed, known, this_year)
    used = [(number, given) for number, given in reader.rows() if not reader.unused(given)]
    scale = typed.scale or (reading.scale if reading else Scale.UNSAID)
    if scale is Scale.UNSAID and asks_scale(_numbers(used)):
        what = N_("all numbers are 1 or less: they can be percent or shares")
        remedy = N_("say which of the two they are")
        column = reading.value if reading else "value"
        return Survey(refused=(Problem(sheet.file, sheet.header_row, column, what, remedy),), asks_scale=True)
    rows, refused = _read(reader, used, scale)
    return Survey(rows, refused, len(sheet.rows) - len(used))


def _header_problems(sheet: Sheet, reading: Reading | None) -> Iterator[Problem]:
    if reading is None:
        what, remedy = N_("the column “{column}” is unknown or stands twice"), N_("take it out")
        for name in sheet.header:
            if name not in COLUMNS:
                yield Problem(sheet.file, sheet.header_row, name, what, remedy, {"column": name})
        return
    what, remedy = N_("the column is missing"), N_("choose one of the columns that the file has")
    for name in {"value": reading.value, **reading.columns()}.values():
        if name not in sheet.header:
            yield Problem(sheet.file, sheet.header_row, name or "value", what, remedy)


def _numbers(used: list[tuple[int, Part]]) -> Iterator[Number]:
    """The readable values."""
    for _number, given in used:
        try:
            yield number_of(given.get("value", ""))
        except Refused:
            continue


def _read(
    reader: RowReader, used: list[tuple[int, Part]], scale: Scale
) -> tuple[tuple[Cells, ...], tuple[Problem, ...]]:
    alike: dict[str, list[tuple[int, Cells]]] = {}
    refused: list[Problem] = []
    for number, given in used:
        row, wrong = reader.row(number, given, scale)
        refused += wrong
        if not wrong:
            alike.setdefault(row["id"], []).append((number, row))
    rows = [row for same in alike.values() for row in _kept(same)]
    refused += [problem for same in alike.values() for problem in _twice(reader, same)]
    return tuple(rows), tuple(sorted(refused, key=lambda problem: problem.line))


def _kept(same: list[tuple[int, Cells]]) -> tuple[Cells, ...]:
    """The row; of several that say the same the first, and none of several that contradict each other."""
    values = {(row["value"], row["unit"]) for _number, row in same}
    return (same[0][1],) if len(values) == 1 else ()


def _twice(reader: RowReader, same: list[tuple[int, Cells]]) -> Iterator[Problem]:
    """What is wrong with rows about the same pupils and the same question."""
    first = same[0][0]
    contradict = not _kept(same)
    what, remedy = N_("row {other} is about the same pupils and the same question"), N_("keep one of them")
    if contradict:
        what = N_("row {other} gives another number for the same pupils and the same question")
        yield reader.problem(first, "value", what, remedy, {"other": same[1][0]})
    for number, _row in same[1:]:
        yield reader.problem(number, "value" if contradict else "indicator", what, remedy, {"other": first})
