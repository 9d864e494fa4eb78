"""Before class: what each topic can be held against, and what the consultant is warned of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clicker import library
from clicker.lesson import Disagreement, Figure, Lesson, Polarity, Topic
from clicker.library import Own
from clicker.safety import Declared, usable, warns_majority


@dataclass(frozen=True)
class Prepared:
    """One asked topic: the figures for what it shows, and G13's warning.

    `wanted` says whether the topic names an indicator; `figures` are those that may be shown, the country's first;
    `disagreements` are of surveys about these very grades.
    """

    topic: Topic
    wanted: bool
    figures: tuple[Figure, ...]
    disagreements: tuple[Disagreement, ...]
    majority: bool
    today: date

    @property
    def only_old(self) -> bool:
        """Whether there are figures, and all of them are past their time."""
        return bool(self.figures) and all(self.today.year > figure.valid_until for figure in self.figures)


def prepare(lesson: Lesson, own: Own, today: date) -> tuple[Prepared, ...]:
    """Every asked topic in the order of asking."""
    return tuple(
        _prepared(Declared(topic, lesson.audience, lesson.grades), own, today) for topic in lesson.asked_topics()
    )


def _prepared(declared: Declared, own: Own, today: date) -> Prepared:
    topic = declared.topic
    chosen = library.figures_for(declared, today, own)
    figures = (*chosen.behaviours(), *chosen.attitudes())
    return Prepared(
        topic=topic,
        wanted=topic.indicator is not None or topic.attitude_indicator is not None,
        figures=tuple(figure for figure in figures if usable(figure, today)),
        disagreements=_disagreements(declared, own, today),
        majority=topic.polarity is Polarity.RISK and warns_majority(chosen.behaviours()),
        today=today,
    )


def _disagreements(declared: Declared, own: Own, today: date) -> tuple[Disagreement, ...]:
    topic, grades = declared.topic, declared.topic.grades or declared.grades
    named = [one for one in (topic.indicator, topic.attitude_indicator) if one is not None and grades]
    return tuple(found for one in named for found in library.disagreements(one, grades, today, own))
