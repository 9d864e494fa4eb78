"""A topic stands beside a figure only where both are about the very same thing."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from test_declared import topic

from clicker import library
from clicker.lesson import as_data, build
from clicker.library.implied import shipped_topics, unknown_implied
from clicker.library.wording_figures import beside_figures

INDICATORS = {indicator.id: indicator for indicator in library.indicators()}


def found(name: str = "alcohol-weekly", **changes: Any) -> list[tuple[str, str]]:
    """(key, what is wrong) for a topic of the shipped lesson after the change."""
    data = deepcopy(as_data(library.lesson("klasse-7")))
    topic(data, name).update(changes)
    return [(key, what.format(**values)) for key, what, _remedy, values in beside_figures(build(data), INDICATORS)]


@pytest.mark.parametrize("lesson", library.lessons(), ids=lambda lesson: lesson.id)
def test_no_shipped_lesson_is_refused(lesson: Any) -> None:
    assert list(beside_figures(lesson, INDICATORS)) == []
    assert list(unknown_implied(lesson)) == []


def test_a_figure_about_another_period_is_found() -> None:
    assert (
        "topics.alcohol-weekly.indicator",
        "the figure is about another period (ever) than the topic (weekly)",
    ) in found(indicator="alcohol_ever")


def test_without_a_table_of_indicators_nothing_is_compared() -> None:
    assert list(beside_figures(library.lesson("klasse-7"), {})) == []


@pytest.mark.parametrize("group", ["class", "tobacco"])
def test_a_figure_of_another_group_is_found(group: str) -> None:
    assert found(group=group) == [
        (
            "topics.alcohol-weekly.indicator",
            f"the figure is about alcohol, the topic is declared to be about {group}",
        )
    ]


def test_so_is_the_figure_of_an_attitude() -> None:
    assert found("nicotine-ok", attitude_indicator="approve_hash_at_parties") == [
        (
            "topics.nicotine-ok.attitude_indicator",
            "the figure is about cannabis, the topic is declared to be about nicotine",
        )
    ]


def test_a_figure_of_another_behaviour_is_found() -> None:
    assert [key for key, _what in found(indicator="cigarettes_weekly")] == ["topics.alcohol-weekly.indicator"] * 2
    ((key, what),) = found(indicator="drunk_weekly")
    assert key == "topics.alcohol-weekly.indicator"
    assert what.startswith("the figure is about something else: ")


def test_a_risk_of_a_survey_protects_nobody() -> None:
    assert found(polarity="protective") == [
        ("topics.alcohol-weekly.polarity", "the figure counts a risk, but yes protects in this topic")
    ]


def test_a_slip_of_the_pen_in_a_chain_is_found() -> None:
    data = deepcopy(as_data(library.lesson("klasse-8")))
    topic(data, "ecig-30d")["implies"] = ["ecig-evre"]
    assert [key for key, *_rest in unknown_implied(build(data))] == ["topics.ecig-30d.implies"]


def test_the_topics_of_all_shipped_lessons_may_be_implied() -> None:
    assert shipped_topics() == {topic.id for lesson in library.lessons() for topic in lesson.topics}
