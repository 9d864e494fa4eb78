"""A lesson as declared data: read, written back, shortened."""

from __future__ import annotations

import json
from typing import Any

import pytest
from builders import (
    SAY,
    again,
    agree,
    ask,
    attitude_topic,
    dilemma,
    guesses_topic,
    lesson,
    neutral_topic,
    prompt,
    protective_topic,
    risk_topic,
    show,
)

from clicker.lesson import Address, AnswerType, Kind, Lesson, Step, StepKind, as_data, build


def written() -> dict[str, Any]:
    """A small lesson as its file holds it."""
    return {
        "id": "klasse-7",
        "version": 1,
        "title": "Social pejling",
        "audience": "pupils",
        "grade": 7,
        "told": True,
        "topics": [
            {
                "id": "alcohol-weekly",
                "title": "Alkohol",
                "group": "alcohol",
                "polarity": "risk",
                "sensitivity": "S2",
                "period": "weekly",
                "implies": ["alcohol-ever"],
                "indicator": "alcohol_weekly",
                "others": {"text": "Hvor mange af de {others} andre her?", "type": "count"},
                "others_100": "Hvor mange ud af 100 her?",
                "own": {"text": "Drikker du alkohol hver uge?", "type": "yes_no"},
                "again": {"text": "Hvor mange i hele klassen, dig selv med?"},
            }
        ],
        "steps": [
            {"say": "Ramme", "text": "Vi gætter.", "minutes": 4},
            {"ask": ["alcohol-weekly"], "pace": "together"},
            {"show": "alcohol-weekly"},
            {"help": True},
        ],
    }


def everything() -> Lesson:
    """A lesson with every kind of topic and step."""
    topics = (
        neutral_topic(),
        risk_topic(implies=("alcohol-ever",), indicator="alcohol_weekly", notes="Sig det roligt."),
        protective_topic(own=prompt(Kind.OWN, type=AnswerType.ONE_OF, options=("Ja", "Måske", "Nej"), yes=(0, 1))),
        attitude_topic(attitude_indicator="nicotine_ok"),
        guesses_topic(),
    )
    steps = (
        SAY,
        ask("left-handed", together=True),
        ask("alcohol-weekly", "speak-up", "nicotine-ok"),
        show("alcohol-weekly"),
        Step(StepKind.TALK, title="Hvorfor?", text=("Tal sammen.", "To og to."), minutes=12, avoid="Navne"),
        dilemma(minutes=16, notes="Læs højt."),
        agree("Vi spørger", "Vi lytter"),
        again("alcohol-weekly"),
        Step(StepKind.HELP),
    )
    return lesson(
        *topics,
        steps=steps,
        reserve=("alcohol-ever",),
        goal="Se efter",
        keep=("Spørg.", "Lyt."),
        purpose="class",
        closing=("Godt?",),
    )


def test_a_lesson_survives_being_written_and_read() -> None:
    assert build(as_data(everything())) == everything()


def test_a_written_lesson_is_json() -> None:
    assert build(json.loads(json.dumps(as_data(everything())))) == everything()


def test_a_lesson_file_survives_being_read_and_written() -> None:
    read = build(written())
    assert build(as_data(read)) == read


def test_a_lesson_without_a_grade_has_none() -> None:
    staff = build(written() | {"audience": "staff", "grade": None})
    assert staff.grades == ()
    assert build(as_data(staff)) == staff


def test_two_grades_are_both_kept() -> None:
    assert build(written() | {"grade": [5, 6]}).grades == (5, 6)


def test_an_indicator_called_none_is_none() -> None:
    data = written()
    data["topics"][0]["indicator"] = "none"
    assert build(data).topic("alcohol-weekly").indicator is None


def test_the_wording_for_large_groups_belongs_to_the_guess() -> None:
    others = build(written()).topic("alcohol-weekly").others
    assert others is not None
    assert others.hundred == "Hvor mange ud af 100 her?"


def test_asking_again_counts_the_whole_class_by_default() -> None:
    once_more = build(written()).topic("alcohol-weekly").again
    assert once_more is not None
    assert (once_more.kind, once_more.type) == (Kind.OTHERS, AnswerType.COUNT_ALL)


def test_a_step_has_its_head_as_title_or_topics() -> None:
    said, asked, shown, helped = build(written()).steps
    assert (said.title, asked.topics, shown.topics) == ("Ramme", ("alcohol-weekly",), ("alcohol-weekly",))
    assert (asked.together, helped.title, helped.kind) == (True, "", StepKind.HELP)


def test_an_unknown_sensitivity_is_an_error() -> None:
    data = written()
    data["topics"][0]["sensitivity"] = "S3"
    with pytest.raises(ValueError, match="S3"):
        build(data)


def test_a_behaviour_asks_for_the_others_first() -> None:
    topic = risk_topic(others_approve=prompt(Kind.OTHERS_APPROVE))
    assert [one.kind for one in topic.prompts()] == [Kind.OTHERS, Kind.OWN, Kind.APPROVE, Kind.OTHERS_APPROVE]


def test_an_attitude_asks_for_ones_own_first() -> None:
    assert [one.kind for one in attitude_topic().prompts()] == [Kind.APPROVE, Kind.OTHERS_APPROVE]


def test_an_attitude_alone_is_no_behaviour() -> None:
    assert not attitude_topic().is_behaviour
    assert guesses_topic().is_behaviour


def test_asked_topics_come_in_the_order_of_asking() -> None:
    asked = [topic.id for topic in everything().asked_topics()]
    assert asked == ["left-handed", "alcohol-weekly", "speak-up", "nicotine-ok"]


def test_an_unknown_topic_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        lesson().topic("no-such-topic")


def test_a_topic_left_out_is_neither_asked_nor_shown_nor_asked_again() -> None:
    shorter = everything().without(frozenset({"alcohol-weekly", "alcohol-ever"}))
    assert all("alcohol-weekly" not in step.topics for step in shorter.steps)
    assert [step.kind for step in shorter.steps] == ["say", "ask", "ask", "talk", "dilemma", "agree", "help"]
    assert shorter.reserve == ()


def test_leaving_nothing_out_changes_nothing() -> None:
    assert everything().without(frozenset()) == everything()


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("round_number", [1, 2])
def test_an_address_is_read_as_it_is_written(kind: Kind, round_number: int) -> None:
    address = Address("alcohol-weekly", kind, round_number)
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize("text", ["", "alcohol.own", "alcohol.own.3", "alcohol.mine.1", "a.own.1.1", "a.own.x"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert Address.parse(text) is None
