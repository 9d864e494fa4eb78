"""P14: what a station that anybody walks up to may ask, fold and show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import attitude_topic, figure, guesses, guesses_topic, neutral_topic, prompt, risk_topic

from clicker.lesson import AnswerType, Audience, Figures, Kind, Sensitivity, Topic, Verdict, station_lesson
from clicker.measures import Histogram
from clicker.safety import (
    Banded,
    Shown,
    fits_station,
    has_reference,
    never_at_station,
    walk_up_full,
    walk_up_may_ask,
    walk_up_seen,
)

TODAY = date(2026, 3, 2)


def about_the_country(**changes: object) -> Topic:
    """A guess about 9th graders in the whole country, out of a hundred."""
    asked = prompt(Kind.OTHERS, type=AnswerType.HUNDRED)
    return replace(guesses_topic(), grades=(9,), others=asked, **changes)  # type: ignore[arg-type]


def about_those_here() -> Topic:
    """A neutral topic whose guess can be asked out of a hundred too."""
    asked = prompt(Kind.OTHERS, hundred="Hvor mange ud af 100 her skriver med venstre hånd?")
    return replace(neutral_topic(), others=asked)


def test_p14_own_answers_are_asked_of_neutral_topics_only() -> None:
    assert [walk_up_may_ask(sensitivity) for sensitivity in Sensitivity] == [True, False, False]
    assert fits_station(about_those_here())
    assert not fits_station(risk_topic())
    assert not fits_station(attitude_topic())


def test_p14_a_guess_about_the_country_fits_and_one_about_those_here_does_not() -> None:
    assert fits_station(about_the_country())
    assert not fits_station(replace(about_the_country(), grades=()))


def test_p14_a_guess_of_the_children_never_fits() -> None:
    children = prompt(Kind.CHILDREN, type=AnswerType.HUNDRED)
    assert not fits_station(replace(about_those_here(), children=children))


def test_p14_an_s0_guess_without_words_out_of_a_hundred_does_not_fit() -> None:
    topic = about_those_here()
    assert topic.others is not None
    assert not fits_station(replace(topic, others=replace(topic.others, hundred="")))


@pytest.mark.parametrize(("waiting", "folded"), [(0, 0), (9, 0), (10, 10), (19, 10), (20, 20)])
def test_p14_whole_blocks_of_ten_are_folded(waiting: int, folded: int) -> None:
    assert walk_up_full(waiting) == folded


@pytest.mark.parametrize(
    ("audience", "grades", "never"),
    [
        (Audience.PUPILS, (5,), True),
        (Audience.PUPILS, (6,), True),
        (Audience.PUPILS, (), True),
        (Audience.PUPILS, (7, 8, 9), False),
        (Audience.STUDENTS, (), False),
        (Audience.PARENTS, (), False),
    ],
)
def test_g2_substances_are_kept_from_the_youngest(audience: Audience, grades: tuple[int, ...], never: bool) -> None:
    topic = about_the_country(group="alcohol")
    station = station_lesson(audience, grades, [topic, about_those_here()])
    assert never_at_station(station) == ({topic.id} if never else frozenset())


@pytest.mark.parametrize(("share", "there"), [(11, True), (49, True), (50, False), (80, False)])
def test_g5_a_share_of_half_or_more_is_no_reference(share: float, there: bool) -> None:
    assert has_reference(about_the_country(), Figures(behaviour=figure(share)), TODAY) is there


def test_without_a_figure_there_is_no_reference() -> None:
    assert not has_reference(about_the_country(), Figures(), TODAY)


def test_p14_of_a_guess_about_the_country_nothing_of_the_group_reaches_a_phone() -> None:
    topic = about_the_country()
    shown = Shown(topic.id, Verdict.SHOW, N=20, guesses=guesses(40), figure=figure(11))
    few = Shown(topic.id, Verdict.SHOW, N=7, guesses=guesses(70, total=7), figure=figure(11))
    assert walk_up_seen(shown, topic) == walk_up_seen(few, topic)
    seen = walk_up_seen(shown, topic)
    assert seen.guesses is not None
    assert (seen.guesses.top, seen.guesses.step, seen.guesses.total) == (100, 1, 0)


def test_p14_of_an_s0_topic_the_group_is_seen() -> None:
    topic = neutral_topic()
    shown = Shown(topic.id, Verdict.SHOW, N=20, guesses=Histogram(100, 5, (20,) + (0,) * 20), own=Banded(3, 3, 20))
    assert walk_up_seen(shown, topic) == shown
