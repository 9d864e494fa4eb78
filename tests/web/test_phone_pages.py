"""The phone's pages: without a script, at the end, and after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from classroom import Classroom
from conftest import CALM
from flask.testing import FlaskClient

from clicker.lesson import Move, StepKind

OPENED = (Move.START, Move.NEXT, Move.OPEN)
FORM = {"prompt": "left-handed.others.1", "answer": "001"}


@pytest.fixture
def seated(stranger: FlaskClient, phones: Callable[[int], Classroom]) -> Classroom:
    """A class at its first question, and the stranger's browser is one of its phones."""
    run = phones(3)
    stranger.post(f"/{run.code}/join")
    run.press(*OPENED)
    return run


def test_after_a_vote_by_form_a_reload_sends_nothing_again(stranger: FlaskClient, seated: Classroom) -> None:
    answer = stranger.post(f"/{seated.code}/vote", data=FORM)
    assert answer.status_code == 303
    page = stranger.get(answer.location).get_data(as_text=True)
    assert "Saved. You can go back and change it." in page or "See what is new" in page


def test_a_form_without_a_cookie_is_answered_at_once(
    stranger: FlaskClient, seated: Classroom, consultant: FlaskClient
) -> None:
    page = stranger.get(f"/{seated.code}").get_data(as_text=True)
    seat = page.split('name="seat" value="')[1].split('"')[0]
    fresh = consultant.application.test_client()
    answer = fresh.post(f"/{seated.code}/vote", data={**FORM, "seat": seat})
    assert answer.status_code == 200


def test_who_has_answered_all_can_ask_what_is_new_without_a_script(stranger: FlaskClient, seated: Classroom) -> None:
    page = stranger.get(stranger.post(f"/{seated.code}/vote", data=FORM).location).get_data(as_text=True)
    done = page[page.index("data-done") :]
    assert "See what is new" in done


def test_the_words_about_help_stay_on_the_phone_after_the_end(
    stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(3)
    run.hold(CALM)
    helps = next(step.text for step in run.snapshot.run.lesson.steps if step.kind is StepKind.HELP)
    told = stranger.get(f"/{run.code}/state").get_json()
    assert told["over"]
    assert all(line in told["html"] for line in helps)


def test_a_finished_code_is_thanked_and_the_field_is_kept(
    stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(3)
    run.press(Move.FINISH)
    answer = stranger.get(f"/{run.code}")
    assert answer.status_code == 410
    assert "Thank you for taking part" in answer.get_data(as_text=True)
    assert 'name="code"' in answer.get_data(as_text=True)
