"""Minutes, questions and presses of a lesson follow the topics that are chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from builders import ask, lesson, neutral_topic, prompt, risk_topic, show
from classroom import Classroom, Rule, disagreeing, first, guess, table
from test_grown_ups import believes_too_much

from clicker import library
from clicker.lesson import Audience, Kind, Lesson, Plan, Polarity, plan
from clicker.room import Rooms
from clicker.room.children import alone

ALCOHOL = risk_topic(approve=prompt(Kind.APPROVE))
HAND = neutral_topic()


def test_a_block_takes_less_time_with_fewer_questions() -> None:
    block = replace(ask("left-handed", "alcohol-weekly"), minutes=10)
    held = lesson(HAND, ALCOHOL, steps=(block, replace(show("left-handed"), minutes=2), show("alcohol-weekly")))
    assert plan(held).minutes == 12
    assert plan(held).prompts == 5
    assert plan(held, frozenset({"alcohol-weekly"})) == Plan(minutes=4 + 2, prompts=2, presses=2 + 3 + 4)


def test_without_topics_nothing_is_pressed_but_start_and_finish() -> None:
    held = lesson(HAND, ALCOHOL, steps=(ask("left-handed", "alcohol-weekly"), show("left-handed")))
    assert plan(held, frozenset({"left-handed", "alcohol-weekly"})) == Plan(0, 0, 2)


def typical(held: Lesson) -> Rule:
    """Of 25 two do what is risky and two do not do what is good; guesses say twelve; nearly all find risks wrong."""
    answers: dict[str, Callable[[int], str | None]] = {
        "others": guess(12),
        "others_approve": guess(12),
        "own": first(2),
    }
    for topic in held.topics:
        if topic.polarity is Polarity.PROTECTIVE:
            answers[f"{topic.id}.own.1"] = first(23)
        if topic.approve is not None:
            agree = topic.approve.protective == "agree"
            answers[f"{topic.id}.approve.1"] = disagreeing(1 if agree else 24)
    return table(answers)


@pytest.mark.parametrize("name", [one.id for one in library.lessons()])
def test_the_presses_of_a_held_lesson_are_about_those_that_were_said(rooms: Rooms, name: str) -> None:
    held = library.lesson(name)
    room = Classroom.open(rooms, held, size=25)
    room.hold(typical(held) if held.audience in (Audience.PUPILS, Audience.STUDENTS) else believes_too_much)
    # Nobody's parents and no class: the guesses about the children are not asked.
    planned = plan(alone(held)).presses
    # The fewer topics the guard lets out, the fewer the presses.
    assert 0.7 * planned <= len(room.pressed) <= 1.1 * planned
