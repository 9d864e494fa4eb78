"""A survey's file as a spreadsheet saved it: its letters, its separator, its header, its rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from clicker.library.problem import Problem
from clicker.safety.declared import N_

LARGEST_FILE = 1_000_000  # bytes
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 10_000  # letters; longer is a quotation mark that nobody closed
_SEPARATORS = "\t;,"
_LOOKED_AT = 60  # rows
_HEADER_WITHIN = 20  # rows
# So much of the widest row must be filled before a row counts as the header, not as a title above it.
_FILLED = 0.6


class Unreadable(Exception):
    """The file as a whole cannot be used; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Sheet:
    """The file as a table. `rows` are (row number as in the file, cells), as many cells as the header has."""

    file: str
    header_row: int
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, name: str) -> tuple[tuple[int, str], ...]:
        """(row number, cell) of one column. Raises ValueError where there is none of that name."""
        place = self.header.index(name)
        return tuple((number, cells[place]) for number, cells in self.rows)


def text_of(file: str, raw: bytes) -> str:
    """The file's letters, in whichever of the encodings that Excel writes. Raises Unreadable."""
    if len(raw) > LARGEST_FILE:
        what, remedy = N_("the file is too large"), N_("save only the sheet with the figures, at most 1 MB")
        raise Unreadable(Problem(file, 0, "", what, remedy))
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        what = N_("this is a workbook, not a CSV file")
        raise Unreadable(Problem(file, 0, "", what, N_("choose “Save as” in the spreadsheet, and CSV")))
    utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(Problem(file, 0, "", N_("the letters cannot be read"), N_("save it as CSV in UTF-8")))


def sheet_of(file: str, text: str) -> Sheet:
    """The table in a file's text: empty rows and a title above the header are left out. Raises Unreadable."""
    try:
        rows = _records(text)
    except csv.Error:
        what = N_("the rows cannot be told apart")
        raise Unreadable(Problem(file, 0, "", what, N_("look for a quotation mark that is not closed"))) from None
    place = _header_place([cells for _number, cells in rows])
    if place is None:
        what = N_("no table with at least two columns was found")
        raise Unreadable(Problem(file, 0, "", what, N_("the first row must hold the names of the columns")))
    (number, names), below = rows[place], rows[place + 1 :]
    width = max(len(cells) for _number, cells in rows[place:])
    if len(below) > MOST_ROWS or width > MOST_COLUMNS:
        what = N_("the table is too large: {rows} rows and {columns} columns")
        values = {"rows": len(below), "columns": width}
        raise Unreadable(Problem(file, 0, "", what, N_("keep to 5,000 rows and 60 columns"), values))
    header = _named([*names, *[""] * (width - len(names))])
    filled = tuple((row, (*cells, *[""] * (width - len(cells)))) for row, cells in below)
    return Sheet(file, number, header, filled)


def _records(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """The rows that are not empty, each with its number; blanks within a cell are single and plain."""
    told, rest = _told_separator(text)
    reader = csv.reader(io.StringIO(rest, newline=""), delimiter=told or _separator(rest))
    first = 2 if told else 1
    rows = ((number, tuple(" ".join(cell.split()) for cell in cells)) for number, cells in enumerate(reader, first))
    filled = [(number, _trimmed(cells)) for number, cells in rows if any(cells)]
    if any(len(cell) > LONGEST_CELL for _number, cells in filled for cell in cells):
        raise csv.Error("a cell holds what must be many rows")
    return filled


def _told_separator(text: str) -> tuple[str, str]:
    """Excel reads a first line "sep=;" as an order, and so do we."""
    line, _end, rest = text.partition("\n")
    told = line.strip().strip('"').lower()
    if told.startswith("sep=") and len(told) == 5:
        return told[4], rest
    return ("\t", rest) if line.rstrip("\r\n") == "sep=\t" else ("", text)


def _separator(text: str) -> str:
    """The first of tab, semicolon and comma that parts most rows; a decimal comma parts cells too, so it is last."""
    for separator in _SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        widths: Counter[int] = Counter()
        for cells in reader:
            widths[len(cells)] += any(cell.strip() for cell in cells)
            if widths.total() >= _LOOKED_AT:
                break
        parted = sum(count for width, count in widths.items() if width > 1)
        if parted > widths.total() / 2:
            return separator
    return ","


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells that a spreadsheet leaves at the end of a row."""
    last = max(place for place, cell in enumerate(cells) if cell)
    return cells[: last + 1]


def _header_place(rows: list[tuple[str, ...]]) -> int | None:
    """The first row that is about as filled as the table is wide."""
    filled = [sum(map(bool, cells)) for cells in rows[:_LOOKED_AT]]
    wanted = max(2.0, _FILLED * max(filled, default=0))
    found = (place for place, count in enumerate(filled[:_HEADER_WITHIN]) if count >= wanted)
    return next(found, None)


def _named(names: list[str]) -> tuple[str, ...]:
    """Every column by a name of its own: as written, else with the spreadsheet's letter."""
    counts: Mapping[str, int] = Counter(names)
    return tuple(
        name if name and counts[name] == 1 else f"{name} ({_letter(place)})".strip() for place, name in enumerate(names)
    )


def _letter(place: int) -> str:
    """A, B, .. Z, AA, AB .. as a spreadsheet heads its columns."""
    before, last = divmod(place, len(ascii_uppercase))
    return (ascii_uppercase[before - 1] if before else "") + ascii_uppercase[last]
