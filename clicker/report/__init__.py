"""A finished run on paper: the report and its table, from results only, and the sheets that go out before a lesson.

Everything here leaves the room, so every number has come through `safety.leaving` (P11).
"""

from clicker.report.finished import Agreement, Finding, Hidden, Line, NoReport, Report, build
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
