"""A parents' evening with its dilemma and its closing questions, on a wall, a laptop and phones."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

if TYPE_CHECKING:
    from conftest import Lesson, Server

pytestmark = pytest.mark.browser

SMALL = {"width": 320, "height": 480}
PARENTS = 6
# What each parent taps: the number of the choice before the talk and after it, then both closing questions.
TAPS = ((0, 1, 0, 0), (0, 1, 0, 1), (1, 1, 1, 0), (2, 1, 2, 0), (3, 3, 0, 0), (4, 2, 3, 0))
THUMB = """() => [...document.querySelectorAll("form.prompt:not([hidden]) button.answer")]
  .map(e => e.getBoundingClientRect()).filter(b => b.bottom > innerHeight || b.height < 47.5).length"""


class Evening:
    """A wall, the consultant's own laptop, and six phones of the smallest size."""

    def __init__(self, server: Server, make: Callable[..., BrowserContext]) -> None:
        self.lesson = server.lesson("foraeldre-7-9", present=PARENTS)
        self.wall = make(viewport={"width": 1024, "height": 768}).new_page()
        self.wall.goto(self.lesson.wall)
        self.phones = [self._phone(make) for _parent in range(PARENTS)]
        desk = make(viewport={"width": 1366, "height": 768})
        desk.add_cookies(server.cookies())
        self.desk = desk.new_page()

    def _phone(self, make: Callable[..., BrowserContext]) -> Page:
        phone = make(viewport=SMALL, is_mobile=True, has_touch=True, locale="da-DK").new_page()
        phone.goto(self.lesson.join)
        expect(phone.locator("h1")).to_contain_text("Du er med")
        return phone

    def look(self) -> None:
        """The consultant's page as it stands."""
        self.desk.goto(f"{self.lesson.consultant.address}/consultant/run/{self.lesson.run.id}")

    def tap(self, part: int) -> None:
        """Every phone answers the question that stands there."""
        for phone, taps in zip(self.phones, TAPS, strict=True):
            form = phone.locator("form.prompt:visible")
            address = form.get_attribute("data-prompt")
            assert phone.evaluate(THUMB) == 0, "an answer is out of reach of the thumb"
            form.locator("button.answer").nth(taps[part]).tap()
            expect(phone.locator(f"form.prompt[data-prompt='{address}']")).to_be_hidden(timeout=15_000)

    def keep(self, page: Page, name: str) -> None:
        if folder := os.environ.get("GALLERY"):
            page.screenshot(path=Path(folder) / f"evening {name}.png")


@pytest.fixture
def evening(server: Server, context: Callable[..., BrowserContext]) -> Evening:
    return Evening(server, context)


def test_parents_vote_twice_and_say_at_the_end_what_they_think(evening: Evening) -> None:
    lesson = evening.lesson
    to_the_dilemma(lesson)
    expect(evening.wall.locator("h1")).to_contain_text("Hvad ville være bedst at gøre?")
    lesson.press("open")
    expect(evening.phones[0].locator("form.prompt:visible")).to_be_visible()
    evening.keep(evening.phones[0], "phone vote")
    evening.tap(0)
    expect(evening.wall.locator("#count")).to_contain_text("6 af 6 har svaret")
    evening.keep(evening.wall, "wall vote")
    lesson.press("close")
    expect(evening.wall.locator("main")).to_contain_text("Der er lukket for svar")
    expect(evening.wall.locator("figure")).to_have_count(0)
    evening.keep(evening.wall, "wall closed")
    lesson.press("talk")
    expect(evening.phones[0].locator("h1")).to_have_text("Læg mobilen fra dig")
    expect(evening.wall.locator("main")).to_contain_text("Vi snakker i 8 minutter.")
    evening.keep(evening.wall, "wall talk")
    lesson.press("open")
    expect(evening.phones[0].locator("form.prompt:visible")).to_be_visible()
    evening.tap(1)
    lesson.press("close", "reveal")
    the_wall_shows_both_votes(evening)
    to_the_end(lesson)
    the_lesson_closes_with_two_questions(evening)


def to_the_dilemma(lesson: Lesson) -> None:
    lesson.press("start")
    while "Øl med til festen" not in lesson.page().split('aria-current="step"')[1].split("</li>")[0]:
        lesson.press("skip")


def to_the_end(lesson: Lesson) -> None:
    while "Tag det med hjem" not in lesson.page().split('aria-current="step"')[1].split("</li>")[0]:
        lesson.press("skip")


def the_wall_shows_both_votes(evening: Evening) -> None:
    figure = evening.wall.locator("figure[data-spec]")
    expect(figure).to_have_attribute("data-drawn", "1", timeout=20_000)
    expect(evening.wall.locator("h1")).to_have_text("Sådan stemte vi før og efter snakken")
    drawn = evening.wall.locator("figure text").all_text_contents()
    assert [text for text in drawn if text.startswith(("Første", "Anden"))] == [
        "Første gang: 5 stemte",
        "Anden gang: 6 stemte",
    ]
    table = evening.wall.locator("table.unseen")
    expect(table).to_contain_text("Første gang: 2 af 5. Anden gang: 0 af 6.")
    evening.keep(evening.wall, "wall both")
    evening.look()
    evening.keep(evening.desk, "desk both")


def the_lesson_closes_with_two_questions(evening: Evening) -> None:
    for phone in evening.phones:
        expect(phone.locator("form.prompt:visible h1")).to_have_text("Har du lært noget om de andre i dag?")
    evening.keep(evening.phones[0], "phone closing")
    evening.tap(2)
    evening.tap(3)
    expect(evening.phones[0].locator("main")).to_contain_text("Tal med skolen eller med SSP")
    evening.keep(evening.phones[0], "phone kept")
    expect(evening.wall.locator("main")).not_to_contain_text("Tror du på tallene?")
    evening.look()
    evening.keep(evening.desk, "desk help")
    evening.lesson.press("finish")
    evening.look()
    expect(evening.desk.locator("main")).to_contain_text("Ja: 3. Lidt: 1. Nej: 1. 5 svarede.")
    evening.keep(evening.desk, "desk end")
    expect(evening.wall.locator("main")).not_to_contain_text("Tror du på tallene?")
    evening.desk.get_by_role("link", name="Slutspørgsmålene, kun for dig").click()
    expect(evening.desk.locator("main")).to_contain_text("Tror du på tallene?")
    evening.keep(evening.desk, "desk closing")
    evening.desk.goto(f"{evening.lesson.consultant.address}/consultant/run/{evening.lesson.run.id}/report")
    expect(evening.desk.locator("main")).to_contain_text("Øl med til festen")
    expect(evening.desk.locator("main")).not_to_contain_text("Tror du på tallene?")
    evening.keep(evening.desk, "desk report")
