"""The report as a table for a spreadsheet: one row per sentence, never one per person."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction

from clicker.report.agreement import Agreement
from clicker.report.dilemma import Dilemma
from clicker.report.finished import Finding, Report
from clicker.report.line import Line
from clicker.words.report import columns, what_words
from clicker.words.spreadsheet import DECIMAL, ENCODING, SEPARATOR, safe_cell

Row = tuple[str, str, str, str, str, str]


def csv_bytes(report: Report) -> bytes:
    """The table as a file: columns topic, what, from, to, of, text in the report's language."""
    import pandas as pd  # slow to load, and only this needs it

    rows = [tuple(safe_cell(cell) for cell in row) for row in _rows(report)]
    frame = pd.DataFrame(rows, columns=list(columns(report.lang)), dtype="object")
    text: str = frame.to_csv(sep=SEPARATOR, index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    return text.encode(ENCODING)


def _rows(report: Report) -> Iterator[Row]:
    if report.note:
        yield ("", "", "", "", "", report.note)
    what = what_words(report.lang)
    for finding in report.findings:
        yield from _finding_rows(finding, what)
    for hidden in report.hidden:
        yield (hidden.title, "", "", "", "", hidden.word)
    for dilemma in report.dilemmas:
        yield from _dilemma_rows(dilemma, what)
    for agreement in report.agreements:
        yield from _agreement_rows(agreement, what)


def _finding_rows(finding: Finding, what: dict[str, str]) -> Iterator[Row]:
    lines = [
        (what["guess"], finding.guess, finding.question),
        *((what[name], getattr(finding, name), "") for name in ("again", "answer", "attitude", "children")),
        *((one.owner or what["country"], one.said, one.source) for one in finding.references),
    ]
    for name, line, beside in lines:
        if line is not None:
            text = f"{line.text} {beside}".strip()
            of = "" if line.of is None else str(line.of)
            yield (finding.title, name, _number(line.low), _number(line.high), of, text)


def _dilemma_rows(dilemma: Dilemma, what: dict[str, str]) -> Iterator[Row]:
    for name, of, place in (("first", dilemma.first, 1), ("second", dilemma.second, 2)):
        for row in dilemma.rows:
            votes = str(row[place])
            yield (dilemma.title, what[name], votes, votes, str(of), f"{row[0]}: {dilemma.question}")


def _agreement_rows(agreement: Agreement, what: dict[str, str]) -> Iterator[Row]:
    """Each chosen point with its support, then how many are with it."""
    for text, stands in zip(agreement.chosen, agreement.stands, strict=True):
        yield (agreement.title, what["agreement"], *_numbers(stands), _told(text, stands))
    if agreement.joined is not None:
        yield (agreement.title, what["joined"], *_numbers(agreement.joined), agreement.joined.text)


def _told(text: str, stands: Line | None) -> str:
    return text if stands is None else f"{text} ({stands.text})"


def _numbers(line: Line | None) -> tuple[str, str, str]:
    if line is None:
        return "", "", ""
    return _number(line.low), _number(line.high), "" if line.of is None else str(line.of)


def _number(value: Fraction | None) -> str:
    """With one decimal where it is not whole: "8,9"."""
    if value is None:
        return ""
    tenths = (20 * value.numerator + value.denominator) // (2 * value.denominator)
    whole, part = divmod(tenths, 10)
    return f"{whole}{DECIMAL}{part}" if part else str(whole)
