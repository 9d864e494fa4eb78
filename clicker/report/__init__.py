"""A finished run on paper: the report and its table, from results only, and the sheets that go out before a lesson.

What is named here leaves the room: its numbers have come through `safety.leaving` (P11). `results` stays with the
consultant.
"""

from clicker.report.closing import Closed, Closing, closing
from clicker.report.finished import Agreement, Dilemma, Finding, Hidden, Line, NoReport, Report, build
from clicker.report.sheet import KINDS, Part, Question, Sheet, SheetStep, Subject, sheet
from clicker.report.table import csv_bytes

__all__ = [
    "KINDS",
    "Agreement",
    "Closed",
    "Closing",
    "Dilemma",
    "Finding",
    "Hidden",
    "Line",
    "NoReport",
    "Part",
    "Question",
    "Report",
    "Sheet",
    "SheetStep",
    "Subject",
    "build",
    "closing",
    "csv_bytes",
    "sheet",
]
