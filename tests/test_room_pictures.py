"""Which chart a run uses, and that its rows say nothing that the wall has not shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from builders import TODAY, attitude_topic, figure, judged, lesson, neutral_topic, prompt, protective_topic, risk_topic

from clicker import words
from clicker.lesson import Audience, Kind, Phase, Topic
from clicker.measures import Histogram
from clicker.room.pictures import again_picture, chart_of, reveal_picture, summary_picture
from clicker.safety import Banded, Shown, seen

NEUTRAL, RISK = neutral_topic(title="Hånd"), risk_topic(healthy="drikker ikke", unhealthy="drikker")
SPEAKING = protective_topic(title="Sige fra", healthy="siger fra")
OF_24 = Histogram(24, 1, tuple(20 if cell == 9 else 0 for cell in range(25)))
OF_100 = Histogram(100, 5, tuple(20 if cell == 7 else 0 for cell in range(21)))
EVERYTHING = (Phase.GUESSES, Phase.OWN, Phase.ATTITUDE, Phase.COUNTRY)


def chart(topic: Topic = NEUTRAL, *, simple: bool = False, guess: Histogram = OF_24, n: int = 25, **who: Any) -> str:
    return chart_of(lesson(topic, **who), topic, judged(topic, k=5, n=n, guess=guess), simple=simple)


YOUNG: dict[str, Any] = {"grades": (5, 6)}
PARENTS: dict[str, Any] = {"audience": Audience.PARENTS, "grades": (7,)}


def test_guesses_are_a_histogram_unless_something_says_otherwise() -> None:
    assert chart() == chart(RISK) == "histogram"


@pytest.mark.parametrize("who", [YOUNG, PARENTS], ids=["young", "parents"])
def test_the_youngest_and_parents_count_people(who: dict[str, Any]) -> None:
    assert chart(**who) == "icons"


@pytest.mark.parametrize("who", [YOUNG, PARENTS], ids=["young", "parents"])
@pytest.mark.parametrize("k", range(26))
def test_what_may_be_banded_is_three_bars_whatever_was_answered(who: dict[str, Any], k: int) -> None:
    assert chart_of(lesson(RISK, **who), RISK, judged(RISK, k=k, guess=OF_24), simple=False) == "bars"


def test_people_too_many_or_guessed_out_of_a_hundred_are_a_histogram() -> None:
    assert chart(n=41, **YOUNG) == "histogram"
    assert chart(n=35, guess=OF_100, **YOUNG) == "histogram"


def test_students_and_mixed_ages_are_not_the_youngest() -> None:
    assert chart(audience=Audience.STUDENTS, grades=()) == chart(grades=(6, 7)) == chart(grades=()) == "histogram"


@pytest.mark.parametrize("who", [{}, YOUNG, PARENTS], ids=["7th", "young", "parents"])
def test_simple_pictures_are_three_bars_for_everybody(who: dict[str, Any]) -> None:
    assert chart(simple=True, **who) == chart(RISK, simple=True, **who) == "bars"


def rows(kind: str, topic: Topic, shown: Shown, phase: Phase) -> Any:
    said = words.revealed(topic, shown, phase, question="", today=TODAY, lang="da")
    picture = reveal_picture(kind, topic, shown, phase, dict(said.labels), "da")
    assert picture is not None
    return picture.rows["marks"]


@pytest.mark.parametrize("kind", ["histogram", "bars"])
def test_p3_within_a_band_the_rows_are_the_same_bytes(kind: str) -> None:
    shown = [judged(RISK, k=k, guess=OF_24, country=figure(3)) for k in range(4)]
    assert len({json.dumps(rows(kind, RISK, one, Phase.COUNTRY)) for one in shown}) == 1


def test_each_press_adds_one_bar() -> None:
    shown = judged(RISK, guess=OF_24, country=figure(3))
    told = [rows("bars", RISK, shown, phase) for phase in (Phase.GUESSES, Phase.OWN, Phase.COUNTRY)]
    assert [[row["role"] for row in one] for one in told] == [
        ["guess"],
        ["guess", "own"],
        ["guess", "own", "country"],
    ]
    assert told[2][:2] == told[1]


def test_equal_numbers_are_equally_long() -> None:
    guess = Histogram(11, 1, (0, 6, 6, *[0] * 9))
    told = rows("bars", NEUTRAL, judged(NEUTRAL, k=2, n=12, guess=guess), Phase.OWN)
    assert [(row["low"], row["high"], row["label"][-1]) for row in told] == [(2, 2, "2"), (2, 2, "2")]


def test_both_guesses_stand_at_the_numbers_they_are_called() -> None:
    before = Histogram(23, 1, (*[0] * 9, 11, 9, *[0] * 13))
    after = Histogram(24, 1, (*[0] * 4, 20, *[0] * 20))
    said = words.again_said(RISK, before, after, Banded(0, 3, 24), "da")
    told = again_picture(before, after, Banded(0, 3, 24), dict(said.labels)).rows["marks"]
    assert [(row["low"], row["label"]) for row in told if row["role"] != "own"] == [(9, "Før: 9"), (4, "Nu: 4")]


def test_people_are_the_others_for_a_guess_and_those_who_answered_for_an_answer() -> None:
    told = rows("icons", NEUTRAL, judged(NEUTRAL, k=5, n=22, N=25, guess=OF_24), Phase.OWN)
    assert [(row["role"], row["count"], row["of"]) for row in told] == [("guess", 9, 24), ("own", 5, 22)]


def summary(*cases: tuple[Topic, Shown], reached: tuple[Phase, ...] = EVERYTHING) -> Any:
    cut = [(topic, seen(shown, tuple(phase for phase in reached if phase in shown.reveals))) for topic, shown in cases]
    said = [(topic, shown, words.found(topic, shown, "en")) for topic, shown in cut]
    picture = summary_picture([(topic, shown, one) for topic, shown, one in said if one], "en")
    return picture and picture.rows


def test_the_summary_is_out_of_a_hundred() -> None:
    told = summary((RISK, judged(RISK, k=2, n=24, N=25, guess=OF_24, country=figure(3))))["topics"][0]
    assert (told["guess"], told["low"], told["high"]) == (37.5, 0, 12.5)
    assert (told["country_low"], told["country_high"]) == (3, 3)
    assert (told["guess_label"], told["own_label"]) == ("38", "0-13")


def test_the_summary_turns_the_country_to_the_side_that_was_asked() -> None:
    shown = judged(SPEAKING, k=20, guess=OF_24, country=figure(10, low=10, high=20))
    told = summary((SPEAKING, shown), reached=shown.reveals)["topics"][0]
    assert (told["country_low"], told["country_high"]) == (80, 90)


@pytest.mark.parametrize("reached", [(), (Phase.GUESSES,)])
def test_the_summary_has_no_line_for_what_the_wall_has_not_shown(reached: tuple[Phase, ...]) -> None:
    assert summary((RISK, judged(RISK, guess=OF_24)), reached=reached) is None


def test_the_summary_has_no_country_that_the_wall_has_not_shown() -> None:
    shown = judged(RISK, guess=OF_24, country=figure(3))
    told = summary((RISK, shown), reached=(Phase.GUESSES, Phase.OWN))
    assert told["topics"][0]["country_low"] is None
    assert [row["role"] for row in told["legend"]] == ["guess", "range"]


def test_p3_within_a_band_the_summary_is_the_same_bytes() -> None:
    told = {json.dumps(summary((RISK, judged(RISK, k=k, guess=OF_24)))) for k in range(4)}
    assert len(told) == 1


def test_an_attitude_instead_of_a_behaviour_is_named_as_one() -> None:
    topic = risk_topic(title="Alcohol", others_approve=prompt(Kind.OTHERS_APPROVE))
    shown = judged(topic, k=14, n=24, N=25, guess=OF_24, protecting=20, others_attitude=OF_24)
    assert summary((topic, shown))["topics"][0]["title"] == "Alcohol: is it all right?"


def test_an_attitude_that_nobody_guessed_has_an_answer_alone() -> None:
    topic = attitude_topic(asks_others=False)
    told = summary((topic, judged(topic)))["topics"][0]
    assert (told["guess"], told["guess_label"], told["own_label"]) == (None, "", "0-12")


def test_more_lines_than_can_be_read_are_no_picture() -> None:
    case = (RISK, judged(RISK, guess=OF_24))
    assert len(summary(*[case] * 5)["topics"]) == 5
    assert summary(*[case] * 6) is None
