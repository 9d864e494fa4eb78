"""What a hostile or broken client may send, and what comes of it: a sentence, a status, and nothing for the others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from classroom import Classroom
from flask import Flask
from flask.testing import FlaskClient

from clicker.lesson import Address, Kind, Move
from clicker.room import LabelsNeeded, Opening, Rooms
from clicker.store import Vote
from clicker.web.session import signed_seat, wall_key

JSON = {"Accept": "application/json"}
OPENED = (Move.START, Move.NEXT, Move.OPEN)


@pytest.fixture
def open_run(phones: Callable[[int], Classroom]) -> Classroom:
    run = phones(3)
    run.press(*OPENED)
    return run


def seated(app: Flask, run: Classroom, number: int = 0) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(f"seat_{run.code}", run.seats[number])
    return client


def vote(client: FlaskClient, run: Classroom, **changes: Any) -> Any:
    sent = {"prompt": "left-handed.others.1", "answer": "003", "id": "one", "seq": 1, **changes}
    return client.post(f"/{run.code}/vote", json=sent, headers=JSON)


def test_a_link_cannot_put_a_phone_on_somebody_elses_seat(app: Flask, open_run: Classroom) -> None:
    with app.app_context():
        copy = signed_seat(open_run.seats[0])
    page = app.test_client().get(f"/{open_run.code}?seat={copy}").get_data(as_text=True)
    assert "data-prompt" not in page
    assert 'id="join"' in page


@pytest.mark.parametrize("vote_id", ["\ud800", "æ", "", "x" * 65, "a\n"])
def test_a_vote_id_is_short_and_plain(app: Flask, open_run: Classroom, vote_id: str) -> None:
    answer = vote(seated(app, open_run), open_run, id=vote_id)
    assert answer.get_json() == {"ok": False, "reason": "not_offered"}


@pytest.mark.parametrize("seq", [-1, "٣", [1], 1.5, 10**30, None, True])
def test_a_number_of_a_tap_is_a_whole_number_or_the_vote_is_refused(app: Flask, open_run: Classroom, seq: Any) -> None:
    assert vote(seated(app, open_run), open_run, seq=seq).get_json() == {"ok": False, "reason": "not_offered"}


@pytest.mark.parametrize("answer", ["٣٣٣", "3", "025", "", None, 3, ["003"], {"a": 1}, "x" * 5000])
def test_an_answer_that_is_not_offered_is_refused(app: Flask, open_run: Classroom, answer: Any) -> None:
    assert vote(seated(app, open_run), open_run, answer=answer).get_json()["ok"] is False


def test_a_poisoned_vote_does_not_take_the_others_with_it(open_run: Classroom) -> None:
    """Even one that came as far as the database: the others of its batch are stored."""
    outcomes: dict[int, Any] = {}

    def tap(number: int, vote_id: str) -> None:
        made = Vote(Address("left-handed", Kind.OTHERS), "003", vote_id, 1)
        try:
            outcomes[number] = open_run.rooms.vote(open_run.run_id, open_run.seats[number], made).reason
        except UnicodeError:
            outcomes[number] = "failed"

    threads = [threading.Thread(target=tap, args=pair) for pair in ((0, "good-0"), (2, "\ud800"), (1, "good-1"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == {0: "saved", 1: "saved", 2: "failed"}


@pytest.mark.parametrize("body", ["[" * 30000, "null", "[1]", '"x"', "{", ""])
def test_a_body_that_is_no_vote_is_a_bad_request(app: Flask, open_run: Classroom, body: str) -> None:
    answer = seated(app, open_run).post(f"/{open_run.code}/vote", data=body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("copy", ["\\ud800", "x.y", "", "0"])
def test_a_forged_copy_of_a_seat_is_no_seat(app: Flask, open_run: Classroom, copy: str) -> None:
    body = f'{{"seat": "{copy}", "prompt": "left-handed.others.1", "answer": "003", "id": "a", "seq": 1}}'
    answer = app.test_client().post(f"/{open_run.code}/vote", data=body, content_type="application/json", headers=JSON)
    assert answer.status_code == 403


def test_charts_are_drawn_for_walls_and_consultants_only(
    app: Flask, stranger: FlaskClient, consultant: FlaskClient, run: Classroom
) -> None:
    with app.app_context():
        key = wall_key(run.run_id)
    assert stranger.get("/charts/histogram/24/1.json").status_code == 403
    assert stranger.get(f"/charts/histogram/24/1.json?key={key}x").status_code == 403
    assert stranger.get(f"/charts/histogram/24/1.json?key={key}").status_code == 200
    assert consultant.get("/charts/histogram/24/5.json").status_code == 404


def test_a_ticket_never_leads_off_the_consultants_pages(consultant: FlaskClient) -> None:
    for wanted in ("//evil.example", "/consultant//x", "/consultant/%0D%0Ax", "https://evil.example"):
        answer = consultant.get(f"/consultant/enter/used?next={wanted}")
        assert answer.status_code == 302
        assert answer.location == "/consultant"


@pytest.mark.parametrize("typed", ["3G", "ABCDEFGH", "k7p"])
def test_a_code_of_the_wrong_length_keeps_the_field(stranger: FlaskClient, typed: str) -> None:
    page = stranger.get(f"/?code={typed}").get_data(as_text=True)
    assert 'name="code"' in page
    assert "does not exist" in page


@pytest.mark.parametrize(("school", "group"), [(".", "-"), ("Skolen", " "), ("", "7.B")])
def test_labels_that_name_nobody_are_asked_for_again(rooms: Rooms, run: Classroom, school: str, group: str) -> None:
    with pytest.raises(LabelsNeeded):
        rooms.create(Opening(run.snapshot.run.lesson, school=school, group=group))


def test_a_finished_wall_does_not_go_dark(consultant: FlaskClient, run: Classroom) -> None:
    run.press(Move.FINISH)
    assert consultant.post(f"/consultant/run/{run.run_id}/dark", data={"dark": "yes"}, headers=JSON).status_code == 410
    assert not run.snapshot.dark
