"""An agreement on its pages: typed by the consultant, answered on phones, shown on the wall, printed on an A4."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from agreeing import LONG, products, votes
from builders import SAY, agree, lesson
from classroom import Classroom
from flask.testing import FlaskClient
from pages import problems, problems_of_part

from clicker.lesson import Lesson, Move
from clicker.room import Rooms
from clicker.web.session import wall_key

SCRIPT = {"Accept": "application/json"}
EVIL = "<script>alert('1')</script> & \"<b>x</b>\""
ESCAPED = "&lt;script&gt;"
HELD = lesson(steps=(SAY, agree("Vi spørger", "Vi lytter", "Vi siger fra"), SAY))

Open = Callable[..., Classroom]


@pytest.fixture
def held(app: Any, rooms: Rooms) -> Open:
    """A room that stands at its agreement."""

    def make(how: Lesson = HELD, size: int = 12) -> Classroom:
        room = Classroom.open(rooms, how, size=size)
        room.press(Move.START, Move.NEXT)
        return room

    return make


def at(room: Classroom, path: str = "") -> str:
    return f"/consultant/run/{room.run_id}{path}"


def send(client: FlaskClient, room: Classroom, name: str, script: bool = True, **form: Any) -> Any:
    sent = {"move": name, "turn": room.snapshot.run.turn} | form
    return client.post(at(room, "/move"), data=sent, headers=SCRIPT if script else {})


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def words(client: FlaskClient, path: str) -> str:
    return unescape(read(client, path)).replace("\u00a0", " ").replace("\u2011", "-")


def vote(room: Classroom, size: int = 12, last: str = "y" * 12, picked: tuple[int, ...] = (0, 1)) -> None:
    """Everybody agrees with everything; that is chosen, and `last` says who is with it."""
    everything = {f"p{number}": "a" * size for number in range(20)}
    for rule, names in ((votes(**everything), (Move.OPEN,)), (votes(w=last), (Move.CHOOSE, Move.OPEN))):
        for name in names:
            room.press(name, argument=picked if name is Move.CHOOSE else None)
        room.answer(rule)
        room.press(Move.CLOSE)


def test_what_is_typed_stands_on_all_screens(consultant: FlaskClient, held: Open) -> None:
    room = held()
    answer = send(consultant, room, "propose", text="Vi hjælper").get_json()
    assert answer["ok"]
    assert "Vi hjælper" in answer["html"]
    send(consultant, room, "open")
    seat = room.seats[0]
    phone = consultant.application.test_client()
    phone.set_cookie(f"seat_{room.code}", seat)
    assert "Vi hjælper" in words(phone, f"/{room.code}")
    with consultant.application.app_context():
        key = wall_key(room.run_id)
    assert "Vi hjælper" in words(phone, f"/{room.code}/wall?key={key}")


def test_what_is_typed_is_text_on_every_page(consultant: FlaskClient, held: Open, rooms: Rooms) -> None:
    room = held()
    assert send(consultant, room, "propose", text=EVIL).get_json()["ok"]
    phone = consultant.application.test_client()
    phone.set_cookie(f"seat_{room.code}", room.seats[0])
    with consultant.application.app_context():
        key = wall_key(room.run_id)
    wall = f"/{room.code}/wall?key={key}"
    seen = [read(consultant, at(room)), read(phone, wall)]
    send(consultant, room, "open")
    seen += [read(consultant, at(room)), read(phone, wall), read(phone, f"/{room.code}")]
    room.answer(votes(p3="a" * 12))
    send(consultant, room, "close")
    seen += [read(consultant, at(room)), read(phone, wall)]
    send(consultant, room, "choose", proposal=["3"])
    seen += [read(consultant, at(room)), read(phone, wall), read(consultant, at(room, "/agreement"))]
    send(consultant, room, "finish")
    seen += [read(consultant, at(room, "/report")), read(consultant, at(room, "/agreement"))]
    for page in seen:
        assert ESCAPED in page
        assert "<script>alert" not in page
        assert "<b>x" not in page
        assert not problems(page)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)"])
def test_what_is_typed_is_no_formula_in_the_table(consultant: FlaskClient, held: Open, text: str) -> None:
    room = held()
    send(consultant, room, "propose", text=text)
    vote(room, picked=(3,))
    send(consultant, room, "finish")
    rows = consultant.get(at(room, "/report.csv")).data.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("Aftale;Agreement;12;12;12;'" + text)
    assert rows[2] == "Aftale;With it;9;12;12;At least 9 of the 12 who answered are with it."


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("  ", 400, "Write the proposal first."),
        (f"{LONG}!", 400, "That proposal is too long. It may have 90 letters."),
        ("vi lytter.", 409, "That proposal is there already."),
    ],
)
def test_a_proposal_that_is_none_is_refused_in_a_sentence(
    consultant: FlaskClient, held: Open, text: str, status: int, said: str
) -> None:
    room = held()
    answer = send(consultant, room, "propose", text=text)
    assert (answer.status_code, answer.get_json()["reason"]) == (status, said)
    assert said in send(consultant, room, "propose", script=False, text=text).headers["Location"] or said in words(
        consultant, at(room)
    )
    assert len(room.screen("wall").proposals) == 3


def test_the_eleventh_proposal_is_refused_and_the_field_is_gone(consultant: FlaskClient, held: Open) -> None:
    room = held()
    for number in range(7):
        assert send(consultant, room, "propose", text=f"Nummer {number}").status_code == 200
    assert 'name="text"' not in read(consultant, at(room))
    assert send(consultant, room, "propose", text="En til").get_json()["reason"].startswith("There are ten proposals.")


def test_the_second_of_two_tabs_is_told_that_the_lesson_has_moved_on(consultant: FlaskClient, held: Open) -> None:
    room = held()
    turn = room.snapshot.run.turn
    assert send(consultant, room, "withdraw", number="0", turn=turn).status_code == 200
    for name, form in (("withdraw", {"number": "1"}), ("propose", {"text": "Ny"}), ("open", {})):
        assert "has moved on" in send(consultant, room, name, turn=turn, **form).get_json()["reason"]
    assert [one.text for one in room.screen("wall").proposals] == ["Vi lytter", "Vi siger fra"]


def test_a_proposal_taken_away_in_both_tabs_is_taken_away_once(consultant: FlaskClient, held: Open) -> None:
    room = held()
    send(consultant, room, "withdraw", number="0")
    answer = send(consultant, room, "withdraw", number="0")
    assert (answer.status_code, answer.get_json()["reason"]) == (409, "That proposal is not there any more.")


@pytest.mark.parametrize("number", ["", "x", "-1", "99", "1e3"])
def test_a_strange_number_takes_nothing_away(consultant: FlaskClient, held: Open, number: str) -> None:
    room = held()
    assert send(consultant, room, "withdraw", number=number).status_code == 409
    assert len(room.screen("wall").proposals) == 3


def test_choosing_nothing_is_refused_in_a_sentence(consultant: FlaskClient, held: Open) -> None:
    room = held()
    room.press(Move.OPEN, Move.CLOSE)
    assert send(consultant, room, "choose").get_json()["reason"] == "Tick at least one proposal first."
    assert send(consultant, room, "choose", proposal=["7"]).status_code == 409


def test_nothing_can_be_typed_while_people_vote(consultant: FlaskClient, held: Open) -> None:
    room = held()
    room.press(Move.OPEN)
    assert 'name="text"' not in read(consultant, at(room))
    assert send(consultant, room, "propose", text="Ny").status_code == 409


def test_a_phone_cannot_type_a_proposal(stranger: FlaskClient, held: Open) -> None:
    room = held()
    assert send(stranger, room, "propose", text="Ny").status_code == 403
    room.press(Move.OPEN)
    stranger.set_cookie(f"seat_{room.code}", room.seats[0])
    page = read(stranger, f"/{room.code}")
    assert 'type="text"' not in page
    assert "<textarea" not in page


@pytest.mark.parametrize("private", [False, True])
def test_every_view_of_an_agreement_is_a_good_page(consultant: FlaskClient, held: Open, private: bool) -> None:
    ten = lesson(steps=(SAY, agree(*(f"{number}{LONG[1:]}" for number in range(10))), SAY))
    room = held(ten)
    consultant.post(at(room, "/private"), data={"private": "yes" if private else "no"})
    with consultant.application.app_context():
        key = wall_key(room.run_id)
    moves = (Move.PAGE, Move.OPEN, Move.CLOSE, Move.PAGE, Move.CHOOSE, Move.PAGE, Move.OPEN, Move.CLOSE)
    for name in (None, *moves):
        if name is not None:
            room.press(name, argument=tuple(range(10)) if name is Move.CHOOSE else None)
            room.answer(votes(p0="a" * 12, w="y" * 12))
        assert not problems(read(consultant, at(room)))
        assert not problems(read(consultant, f"/{room.code}/wall?key={key}"))
        assert not problems_of_part(consultant.get(at(room, "/view")).get_json()["html"])


# --- the sheet


def test_before_the_choice_there_is_nothing_to_print(consultant: FlaskClient, held: Open) -> None:
    room = held()
    assert "agreement" not in read(consultant, at(room)).split("<main")[1]
    page = read(consultant, at(room, "/agreement"))
    assert "Nothing has been chosen yet" in page
    assert not problems(page)


def test_the_sheet_has_the_points_the_date_whose_it_is_and_how_many_are_with_it(
    consultant: FlaskClient, held: Open
) -> None:
    room = held()
    vote(room)
    assert at(room, "/agreement") in read(consultant, at(room))
    page = words(consultant, at(room, "/agreement"))
    for said in (
        "This is what we agree on", "Aftale", "Skolen · 7.B · March 2, 2026", "Vi spørger", "Vi lytter",
        "At least 9 of the 12 who answered are with it.", "We look at the agreement again on",
        "It is voluntary to sign.",
    ):  # fmt: skip
        assert said in page
    assert "Vi siger fra" not in page
    assert "agreed on without a vote" not in page.lower()
    assert not problems(read(consultant, at(room, "/agreement")))


def test_an_agreement_without_a_vote_says_so_on_sheet_and_report(consultant: FlaskClient, held: Open) -> None:
    room = held()
    room.press(Move.OPEN, Move.CLOSE)
    room.press(Move.CHOOSE, argument=(0,))
    room.press(Move.FINISH)
    for path in ("/agreement", "/report"):
        assert words(consultant, at(room, path)).count("Agreed on without a vote.") == 1


def test_a_point_that_came_after_the_vote_says_so_on_the_sheet(consultant: FlaskClient, held: Open) -> None:
    room = held()
    room.press(Move.OPEN)
    room.answer(votes(p0="a" * 12))
    room.press(Move.CLOSE)
    send(consultant, room, "propose", text="Vi hjælper")
    room.press(Move.CHOOSE, argument=(0, 3))
    page = words(consultant, at(room, "/agreement"))
    assert "Vi hjælper (agreed on without a vote)" in page.replace(" <small>", " ").replace("</small>", "")
    assert page.count("agreed on without a vote") == 1


def test_products_are_printed_without_lines_to_sign_on(consultant: FlaskClient, held: Open) -> None:
    room = held(lesson(steps=(SAY, products("Sig fra i tide", "Vent lidt"), SAY)))
    room.press(Move.OPEN)
    room.answer(votes(p0="a" * 12))
    room.press(Move.CLOSE)
    room.press(Move.CHOOSE, argument=(0,))
    page = words(consultant, at(room, "/agreement"))
    assert "This is what we chose" in page
    assert "Sig fra i tide" in page
    assert "sign" not in page.split("<main")[1]


def test_where_nobody_was_told_the_sheet_has_no_numbers(consultant: FlaskClient, held: Open) -> None:
    """P11: the points are the group's own; how many are with them comes of their answers."""
    room = held(replace(HELD, told=False))
    vote(room)
    page = words(consultant, at(room, "/agreement"))
    assert "Vi spørger" in page
    assert "who answered" not in page


def test_the_sheet_is_the_consultants(stranger: FlaskClient, consultant: FlaskClient, held: Open) -> None:
    room = held()
    vote(room)
    assert stranger.get(at(room, "/agreement")).status_code == 403
    assert consultant.get("/consultant/run/none/agreement").status_code == 404
    consultant.post(at(room, "/discard"), data={"sure": "yes"})
    assert consultant.get(at(room, "/agreement")).status_code == 404


def test_report_and_results_have_the_chosen_points_and_their_counts(consultant: FlaskClient, held: Open) -> None:
    room = held()
    vote(room)
    room.press(Move.FINISH)
    report = words(consultant, at(room, "/report"))
    assert "Vi spørger <small>(12 agree, 0 can live with it, 0 disagree)" in report
    assert "Vi siger fra" not in report
    assert at(room, "/agreement") in report
    (kept,) = consultant.get(at(room, "/results.json")).get_json()["agreements"]
    assert (kept["chosen"], kept["counts"][2], kept["joined"]) == ([0, 1], [12, 0, 0], [9, 12, 12])


@pytest.mark.browser
@pytest.mark.parametrize("count", [1, 4, 5, 7, 8, 10])
def test_the_sheet_prints_on_one_a4(consultant: FlaskClient, held: Open, tmp_path: Path, count: int) -> None:
    browser = shutil.which("chromium")
    if browser is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here")
    assert browser is not None
    texts = tuple(f"{number}{LONG[1:]}" for number in range(10))
    room = held(lesson(steps=(SAY, agree(*texts), SAY)))
    vote(room, picked=tuple(range(count)))
    page = read(consultant, at(room, "/agreement"))
    static = Path(__file__).parents[2] / "clicker" / "static"
    page = page.replace('href="/static/', f'href="{static.as_uri()}/')
    (tmp_path / "sheet.html").write_text(page, encoding="utf-8")
    printed = tmp_path / "sheet.pdf"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={tmp_path}/b"]
    address = (tmp_path / "sheet.html").as_uri()
    subprocess.run([browser, *flags, f"--print-to-pdf={printed}", address], check=True, capture_output=True, timeout=60)
    if folder := os.environ.get("PRINTED"):
        shutil.copy(printed, Path(folder) / f"agreement-{count}.pdf")
    assert printed.read_bytes().replace(b"/Type /Pages", b"").count(b"/Type /Page") == 1
