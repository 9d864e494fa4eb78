"""What is said of a topic: true, in the healthy frame, and never more than its public value allows."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from builders import (
    TODAY,
    attitude_topic,
    figure,
    guessed_attitude_topic,
    guesses,
    guesses_topic,
    judged,
    neutral_topic,
    prompt,
    protective_topic,
    risk_topic,
)

from clicker import library, words
from clicker.lesson import Kind, Phase, Sensitivity, Topic, Verdict
from clicker.measures import Histogram
from clicker.safety import Banded, Headline, Shown, seen
from clicker.words import Said

MORE = "We thought there were more than there are."
HEALTHY, UNHEALTHY = "do not drink", "drink"
RISK = risk_topic(healthy=HEALTHY, unhealthy=UNHEALTHY, approve=prompt(Kind.APPROVE, healthy="do not find it right"))
PROTECTIVE = protective_topic(healthy="speak up")
NEUTRAL = neutral_topic(healthy="write with the left hand")
ATTITUDE = attitude_topic(
    sensitivity=Sensitivity.S1,
    unhealthy="find it right",
    approve=prompt(Kind.APPROVE, healthy="do not find it right"),
)


def people(**counts: int) -> Histogram:
    """Guesses of the 24 others: people(at9=20) is 20 guesses of 9."""
    return Histogram(24, 1, tuple(counts.get(f"at{cell}", 0) for cell in range(25)))


def hundreds(cell: int, total: int) -> Histogram:
    """So many guesses out of a hundred, all at 5 * cell."""
    return Histogram(100, 5, tuple(total if index == cell else 0 for index in range(21)))


def say(topic: Topic, phase: Phase, shown: Shown | None = None, **case: Any) -> Said:
    shown = shown or judged(topic, **({"guess": people(at9=20)} | case))
    return words.revealed(topic, shown, phase, question="How many?", today=TODAY, lang="en")


def test_the_guesses_have_a_neutral_title_and_their_question() -> None:
    said = say(RISK, Phase.GUESSES)
    assert (said.title, said.line) == ("This is what we guessed: 9 of 24", "How many?")
    assert said.source == "20 guesses. The number is their mean."


def test_a_band_is_said_as_at_least_so_many_who_do_not() -> None:
    assert say(RISK, Phase.OWN).title == "At least 22 of the 25 who answered do not drink"


def test_an_exact_risk_is_said_as_who_does_not() -> None:
    assert say(RISK, Phase.OWN, k=5).title == "20 of the 25 who answered do not drink"


def test_guess_and_answer_count_the_same_thing() -> None:
    line = say(RISK, Phase.OWN).line
    assert line.startswith("We guessed that 9 of the 24 others drink. The answer is 0-3 of 25.")


def test_without_words_for_the_risk_the_line_still_stands() -> None:
    topic = risk_topic(healthy=HEALTHY)
    assert say(topic, Phase.OWN).line.startswith("We guessed 9. The answer is 0-3 of 25.")


@pytest.mark.parametrize("k", range(0, 10))
@pytest.mark.parametrize("phase", [Phase.OWN, Phase.ATTITUDE, Phase.COUNTRY])
def test_every_headline_of_a_risk_topic_says_who_does_not(k: int, phase: Phase) -> None:
    shown = judged(RISK, k=k, guess=60, country=figure(9))
    if phase in shown.reveals:
        assert " not " in say(RISK, phase, shown).title


def test_more_than_it_is_is_claimed_where_the_rules_allow_it() -> None:
    shown = judged(RISK, guess=people(at9=20))
    assert shown.headline is Headline.MORE_THAN_IT_IS
    assert say(RISK, Phase.OWN, shown).line.endswith(MORE)


@pytest.mark.parametrize("k", range(0, 10))
@pytest.mark.parametrize("guess", [0, 5, 15, 20, 30, 45])
def test_a_neutral_headline_claims_nothing(k: int, guess: int) -> None:
    shown = judged(RISK, k=k, guess=guesses(guess, total=11))
    assert shown.headline is not Headline.MORE_THAN_IT_IS
    if Phase.OWN in shown.reveals:
        assert "than" not in say(RISK, Phase.OWN, shown).line


def test_a_protective_topic_says_who_does() -> None:
    said = say(PROTECTIVE, Phase.OWN, k=18, guess=people(at8=20))
    assert said.title == "18 of the 25 who answered speak up"
    assert "We guessed that 8 of the 24 others speak up. The answer is 18 of 25." in said.line
    assert said.line.endswith("There are more than we thought.")


def test_a_neutral_topic_has_numbers_and_no_norm() -> None:
    said = say(NEUTRAL, Phase.OWN, k=3)
    assert said.title == "3 of the 25 who answered write with the left hand"
    assert said.line == "We guessed that 9 of the 24 others write with the left hand. The answer is 3 of 25."


def test_the_attitude_of_a_behaviour_stands_alone() -> None:
    said = say(RISK, Phase.ATTITUDE)
    assert said.title == "At least 22 of the 25 who answered do not find it right"
    assert (said.line, said.rows) == ("", (("Our attitude", "at least 22 of 25"),))


def test_a_guessed_attitude_counts_the_side_that_was_asked_about() -> None:
    said = say(ATTITUDE, Phase.ATTITUDE, n=24, N=25, others_attitude=people(at9=20))
    assert said.title == "At least 21 of the 24 who answered do not find it right"
    assert said.line == "We guessed that 9 of the 24 others find it right. The answer is 0-3 of 24."


def test_an_attitude_nobody_guessed_has_no_line_about_guesses() -> None:
    topic = attitude_topic(asks_others=False, approve=prompt(Kind.APPROVE, healthy="do not find it right"))
    shown = judged(topic)
    assert shown.verdict is Verdict.SHOW_ATTITUDE
    assert say(topic, Phase.ATTITUDE, shown).line == ""
    assert words.ready_line(shown, "en") == "What do we think ourselves?"


def test_before_the_guesses_the_wall_asks_for_them() -> None:
    assert words.ready_line(judged(RISK), "en") == "What did we guess?"


def country(**changes: Any) -> Said:
    share = changes.pop("share", 3)
    return say(RISK, Phase.COUNTRY, judged(RISK, guess=45, country=figure(share, **changes)))


def test_the_country_is_said_per_hundred_who_do_not() -> None:
    said = country()
    assert said.title == "In the whole country, 7. klasse: 97 of 100 do not drink"
    assert (said.line, said.source) == ("Asked: 7. klasse, 2024.", "Source: En undersøgelse.")


def test_an_expired_figure_has_its_year_in_the_headline() -> None:
    said = country(year=2018, valid_until=2020)
    assert said.title == "In 2018, 7. klasse: 97 of 100 do not drink"
    assert said.line.endswith("This is an older figure.")


def test_another_grade_is_called_the_nearest_figure() -> None:
    assert country(differs=("grade",), population="9. klasse").line == "Nearest figure: 9. klasse, 2024."


def test_boys_and_girls_make_a_range() -> None:
    said = country(low=5, high=11, parts="boys and girls")
    assert "89-95 of 100 do not drink" in said.title
    assert said.line == "Asked: 7. klasse (boys and girls), 2024."


def test_an_approximate_figure_says_so() -> None:
    assert "about 67 of 100" in country(share=33, approximate=True).title


def test_a_bound_is_said_as_one() -> None:
    said = country(share=1, bound="<")
    assert "at least 99 of 100 do not drink" in said.title
    assert dict(said.labels)["country"] == "The country: under 1 of 100"


def test_guesses_against_the_country_need_no_answer_of_our_own() -> None:
    topic = guesses_topic(healthy=HEALTHY)
    shown = judged(topic, guess=60, country=figure(33))
    assert [role for role, _ in say(topic, Phase.COUNTRY, shown).labels] == ["guess", "country"]
    assert words.found(topic, shown, "en") is None


def test_a_guess_out_of_a_hundred_is_answered_out_of_a_hundred() -> None:
    said = say(RISK, Phase.OWN, k=2, n=33, N=34, guess=hundreds(7, 30))
    assert said.line.startswith("We guessed that 35 of 100 drink. The answer is 0-9 of 100.")
    assert dict(said.labels) == {"guess": "Our guess: 35 of 100", "own": "Our answer: 0-9 of 100"}
    assert said.title == "At least 30 of the 33 who answered do not drink"


def test_an_answer_beside_its_number_says_what_it_is_out_of() -> None:
    labels = dict(say(NEUTRAL, Phase.OWN, k=10, n=20, N=25).labels)
    assert labels["own"] == "Our answer: 10 of 20"
    assert dict(say(NEUTRAL, Phase.OWN, k=3, n=25).labels)["own"] == "Our answer: 3"


@pytest.mark.parametrize("phase", [Phase.GUESSES, Phase.OWN, Phase.ATTITUDE, Phase.COUNTRY])
def test_the_heading_is_the_title_with_one_key_number(phase: Phase) -> None:
    said = say(RISK, phase, judged(RISK, guess=people(at9=20), country=figure(18, year=2018, valid_until=2019)))
    assert "".join(text for text, _ in said.heading) == said.title
    assert [text for text, whose in said.heading if whose] == [{"guesses": "9", "country": "82"}.get(phase, "22")]


def test_marks_come_one_by_one() -> None:
    shown = judged(RISK, guess=people(at9=20), country=figure(3))
    roles = [dict(say(RISK, phase, shown).labels).keys() for phase in (Phase.GUESSES, Phase.OWN, Phase.COUNTRY)]
    assert all(len(after) == len(before) + 1 for before, after in pairwise(roles))


def test_the_table_tells_every_bar() -> None:
    rows = say(RISK, Phase.GUESSES, guess=people(at7=12, at10=8)).rows
    assert rows == (("Our guess", "8"), ("Guessed 7", "12"), ("Guessed 10", "8"))


def test_two_guesses_and_the_answer_are_set_side_by_side() -> None:
    after = Histogram(25, 1, tuple(20 if cell == 4 else 0 for cell in range(26)))
    said = words.again_said(RISK, people(at9=20), after, Banded(0, 3, 25), "en")
    assert said.title == "First we guessed 9. Now we guess 4."
    assert said.line == (
        "We guessed how many drink. The answer is 0-3 of 25."
        " First we guessed about the others. Now we guess about all of us."
    )
    assert [text for text, whose in said.heading if whose] == ["9", "4"]


def test_a_guess_of_what_others_find_right_is_never_said_to_be_about_the_others_here() -> None:
    topic = guessed_attitude_topic(healthy="did not answer that it is right to drink")
    approving = figure(20, measure="own_approval", population="9. klasse", year=2016, valid_until=2022)
    shown = judged(topic, others_attitude=hundreds(11, 18), attitude_country=approving)
    guessed, country = (say(topic, phase, shown) for phase in (Phase.GUESSES, Phase.COUNTRY))
    assert (guessed.title, guessed.line) == ("This is what we guessed: 55 of 100", "How many?")
    assert country.title == "In 2016, 9. klasse: 80 of 100 did not answer that it is right to drink"
    assert dict(country.labels) == {"guess": "Our guess: 55 of 100", "country": "The country: 20 of 100"}


def test_the_summary_says_the_country_where_guesses_were_held_against_nothing_else() -> None:
    topic = guesses_topic(healthy=HEALTHY)
    shown = judged(topic, guess=60, country=figure(33))
    assert words.finding(topic, shown, TODAY, "en") == (
        "In the whole country, 7. klasse: 67 of 100 do not drink. Source: En undersøgelse, 2024."
    )  # fmt: skip
    assert words.finding(topic, seen(shown, (Phase.GUESSES,)), TODAY, "en") is None


def test_the_summary_says_the_group_s_own_answer_before_the_country() -> None:
    shown = judged(RISK, guess=people(at9=20), country=figure(3))
    assert words.finding(RISK, shown, TODAY, "en") == "At least 22 of the 25 who answered do not drink."


def test_guesses_out_of_a_hundred_do_not_say_that_they_were_about_the_others() -> None:
    said = words.again_said(RISK, hundreds(7, 30), hundreds(4, 30), Banded(0, 3, 34), "en")
    assert "the others" not in said.line


@pytest.mark.parametrize(
    ("lesson_id", "said"),
    [
        ("klasse-7", "7. klasse"),
        ("ungdom-1", "Ungdomsuddannelse"),
        ("foraeldre-5-6", "Forældre, 5.-6. klasse"),
        ("personale", "Lærere og pædagoger"),
    ],
)
def test_whom_a_lesson_is_for(lesson_id: str, said: str) -> None:
    assert words.whom(library.lesson(lesson_id), "da") == said
