"""A finished run on paper: the report and its table, from results only, and the sheets that go out before a lesson.

What is named here leaves the room: its numbers have come through `safety.leaving` (P11). `results`, `before_after` and
`own_child` stay with the consultant.
"""

from clicker.report.agreement import Agreement
from clicker.report.before_after import NoFirstRun, TwoTimes, build_two_times, two_times_csv
from clicker.report.before_after_classes import Classes, build_classes
from clicker.report.closing import Closed, Closing, closing
from clicker.report.dilemma import Dilemma
from clicker.report.finished import Finding, Hidden, NoReport, Report, build
from clicker.report.line import Line
from clicker.report.sheet import KINDS, Part, Question, Sheet, SheetStep, Subject, sheet
from clicker.report.table import csv_bytes

__all__ = [
    "KINDS",
    "Agreement",
    "Classes",
    "Closed",
    "Closing",
    "Dilemma",
    "Finding",
    "Hidden",
    "Line",
    "NoFirstRun",
    "NoReport",
    "Part",
    "Question",
    "Report",
    "Sheet",
    "SheetStep",
    "Subject",
    "TwoTimes",
    "build",
    "build_classes",
    "build_two_times",
    "closing",
    "csv_bytes",
    "sheet",
    "two_times_csv",
]
