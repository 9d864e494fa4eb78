"""The consultant's pages: who gets in, what may stand on a mirrored screen, and every press as a form."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from classroom import Classroom
from conftest import CALM
from flask import Flask
from flask.testing import FlaskClient

from clicker.lesson import Move, Phase, phase
from clicker.room import Rooms, UnknownCode

SCRIPT = {"Accept": "application/json"}
LABELS = {"school": "Skolen", "group": "7.B", "topic": ["left-handed", "speak-up"]}
LIST = "What can be shown"


def text(client: FlaskClient, path: str) -> str:
    return unescape(client.get(path, follow_redirects=True).get_data(as_text=True)).replace("\u00a0", " ")


def press(client: FlaskClient, run: Classroom, name: str, script: bool = False, **form: Any) -> Any:
    """The button with the turn that its page shows."""
    sent = {"move": name, "turn": run.snapshot.run.turn} | form
    return client.post(f"{page(run)}/move", data=sent, headers=SCRIPT if script else {})


def page(run: Classroom) -> str:
    return f"/consultant/run/{run.run_id}"


def test_the_link_lets_in_one_browser(app: Flask, rooms: Rooms, stranger: FlaskClient) -> None:
    link = f"/consultant/enter/{rooms.ticket('laptop')}"
    app.test_client().get(link)
    assert stranger.get(link).status_code == 403


def test_the_used_link_still_leads_its_own_browser_in(app: Flask, rooms: Rooms) -> None:
    browser, link = app.test_client(), f"/consultant/enter/{rooms.ticket('laptop')}?next=/consultant/run/r"
    assert [browser.get(link).headers["Location"] for _ in range(2)] == ["/consultant/run/r"] * 2


def test_the_link_leads_nowhere_else(app: Flask, rooms: Rooms) -> None:
    browser = app.test_client()
    answer = browser.get(f"/consultant/enter/{rooms.ticket('laptop')}?next=//elsewhere.example/")
    assert answer.headers["Location"] == "/consultant"


def test_strangers_are_refused_everywhere(app: Flask, stranger: FlaskClient) -> None:
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/consultant") and "token" not in rule.rule
    ]
    assert len(rules) > 10
    for rule in rules:
        path = rule.rule.replace("<run_id>", "r").replace("<lesson_id>", "klasse-7").replace("<kind>", "parents")
        path = path.replace("<years>", "2018").replace("<int:top>", "100")
        for method in (rule.methods or set()) & {"GET", "POST"}:
            assert stranger.open(path, method=method).status_code == 403, path


def test_a_form_from_another_site_is_refused(consultant: FlaskClient, run: Classroom) -> None:
    headers = {"Origin": "http://elsewhere.example"}
    answer = consultant.post(f"{page(run)}/move", data={"move": "start", "turn": 0}, headers=headers)
    assert answer.status_code == 403
    assert phase(run.snapshot.run) is Phase.LOBBY


def test_a_mirrored_screen_has_no_private_list(consultant: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    run = phones(12)
    run.hold(CALM, until=Move.EVALUATE)
    assert LIST not in text(consultant, page(run))


def test_the_private_list_comes_with_the_press(consultant: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    run = phones(12)
    run.hold(CALM, until=Move.EVALUATE)
    consultant.post(f"{page(run)}/private", data={"private": "yes"})
    shown = text(consultant, page(run))
    assert LIST in shown
    assert "is shown" in shown


def test_the_private_list_can_be_hidden_again(consultant: FlaskClient, run: Classroom) -> None:
    for private in ("yes", "no"):
        consultant.post(f"{page(run)}/private", data={"private": private})
    assert LIST not in text(consultant, page(run))


def test_a_mirrored_screen_never_names_a_topic_before_the_wall(
    consultant: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(12)

    def look() -> None:
        shown = text(consultant, page(run))
        assert ("Alkohol" in shown) <= ("Alkohol" in str(run.screen("wall")) or run.snapshot.over)
        assert "alcohol-weekly" not in shown

    run.hold(CALM, look=look, until=Move.CLOSE)
    run.hold(CALM, look=look)


def test_a_mirrored_screen_does_not_tell_that_a_topic_was_passed_over(
    consultant: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    """Twelve answers show the alcohol topic, twelve skips hide it: before its turn the pages are the same."""
    run = phones(12)
    run.hold(CALM, until=Move.EVALUATE)
    shown = run.screen("consultant").steps
    hidden = Classroom.open(run.rooms, run.snapshot.run.lesson, size=12, group="7.C")
    hidden.hold(
        lambda _number, prompt, tokens: CALM(_number, prompt, tokens) if "left" in prompt else "---", Move.EVALUATE
    )
    assert hidden.snapshot.run.reveals["alcohol-weekly"] == ()
    assert hidden.screen("consultant").steps == shown


def test_every_move_is_a_form(consultant: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    run = phones(12)
    while not run.snapshot.over:
        run.answer(CALM)
        name = run.next_press()
        assert f'data-move="{name}"' in text(consultant, page(run))
        assert press(consultant, run, name, proposal=["0"]).status_code == 302
        run.pressed.append(name)
    assert {Move.START, Move.EVALUATE, Move.REVEAL, Move.CHOOSE, Move.FINISH} <= set(run.pressed)


@pytest.mark.parametrize("name", ["back", "skip"])
def test_steps_are_left_without_a_reason(consultant: FlaskClient, run: Classroom, name: str) -> None:
    run.press(Move.START, Move.NEXT)
    press(consultant, run, name)
    assert run.snapshot.run.position == {"back": 0, "skip": 2}[name]


def test_closed_answers_can_be_opened_again(consultant: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    run = phones(2)
    run.press(Move.START, Move.NEXT, Move.OPEN, Move.CLOSE)
    press(consultant, run, "reopen")
    assert phase(run.snapshot.run) is Phase.OPEN


def test_waiting_phones_are_let_in_one_by_one(consultant: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    run = phones(12)
    run.press(Move.START, Move.NEXT, Move.OPEN)
    run.join(2)
    run.press(Move.CLOSE)
    assert "14 phones, 12 in the room" in text(consultant, page(run))
    press(consultant, run, "admit")
    assert run.snapshot.counts.admitted == 13


def test_a_stale_button_changes_nothing_and_is_told(consultant: FlaskClient, run: Classroom) -> None:
    run.press(Move.START)
    answer = press(consultant, run, "start", script=True, turn=0)
    assert answer.status_code == 409
    assert answer.get_json() == {"ok": False, "reason": "The lesson has moved on. This page now shows where it is."}
    assert run.snapshot.run.turn == 1


def test_a_stale_form_comes_back_with_its_sentence(consultant: FlaskClient, run: Classroom) -> None:
    run.press(Move.START)
    answer = consultant.post(f"{page(run)}/move", data={"move": "start", "turn": 0}, follow_redirects=True)
    assert "The lesson has moved on." in answer.get_data(as_text=True)


def test_a_press_answers_with_the_page_as_it_then_stands(consultant: FlaskClient, run: Classroom) -> None:
    answer = press(consultant, run, "start", script=True).get_json()
    assert answer["turn"] == 1
    assert "Vi gætter." in answer["html"]


def test_what_to_say_stands_only_on_a_screen_that_the_class_cannot_see(consultant: FlaskClient, run: Classroom) -> None:
    press(consultant, run, "start")
    assert "Læs højt." not in text(consultant, page(run))
    consultant.post(f"{page(run)}/private", data={"private": "yes"})
    assert "Læs højt." in text(consultant, page(run))


def test_after_the_lesson_nothing_is_asked_about_screens(
    consultant: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    run = phones(12)
    run.hold(CALM)
    assert run.snapshot.over
    assert "The wall is on another screen" not in text(consultant, page(run))


def test_an_unknown_move_is_refused(consultant: FlaskClient, run: Classroom) -> None:
    assert press(consultant, run, "explode").status_code == 400


@pytest.mark.parametrize("typed", ["", "1", "x", "-3", "2001", "9" * 40])
def test_a_wrong_number_present_is_said(consultant: FlaskClient, run: Classroom, typed: str) -> None:
    answer = consultant.post(f"{page(run)}/present", data={"present": typed}, follow_redirects=True)
    assert "a whole number from 2 to 2000" in answer.get_data(as_text=True)
    assert run.snapshot.run.present == 12


def test_the_number_typed_with_the_first_opening_counts(consultant: FlaskClient, run: Classroom) -> None:
    run.press(Move.START, Move.NEXT)
    press(consultant, run, "open", present="14")
    assert run.snapshot.run.present == 14


def test_the_wall_goes_black_and_light_again(consultant: FlaskClient, run: Classroom) -> None:
    seen = []
    for dark in ("yes", "no"):
        consultant.post(f"{page(run)}/dark", data={"dark": dark})
        seen.append(run.screen("wall").view)
    assert seen == ["dark", "join"]


def test_throwing_away_asks_first(consultant: FlaskClient, run: Classroom) -> None:
    assert consultant.post(f"{page(run)}/discard").status_code == 400
    assert run.snapshot.status == "live"


def test_a_lesson_thrown_away_is_gone(consultant: FlaskClient, run: Classroom) -> None:
    consultant.post(f"{page(run)}/discard", data={"sure": "yes"})
    with pytest.raises(UnknownCode):
        run.rooms.snapshot(run.run_id)
    assert "That lesson is not here any more." in text(consultant, page(run))


def test_the_own_phone_needs_an_unseen_screen(consultant: FlaskClient, run: Classroom) -> None:
    answer = consultant.post(f"{page(run)}/phone", follow_redirects=True)
    assert "data:image" not in answer.get_data(as_text=True)


def test_the_own_phone_opens_with_the_private_list(app: Flask, rooms: Rooms, run: Classroom) -> None:
    phone = app.test_client()
    answer = phone.get(f"/consultant/enter/{rooms.ticket('phone')}?next={page(run)}", follow_redirects=True)
    assert LIST in answer.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["7.\x00B", "7.\x01B", "7.\ufffeB", " 7.\n B "])
def test_labels_are_kept_as_one_line_of_visible_letters(consultant: FlaskClient, rooms: Rooms, typed: str) -> None:
    consultant.post("/consultant/lesson/klasse-7", data={**LABELS, "group": typed})
    (card,) = rooms.runs()
    assert card.group == "7. B"
