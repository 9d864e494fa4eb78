"""A finished run on paper: the report and its table, from results only, and the sheets that go out before a lesson.

<<<<<<< HEAD
What is named here leaves the room: its numbers have come through `safety.leaving` (P11). `results` and `own_child` stay
with the consultant.
=======
What is named here leaves the room: its numbers have come through `safety.leaving` (P11). `results` and
`before_after` stay with the consultant.
>>>>>>> dd22c3a5fa6ace1ae236616c65e92b82a36b20ed
"""

from clicker.report.before_after import NoFirstRun, TwoTimes, build_two_times, two_times_csv
from clicker.report.finished import Agreement, Finding, Hidden, Line, NoReport, Report, build
from clicker.report.sheet import KINDS, Part, Question, Sheet, SheetStep, Subject, sheet
from clicker.report.table import csv_bytes

__all__ = [
    "KINDS",
    "Agreement",
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
    "build_two_times",
    "csv_bytes",
    "sheet",
    "two_times_csv",
]
