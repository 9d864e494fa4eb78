"""Rules about parents' lessons as they are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from builders import ask, lesson, neutral_topic, prompt, risk_topic, show
from parents import of_children

from clicker.lesson import AnswerType, Audience, Kind, Lesson, Sensitivity, Topic
from clicker.safety.declared import Fault, faults
from clicker.safety.guard import OWN_CHILD


def parents_lesson(*topics: Topic, audience: Audience = Audience.PARENTS) -> Lesson:
    ids = [topic.id for topic in topics]
    return lesson(*topics, audience=audience, steps=(ask(*ids), *map(show, ids)), reveal="after_topic", told=False)


def told(*topics: Topic, **changes: Any) -> list[str]:
    """What is found at these topics, in English, without what other rules say."""
    found: tuple[Fault, ...] = faults(parents_lesson(*topics, **changes))
    return [fault.what for fault in found if fault.rule in ("P11", "P12", "P14")]


def children(**changes: Any) -> Topic:
    topic = of_children()
    assert topic.children is not None
    return replace(topic, children=replace(topic.children, **changes))


def own_child(**changes: Any) -> Topic:
    own = prompt(Kind.OWN, type=AnswerType.ONE_OF, options=("Mindre", "Det samme", "Mere"), yes=(0,))
    values = {"others": None, "own": own, "indicator": OWN_CHILD, "sensitivity": Sensitivity.S2, "why_neutral": "Ja."}
    return neutral_topic("own-child", **(values | changes))


def test_a_guess_about_the_children_and_one_s_own_child_are_fine() -> None:
    country = replace(of_children("debut", ""), grades=(7,), indicator="alcohol_ever")
    assert country.children is not None
    country = replace(
        country, children=replace(country.children, type=AnswerType.HUNDRED, text="Hvor mange af 100 børn?")
    )
    assert told(of_children(), country, own_child()) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: risk_topic(about="alcohol-weekly"), "but nothing is guessed about them"),
        (lambda: replace(of_children(), own=prompt(Kind.OWN)), "stands alone in its topic"),
        (lambda: replace(of_children(), about=""), "nothing to hold the guess about the children against"),
        (lambda: replace(of_children(), about=""), "nobody knows how many the children are"),
        (lambda: children(text="Hvor mange af eleverne?"), "must name the children"),
        (lambda: children(text="Hvor mange af de {others} andre børn?"), "must name the children"),
        (lambda: children(hundred=""), "the wording for several classes is missing"),
        (lambda: own_child(sensitivity=Sensitivity.S0), "is asked another way"),
        (lambda: own_child(others=prompt(Kind.OTHERS)), "is asked another way"),
        (lambda: own_child(own=prompt(Kind.OWN)), "is asked another way"),
    ],
)
def test_each_mistake_is_found(wrong: Callable[[], Topic], words: str) -> None:
    assert any(words in found for found in told(wrong()))


def test_only_parents_guess_about_the_children() -> None:
    assert "only parents guess about the children" in told(of_children(), audience=Audience.STAFF)
