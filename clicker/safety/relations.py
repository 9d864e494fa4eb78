"""Chains of topics (P8) and a second run of the same group (P5)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from clicker.lesson import Lesson, Period, Sensitivity, Topic

SIX_WEEKS = timedelta(weeks=6)


@dataclass(frozen=True)
class PastRun:
    """An evaluated run of the same installation: when, whose, and the sensitive topics it touched. `children`: of a
    parents' evening, the classes whose parents came, by their runs and by `group_mark`."""

    day: date
    school: str
    group: str
    marks: frozenset[str]
    children: frozenset[str] = frozenset()


def sensitive_marks(lesson: Lesson) -> frozenset[str]:
    """What two runs must not share: of the lesson's asked S1 and S2 topics and of all that they imply the ids, the
    indicators and what is asked, since the same question may stand under another id.

    Ids stand as they are, indicators as `indicator:<id>`, a question as `asks:` with a number made of its letters.
    """
    known = {topic.id: topic for topic in lesson.topics}
    marks: set[str] = set()
    for topic in lesson.asked_topics():
        if topic.sensitivity is not Sensitivity.S0 and (topic.own or topic.approve):
            chain = {topic.id, *_implied(lesson, topic.id)}
            marks |= chain.union(*(_asks(known[one]) for one in chain if one in known))
    return frozenset(marks)


def _asks(topic: Topic) -> set[str]:
    named = (topic.indicator, topic.attitude_indicator)
    asked = [prompt.text for prompt in (topic.own, topic.approve) if prompt is not None]
    return {f"indicator:{one}" for one in named if one} | {f"asks:{_number(text)}" for text in asked}


def _number(text: str) -> str:
    return sha256(_plain(text).encode()).hexdigest()[:16]


def _implied(lesson: Lesson, topic_id: str) -> set[str]:
    known = {topic.id: topic.implies for topic in lesson.topics}
    found: set[str] = set()
    waiting = list(known.get(topic_id, ()))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(known.get(name, ()))
    return found


def ever_topics(lesson: Lesson) -> frozenset[str]:
    """P8: what is never asked a second time. Whoever has ever done it has still done it six weeks later."""
    return frozenset(topic.id for topic in lesson.topics if topic.period is Period.EVER)


def chained_topics(lesson: Lesson, before: Iterable[Lesson]) -> frozenset[str]:
    """P8: topics of the lesson with an own prompt that stand in one chain with another own prompt of a run before it.
    The very same topic is no second one; whether the first was shown does not matter here."""
    past = [(topic, _chain(one, topic)) for one in before for topic in one.asked_topics() if topic.own is not None]
    return frozenset(
        topic.id
        for topic in lesson.topics
        if topic.own is not None
        and any(topic.id != other.id and _chain(lesson, topic) & chain for other, chain in past)
    )


def _chain(lesson: Lesson, topic: Topic) -> set[str]:
    return {topic.id, *_implied(lesson, topic.id)}


def labels_match(one: str, other: str) -> bool:
    """Whether two labels name the same school or group: "7.B", "7 b" and "7B" are one."""
    return _plain(one) == _plain(other)


def group_mark(school: str, group: str) -> str:
    """The two labels as one, however they are written."""
    return f"{_plain(school)}/{_plain(group)}"


def names_nothing(label: str) -> bool:
    """Whether a label has no letter or digit, so that it could stand for anybody."""
    return not _plain(label)


def _plain(label: str) -> str:
    folded = unicodedata.normalize("NFKC", label).casefold()
    for letter, spelt in (("\u00e5", "aa"), ("\u00e6", "ae"), ("\u00f8", "oe")):
        folded = folded.replace(letter, spelt)
    return "".join(letter for letter in folded if letter.isalnum())


def clashes(
    past: Iterable[PastRun],
    school: str,
    group: str,
    marks: frozenset[str],
    today: date,
    children: frozenset[str] = frozenset(),
) -> bool:
    """P5: whether the same group answered one of these sensitive topics within the last 6 weeks. Parents of the same
    `children` are the same group, whatever the evening is called."""
    return any(
        marks & run.marks and today - run.day < SIX_WEEKS and (_of(run, school, group) or children & run.children)
        for run in past
    )


def _of(run: PastRun, school: str, group: str) -> bool:
    return labels_match(run.school, school) and labels_match(run.group, group)
