"""Opening a run: what the consultant decides before the first phone is in, and whether the group may be asked (P5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from clicker.lesson import Audience, Lesson, Run, Sensitivity, Twin, TwinKind, phase
from clicker.room.children import Fitted, alone
from clicker.room.codes import new_code, new_id, one_line
from clicker.room.errors import LabelsNeeded, TooSoon
from clicker.room.own_figures import stored_survey
from clicker.room.twins import follow_up_from, may_have_parents, plan_twin
from clicker.safety import PastRun, clashes, group_mark, names_nothing, never_asked, off_unless_chosen, sensitive_marks
from clicker.store import RunRecord, Transaction


@dataclass(frozen=True)
class Opening:
    """The lesson, whose it is, what is left out, and how it is shown. School and group are free text: "7.B".

    `twins` are the finished runs that this one belongs to, and `twin_kind` what it is to them; both or neither.
    `municipality` is the one whose own survey stands beside the country's figures, "" for none.
    """

    lesson: Lesson
    school: str = ""
    group: str = ""
    left_out: frozenset[str] = frozenset()
    present: int | None = None
    substances_in_grade_6: bool = False
    simple_pictures: bool = False
    twins: tuple[str, ...] = ()
    twin_kind: TwinKind | None = None
    municipality: str = ""

    @property
    def twin(self) -> Twin | None:
        return Twin(self.twin_kind, self.twins) if self.twin_kind is not None else None


@dataclass(frozen=True)
class RunCard:
    """A run in the consultant's list. `follow_up_from` is the first day of a follow-up, where there may be one;
    `parents` were those who answered."""

    id: str
    code: str
    status: str
    title: str
    school: str
    group: str
    created: datetime
    phase: str
    evaluated: bool
    twin: Twin | None = None
    may_have_parents: bool = False
    follow_up_from: date | None = None
    parents: bool = False


def open_run(tx: Transaction, opening: Opening, now: datetime) -> RunRecord:
    """A new run in its lobby, with its own frozen copy of the lesson.

    Raises LabelsNeeded or TooSoon, UnknownSurvey where the municipality has no figures here, and what `plan_twin`
    raises.
    """
    left_out = opening.left_out | _switched_off(opening)
    lesson, named, fitted = alone(opening.lesson).without(left_out), frozenset[str](), None
    if opening.twin is not None:
        plan = plan_twin(tx, opening.twin, opening.lesson, now.date())
        plan.check_labels(opening.school, opening.group)
        lesson, named, fitted = plan.lesson.without(left_out), frozenset(opening.twins), plan.fitted
    sensitive = any(topic.sensitivity is not Sensitivity.S0 for topic in lesson.asked_topics())
    if sensitive and (names_nothing(opening.school) or names_nothing(opening.group)):
        raise LabelsNeeded
    marks = sensitive_marks(lesson)
    past, children = _past(tx, named), _children(tx, opening.twin)
    if clashes(past, opening.school, opening.group, marks, now.date(), children):
        raise TooSoon
    municipality = stored_survey(tx, opening.municipality).municipality if opening.municipality else ""
    record = RunRecord(
        id=new_id(),
        code=new_code(tx.live_codes()),
        status="live",
        run=Run(lesson, present=opening.present, children=fitted.number if fitted else None),
        school=one_line(opening.school),
        group=one_line(opening.group),
        created=now,
        touched=now,
        dark=False,
        choices=_choices(opening, fitted, municipality),
        marks=marks,
        evaluated_on=None,
    )
    tx.add_run(record)
    return record


def _switched_off(opening: Opening) -> frozenset[str]:
    never = never_asked(opening.lesson)
    return never if opening.substances_in_grade_6 else never | off_unless_chosen(opening.lesson)


def _choices(opening: Opening, fitted: Fitted | None, municipality: str) -> dict[str, Any]:
    choices: dict[str, Any] = {
        "substances_in_grade_6": opening.substances_in_grade_6,
        "simple_pictures": opening.simple_pictures,
        "municipality": municipality,
    }
    if opening.twin is not None:
        choices["twin"] = {"kind": str(opening.twin.kind), "runs": list(opening.twin.runs)}
    if fitted is not None:
        choices["children"] = fitted.as_data()
    return choices


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
        twin=record.twin,
        may_have_parents=may_have_parents(record),
        follow_up_from=follow_up_from(record),
        parents=record.run.lesson.audience is Audience.PARENTS,
    )


def _past(tx: Transaction, twins: Collection[str]) -> list[PastRun]:
    """The runs that P5 looks at: those evaluated, thrown away afterwards or not, and those being held; not the very
    ones whose twin is opened."""
    return [
        PastRun(
            (record.evaluated_on or record.created).date(),
            record.school,
            record.group,
            record.marks,
            _children(tx, record.twin),
        )
        for record in tx.runs(discarded=True)
        if (record.evaluated_on is not None or record.status == "live") and record.id not in twins
    ]


def _children(tx: Transaction, twin: Twin | None) -> frozenset[str]:
    """P5: the classes whose parents meet: the runs that they are the twin of, and the groups of these."""
    if twin is None or twin.kind is not TwinKind.PARENTS:
        return frozenset()
    records = (tx.run(name) for name in twin.runs)
    groups = {group_mark(record.school, record.group) for record in records if record is not None}
    return frozenset(groups.union(twin.runs))
