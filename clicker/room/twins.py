"""Which finished runs a lesson may be held as a twin of: the parents' evening of classes, or a class's follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clicker.lesson import Audience, Lesson, Topic, Twin, TwinKind
from clicker.room.children import Fitted, fit
from clicker.room.errors import EverAgain, TooEarly, WrongTwin
from clicker.safety import SIX_WEEKS, chained_topics, ever_topics, labels_match
from clicker.store import RunRecord, Transaction

OF_CHILDREN = (Audience.PUPILS, Audience.STUDENTS)


@dataclass(frozen=True)
class FirstRun:
    """A finished run that another belongs to; `day` is when its answers were counted."""

    id: str
    title: str
    school: str
    group: str
    day: date


@dataclass(frozen=True)
class TwinPlan:
    """A lesson as it may be held as this twin: without the topics of P8, which are `taken_out`.

    `fitted` says what became of the guesses about the children. `group` is the class's, or empty where there are more
    and the consultant names them together.
    """

    twin: Twin
    lesson: Lesson
    firsts: tuple[FirstRun, ...]
    taken_out: tuple[Topic, ...]
    fitted: Fitted | None = None

    @property
    def school(self) -> str:
        return self.firsts[0].school

    @property
    def group(self) -> str:
        return self.firsts[0].group if len(self.firsts) == 1 else ""

    def check_labels(self, school: str, group: str) -> None:
        """Raises WrongTwin where the labels are not those of the runs; several classes have no label together."""
        if not labels_match(school, self.school) or (self.group and not labels_match(group, self.group)):
            raise WrongTwin("group")


def plan_twin(tx: Transaction, twin: Twin, lesson: Lesson, today: date) -> TwinPlan:
    """What is held as this twin. A follow-up's lesson is the frozen copy of the first, so that its words are the same.

    Raises WrongTwin, TooEarly, or EverAgain where P8 leaves nothing to ask.
    """
    records = _finished(tx, twin.runs)
    if twin.kind is TwinKind.PARENTS:
        _check_parents(records, lesson)
        taken = chained_topics(lesson, _lessons(records))
    else:
        _check_follow_up(records, lesson, today)
        taken = ever_topics(lesson) | chained_topics(lesson, _lessons(_line_before(tx, records[0])))
    fitted = fit(tx, records, lesson.without(taken)) if twin.kind is TwinKind.PARENTS else None
    left = fitted.lesson if fitted else lesson.without(taken)
    if not left.asked_topics():
        raise EverAgain
    out = tuple(topic for topic in lesson.asked_topics() if topic.id in taken)
    return TwinPlan(twin, left, tuple(map(_first_run, records)), out, fitted)


def first_runs(tx: Transaction, twin: Twin | None) -> tuple[FirstRun, ...]:
    """The runs that a twin belongs to, as far as they are still there."""
    records = (tx.run(run_id) for run_id in (twin.runs if twin else ()))
    return tuple(_first_run(record) for record in records if record is not None and record.status == "finished")


def follow_up_of(tx: Transaction, run_id: str, today: date) -> TwinPlan:
    """The follow-up of that run. Raises what `plan_twin` raises."""
    twin = Twin(TwinKind.FOLLOWUP, (run_id,))
    return plan_twin(tx, twin, _finished(tx, twin.runs)[0].run.lesson, today)


def parents_lessons(tx: Transaction, runs: Sequence[str], lessons: Sequence[Lesson], today: date) -> list[TwinPlan]:
    """The lessons for parents that fit all these classes. Raises WrongTwin where none does, and says why."""
    twin = Twin(TwinKind.PARENTS, tuple(runs))
    plans, refused = [], WrongTwin("grades")
    for lesson in lessons:
        if lesson.audience is Audience.PARENTS:
            try:
                plans.append(plan_twin(tx, twin, lesson, today))
            except WrongTwin as error:
                refused = error
            except EverAgain:
                continue
    if not plans:
        raise refused
    return plans


def may_have_parents(record: RunRecord) -> bool:
    """Whether parents may see something of this run (P11), so that an evening can be held as its twin."""
    lesson = record.run.lesson
    return _counted(record) and lesson.told and lesson.audience in OF_CHILDREN


def follow_up_from(record: RunRecord) -> date | None:
    """The first day on which the run may be followed up (B5), or None where it never may."""
    if not _counted(record) or record.evaluated_on is None or record.run.lesson.audience is Audience.PARENTS:
        return None
    return record.evaluated_on.date() + SIX_WEEKS


def _counted(record: RunRecord) -> bool:
    return record.status == "finished" and record.evaluated_on is not None


def _finished(tx: Transaction, runs: Sequence[str]) -> list[RunRecord]:
    """The runs, each finished and with answers that were counted, all of one school and each of its own group."""
    records = [_one_finished(tx, run_id) for run_id in runs]
    if not records:
        raise WrongTwin("gone")
    for number, record in enumerate(records):
        if not labels_match(record.school, records[0].school):
            raise WrongTwin("group")
        if any(labels_match(record.group, other.group) for other in records[:number]):
            raise WrongTwin("twice")
    return records


def _one_finished(tx: Transaction, run_id: str) -> RunRecord:
    record = tx.run(run_id)
    if record is None or record.status == "discarded":
        raise WrongTwin("gone")
    if record.status != "finished":
        raise WrongTwin("unfinished")
    if record.evaluated_on is None:
        raise WrongTwin("nothing")
    return record


def _check_parents(records: Sequence[RunRecord], lesson: Lesson) -> None:
    children = _lessons(records)
    if lesson.audience is not Audience.PARENTS or any(one.audience not in OF_CHILDREN for one in children):
        raise WrongTwin("audience")
    if not set(lesson.grades).intersection(*(one.grades for one in children)):
        raise WrongTwin("grades")
    if not all(one.told for one in children):
        raise WrongTwin("told")


def _check_follow_up(records: Sequence[RunRecord], lesson: Lesson, today: date) -> None:
    if len(records) > 1:
        raise WrongTwin("twice")
    first = records[0]
    earliest = follow_up_from(first)
    if earliest is None:
        raise WrongTwin("audience")
    if lesson != first.run.lesson:
        raise WrongTwin("lesson")
    if today < earliest:
        raise TooEarly(earliest)


def _line_before(tx: Transaction, first: RunRecord) -> list[RunRecord]:
    """The run that is followed up and, where that was a follow-up itself, those before it: one group's whole line."""
    line, following = [first], first.twin
    while following is not None and following.kind is TwinKind.FOLLOWUP:
        before = tx.run(following.runs[0])
        if before is None:
            break
        line.append(before)
        following = before.twin
    return line


def _lessons(records: Sequence[RunRecord]) -> list[Lesson]:
    return [record.run.lesson for record in records]


def _first_run(record: RunRecord) -> FirstRun:
    day = (record.evaluated_on or record.created).date()
    return FirstRun(record.id, record.run.lesson.title, record.school, record.group, day)
