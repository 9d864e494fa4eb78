"""Every page of every screen is strict HTML that works under the content policy, at every step of a lesson."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from classroom import Classroom
from conftest import CALM
from flask.testing import FlaskClient
from pages import problems, problems_of_part

from clicker.lesson import Move


def wrong(client: FlaskClient, *paths: str) -> list[str]:
    """What is wrong with these pages, each mistake with its address."""
    return [f"{path}: {what}" for path in paths for what in problems(client.get(path).get_data(as_text=True))]


def wall_of(consultant: FlaskClient, run: Classroom) -> str:
    page = consultant.get(f"/consultant/run/{run.run_id}").get_data(as_text=True)
    found = re.search(r'href="(/[A-Z0-9]{4}/wall\?key=[^"]+)"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><html lang='da'><title>x</title><p>a<div></div></p></html>",
        "<!doctype html><html><title>x</title></html>",
        "<!doctype html><html lang='da'><title>x</title><b onclick='x'></b></html>",
        "<!doctype html><html lang='da'><title>x</title><script>1</script></html>",
        "<!doctype html><html lang='da'><title>x</title><input name='a'></html>",
        "<!doctype html><html lang='da'><title>x</title><b id='a'></b><i id='a'></i></html>",
        "<!doctype html><html lang='da'><title>x</title><b><i></b></i></html>",
        "<!doctype html><html lang='da'><title></title></html>",
    ],
)
def test_the_reader_finds_mistakes(page: str) -> None:
    assert problems(page)


def test_pages_before_a_lesson(consultant: FlaskClient) -> None:
    assert wrong(consultant, "/", "/consultant", "/consultant/lesson/klasse-7", "/consultant/lesson/none") == []


def test_pages_for_strangers(stranger: FlaskClient) -> None:
    assert wrong(stranger, "/", "/consultant", "/XXXX", "/nothing/here") == []


def test_the_lessons_page_with_a_sentence(consultant: FlaskClient) -> None:
    page = consultant.post("/consultant/lesson/klasse-7", data={"school": "<b>", "group": '"'}).get_data(as_text=True)
    assert "trouble" in page
    assert problems(page) == []


def test_sheets(consultant: FlaskClient) -> None:
    sheets = [f"/consultant/lesson/klasse-7/sheet/{kind}" for kind in ("teacher", "parents")]
    assert wrong(consultant, *sheets) == []


@pytest.mark.parametrize("private", ["no", "yes"])
def test_the_consultants_page_at_every_step(
    consultant: FlaskClient, phones: Callable[[int], Classroom], private: str
) -> None:
    held, page = phones(12), f"/consultant/run/{phones(0).run_id}"
    consultant.post(f"{page}/private", data={"private": private})
    found: list[str] = []
    held.hold(CALM, look=lambda: found.extend(wrong(consultant, page)))
    assert found == []


def test_the_wall_at_every_step(consultant: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    held = phones(12)
    wall = wall_of(consultant, held)
    found: list[str] = wrong(consultant, wall)
    held.hold(CALM, look=lambda: found.extend(wrong(consultant, wall)))
    assert found == []


def test_a_phone_at_every_step(stranger: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    held = phones(11)
    found = wrong(stranger, f"/{held.code}")
    stranger.post(f"/{held.code}/join")
    held.hold(CALM, look=lambda: found.extend(wrong(stranger, f"/{held.code}")))
    assert found == []


def test_what_the_news_brings_to_phones(stranger: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    held, found = phones(12), []

    def look() -> None:
        found.extend(problems_of_part(stranger.get(f"/{held.code}/state").get_json()["html"]))

    held.hold(CALM, look=look)
    assert found == []


def test_the_report(consultant: FlaskClient, phones: Callable[[int], Classroom]) -> None:
    held = phones(12)
    held.hold(CALM)
    assert wrong(consultant, "/consultant", f"/consultant/run/{held.run_id}/report") == []


def test_the_page_for_the_consultants_own_phone(consultant: FlaskClient, run: Classroom) -> None:
    answer = consultant.post(f"/consultant/run/{run.run_id}/phone", data={"alone": "yes"})
    assert problems(answer.get_data(as_text=True)) == []


def test_the_policy_forbids_what_is_inline(consultant: FlaskClient) -> None:
    policy = consultant.get("/consultant").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_forms_say_at_home_where_they_come_from(consultant: FlaskClient) -> None:
    """A browser that hides the referrer sends Origin: null with a form, and such forms are refused."""
    assert consultant.get("/consultant").headers["Referrer-Policy"] == "same-origin"


def test_finishing_is_the_last_press(phones: Callable[[int], Classroom]) -> None:
    held = phones(12)
    held.hold(CALM)
    assert held.pressed[-1] is Move.FINISH
