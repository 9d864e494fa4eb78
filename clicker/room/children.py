"""The parents' evening meets the finished runs of the classes: which guesses about the children can be asked, in whose
words, and what of the children's answers stands beside them. What may leave a class is decided in `safety`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clicker.lesson import Lesson, Topic
from clicker.safety import Children, Held, children_of, in_partition
from clicker.store import RunRecord, Transaction, counted, on_wall, published_cells


@dataclass(frozen=True)
class LeftOut:
    """A guess that is not asked, and why, one of WHY_OUT."""

    title: str
    why: str


# Not asked: the class's lesson has not this topic, or as another kind of question. Not shown: of the class's answers
# nothing may be shown to parents (one word, whatever the reason). Nothing: there is no number to hold it against.
WHY_OUT = ("not_asked", "not_shown", "nothing")
# Why several classes' answers are not shown together: there are two, they are too few or one could be worked out (P12),
# or some of them have been shown in another group of classes, to parents or on a poster.
WHY_APART = ("two", "small", "published")


@dataclass(frozen=True)
class Fitted:
    """A parents' lesson as it fits its classes. `number`: how many the children of the one class are, None for several
    classes. `apart`: "", or why the children's answers are not shown, one of WHY_APART."""

    lesson: Lesson
    number: int | None = None
    out: tuple[LeftOut, ...] = ()
    apart: str = ""

    def as_data(self) -> dict[str, Any]:
        """What the run keeps of it."""
        return {"out": [[one.title, one.why] for one in self.out], "apart": self.apart}


def fitted_of(record: RunRecord) -> Fitted | None:
    """How the run's lesson was fitted to its classes; None where it belongs to none."""
    kept = record.choices.get("children")
    if kept is None:
        return None
    out = tuple(LeftOut(title, why) for title, why in kept["out"])
    return Fitted(record.run.lesson, record.run.children, out, kept["apart"])


def alone(lesson: Lesson) -> Lesson:
    """The lesson without a class: nobody knows whom a guess about the children would be about."""
    return lesson.without(frozenset(topic.id for topic in lesson.topics if topic.about))


def fit(tx: Transaction, records: Sequence[RunRecord], lesson: Lesson) -> Fitted:
    """The parents' lesson for these classes: what cannot be held against anything is taken out; the rest gets the words
    of the children's own question, and its grade, so that nothing is said that they were not asked."""
    runs = frozenset(record.id for record in records)
    topics, out, apart = [], [], ""
    for topic in lesson.topics:
        if not topic.about:
            topics.append(topic)
            continue
        asked = [record for record in records if _asks(record, topic)]
        children = children_beside(tx, runs, topic)
        why = _why_out(topic, asked, children, alone=len(records) == 1)
        if why:
            out.append((topic, why))
        if children is None and len(records) > 1 and asked:
            apart = apart or _why_apart(tx, records, topic)
        topics.append(topic if why else _as_they_were_asked(topic, asked))
    fitted = replace(lesson, topics=tuple(topics)).without(frozenset(topic.id for topic, _ in out))
    planned = {topic.id for topic in lesson.asked_topics()}
    said = tuple(LeftOut(topic.title, why) for topic, why in out if topic.id in planned)
    return Fitted(fitted, records[0].run.present if len(records) == 1 else None, said, apart)


def children_beside(tx: Transaction, runs: frozenset[str], topic: Topic, but: str = "") -> Children | None:
    """What of these classes' answers parents may see beside their guesses; None where nothing. `but` is the evening's
    own run, which is not held against itself."""
    records = [record for record in map(tx.run, sorted(runs)) if record is not None and record.status == "finished"]
    if not topic.about or len(records) < len(runs) or not _stand_apart(tx, runs, topic.about, but):
        return None
    return children_of([_held(tx, record, topic.about) if _asks(record, topic) else None for record in records])


def _asks(record: RunRecord, topic: Topic) -> bool:
    """Whether the class was asked what the parents are to guess: the same topic, and both of what is done or both of
    what is found all right."""
    theirs = _theirs(record, topic)
    return theirs is not None and theirs.is_behaviour == topic.is_behaviour


def _theirs(record: RunRecord, topic: Topic) -> Topic | None:
    return next((one for one in record.run.lesson.asked_topics() if one.id == topic.about), None)


def _held(tx: Transaction, record: RunRecord, about: str) -> Held:
    lesson, day = record.run.lesson, (record.evaluated_on or record.touched).date()
    return Held(lesson.topic(about), on_wall(tx, record, about), lesson.told, day)


def _why_out(topic: Topic, asked: Sequence[RunRecord], children: Children | None, *, alone: bool) -> str:
    if not asked:
        return "not_asked"
    if children is not None:
        return ""
    if alone:
        return "not_shown"
    theirs = _theirs(asked[0], topic)
    figure = theirs is not None and (theirs.indicator if theirs.is_behaviour else theirs.attitude_indicator)
    return "" if figure else "nothing"


def _why_apart(tx: Transaction, records: Sequence[RunRecord], topic: Topic) -> str:
    if not _stand_apart(tx, frozenset(record.id for record in records), topic.about):
        return "published"
    return "two" if len(records) == 2 else "small"


def _stand_apart(tx: Transaction, runs: frozenset[str], about: str, but: str = "") -> bool:
    """P12: whether these classes may be shown together beside all that was shown of them, to parents and on posters.
    What one class shows of itself is P11's, and no poster gives more of it away."""
    cells = [cell.classes for cell in published_cells(tx, about, but) if len(runs) > 1 or not cell.poster]
    return in_partition(counted(tx, runs, about), cells)


def _as_they_were_asked(topic: Topic, asked: Sequence[RunRecord]) -> Topic:
    theirs = _theirs(asked[0], topic)
    assert theirs is not None
    assert topic.children is not None
    side = "" if theirs.attitude is None or theirs.is_behaviour else theirs.attitude.protective
    healthy = theirs.approve.healthy if theirs.approve is not None else ""
    return replace(
        topic,
        group=theirs.group,
        polarity=theirs.polarity,
        sensitivity=theirs.sensitivity,
        period=theirs.period,
        indicator=theirs.indicator,
        attitude_indicator=theirs.attitude_indicator,
        grades=tuple(sorted({grade for record in asked for grade in record.run.lesson.grades})),
        healthy=theirs.healthy,
        unhealthy=theirs.unhealthy,
        children=replace(topic.children, protective=side, healthy=healthy),
    )
