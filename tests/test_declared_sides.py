"""A lesson that turns the sides round would let the wall say the opposite of the truth."""

from __future__ import annotations

from typing import Any

import pytest
from test_declared import Data, broken, topic

from clicker import library
from clicker.lesson import as_data, build
from clicker.safety.declared import faults

OPTIONS = {"text": "Drikker du alkohol hver uge?", "type": "one_of", "options": ["Nej", "Ja"]}


def weekly(**changes: Any) -> list[tuple[str, str]]:
    """(rule, part) of what is found where the topic about weekly alcohol says something else."""
    found = broken(lambda data: topic(data, "alcohol-weekly").update(changes))
    return [(rule, key.removeprefix("topics.alcohol-weekly.")) for rule, key in found]


def attitude(name: str = "alcohol-weekly", **changes: Any) -> list[tuple[str, str]]:
    def change(data: Data) -> None:
        topic(data, name)["approve"].update(changes)

    return [(rule, key.removeprefix(f"topics.{name}.")) for rule, key in broken(change)]


def test_g9_the_healthy_side_of_a_risk_says_no() -> None:
    assert weekly(healthy="drikker alkohol tit") == [("G9", "healthy")]


def test_g9_the_two_sides_differ() -> None:
    assert ("G9", "unhealthy") in weekly(healthy="drikker alkohol hver uge")


def test_g9_the_unhealthy_side_says_no_no() -> None:
    assert weekly(unhealthy="drikker aldrig alkohol") == [("G9", "unhealthy")]


def test_g9_the_side_of_what_protects_says_no_no() -> None:
    def change(data: Data) -> None:
        topic(data, "speak-up").update(healthy="ville ikke sige fra")

    assert broken(change) == [("G9", "topics.speak-up.healthy")]


@pytest.mark.parametrize("healthy", ["ville hjælpe en, der ikke kan selv", "vil helst til fester uden pres"])
def test_a_no_about_somebody_else_is_free(healthy: str) -> None:
    assert broken(lambda data: topic(data, "speak-up").update(healthy=healthy)) == []


@pytest.mark.parametrize("healthy", ["drikker aldrig alkohol", "drikker ingen alkohol", "klarer sig uden alkohol"])
def test_no_has_many_words(healthy: str) -> None:
    assert weekly(healthy=healthy) == []


def test_g9_a_substance_that_one_uses_is_a_risk() -> None:
    assert ("G9", "polarity") in weekly(polarity="protective")
    assert ("G9", "polarity") in weekly(polarity="protective", healthy="drikker alkohol hver uge")


def test_g9_grown_ups_may_answer_for_something_that_protects_but_not_for_using_it() -> None:
    data = as_data(library.lesson("personale"))
    topic(data, "say-something")["own"]["text"] = "Har du prøvet at vape?"
    assert [(fault.rule, fault.key) for fault in faults(build(data))] == [("G9", "topics.say-something.polarity")]


def test_g9_a_guess_about_using_it_is_a_risk_too() -> None:
    data = as_data(library.lesson("foraeldre-7-9"))
    topic(data, "guess-alcohol-9").update(polarity="protective", healthy="drikker alkohol hver uge")
    assert ("G9", "topics.guess-alcohol-9.polarity") in [(fault.rule, fault.key) for fault in faults(build(data))]


@pytest.mark.parametrize("name", ["alcohol-weekly", "nicotine-ok"])
def test_g9_the_attitude_that_protects_fits_its_words(name: str) -> None:
    assert ("G9", "approve.healthy") in attitude(name, protective="agree")


def test_g9_so_does_the_attitude_that_agrees() -> None:
    assert attitude("speak-up", protective="disagree") == [("G9", "approve.healthy")]


def test_g9_to_find_a_substance_all_right_protects_nobody_however_it_is_said() -> None:
    turned = {"protective": "agree", "healthy": "synes, det er i orden at drikke alkohol hver uge"}
    assert attitude(**turned) == [("G9", "approve.protective")]


def test_a_statement_with_a_no_in_it_is_agreed_with() -> None:
    text = "Det er ikke i orden at drikke alkohol hver uge."
    healthy = "synes ikke, det er i orden at drikke alkohol hver uge"
    assert attitude(text=text, healthy=healthy, protective="agree") == []
    assert ("G9", "approve.protective") in attitude(text=text, healthy=healthy)


@pytest.mark.parametrize("name", ["own", "others", "again"])
def test_g9_no_question_is_asked_with_a_no(name: str) -> None:
    def change(data: Data) -> None:
        prompt = topic(data, "alcohol-weekly")[name]
        prompt["text"] = prompt["text"].replace("alkohol", "ikke alkohol")

    assert broken(change) == [("G9", f"topics.alcohol-weekly.{name}")]


def test_p10_no_is_not_yes() -> None:
    assert weekly(own=OPTIONS | {"yes": [0]}) == [("P10", "own.yes")]


def test_p10_yes_is_yes() -> None:
    assert weekly(own=OPTIONS | {"yes": [1]}) == []


def test_p10_never_is_not_yes_to_a_risk() -> None:
    options = {"options": ["Aldrig", "Før", "Nu"], "yes": [0, 1]}
    assert weekly(own=OPTIONS | options) == [("P10", "own.yes")]
