"""The phone's own cards: one guess and the public value, and never a word that makes the others worse (P4, P17)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import (
    TODAY,
    attitude_topic,
    figure,
    guesses_topic,
    judged,
    neutral_topic,
    prompt,
    protective_topic,
    risk_topic,
)

from clicker import words
from clicker.lesson import Kind, Phase
from clicker.measures import Histogram
from clicker.safety import Shown, seen
from clicker.words import Card

RISK = risk_topic(healthy="do not drink", unhealthy="drink", approve=prompt(Kind.APPROVE, healthy="find it wrong"))
ALL = (Phase.GUESSES, Phase.OWN, Phase.ATTITUDE, Phase.COUNTRY)


def people(at: int, top: int = 24) -> Histogram:
    return Histogram(top, 1, tuple(20 if cell == at else 0 for cell in range(top + 1)))


def made(shown: Shown, guess: int | None, *, topic: object = RISK, upto: Phase = Phase.COUNTRY) -> Card:
    reached = tuple(word for word in shown.reveals if ALL.index(word) <= ALL.index(upto))
    card = words.card(topic, seen(shown, reached), "How many?", guess, TODAY, "en")  # type: ignore[arg-type]
    assert card is not None
    return card


def rows(card: Card) -> dict[str, tuple[str, str]]:
    return {row.role: (row.name, row.value) for row in card.rows}


def test_guess_and_answer_stand_in_the_unit_that_was_asked_for() -> None:
    card = made(judged(RISK, guess=people(9)), 9, upto=Phase.OWN)
    assert (card.title, card.question) == (RISK.title, "How many?")
    assert rows(card) == {"guess": ("Your guess", "9 of 24"), "own": ("Our answer", "0-3 of 25")}


def test_out_of_a_hundred_both_are_said_per_hundred() -> None:
    hundred = Histogram(100, 5, tuple(30 if cell == 7 else 0 for cell in range(21)))
    card = made(judged(RISK, k=2, n=33, N=34, guess=hundred), 35, upto=Phase.OWN)
    assert rows(card) == {"guess": ("Your guess", "35 of 100"), "own": ("Our answer", "0-9 of 100")}


def test_a_band_reaches_from_end_to_end_and_a_guess_is_one_point() -> None:
    places = {row.role: (row.low, row.high) for row in made(judged(RISK, guess=people(9)), 6).rows}
    assert places["own"] == (0, 12)
    assert places["guess"] == (25, 25)


def test_the_country_comes_with_its_year_and_source_once_the_wall_has_said_it() -> None:
    shown = judged(RISK, guess=people(9), country=figure(3))
    assert "country" not in rows(made(shown, 9, upto=Phase.OWN))
    card = made(shown, 9)
    assert rows(card)["country"] == ("The country", "3 of 100")
    assert card.sources == ("Asked: 7. klasse, 2024. Source: En undersøgelse.",)


def test_neighbours_stand_by_their_names() -> None:
    parts = (figure(3, population="7. klasse"), figure(9, population="9. klasse"))
    both = figure(3, high=9, population="7. og 9. klasse", named=parts, differs=("grade",))
    card = made(judged(RISK, guess=people(12), country=both), 9)
    assert rows(card)["country"] == ("7. klasse", "3 of 100")
    assert rows(card)["neighbour"] == ("9. klasse", "9 of 100")
    assert card.sources[0].startswith("Nearest figures: 7. klasse and 9. klasse")


def test_the_municipality_stands_beside_the_country() -> None:
    own = figure(4, region="Testby", owner="Testby", source="Ungeprofilen", year=2025)
    card = made(judged(RISK, guess=people(9), country=figure(3), municipality=own), 9)
    assert rows(card)["municipality"] == ("Testby", "4 of 100")
    assert "Ungeprofilen" in card.sources[1]


def test_who_did_not_guess_gets_the_answer_alone() -> None:
    card = made(judged(RISK, guess=people(9)), None, upto=Phase.OWN)
    assert (list(rows(card)), card.line) == (["own"], "You did not guess here.")


def test_the_attitude_by_itself_changes_nothing_of_a_guess_about_what_is_done() -> None:
    shown = judged(RISK, guess=people(9))
    assert Phase.ATTITUDE in shown.reveals
    assert made(shown, 9, upto=Phase.ATTITUDE) == made(shown, 9, upto=Phase.OWN)


def test_an_attitude_that_nobody_guessed_is_a_sentence() -> None:
    topic = attitude_topic(asks_others=False, approve=prompt(Kind.APPROVE, healthy="find it wrong"))
    card = made(judged(topic), None, topic=topic)
    assert (card.rows, card.line) == ((), "At least 22 of the 25 who answered find it wrong.")


def test_a_guess_about_others_is_held_against_the_country() -> None:
    topic = guesses_topic(healthy="do not drink")
    shown = judged(topic, guess=60, country=figure(33))
    assert made(shown, 60, topic=topic).line == "You guessed higher than the number."
    assert made(shown, 36, topic=topic).line == "Your guess was close."
    assert made(shown, 5, topic=topic).line == ""


@pytest.mark.parametrize(
    ("guess", "line"),
    [(9, "You guessed higher than the answer."), (4, "Your guess was close."), (0, "Your guess was close.")],
)
def test_a_line_says_how_a_guess_of_a_risk_lies(guess: int, line: str) -> None:
    assert made(judged(RISK, guess=people(9)), guess).line == line


def test_nobody_is_told_to_have_guessed_too_little_of_a_risk() -> None:
    shown = judged(RISK, k=5, n=25, guess=people(20))
    assert shown.own is not None
    assert shown.own.exact
    assert made(shown, 0).line == ""


def test_nobody_is_told_to_have_guessed_too_much_of_what_protects() -> None:
    topic = protective_topic(
        healthy="would speak up", approve=prompt(Kind.APPROVE, protective="agree", healthy="agree")
    )
    shown = judged(topic, k=19, n=25, guess=people(8))
    assert made(shown, 24, topic=topic).line == ""
    assert made(shown, 8, topic=topic).line == "The answer is higher than your guess."


def test_of_something_neutral_both_ways_are_said() -> None:
    topic = neutral_topic()
    shown = judged(topic, k=9, n=25, guess=people(9))
    assert made(shown, 2, topic=topic, upto=Phase.OWN).line == "The answer is higher than your guess."
    assert made(shown, 20, topic=topic, upto=Phase.OWN).line == "You guessed higher than the answer."


def test_of_a_topic_that_is_not_shown_there_is_no_card() -> None:
    hidden = replace(judged(RISK, k=2, n=9), reveals=())
    assert words.card(RISK, seen(hidden, ()), "How many?", 9, TODAY, "en") is None
