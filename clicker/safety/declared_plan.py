"""Rules about the plan of a lesson: how much is asked, in which order, what is shown, and that it ends with help."""

from __future__ import annotations

from clicker.lesson import Lesson, StepKind
from clicker.safety.marked import N_, Broken, Rule

MOST_PROMPTS = 18
MOST_AGAIN = 3


def _length(lesson: Lesson) -> Broken:
    prompts = sum(len(topic.prompts()) for topic in lesson.asked_topics())
    again = sum(len(step.topics) for step in lesson.steps if step.kind is StepKind.AGAIN)
    for count, most in ((prompts, MOST_PROMPTS), (again, MOST_AGAIN)):
        if count > most:
            yield "steps", {"count": count, "most": most}


def _asked_late(lesson: Lesson) -> Broken:
    shown = False
    for number, step in enumerate(lesson.steps, 1):
        shown = shown or step.kind is StepKind.SHOW
        if step.kind is StepKind.ASK and shown and lesson.reveal == "after_all":
            yield f"steps.{number}", {}


def _never_asked(lesson: Lesson) -> Broken:
    asked: set[str] = set()
    for number, step in enumerate(lesson.steps, 1):
        if step.kind is StepKind.ASK:
            asked.update(step.topics)
        else:
            for topic in step.topics:
                if topic not in asked:
                    yield f"steps.{number}", {"topic": topic}


def _shown_twice(lesson: Lesson) -> Broken:
    """Mostly a slip of the pen: another topic is asked and never shown."""
    shown: set[str] = set()
    for number, step in enumerate(lesson.steps, 1):
        for topic in step.topics if step.kind is StepKind.SHOW else ():
            if topic in shown:
                yield f"steps.{number}", {"topic": topic}
            shown.add(topic)


def _no_help(lesson: Lesson) -> Broken:
    if not any(step.kind is StepKind.HELP for step in lesson.steps):
        yield "steps", {}


PLAN_RULES: tuple[Rule, ...] = (
    (
        "length",
        _length,
        N_("the steps ask {count} questions where there is time for {most}"),
        N_("move topics to “reserve”, or ask fewer again"),
    ),
    (
        "order",
        _asked_late,
        N_("a question comes after a topic has been shown"),
        N_("move the ask step up before the first show step, or write reveal: after_topic"),
    ),
    ("order", _never_asked, N_("“{topic}” has not been asked before this step"), N_("add it to an ask step above")),
    ("order", _shown_twice, N_("“{topic}” is shown in two steps"), N_("show it once, and each asked topic too")),
    ("help", _no_help, N_("nothing says where one gets help"), N_("end with a help step: help: true")),
)
