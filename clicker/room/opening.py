"""Opening a run: what the consultant decides before the first phone is in, and whether the group may be asked (P5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from clicker.lesson import Lesson, Run, Sensitivity, phase
from clicker.room.codes import new_code, new_id
from clicker.room.errors import LabelsNeeded, TooSoon
from clicker.safety import PastRun, clashes, names_nothing, off_unless_chosen, sensitive_marks
from clicker.store import RunRecord, Transaction


@dataclass(frozen=True)
class Opening:
    """The lesson, whose it is, what is left out, and how it is shown. School and group are free text: "7.B"."""

    lesson: Lesson
    school: str = ""
    group: str = ""
    left_out: frozenset[str] = frozenset()
    present: int | None = None
    substances_in_grade_6: bool = False
    simple_pictures: bool = False


@dataclass(frozen=True)
class RunCard:
    """A run in the consultant's list."""

    id: str
    code: str
    status: str
    title: str
    school: str
    group: str
    created: datetime
    phase: str
    evaluated: bool


def open_run(tx: Transaction, opening: Opening, now: datetime) -> RunRecord:
    """A new run in its lobby, with its own frozen copy of the lesson. Raises LabelsNeeded or TooSoon."""
    lesson = opening.lesson.without(opening.left_out | _switched_off(opening))
    sensitive = any(topic.sensitivity is not Sensitivity.S0 for topic in lesson.asked_topics())
    if sensitive and (names_nothing(opening.school) or names_nothing(opening.group)):
        raise LabelsNeeded
    marks = sensitive_marks(lesson)
    if clashes(_past(tx.runs(discarded=True)), opening.school, opening.group, marks, now.date()):
        raise TooSoon
    record = RunRecord(
        id=new_id(),
        code=new_code(tx.live_codes()),
        status="live",
        run=Run(lesson, present=opening.present),
        school=opening.school.strip(),
        group=opening.group.strip(),
        created=now,
        touched=now,
        dark=False,
        choices={
            "substances_in_grade_6": opening.substances_in_grade_6,
            "simple_pictures": opening.simple_pictures,
        },
        marks=marks,
        evaluated_on=None,
    )
    tx.add_run(record)
    return record


def _switched_off(opening: Opening) -> frozenset[str]:
    return frozenset() if opening.substances_in_grade_6 else off_unless_chosen(opening.lesson)


def card(record: RunRecord) -> RunCard:
    """The run as a line in a list."""
    return RunCard(
        id=record.id,
        code=record.code,
        status=record.status,
        title=record.run.lesson.title,
        school=record.school,
        group=record.group,
        created=record.created,
        phase=str(phase(record.run)),
        evaluated=record.evaluated_on is not None,
    )


def _past(records: Iterable[RunRecord]) -> list[PastRun]:
    """The runs that P5 looks at: those evaluated, thrown away afterwards or not, and those being held."""
    return [
        PastRun((record.evaluated_on or record.created).date(), record.school, record.group, record.marks)
        for record in records
        if record.evaluated_on is not None or record.status == "live"
    ]
