"""A finished run on paper: the report and its table, from results only, and the sheets that go out before a lesson.

What is named here leaves the room: its numbers have come through `safety.leaving` (P11). `results` stays with the
consultant.
"""

from clicker.report.agreement import Agreement
from clicker.report.finished import Finding, Hidden, NoReport, Report, build
from clicker.report.line import Line
from clicker.report.sheet import KINDS, Part, Question, Sheet, SheetStep, Subject, sheet
from clicker.report.table import csv_bytes

__all__ = [
    "KINDS",
    "Agreement",
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
    "csv_bytes",
    "sheet",
]
