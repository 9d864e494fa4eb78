"""All follow-ups of one lesson at one school in one school year, together, for the consultant (P12)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from clicker.lesson import Topic, TwinKind
from clicker.report.before_after import Subject, both_runs, day_of, kept_of, subject_of, walled
from clicker.safety import ClassesBeforeAfter, Shown, classes_before_after, labels_match
from clicker.safety.before_after_classes import LEAST_CLASSES
from clicker.store import RunRecord, Transaction
from clicker.words import before_after as said

SUMMER = 8  # the month in which a school year begins

Runs = tuple[RunRecord, RunRecord]


@dataclass(frozen=True)
class Class:
    """One class that was followed up, and on which days."""

    group: str
    first: str
    then: str


@dataclass(frozen=True)
class Classes:
    """The whole page. `without` are the titles of topics that give no number together."""

    run_id: str
    title: str
    school: str
    classes: tuple[Class, ...]
    warnings: tuple[str, ...]
    subjects: tuple[Subject, ...]
    without: tuple[str, ...]
    note: str


def build_classes(tx: Transaction, run_id: str, *, lang: str) -> Classes:
    """Every class that was followed up like this one: nobody chooses among them.

    Raises what `build_two_times` raises.
    """
    runs = _alike(tx, both_runs(tx, run_id))
    subjects, without = [], []
    for topic in _topics(runs):
        found = classes_before_after({one.id: _shown(tx, (one, other), topic) for one, other in runs}, topic)
        if found is None:
            without.append(topic.title)
        else:
            subjects.append(_subject(topic, found, lang))
    one, other = runs[0]
    return Classes(
        run_id=run_id,
        title=other.run.lesson.title,
        school=one.school,
        classes=tuple(Class(two[1].group, day_of(two[0], lang), day_of(two[1], lang)) for two in runs),
        warnings=said.classes_warnings(len(runs), LEAST_CLASSES, lang),
        subjects=tuple(subjects),
        without=tuple(without),
        note="" if subjects else said.too_few_classes(lang),
    )


def _alike(tx: Transaction, runs: Runs) -> list[Runs]:
    """The runs of the same lesson, school and school year, the first follow-up of each class, by class."""
    found: dict[str, Runs] = {}
    for record in reversed(tx.runs()):
        if record.status == "finished" and record.twin is not None and record.twin.kind is TwinKind.FOLLOWUP:
            first = tx.run(record.twin.runs[0])
            if first is not None and _like(first, runs[0]) and not _named(found, record.group):
                found[record.group] = (first, record)
    return [found[group] for group in sorted(found)]


def _like(first: RunRecord, other: RunRecord) -> bool:
    """Whether two first runs belong together; a follow-up is nobody's first time."""
    return (
        first.status == "finished"
        and first.twin is None
        and first.run.lesson.id == other.run.lesson.id
        and labels_match(first.school, other.school)
        and _school_year(first) == _school_year(other)
    )


def _named(found: dict[str, Runs], group: str) -> bool:
    return any(labels_match(group, name) for name in found)


def _school_year(record: RunRecord) -> int:
    day: date = (record.evaluated_on or record.created).date()
    return day.year if day.month >= SUMMER else day.year - 1


def _topics(runs: list[Runs]) -> list[Topic]:
    """Every topic that a follow-up asked, as the first class was asked it."""
    asked: dict[str, Topic] = {}
    for _, record in runs:
        for topic in record.run.lesson.asked_topics():
            asked.setdefault(topic.id, topic)
    return list(asked.values())


def _shown(tx: Transaction, runs: Runs, topic: Topic) -> tuple[Shown, Shown] | None:
    """What the wall showed of the topic at both times; None where it was not counted twice, or in other words."""
    times = []
    for record in runs:
        shown = kept_of(tx, record).get(topic.id)
        if shown is None or topic not in record.run.lesson.topics:
            return None
        times.append(walled(record, shown))
    return times[0], times[1]


def _subject(topic: Topic, found: ClassesBeforeAfter, lang: str) -> Subject:
    subject = subject_of(topic, found.both, lang)
    if found.interval is None or found.both.guess is None:
        return subject
    note = said.interval_note(found.interval, found.both.guess.before.classes, lang)
    return replace(subject, note=f"{note} {subject.note}".strip())
