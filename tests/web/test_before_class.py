"""Before and after class: the first page, getting a lesson ready, and what is there afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from classroom import Classroom, Clock
from conftest import CALM
from flask.testing import FlaskClient
from test_consultant import LABELS, page, text
from test_municipality import NABOBY, TESTBY, row, store_survey

from clicker import library
from clicker.lesson import Move
from clicker.room import Rooms, own_figures

KLASSE_7 = "/consultant/lesson/klasse-7"


def create(client: FlaskClient, **changes: object) -> tuple[int, str]:
    """Send the lesson's form: the status and what the page says."""
    answer = client.post(KLASSE_7, data=LABELS | changes)
    return answer.status_code, answer.get_data(as_text=True)


def test_a_lesson_is_made_from_its_form(consultant: FlaskClient) -> None:
    assert create(consultant, present="25")[0] == 302
    assert "Continue 7.B" in text(consultant, "/consultant")


def test_topics_left_out_are_not_asked(consultant: FlaskClient) -> None:
    answer = consultant.post(KLASSE_7, data=LABELS, follow_redirects=True)
    assert "Vi gætter igen" not in answer.get_data(as_text=True)


def test_simple_pictures_are_chosen_before_class(consultant: FlaskClient, rooms: Rooms) -> None:
    for number, form in enumerate(({}, {"simple": "yes"})):
        create(consultant, group=f"7.{number}", **form)
    kept = {card.group: rooms.snapshot(card.id).simple_pictures for card in rooms.runs()}
    assert kept == {"7.0": False, "7.1": True}
    _status, said = create(consultant, topic=[], simple="yes")
    assert 'name="simple" value="yes" checked' in said


def test_a_lesson_needs_a_topic(consultant: FlaskClient) -> None:
    status, said = create(consultant, topic=[])
    assert status == 400
    assert "Choose at least one topic." in said


def test_a_sensitive_lesson_needs_its_labels(consultant: FlaskClient) -> None:
    status, said = create(consultant, school="")
    assert status == 400
    assert "Write the school and the group first." in said


def test_a_wrong_number_keeps_the_form(consultant: FlaskClient) -> None:
    status, said = create(consultant, present="many")
    assert status == 400
    assert 'value="many"' in said


def test_the_same_class_too_soon_is_refused_with_the_form_kept(
    consultant: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    phones(12).hold(CALM, until=Move.EVALUATE)
    status, said = create(consultant, topic=["left-handed", "alcohol-weekly"])
    assert status == 409
    assert "within the last six weeks" in said
    assert 'value="Skolen"' in said
    assert 'value="speak-up" checked' not in said


def test_the_same_class_is_welcome_after_six_weeks(
    consultant: FlaskClient, phones: Callable[[int], Classroom], clock: Clock
) -> None:
    phones(12).hold(CALM)
    clock.forward(days=43)
    assert create(consultant, topic=["left-handed", "alcohol-weekly"])[0] == 302


def test_topics_say_where_their_number_is_from(consultant: FlaskClient) -> None:
    said = text(consultant, KLASSE_7)
    assert "In the whole country, 7. klasse: 97 of 100 drikker ikke alkohol hver uge. Asked: 7. klasse" in said
    assert "Source: Skolebørnsundersøgelsen." in said
    assert "This is an older figure." in said
    assert "only the group's own answers" in said


def test_another_address_can_be_chosen(consultant: FlaskClient) -> None:
    consultant.post("/consultant/address", data={"host": "10.0.0.7"})
    assert "10.0.0.7:8000" in text(consultant, "/consultant")


def test_an_address_that_the_machine_has_not_is_refused(consultant: FlaskClient) -> None:
    assert consultant.post("/consultant/address", data={"host": "10.9.9.9"}).status_code == 400


def test_a_finished_lesson_has_its_report_and_can_be_deleted(
    consultant: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(12)
    run.hold(CALM)
    assert f"{page(run)}/report" in text(consultant, "/consultant")
    consultant.post(f"{page(run)}/discard", data={"sure": "yes"})
    assert f"{page(run)}/report" not in text(consultant, "/consultant")
    assert consultant.get(f"{page(run)}/view").status_code == 404


def test_results_are_what_was_shown(consultant: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    run = phones(12)
    run.hold(CALM, until=Move.EVALUATE)
    topics = consultant.get(f"{page(run)}/results.json").get_json()["topics"]
    assert [(topic["id"], topic["own"]) for topic in topics] == [("left-handed", "0 of 12"), ("alcohol-weekly", "0-3")]


def test_files_that_could_not_be_used_are_said(consultant: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = library.Problem("lessons/x.yaml", 7, "topics", "there is no {key}", "write one", {"key": "title"})
    monkeypatch.setattr(library, "problems", lambda *_: (broken,))
    assert "lessons/x.yaml, line 7, topics</b>: there is no title; write one" in text(consultant, "/consultant")


def test_minutes_questions_and_presses_follow_the_chosen_topics(consultant: FlaskClient) -> None:
    def said(*topics: str) -> str:
        return consultant.get(f"{KLASSE_7}/plan", query_string={"topic": list(topics)}).get_data(as_text=True)

    every = text(consultant, KLASSE_7)
    assert said("left-handed") not in every
    assert "2 questions" in said("left-handed")
    assert "5 questions" in said("left-handed", "alcohol-weekly")


def test_the_numbers_can_be_counted_again_without_javascript(consultant: FlaskClient) -> None:
    status, said = create(consultant, topic=["left-handed"], count="yes", school="")
    assert (status, "2 questions" in said) == (200, True)
    assert not text(consultant, "/consultant").count("Continue 7.B")


def test_only_old_figures_and_disagreeing_surveys_are_said_before_class(consultant: FlaskClient) -> None:
    said = text(consultant, "/consultant/lesson/klasse-9")
    assert "There are only older figures." in said
    assert "did not answer that det er i orden at drikke sig fuld hver weekend" in said


def test_g2_in_6th_grade_substances_are_asked_only_where_chosen(consultant: FlaskClient, rooms: Rooms) -> None:
    path = "/consultant/lesson/klasse-6"
    assert "In 6th grade: ask about nicotine" in text(consultant, path)
    topics = [topic.id for topic in library.lesson("klasse-6").asked_topics()]
    for number, more in enumerate(({}, {"substances": "yes"})):
        form = LABELS | {"topic": topics, "group": f"6.{number}"} | more
        assert consultant.post(path, data=form).status_code == 302
    asked = {card.group: rooms.snapshot(card.id).run.lesson.asked_topics() for card in rooms.runs()}
    assert {group: "ecig-ever" in [topic.id for topic in asked[group]] for group in asked} == {
        "6.0": False,
        "6.1": True,
    }


def test_g2_minutes_and_questions_in_6th_grade_follow_the_switch(consultant: FlaskClient) -> None:
    path = "/consultant/lesson/klasse-6/plan"
    without = consultant.get(path, query_string={"topic": ["ecig-ever"]}).get_data(as_text=True)
    chosen = consultant.get(path, query_string={"topic": ["ecig-ever"], "substances": "yes"}).get_data(as_text=True)
    assert ("0 questions" in without, "3 questions" in chosen) == (True, True)


def chosen(page: str) -> list[str]:
    """Which municipality the page has chosen."""
    return re.findall(r'<option value="([^"]*)" selected>', page)


def test_without_own_surveys_no_municipality_is_asked_for(consultant: FlaskClient) -> None:
    assert 'name="municipality"' not in text(consultant, KLASSE_7)


def test_the_only_municipality_is_chosen_and_its_figure_said(consultant: FlaskClient, rooms: Rooms) -> None:
    store_survey(rooms, TESTBY, row(TESTBY, "8"))
    said = text(consultant, KLASSE_7)
    assert chosen(said) == [TESTBY]
    assert "In Testby Kommune, 7. klasse: 92 of 100 drikker ikke alkohol hver uge." in said


def test_of_several_municipalities_none_is_chosen_until_one_was(consultant: FlaskClient, rooms: Rooms) -> None:
    for place in (TESTBY, NABOBY):
        store_survey(rooms, place, row(place, "8"))
    said = text(consultant, KLASSE_7)
    assert (chosen(said), "92 of 100" in said) == ([], False)
    assert create(consultant, municipality=NABOBY)[0] == 302
    said = text(consultant, KLASSE_7)
    assert (chosen(said), "In Naboby, 7. klasse: 92 of 100" in said) == ([NABOBY], True)


def test_the_figures_of_another_municipality_are_seen_before_the_lesson_is_made(
    consultant: FlaskClient, rooms: Rooms
) -> None:
    for place in (TESTBY, NABOBY):
        store_survey(rooms, place, row(place, "8"))
    status, said = create(consultant, municipality=TESTBY, count="yes")
    assert (status, chosen(said)) == (200, [TESTBY])
    assert "In Testby Kommune, 7. klasse: 92 of 100" in said.replace("\u00a0", " ")
    assert rooms.runs() == ()


def test_a_municipality_whose_figures_are_gone_is_said(consultant: FlaskClient, rooms: Rooms) -> None:
    store_survey(rooms, TESTBY, row(TESTBY, "8"))
    rooms.write(lambda tx: own_figures.remove_figures(tx, TESTBY))
    status, said = create(consultant, municipality=TESTBY)
    assert (status, "No figures of that municipality are kept here." in said) == (404, True)
