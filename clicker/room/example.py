"""What phones and wall would show of a lesson that is being written: the real screens with invented numbers.

A run that nobody holds is put where a class would see the topic or the step, and the same facts are taken from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from clicker.lesson import Figures, Lesson, Phase, Polarity, Prompt, Run, Step, StepKind, Topic
from clicker.lesson.content import AnswerType
from clicker.measures import Histogram, tally
from clicker.room.phone_screen import phone_facts
from clicker.room.screens import PhoneFacts, WallFacts
from clicker.room.snapshot import Snapshot
from clicker.room.wall_screen import wall_facts
from clicker.safety import Banded, Children, Choices, Declared, Shown, band, children_public, public
from clicker.store import Counts

PRESENT = 25
ANSWERED = 24
# Any code; the links in an example lead nowhere.
CODE = "CDFG"
FEW, MANY = 2, 22
LOW_GUESSES = (3, 4, 5, 5, 6, 6, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10, 10, 11, 12, 12, 13, 14, 15, 16)
HIGH_GUESSES = tuple(PRESENT - 1 - guess for guess in LOW_GUESSES)


@dataclass(frozen=True)
class Example:
    """Phones and walls in the order in which a class meets them, each with the word for what it shows: a prompt's
    kind, `again`, a phase, or a step's kind. No walls: with these numbers nothing of the topic would be shown."""

    phones: tuple[tuple[str, PhoneFacts], ...] = ()
    walls: tuple[tuple[str, WallFacts], ...] = ()


def example_topic(lesson: Lesson, topic_id: str, figures: Figures, today: date, lang: str) -> Example:
    """Every prompt of the topic on a phone, every reveal of it on the wall. KeyError where there is no such topic."""
    topic = lesson.topic(topic_id)
    asked = replace(lesson, topics=(topic,), steps=(_asking(topic), Step(StepKind.SHOW, topics=(topic.id,))))
    shown = _shown(topic, lesson, figures, today)
    walls = [
        (str(phase), wall_facts(_snapshot(asked, 1, phase, {topic.id: shown}), today, lang)) for phase in shown.reveals
    ]
    # The picture is drawn by a script, and an example has none.
    pictureless = [(word, replace(wall, picture=None, rows=())) for word, wall in walls]
    return Example((*_asked(asked, topic, lang), *_asked_again(lesson, topic, lang)), tuple(pictureless))


def example_step(lesson: Lesson, number: int, today: date, lang: str) -> Example:
    """The step with that number (from 0) on phone and wall. IndexError where there is no such step."""
    step = lesson.steps[number]
    alone = replace(lesson, steps=(step,))
    phase = Phase.ON if step.kind in (StepKind.SAY, StepKind.TALK, StepKind.HELP) else Phase.OPEN
    snapshot = _snapshot(alone, 0, phase, {})
    phone = phone_facts(snapshot, lang)
    if step.kind is StepKind.AGREE:
        # All proposals look alike; where none are written yet, a phone has nothing to show.
        phone = replace(phone, prompts=phone.prompts[:1])
    # Of a block of questions each topic shows its own.
    always = step.kind in (StepKind.DILEMMA, StepKind.HELP, StepKind.TALK)
    asked = step.kind is StepKind.AGREE and bool(phone.prompts)
    phones = ((str(step.kind), phone),) if asked or always else ()
    return Example(phones, ((str(step.kind), wall_facts(snapshot, today, lang)),))


def _asking(topic: Topic) -> Step:
    return Step(StepKind.ASK, topics=(topic.id,))


def _asked(lesson: Lesson, topic: Topic, lang: str) -> list[tuple[str, PhoneFacts]]:
    facts = phone_facts(_snapshot(lesson, 0, Phase.OPEN, {}), lang)
    kinds = [str(prompt.kind) for prompt in topic.prompts()]
    return [(kind, replace(facts, prompts=(prompt,))) for kind, prompt in zip(kinds, facts.prompts, strict=True)]


def _asked_again(lesson: Lesson, topic: Topic, lang: str) -> list[tuple[str, PhoneFacts]]:
    if topic.again is None:
        return []
    alone = replace(topic, others=topic.again, own=None, approve=None, others_approve=None)
    asked = replace(lesson, topics=(alone,), steps=(_asking(alone),))
    return [("again", phone_facts(_snapshot(asked, 0, Phase.OPEN, {}), lang))]


def _snapshot(lesson: Lesson, position: int, phase: Phase, shown: Mapping[str, Shown]) -> Snapshot:
    phases = tuple(phase if number == position else Phase.CLOSED for number in range(len(lesson.steps)))
    run = Run(
        lesson,
        present=PRESENT,
        position=position,
        phases=phases,
        frozen=True,
        evaluated=frozenset(shown),
        children=PRESENT - 1,
    )
    counts = Counts(seats=PRESENT, admitted=PRESENT, answered=0, expected=PRESENT, done=0)
    return Snapshot("", CODE, "live", run, "", "", False, "", counts, shown, {})


def _shown(topic: Topic, lesson: Lesson, figures: Figures, today: date) -> Shown:
    """What the rules let out of a class that guessed far too high (of something good: too low)."""
    healthy = topic.polarity is Polarity.PROTECTIVE
    agreeing = topic.approve is not None and topic.approve.protective == "agree"
    if topic.children is not None:
        return _of_children(topic, topic.children, Declared(topic, lesson.audience, lesson.grades), figures, today)
    return public(
        _guesses(topic.others, healthy),
        _answers(topic, topic.own, healthy),
        _answers(topic, topic.approve, agreeing),
        _guesses(topic.others_approve, agreeing),
        PRESENT,
        {},
        figures,
        Declared(topic, lesson.audience, lesson.grades, lesson.version),
        Choices(substances_in_grade_6=True),
        today,
    )


def _of_children(topic: Topic, prompt: Prompt, declared: Declared, figures: Figures, today: date) -> Shown:
    """What parents would see of a class that was shown everything on its own wall."""
    guessed_good = prompt.protective == "agree" or (topic.is_behaviour and topic.polarity is Polarity.PROTECTIVE)
    own = band(MANY if guessed_good else FEW, ANSWERED, topic.sensitivity) if topic.is_behaviour else None
    attitude = band(MANY, ANSWERED, topic.sensitivity)
    children = Children(own, attitude, ANSWERED, 1, (today.isoformat(),))
    return children_public(_guesses(prompt, guessed_good), children, PRESENT, {}, figures, declared, today)


def _guesses(prompt: Prompt | None, healthy: bool) -> Histogram | None:
    if prompt is None:
        return None
    guesses = HIGH_GUESSES if healthy else LOW_GUESSES
    if prompt.type is AnswerType.HUNDRED:
        return tally([5 * round(100 * guess / (PRESENT - 1) / 5) for guess in guesses], top=100, step=5)
    return tally(guesses, top=PRESENT if prompt.type is AnswerType.COUNT_ALL else PRESENT - 1)


def _answers(topic: Topic, prompt: Prompt | None, healthy: bool) -> Banded | None:
    return None if prompt is None else band(MANY if healthy else FEW, ANSWERED, topic.sensitivity)
