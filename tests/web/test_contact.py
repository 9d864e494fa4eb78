"""Contact and help: the host's page, and what phones and sheets have of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from classroom import Classroom
from conftest import CALM
from flask.testing import FlaskClient
from pages import problems

from clicker.lesson import Move, Phase, phase

PAGE = "/consultant/settings"
ANNE = {
    "municipality": "Testby",
    "name": "Anne Prøve",
    "phone": "12 34 56 78",
    "mail": "anne@example.org",
    "hours": "hverdage 8-15",
}


def text(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def help_of(page: str) -> str:
    """What stands behind the link in the foot."""
    return page.split('<footer class="help">')[1].split("</footer>")[0]


def test_only_a_consultant_sets_the_contact(stranger: FlaskClient) -> None:
    assert stranger.get(PAGE).status_code == 403
    assert stranger.post(PAGE, data=ANNE).status_code == 403


def test_what_is_set_stands_in_the_form_on_phones_and_on_sheets(
    consultant: FlaskClient, stranger: FlaskClient, run: Classroom
) -> None:
    assert consultant.post(PAGE, data=ANNE | {"confirmed": "bornetelefonen"}).status_code == 302
    page = text(consultant, PAGE)
    assert 'value="Anne Prøve"' in page
    assert 'class="notice well" role="status"' in page
    assert "Checked on March 2, 2026." in page.replace("\u00a0", " ")
    assert problems(page) == []
    for path in ("/", f"/{run.code}"):
        card = help_of(text(stranger, path))
        assert 'href="tel:12345678"' in card
        assert 'href="mailto:anne@example.org"' in card
        assert 'href="tel:116111"' in card
        assert "35 55" not in card
    assert "Anne Prøve, Testby" in text(consultant, "/consultant/lesson/klasse-7/sheet/parents")


def test_without_a_contact_the_sheet_has_blanks_and_the_page_before_class_warns(consultant: FlaskClient) -> None:
    warning = "No local contact is set"
    assert warning in text(consultant, "/consultant/lesson/klasse-7")
    assert text(consultant, "/consultant/lesson/klasse-7/sheet/parents").count("____</span>") == 6
    consultant.post(PAGE, data=ANNE)
    assert warning not in text(consultant, "/consultant/lesson/klasse-7")
    assert text(consultant, "/consultant/lesson/klasse-7/sheet/parents").count("____</span>") == 3


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("phone", "ring", "no telephone number"),
        ("mail", "anne", "no email address"),
        ("name", "x" * 61, "at most 60 letters"),
        ("name", "", "Write the name too."),
        ("counsel_web", "javascript:alert(1)", "no web address"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field_and_the_form_is_kept(
    consultant: FlaskClient, field: str, value: str, said: str
) -> None:
    consultant.post(PAGE, data=ANNE)
    typed = ANNE | {"hours": "aldrig", "counsel_name": "Huset", field: value, "confirmed": "alarm"}
    answer = consultant.post(PAGE, data=typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert said in page.split(f'id="wrong-{field}"')[1][:200]
    assert 'value="aldrig"' in page
    assert 'value="alarm" checked' in page
    assert problems(page) == []
    assert 'value="aldrig"' not in text(consultant, PAGE)


def test_what_was_typed_is_text_and_nothing_else(consultant: FlaskClient, stranger: FlaskClient) -> None:
    evil = "<script>alert(1)</script>\"'"
    consultant.post(PAGE, data=ANNE | {"name": evil, "hours": evil, "counsel_name": evil, "municipality": evil})
    for page in (
        text(consultant, PAGE),
        text(stranger, "/"),
        text(consultant, "/consultant/lesson/klasse-7/sheet/parents"),
    ):
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert problems(page) == []


def test_every_phone_has_the_same_card_at_every_step_and_after_the_end(
    stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    held = phones(11)
    stranger.post(f"/{held.code}/join")
    cards = {help_of(text(stranger, f"/{held.code}"))}
    held.hold(CALM, look=lambda: cards.add(help_of(text(stranger, f"/{held.code}"))), until=Move.EVALUATE)
    held.hold(
        CALM, look=lambda: cards.add(help_of(text(stranger, f"/{held.code}"))) if not held.snapshot.over else None
    )
    assert len(cards) == 1
    assert '<footer class="help">' in text(stranger, f"/{held.code}")


def test_the_card_and_the_sentences_to_keep_stand_on_the_phone_at_the_end(
    consultant: FlaskClient, stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    consultant.post(PAGE, data=ANNE)
    held = phones(11)
    held.hold(CALM)
    html = stranger.get(f"/{held.code}/state").get_json()["html"]
    assert "Anne Prøve" in html


def test_reading_the_card_writes_nothing(
    consultant: FlaskClient, stranger: FlaskClient, database: Path, run: Classroom
) -> None:
    consultant.post(PAGE, data=ANNE)
    before = sorted(
        (path.name, path.read_bytes()) for path in database.parent.glob("clicker.db*") if path.suffix == ".db"
    )
    text(stranger, "/")
    text(stranger, f"/{run.code}")
    after = sorted(
        (path.name, path.read_bytes()) for path in database.parent.glob("clicker.db*") if path.suffix == ".db"
    )
    assert before == after


def test_a_phone_without_scripts_has_its_cards_in_the_page(
    stranger: FlaskClient, phones: Callable[[int], Classroom]
) -> None:
    held = phones(11)
    stranger.post(f"/{held.code}/join")
    vote = {"prompt": "left-handed.others.1", "answer": "005"}
    while phase(held.snapshot.run) is not Phase.OWN:
        if any(prompt.address == vote["prompt"] for prompt in held.screen("phone").prompts):
            stranger.post(f"/{held.code}/vote", data=vote)
        held.step(CALM)
    now = text(stranger, f"/{held.code}").split('<div id="mine">')[1]
    assert "Your guess" in now
    assert "5\u00a0of" in now
    held.press(Move.NEXT)
    later = text(stranger, f"/{held.code}").split('<div id="mine">')[1]
    assert "What we have seen (1)" in later
    assert stranger.get(f"/{held.code}/mine").get_json()["cards"].strip() in later


def test_after_the_end_the_server_has_no_cards(stranger: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    held = phones(11)
    stranger.post(f"/{held.code}/join")
    held.hold(CALM)
    assert stranger.get(f"/{held.code}/mine").status_code == 410
