"""The closing questions on real pages: answered without a script, and read by the consultant alone."""

from __future__ import annotations

import pytest
from builders import SAY, ask, dilemma, lesson, neutral_topic, show
from classroom import Classroom, table
from flask.testing import FlaskClient
from pages import problems

from clicker.lesson import Move, Step, StepKind
from clicker.room import Opening, Rooms

LEARNT = "Har du lært noget?"
HELP = Step(StepKind.HELP, title="Tag det med dig", text=("Tal med en voksen.",))
YES = table({"closing": lambda _number: "000", "dilemma": lambda number: f"{number % 3:03d}"})


@pytest.fixture
def run(rooms: Rooms, app: object) -> Classroom:
    """A class of six that stands at a dilemma; the help step comes after it."""
    steps = (SAY, ask("left-handed"), show("left-handed"), dilemma(), HELP)
    made = lesson(neutral_topic(), steps=steps, closing=(LEARNT,))
    card = rooms.create(Opening(made, school="Skolen", group="7.B", present=6))
    room = Classroom(rooms, card.id, card.code)
    room.join(6)
    room.press(Move.START, Move.NEXT, Move.SKIP, Move.SKIP)
    return room


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_without_a_script_the_question_comes_first_and_the_help_after_it(stranger: FlaskClient, run: Classroom) -> None:
    stranger.post(f"/{run.code}/join")
    run.press(Move.SKIP)
    first = page(stranger, f"/{run.code}")
    assert first.index("data-prompt") < first.index('data-done="help" hidden')
    assert "http-equiv" not in first, "a page that reloads itself takes the question away"
    sent = stranger.post(f"/{run.code}/vote", data={"prompt": "closing1.closing.1", "answer": "001"})
    assert sent.status_code == 303
    after = page(stranger, sent.location)
    assert 'data-done="help">' in after
    assert problems(after) == []


def test_a_phone_that_was_not_let_in_has_the_help_without_the_question(stranger: FlaskClient, run: Classroom) -> None:
    run.press(Move.BACK, Move.BACK, Move.REOPEN, Move.CLOSE, Move.SKIP, Move.SKIP, Move.SKIP)
    stranger.post(f"/{run.code}/join")
    late = page(stranger, f"/{run.code}")
    assert "Tal med en voksen." in late
    assert "data-prompt" not in late


def test_the_consultant_reads_them_and_nobody_else(
    consultant: FlaskClient, stranger: FlaskClient, run: Classroom
) -> None:
    run.hold(YES)
    path = f"/consultant/run/{run.run_id}/closing"
    told = page(consultant, path)
    assert problems(told) == []
    assert LEARNT in told
    assert "6 answered." in told
    page(stranger, path, 403)
    page(consultant, "/consultant/run/nobody/closing", 404)


def test_the_report_has_both_votes_and_no_closing_question(consultant: FlaskClient, run: Classroom) -> None:
    run.hold(YES)
    report = page(consultant, f"/consultant/run/{run.run_id}/report")
    assert problems(report) == []
    assert "First vote" in report
    assert LEARNT not in report
    assert LEARNT not in page(consultant, f"/consultant/run/{run.run_id}/report.csv")


def test_what_they_said_stands_on_the_consultants_page_only_beside_a_wall_of_its_own(
    consultant: FlaskClient, run: Classroom
) -> None:
    run.hold(YES)
    path = f"/consultant/run/{run.run_id}"
    assert LEARNT not in page(consultant, path)
    consultant.post(f"{path}/private", data={"private": "yes"})
    assert LEARNT in page(consultant, path)
