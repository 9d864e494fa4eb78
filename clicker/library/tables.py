"""Reads the CSV files of the data package as their table schemas say, also as a spreadsheet saves them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from clicker.library.problem import Problem
from clicker.safety.declared import N_

Cell = str | int | float | bool | None
Schema = Mapping[str, Any]
# Tables that a package may do without.
OPTIONAL = frozenset({"related"})


@dataclass(frozen=True)
class Row:
    """One row as its schema types it; empty cells are None."""

    file: str
    line: int
    cells: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]


@dataclass(frozen=True)
class Tables:
    """The readable tables by name, and all that is wrong with the others."""

    rows: Mapping[str, tuple[Row, ...]]
    problems: tuple[Problem, ...] = ()


def read_tables(folder: Traversable) -> Tables:
    """All tables of the package in `folder`; one with a problem is left out, and so is what refers to it.

    A folder without figures holds lessons only: no tables, no problem.
    """
    there = {name for name in _schemas() if folder.joinpath(f"{name}.csv").is_file()}
    if there <= OPTIONAL:
        return Tables({})
    schemas = {name: schema for name, schema in _schemas().items() if name in there or name not in OPTIONAL}
    rows: dict[str, tuple[Row, ...]] = {}
    problems: list[Problem] = []
    for name, schema in schemas.items():
        read, found = _read_table(folder.joinpath(f"{name}.csv"), f"{name}.csv", schema)
        problems += found
        if not found:
            rows[name] = read
    for name, schema in schemas.items():
        if name in rows:
            problems += _dangling(rows[name], schema, rows)
    return Tables(_unbroken(rows, schemas, {problem.file for problem in problems}), tuple(problems))


def schema_of(table: str) -> Schema:
    """The schema of a table by its name."""
    return _schemas()[table]


def typed_row(
    file: str, line: int, header: Sequence[str], cells: Sequence[str], table: str
) -> tuple[Row, list[Problem]]:
    """One row as the table's schema types it, and what is wrong with its cells."""
    return _row(file, line, list(header), list(cells), schema_of(table))


def check_figures(path: Traversable, name: str, tables: Tables) -> tuple[Problem, ...]:
    """Everything that is wrong with a file that would stand in place of the table of figures."""
    rows, found = _read_table(path, name, schema_of("figures"))
    return (*found, *_dangling(rows, schema_of("figures"), tables.rows))


@lru_cache(maxsize=1)
def _schemas() -> Mapping[str, Schema]:
    package = json.loads(files("norms_data").joinpath("datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource["schema"] for resource in package["resources"]}


def _unbroken(
    rows: Mapping[str, tuple[Row, ...]], schemas: Mapping[str, Schema], broken: set[str]
) -> dict[str, tuple[Row, ...]]:
    whole = {name for name in rows if f"{name}.csv" not in broken}
    needs = {name: {key["reference"]["resource"] for key in schemas[name].get("foreignKeys", ())} for name in whole}
    return {name: rows[name] for name in rows if name in whole and needs[name] <= whole}


def _read_table(path: Traversable, name: str, schema: Schema) -> tuple[tuple[Row, ...], list[Problem]]:
    if not path.is_file():
        return (), [Problem(name, 0, "", N_("the file is missing"), N_("put it back beside the other tables"))]
    text = _decoded(path.read_bytes())
    if text is None:
        return (), [Problem(name, 0, "", N_("the letters cannot be read"), N_("save it as CSV in UTF-8"))]
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [cell.strip() for cell in next(reader, [])]
    problems = list(_headed(name, header, schema))
    if problems:
        return (), problems
    rows = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            row, found = _row(name, reader.line_num, header, cells, schema)
            rows.append(row)
            problems += found
    return tuple(rows), problems + list(_repeated(rows, schema))


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _headed(name: str, header: list[str], schema: Schema) -> Iterator[Problem]:
    wanted = [field["name"] for field in schema["fields"]]
    for column in wanted:
        if column not in header:
            yield Problem(name, 1, column, N_("the column is missing"), N_("add it; its cells may be empty if allowed"))
    for column in header:
        if column not in wanted or header.count(column) > 1:
            what = N_("the column “{column}” is unknown or stands twice")
            yield Problem(name, 1, column, what, N_("take it out"), {"column": column})


def _row(name: str, line: int, header: list[str], cells: list[str], schema: Schema) -> tuple[Row, list[Problem]]:
    problems: list[Problem] = []
    if len(cells) != len(header):
        what, remedy = N_("the row has {found} cells, not {wanted}"), N_("put text that holds the separator in quotes")
        problems.append(Problem(name, line, "", what, remedy, {"found": len(cells), "wanted": len(header)}))
    given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    typed: dict[str, Cell] = {}
    for field in schema["fields"]:
        text = given.get(field["name"], "")
        typed[field["name"]], wrong = _cell(text, field)
        if wrong is not None and not (problems and not problems[0].key):
            problems.append(Problem(name, line, field["name"], *wrong, {"given": text, **_limits(field)}))
    return Row(name, line, typed), problems


def _cell(text: str, field: Schema) -> tuple[Cell, tuple[str, str] | None]:
    limits = field.get("constraints", {})
    if not text:
        empty = N_("the cell is empty"), N_("fill it in")
        return None, empty if limits.get("required") else None
    if "enum" in limits and text not in limits["enum"]:
        return None, (N_("“{given}” is not one of the words used here"), N_("write one of: {allowed}"))
    if "pattern" in limits and not re.fullmatch(limits["pattern"], text):
        return None, (N_("“{given}” holds letters that are not used here"), N_("use a-z, 0-9 and _ only"))
    return _typed(text, field, limits)


def _typed(text: str, field: Schema, limits: Schema) -> tuple[Cell, tuple[str, str] | None]:
    kind = field["type"]
    if kind == "boolean":
        words = {**dict.fromkeys(field["trueValues"], True), **dict.fromkeys(field["falseValues"], False)}
        wrong = N_("“{given}” is not one of the words used here"), N_("write one of: {allowed}")
        return words.get(text.lower()), None if text.lower() in words else wrong
    if kind not in ("integer", "number"):
        return text, None
    # Excel in Danish writes 4,3; a figure never has thousands.
    plain = text.replace(",", ".")
    if not re.fullmatch(r"\d+" if kind == "integer" else r"\d+(\.\d+)?", plain):
        return None, (N_("“{given}” is not a number of the kind used here"), N_("write digits only, without unit"))
    number = int(plain) if kind == "integer" else float(plain)
    if not limits.get("minimum", number) <= number <= limits.get("maximum", number):
        return None, (N_("{given} cannot be right"), N_("write a number from {least} to {most}"))
    return number, None


def _limits(field: Schema) -> dict[str, str | int]:
    limits = field.get("constraints", {})
    words = limits.get("enum") or [*field.get("trueValues", ()), *field.get("falseValues", ())]
    return {"allowed": ", ".join(words), "least": limits.get("minimum", 0), "most": limits.get("maximum", "")}


def _repeated(rows: Iterable[Row], schema: Schema) -> Iterator[Problem]:
    (key,) = schema["primaryKey"]
    seen: dict[Cell, int] = {}
    for row in rows:
        if row[key] is not None and row[key] in seen:
            what, remedy = N_("“{given}” is already the name of row {other}"), N_("give this row another name")
            yield Problem(row.file, row.line, key, what, remedy, {"given": row[key], "other": seen[row[key]]})
        seen.setdefault(row[key], row.line)


def _dangling(rows: Iterable[Row], schema: Schema, tables: Mapping[str, tuple[Row, ...]]) -> Iterator[Problem]:
    for key in schema.get("foreignKeys", ()):
        (column,), table = key["fields"], key["reference"]["resource"]
        known = {row["id"] for row in tables.get(table, ())}
        for row in rows if table in tables else ():
            if row[column] not in known:
                what, remedy = N_("“{given}” is not in {table}"), N_("correct it, or add it there")
                yield Problem(row.file, row.line, column, what, remedy, {"given": row[column], "table": f"{table}.csv"})
