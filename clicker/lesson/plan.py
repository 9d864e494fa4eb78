"""How long a lesson takes and how often a button is pressed, for the topics that are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from clicker.lesson.content import Lesson, Step, StepKind
from clicker.lesson.proposals import wall_pages

# To start and to finish.
AROUND = 2
# A block is opened, closed and counted; each reveal of a topic is one press, and so is going on.
BLOCK = 3
REVEALED = {StepKind.SHOW: 4, StepKind.AGAIN: 4, StepKind.DILEMMA: 7}
# Opened, closed, chosen and gone on; of what is to hold for all, it is also asked who is with it. Before the vote, and
# before the choice, the wall comes to every page.
CHOSEN, JOINED = 4, 2


@dataclass(frozen=True)
class Plan:
    """About how many minutes, how many prompts each phone gets (asking again not counted), and presses."""

    minutes: int
    prompts: int
    presses: int


def plan(lesson: Lesson, left_out: frozenset[str] = frozenset()) -> Plan:
    """The plan without the topics left out. A block's minutes shrink with its prompts; a step without topics falls
    away."""
    kept = lesson.without(left_out)
    minutes = 0
    for step in lesson.steps:
        topics = [topic for topic in step.topics if topic not in left_out]
        if step.topics and not topics:
            continue
        share = (_prompts(lesson, topics), _prompts(lesson, step.topics))
        minutes += ceil(step.minutes * share[0] / share[1]) if step.kind is StepKind.ASK else step.minutes
    asked = [topic.id for topic in kept.asked_topics()]
    return Plan(minutes, _prompts(lesson, asked), AROUND + sum(_presses(kept, step) for step in kept.steps))


def _prompts(lesson: Lesson, topics: list[str] | tuple[str, ...]) -> int:
    return sum(len(lesson.topic(topic).prompts()) for topic in topics)


def _presses(lesson: Lesson, step: Step) -> int:
    if step.kind is StepKind.AGREE:
        return CHOSEN + JOINED * (not step.products) + 2 * (wall_pages(step.proposals) - 1)
    if step.kind is not StepKind.ASK:
        return REVEALED.get(step.kind, 1)
    return 2 * _prompts(lesson, step.topics) + 1 if step.together else BLOCK
