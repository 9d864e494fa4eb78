"""From a finished lesson to its parents' evening and its follow-up, in the browser's terms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from classroom import Classroom, Clock
from conftest import CALM, short_lesson
from flask import Flask
from flask.testing import FlaskClient
from pages import problems
from test_consultant import LABELS, page, text

from clicker.lesson import TwinKind
from clicker.room import Rooms

EVENING = "/consultant/lesson/foraeldre-7-9"


@pytest.fixture
def held(phones: Callable[[int], Classroom]) -> Classroom:
    """7.B's lesson, held to its end."""
    run = phones(12)
    run.hold(CALM)
    return run


def followup(run: Classroom) -> str:
    return f"{page(run)}/followup"


def test_the_first_page_says_from_when_a_class_can_be_followed_up(
    consultant: FlaskClient, held: Classroom, clock: Clock
) -> None:
    said = text(consultant, "/consultant")
    assert "Can be followed up from April 13, 2026" in said
    assert followup(held) not in said
    clock.forward(weeks=6)
    assert followup(held) in text(consultant, "/consultant")


def test_the_follow_up_names_the_first_run_and_fills_in_its_labels(
    consultant: FlaskClient, held: Classroom, clock: Clock
) -> None:
    clock.forward(weeks=7)
    said = text(consultant, followup(held))
    assert problems(said) == []
    assert "<b>7.B</b> · Skolen" in said
    assert 'name="school" value="Skolen"' in said
    assert 'name="group" value="7.B"' in said


def test_the_follow_up_is_opened_from_its_form(
    consultant: FlaskClient, held: Classroom, clock: Clock, rooms: Rooms
) -> None:
    clock.forward(weeks=7)
    answer = consultant.post(followup(held), data=LABELS | {"topic": ["left-handed", "alcohol-weekly"]})
    assert answer.status_code == 302
    twin = rooms.runs()[0].twin
    assert twin is not None
    assert (twin.kind, twin.runs) == (TwinKind.FOLLOWUP, (held.run_id,))
    assert "follow-up" in text(consultant, "/consultant")


def test_minutes_and_the_sheet_are_those_of_the_follow_up(
    consultant: FlaskClient, held: Classroom, clock: Clock
) -> None:
    clock.forward(weeks=7)
    assert "2 questions" in text(consultant, f"{followup(held)}/plan?topic=left-handed")
    assert "Social pejling" in text(consultant, f"{followup(held)}/sheet/parents")
    assert consultant.get(f"{followup(held)}/sheet/nobody").status_code == 404


def test_a_follow_up_for_another_class_is_refused_with_the_form_kept(
    consultant: FlaskClient, held: Classroom, clock: Clock
) -> None:
    clock.forward(weeks=7)
    answer = consultant.post(followup(held), data=LABELS | {"group": "7.A", "topic": ["left-handed"]})
    said = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "School and group must be the same as the first time." in said
    assert 'name="group" value="7.A"' in said


def test_a_too_early_follow_up_says_when(consultant: FlaskClient, held: Classroom) -> None:
    for answer in (consultant.get(followup(held)), consultant.post(followup(held), data=LABELS)):
        assert answer.status_code == 409
        assert "from April 13, 2026" in answer.get_data(as_text=True)


def test_a_lesson_under_way_has_no_twin(consultant: FlaskClient, run: Classroom) -> None:
    for path in (followup(run), f"/consultant/parents?run={run.run_id}", f"{EVENING}?twin={run.run_id}"):
        answer = consultant.get(path)
        assert answer.status_code == 409
        assert "still being held" in answer.get_data(as_text=True)


def test_a_deleted_lesson_has_no_twin(consultant: FlaskClient, held: Classroom) -> None:
    consultant.post(f"{page(held)}/discard", data={"sure": "yes"})
    paths = (followup(held), "/consultant/run/none/followup", "/consultant/parents", f"{EVENING}?twin={held.run_id}")
    for path in paths:
        answer = consultant.get(path)
        assert answer.status_code == 404
        assert "it was deleted" in answer.get_data(as_text=True)


def test_a_lesson_deleted_in_another_browser_is_said_when_the_form_is_sent(
    app: Flask, rooms: Rooms, consultant: FlaskClient, held: Classroom
) -> None:
    other = app.test_client()
    other.get(f"/consultant/enter/{rooms.ticket('laptop')}")
    evening = f"{EVENING}?twin={held.run_id}"
    assert "7.B" in text(consultant, evening)
    other.post(f"{page(held)}/discard", data={"sure": "yes"})
    answer = consultant.post(evening, data=LABELS | {"topic": ["coffee-today"]})
    assert answer.status_code == 404
    assert "it was deleted" in answer.get_data(as_text=True)


def test_two_browsers_cannot_follow_up_the_same_class_twice(
    app: Flask, rooms: Rooms, consultant: FlaskClient, held: Classroom, clock: Clock
) -> None:
    clock.forward(weeks=7)
    other = app.test_client()
    other.get(f"/consultant/enter/{rooms.ticket('laptop')}")
    form = LABELS | {"topic": ["alcohol-weekly"]}
    assert consultant.post(followup(held), data=form).status_code == 302
    answer = other.post(followup(held), data=form)
    assert answer.status_code == 409
    assert "within the last six weeks" in answer.get_data(as_text=True)


def test_the_parents_of_a_class_get_the_lesson_of_its_grade(
    consultant: FlaskClient, held: Classroom, clock: Clock, rooms: Rooms
) -> None:
    clock.forward(hours=8)
    choose = f"/consultant/parents?run={held.run_id}"
    assert choose in text(consultant, "/consultant")
    answer = consultant.get(choose)
    assert answer.headers["Location"] == f"{EVENING}?twin={held.run_id}"
    said = text(consultant, answer.headers["Location"])
    assert problems(said) == []
    assert 'name="group" value="7.B"' in said
    assert consultant.post(answer.headers["Location"], data=LABELS | {"topic": ["coffee-today"]}).status_code == 302
    twin = rooms.runs()[0].twin
    assert twin is not None
    assert (twin.kind, twin.runs) == (TwinKind.PARENTS, (held.run_id,))


def test_parents_of_other_grades_are_refused(consultant: FlaskClient, held: Classroom) -> None:
    answer = consultant.get(f"/consultant/lesson/foraeldre-5-6?twin={held.run_id}")
    assert answer.status_code == 400
    assert "no lesson for parents of just these grades" in answer.get_data(as_text=True)


def test_strangers_open_no_twin(stranger: FlaskClient, held: Classroom) -> None:
    for path in (followup(held), f"/consultant/parents?run={held.run_id}"):
        assert stranger.get(path).status_code == 403


def test_classes_of_a_grade_are_ticked_together(
    consultant: FlaskClient, held: Classroom, clock: Clock, rooms: Rooms
) -> None:
    assert "several classes together" not in text(consultant, "/consultant")
    clock.forward(minutes=1)
    other = Classroom.open(rooms, short_lesson(), group="7.C")
    other.hold(CALM)
    said = text(consultant, "/consultant")
    assert problems(said) == []
    assert f'name="run" value="{other.run_id}"' in said
    clock.forward(minutes=1)
    chosen = text(consultant, f"{EVENING}?twin={held.run_id}&twin={other.run_id}")
    assert "<b>7.C</b>" in chosen
    assert 'name="group" value=""' in chosen


def test_two_lessons_for_parents_are_both_offered(consultant: FlaskClient, held: Classroom) -> None:
    consultant.post("/consultant/own/copy/foraeldre-7-9", data={"title": "Vores eget møde"})
    answer = consultant.get(f"/consultant/parents?run={held.run_id}")
    assert answer.status_code == 200
    said = answer.get_data(as_text=True)
    assert problems(said) == []
    assert "Vores eget møde" in said
