"""What parents say of their own child, over several meetings (P14, B4). For the consultant: no single meeting is told
apart here, and nobody is said to be wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from clicker import words
from clicker.lesson import Audience, Figures, Topic
from clicker.safety import Banded, Declared, meetings_full, own_child_contrast, shown_from_data, usable
from clicker.safety.aggregates import MEETINGS_MIN
from clicker.safety.guard import OWN_CHILD
from clicker.store import RunRecord, Transaction
from clicker.words.own_child import contrast_sentence, less_sentence

ChooseFigures = Callable[[Declared], Figures]


@dataclass(frozen=True)
class OwnChild:
    """`meetings` are counted, or had enough answers where there are fewer than the `wanted` that it takes; then there
    are no sentences."""

    meetings: int
    wanted: int
    question: str = ""
    less: str = ""
    contrast: str = ""
    country: str = ""
    source: str = ""


@dataclass(frozen=True)
class _Meeting:
    declared: Declared
    own: Banded

    @property
    def topic(self) -> Topic:
        return self.declared.topic


def over_meetings(tx: Transaction, choose: ChooseFigures, today: date, lang: str) -> OwnChild:
    """P14: the finished parents' meetings that were asked the same as the newest one, in whole blocks as they ended."""
    records = sorted(tx.runs(), key=lambda record: record.touched)
    found = [meeting for record in records for meeting in _meetings(tx, record)]
    alike = [one for one in found if _words(one.topic) == _words(found[-1].topic)]
    contrast = own_child_contrast([one.own for one in alike])
    if contrast is None:
        return OwnChild(len(alike), MEETINGS_MIN)
    counted = meetings_full(len(alike))
    newest = alike[counted - 1]
    country, source = _country(newest, choose, today, lang)
    return OwnChild(
        meetings=counted,
        wanted=MEETINGS_MIN,
        question=newest.topic.own.text if newest.topic.own else "",
        less=less_sentence(contrast, counted, newest.topic.healthy, lang),
        contrast=contrast_sentence(contrast, lang),
        country=country,
        source=source,
    )


def _words(topic: Topic) -> tuple[str, str]:
    return topic.healthy, topic.own.text if topic.own else ""


def _meetings(tx: Transaction, record: RunRecord) -> list[_Meeting]:
    lesson = record.run.lesson
    if record.status != "finished" or lesson.audience is not Audience.PARENTS:
        return []
    kept = tx.results(record.id)
    asked = [topic for topic in lesson.asked_topics() if topic.indicator == OWN_CHILD and (topic.id, 1) in kept]
    shown = [(topic, shown_from_data(kept[topic.id, 1])) for topic in asked]
    return [
        _Meeting(Declared(topic, lesson.audience, lesson.grades, lesson.version), value.own)
        for topic, value in shown
        if value.own is not None
    ]


def _country(meeting: _Meeting, choose: ChooseFigures, today: date, lang: str) -> tuple[str, str]:
    figure = choose(meeting.declared).behaviour
    if figure is None or not usable(figure, today):
        return "", ""
    said = words.reference_sentence(meeting.topic, figure, today, lang)
    return f"{said}.", words.source_line(figure, today, lang)
