"""Several finished runs together (P12): what may be counted, what has been published, and its posters.

A topic's classes are published as one partition, posters and parents' evenings together: what is recorded stays
recorded, for a poster on a wall cannot be taken back, and another mix of the same classes would give single ones away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clicker.lesson import Figure, Topic
from clicker.report.finished import on_the_wall
from clicker.report.posters.single import Offer, held_on
from clicker.safety import Banded, labels_match, may_publish
from clicker.safety.posters import Claim, adds, for_posters, of_several
from clicker.store import Publication, RunRecord, Transaction, keep_published, published, published_cells
from clicker.words.posters import Whose, poster_words


class NotOneGroup(ValueError):
    """The runs are not of one audience and one school or grade, or a class is among them twice."""


class NothingTogether(ValueError):
    """The runs do not pass P12 for that topic; which part of it is not said (P7)."""


class Overlaps(ValueError):
    """Some of these classes are shown together with others, on a poster or to their parents."""


class NoPublication(LookupError):
    """No such publication, or a run of it has been deleted."""


@dataclass(frozen=True)
class Choosable:
    """A finished run as a line with a box to tick; `day` is when it was held."""

    id: str
    school: str
    group: str
    title: str
    day: date


@dataclass(frozen=True)
class Countable:
    """A topic of the chosen runs, by its words, and whether it passes; why it does not is never said (P7)."""

    key: str
    title: str
    passes: bool


@dataclass(frozen=True)
class _Counted:
    """One topic over the chosen runs, by the run's id."""

    topic: Topic
    kept: Mapping[str, Banded | None]
    figures: Mapping[str, Figure | None]

    @property
    def claim(self) -> Claim | None:
        return of_several(self.topic, self.kept, self.figures)


def choosable(tx: Transaction) -> tuple[Choosable, ...]:
    """The finished runs whose groups were told that others may see numbers, by school, newest first."""
    records = [record for record in tx.runs() if record.status == "finished" and record.run.lesson.told]
    lines = [Choosable(one.id, one.school, one.group, one.run.lesson.title, held_on(one)) for one in records]
    return tuple(sorted(lines, key=lambda one: one.school.casefold()))


def sift(tx: Transaction, run_ids: Iterable[str]) -> tuple[Countable, ...]:
    """The topics of those runs and whether they may be counted together. Raises NotOneGroup or NoPublication."""
    counted = _counted(tx, _together(tx, run_ids))
    return tuple(Countable(key, one.topic.title, one.claim is not None) for key, one in counted.items())


def publish(tx: Transaction, run_ids: Iterable[str], key: str, now: datetime) -> Publication:
    """Record that these runs are printed together for that topic; the same ones twice are one publication.

    Raises NotOneGroup, NoPublication, NothingTogether or Overlaps.
    """
    one = _counted(tx, _together(tx, run_ids)).get(key)
    if one is None or one.claim is None:
        raise NothingTogether
    runs = tuple(sorted(name for name, own in one.kept.items() if own is not None))
    for known in published(tx):
        if known.key == key and known.runs == runs:
            return known
    # What one class shows its parents of itself is P11's: the sum gives no more of it away.
    cells = [cell.classes for cell in published_cells(tx, one.topic.id) if cell.poster or len(cell.classes) > 1]
    if not may_publish(runs, cells, one.kept):
        raise Overlaps
    made = Publication(_name(key, runs), key, one.topic.id, runs, now.date().isoformat())
    keep_published(tx, made)
    return made


def of_publication(tx: Transaction, publication_id: str, *, today: date, lang: str) -> Offer:
    """Its claim in words. Raises NoPublication."""
    one = _find(tx, publication_id)
    records = _finished(tx, one.runs)
    counted = _counted(tx, records).get(one.key)
    claim = counted.claim if counted else None
    if counted is None or claim is None:
        raise NoPublication
    whose, topic = _whose(records), counted.topic
    plain = poster_words(topic, claim, whose, today=today, lang=lang)
    more = poster_words(topic, claim, whose, today=today, lang=lang, country=True) if claim.figure else None
    return Offer(topic.id, topic.title, plain, more)


def other_times(tx: Transaction, publication_id: str) -> tuple[Publication, ...]:
    """Publications of the same topic that ended before this one began, or began after it ended."""
    one = _find(tx, publication_id)
    mine = _days(tx, one)
    found = []
    for other in published(tx):
        days = _days(tx, other) if other.key == one.key and other.id != one.id else ()
        if mine and days and (max(days) < min(mine) or max(mine) < min(days)):
            found.append(other)
    return tuple(found)


def in_order(tx: Transaction, publication_id: str, other_id: str) -> tuple[str, str]:
    """The two by their time, the earlier first. Raises NoPublication where they are no pair of times."""
    if other_id not in [other.id for other in other_times(tx, publication_id)]:
        raise NoPublication
    first, second = sorted((publication_id, other_id), key=lambda one: min(_days(tx, _find(tx, one))))
    return first, second


def _days(tx: Transaction, one: Publication) -> tuple[date, ...]:
    """When its runs were held; nothing where one of them has been deleted."""
    try:
        return tuple(held_on(record) for record in _finished(tx, one.runs))
    except NoPublication:
        return ()


def _find(tx: Transaction, publication_id: str) -> Publication:
    for one in published(tx):
        if one.id == publication_id:
            return one
    raise NoPublication


def _finished(tx: Transaction, run_ids: Iterable[str]) -> tuple[RunRecord, ...]:
    records = [tx.run(run_id) for run_id in dict.fromkeys(run_ids)]
    found = tuple(record for record in records if record is not None and record.status == "finished")
    if not found or len(found) < len(records):
        raise NoPublication
    return found


def _together(tx: Transaction, run_ids: Iterable[str]) -> tuple[RunRecord, ...]:
    """The runs, where they are of one audience and one school or grade, and each class is there once."""
    records = _finished(tx, run_ids)
    first = records[0]
    lessons = [record.run.lesson for record in records]
    one_school = all(labels_match(record.school, first.school) for record in records)
    one_grade = bool(lessons[0].grades) and all(lesson.grades == lessons[0].grades for lesson in lessons)
    one_audience = all(lesson.audience is lessons[0].audience for lesson in lessons)
    if not one_audience or not (one_school or one_grade) or _twice(records):
        raise NotOneGroup
    return records


def _twice(records: Sequence[RunRecord]) -> bool:
    return any(
        labels_match(one.school, other.school) and labels_match(one.group, other.group)
        for number, one in enumerate(records)
        for other in records[:number]
    )


def _counted(tx: Transaction, records: Sequence[RunRecord]) -> dict[str, _Counted]:
    """Every topic that was asked in some of the runs, by its words; a run that did not ask it is not of it."""
    found: dict[str, _Counted] = {}
    for record in records:
        lesson = record.run.lesson
        shown = on_the_wall(record.run, tx.results(record.id))
        for topic in filter(for_posters, lesson.asked_topics()):
            seen = shown.get(topic.id)
            own = adds(topic, seen, told=lesson.told) if seen else None
            figure = seen.figure if seen else None
            one = found.setdefault(_key(topic), _Counted(topic, {}, {}))
            found[_key(topic)] = _Counted(one.topic, {**one.kept, record.id: own}, {**one.figures, record.id: figure})
    return found


def _key(topic: Topic) -> str:
    """Topics are counted together only where the same was asked and the same is said of it."""
    assert topic.own is not None
    said = (topic.polarity, topic.sensitivity, topic.group, topic.period, topic.healthy)
    asked = (topic.own.text, topic.own.type, topic.own.options, topic.own.yes)
    return f"{topic.id}-{hashlib.sha256(repr((said, asked)).encode()).hexdigest()[:12]}"


def _name(key: str, runs: Sequence[str]) -> str:
    return hashlib.sha256(" ".join((key, *runs)).encode()).hexdigest()[:16]


def _whose(records: Sequence[RunRecord]) -> Whose:
    """One school is named where all are of it; the classes are not, for those left out would be named too (P7)."""
    first = records[0]
    one_school = all(labels_match(record.school, first.school) for record in records)
    days = tuple(sorted({held_on(record) for record in records}))
    return Whose(first.run.lesson.audience, first.school if one_school else "", "", days)
