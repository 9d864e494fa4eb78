"""A walk-up station: questions left open where people pass by, each answered at one's own pace and once only.

It is a run that stands open for ever: nobody makes a move and nobody counts who is there, so every guess is out of a
hundred.
"""

from __future__ import annotations

from collections.abc import Iterable

from clicker.lesson.content import Audience, Lesson, Step, StepKind, Topic
from clicker.lesson.run import Phase, Run

# More than a grid of people holds: the prompts are then asked in their wording out of a hundred.
OUT_OF = 100


def station_lesson(audience: Audience, grades: tuple[int, ...], topics: Iterable[Topic]) -> Lesson:
    """The topics as a lesson of one block."""
    listed = tuple(topics)
    return Lesson(
        id="station",
        version=1,
        title="station",
        audience=audience,
        grades=grades,
        reveal="after_topic",
        told=False,
        goal="",
        topics=listed,
        steps=(Step(StepKind.ASK, topics=tuple(topic.id for topic in listed)),),
    )


def station_run(lesson: Lesson) -> Run:
    """The run in which the station's answers are judged (`accept`) and asked (`asked_in`)."""
    return Run(lesson, present=OUT_OF, position=0, phases=(Phase.OPEN,), frozen=True)
