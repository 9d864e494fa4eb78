"""Changing the plan of a lesson: plain data in, a changed copy out."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from clicker import library
from clicker.lesson import as_data, build, tidy
from clicker.lesson.editing import (
    add_topic,
    kind_of,
    move_step,
    move_topic,
    remove_topic,
    to_asked,
    to_reserve,
    topics_of,
)
from clicker.safety.declared import faults

Data = dict[str, Any]


@pytest.fixture
def lesson() -> Data:
    return tidy(as_data(library.lesson("klasse-7")))


def ids(lesson: Data) -> list[str]:
    return [topic["id"] for topic in lesson["topics"]]


def planned(lesson: Data, kind: str) -> list[str]:
    """The topics of all steps of that kind, in order."""
    return [topic for step in lesson["steps"] if kind_of(step) == kind for topic in topics_of(step)]


def test_a_topic_moves_up_among_topics_questions_and_answers(lesson: Data) -> None:
    made = move_topic(lesson, "ecig-ever", -1)
    for order in (ids(made), planned(made, "ask"), planned(made, "show"), planned(made, "again")):
        assert order.index("ecig-ever") + 1 == order.index("alcohol-weekly")


def test_down_takes_back_what_up_did(lesson: Data) -> None:
    assert move_topic(move_topic(lesson, "ecig-ever", -1), "ecig-ever", 1) == lesson


@pytest.mark.parametrize(("topic", "by"), [("left-handed", -1), ("liquorice", 1), ("nothing", 1)])
def test_beyond_the_ends_nothing_moves(lesson: Data, topic: str, by: int) -> None:
    assert move_topic(lesson, topic, by) == lesson


def test_a_step_moves(lesson: Data) -> None:
    made = move_step(lesson, 1, -1)
    assert [made["steps"][0]["say"], made["steps"][1]["say"]] == ["Dit svar er dit", "Velkommen"]
    assert move_step(made, 0, 1) == lesson


@pytest.mark.parametrize(("number", "by"), [(0, -1), (15, 1), (99, 1), (-1, 1)])
def test_a_step_at_an_end_stays(lesson: Data, number: int, by: int) -> None:
    assert move_step(lesson, number, by) == lesson


def test_a_removed_topic_is_nowhere(lesson: Data) -> None:
    made = remove_topic(lesson, "alcohol-weekly")
    assert "alcohol-weekly" not in ids(made)
    assert all("alcohol-weekly" not in topics_of(step) for step in made["steps"])
    assert planned(made, "again") == ["ecig-ever"]


def test_a_step_about_nothing_else_goes_with_its_topic(lesson: Data) -> None:
    made = remove_topic(lesson, "left-handed")
    assert len(made["steps"]) == len(lesson["steps"]) - 2


def test_a_topic_in_reserve_is_in_no_step(lesson: Data) -> None:
    made = to_reserve(lesson, "ecig-ever")
    assert made["reserve"] == ["alcohol-ever", "liquorice", "ecig-ever"]
    assert all("ecig-ever" not in topics_of(step) for step in made["steps"])
    assert faults(build(made)) == ()


def test_a_topic_from_the_reserve_is_asked_last_and_shown_last(lesson: Data) -> None:
    made = to_asked(lesson, "liquorice")
    assert made["reserve"] == ["alcohol-ever"]
    assert planned(made, "ask")[-1] == planned(made, "show")[-1] == "liquorice"
    assert faults(build(made)) == ()


def test_asking_makes_a_block_where_there_is_none(lesson: Data) -> None:
    bare = lesson | {"steps": [{"say": "Hej"}, {"help": True}]}
    made = to_asked(bare, "speak-up")
    assert [kind_of(step) for step in made["steps"]] == ["say", "ask", "show", "help"]


@pytest.mark.parametrize(
    ("group", "polarity", "own", "sensitivity"),
    [
        ("alcohol", "risk", True, "S2"),
        ("alcohol", "risk", False, "S1"),
        ("class", "risk", True, "S1"),
        ("neutral", "neutral", True, "S0"),
    ],
)
def test_a_new_topic_is_as_private_as_its_group(
    lesson: Data, group: str, polarity: str, own: bool, sensitivity: str
) -> None:
    topic = {"id": "new", "title": "Nyt", "group": group, "polarity": polarity}
    made = add_topic(lesson, topic | ({"own": {"text": "Gør du?", "type": "yes_no"}} if own else {}))
    assert made["topics"][-1]["sensitivity"] == sensitivity
    assert planned(made, "show")[-1] == "new"


def test_nothing_changes_what_was_given(lesson: Data) -> None:
    before = deepcopy(lesson)
    move_topic(lesson, "ecig-ever", -1)
    move_step(lesson, 3, 1)
    remove_topic(lesson, "ecig-ever")
    to_reserve(lesson, "ecig-ever")
    to_asked(lesson, "liquorice")
    assert lesson == before
