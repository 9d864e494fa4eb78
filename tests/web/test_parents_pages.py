"""The consultant's pages around a parents' evening: before it, in its lobby, on the wall, and over several meetings."""

from __future__ import annotations

import pytest
from builders import neutral_topic, risk_topic
from classroom import Classroom, Rule, table
from flask import Flask
from flask.testing import FlaskClient
from forms import form_of
from parents import hold_class, meet, parents, pupils

from clicker import library
from clicker.lesson import Move
from clicker.room import Rooms, own_lessons

CHILDREN = "children-alcohol"


def plain(page: str) -> str:
    """The page without what keeps numbers and words on one line."""
    return page.replace("\u00a0", " ").replace("\u2011", "-")


@pytest.fixture
def class_7b(app: Flask, rooms: Rooms) -> Classroom:
    """7.B was asked about alcohol and was shown that few drink; nothing else is for parents."""
    return hold_class(
        rooms, content=pupils(neutral_topic(), risk_topic(unhealthy="drikker", indicator="alcohol_weekly"))
    )


def test_before_the_evening_the_page_says_which_guesses_are_left_out(
    consultant: FlaskClient, class_7b: Classroom
) -> None:
    page = consultant.get(f"/consultant/lesson/foraeldre-7-9?twin={class_7b.run_id}").text
    assert f'value="{CHILDREN}"' in page
    assert 'value="children-vape"' not in page
    assert "Not asked, because the class was not asked about it:" in page


def test_without_a_class_the_page_offers_no_guess_about_children(consultant: FlaskClient) -> None:
    page = consultant.get("/consultant/lesson/foraeldre-7-9").text
    assert "children-" not in page
    assert 'value="own-child"' in page


def test_a_class_that_is_gone_is_said(consultant: FlaskClient, class_7b: Classroom) -> None:
    assert consultant.get("/consultant/lesson/foraeldre-7-9?twin=gone").status_code == 404
    assert consultant.get(f"/consultant/lesson/foraeldre-5-6?twin={class_7b.run_id}").status_code == 400


def test_the_lobby_tells_the_consultant_alone(consultant: FlaskClient, class_7b: Classroom) -> None:
    run = meet(class_7b)
    page = f"/consultant/run/{run.run_id}"
    assert "Not asked, because" not in consultant.get(page).text
    consultant.post(f"{page}/private", data={"private": "yes"})
    assert "Not asked, because" in consultant.get(page).text


def test_the_axis_counts_the_children(consultant: FlaskClient, class_7b: Classroom) -> None:
    run = meet(class_7b)
    run.hold(parents(), until=Move.REVEAL)
    while run.screen("wall").topic != "Børnene" or run.screen("wall").picture is None:
        run.press(run.next_press())
    picture = run.screen("wall").picture
    axis = consultant.get(
        f"/charts/{picture.kind}/{picture.top}/{picture.step}.json", query_string={"mark": picture.beside}
    )
    assert "How many of the children?" in axis.text


def test_the_report_of_the_evening_says_when_the_class_answered(consultant: FlaskClient, class_7b: Classroom) -> None:
    run = meet(class_7b)
    run.hold(parents())
    page = plain(consultant.get(f"/consultant/run/{run.run_id}/report").text)
    assert "At least 21 of the 24 pupils who answered drikker ikke alkohol hver uge." in page
    assert "The class answered on March 2, 2026." in page


def test_p14_own_child_is_told_over_three_meetings(consultant: FlaskClient, rooms: Rooms) -> None:
    assert "There are 0 meetings with enough answers. It takes 3." in consultant.get("/consultant/own-child").text
    less: Rule = table({"own-child.own.1": lambda _number: "000"})
    for group in "ABC":
        Classroom.open(rooms, library.lesson("foraeldre-7-9"), size=12, group=group).hold(less)
    page = consultant.get("/consultant/own-child").text
    assert "27-36 of the 36 who answered at 3 meetings" in plain(page)
    assert "76 of 100" in plain(page)
    assert "/consultant/own-child" in consultant.get("/consultant").text


def test_own_child_is_for_the_consultant(app: Flask) -> None:
    assert app.test_client().get("/consultant/own-child").status_code in (302, 403)


def test_the_sheet_for_parents_has_the_questions_about_the_children(consultant: FlaskClient) -> None:
    page = consultant.get("/consultant/lesson/foraeldre-7-9/sheet/parents").text
    assert "Hvor mange af de … børn i klassen drikker alkohol hver uge?" in plain(page)
    assert "{children}" not in page


def test_a_copy_of_the_lesson_keeps_its_guesses_about_the_children(consultant: FlaskClient, rooms: Rooms) -> None:
    own = consultant.post("/consultant/own/copy/foraeldre-7-9", data={"title": "Mine"}).headers["Location"]
    form = form_of(consultant.get(own).text, "editor")
    assert consultant.post(own, data={**form.to_dict(flat=False), "do": "save"}).status_code in (200, 302)
    text = rooms.read(lambda tx: own_lessons.own_lesson(tx, "own-mine")).text
    kept, wrong = library.own_lesson("own-mine", text)
    assert (wrong, kept and kept.topics) == ((), library.lesson("foraeldre-7-9").topics)
    example = consultant.post(f"{own}/preview", data={**form.to_dict(flat=False), "show": f"t.{CHILDREN}"})
    assert "Hvor mange af de 24 børn i klassen drikker alkohol hver uge?" in plain(example.text)
    assert "The children" in example.text
