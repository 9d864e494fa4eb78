"""How often a page asks when it is not let in, and what two pages of one seat make of each other's answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cable import Cable
from playwright.sync_api import BrowserContext, Page, Route, WebSocketRoute, expect

pytestmark = pytest.mark.browser

Contexts = Callable[..., BrowserContext]
SMALL = {"width": 320, "height": 480}
FIRST = "left-handed.others.1"
SECONDS = 10
PERIOD = 1.5  # seconds, the shortest between two looks


@pytest.fixture
def cable(server: Any) -> Iterator[Cable]:
    one = Cable(server.links["port"])
    yield one
    one.close()


@pytest.fixture
def lesson(server: Any) -> Any:
    """One whose first question is open."""
    held = server.lesson()
    held.until(lambda page: "Vi øver os</h" in page and 'data-move="close"' in page)
    return held


@pytest.fixture
def phone(context: Contexts) -> Page:
    return context(viewport=SMALL).new_page()


class Knocks:
    """What a page sends, counted from now on."""

    def __init__(self, page: Page) -> None:
        self.sockets: list[str] = []
        self.questions: list[str] = []
        page.on("websocket", lambda socket: self.sockets.append(socket.url))
        page.on("request", lambda request: self.questions.append(request.url))


def answers(page: Page) -> Any:
    return page.locator("form.prompt:visible button.answer")


def test_a_page_that_is_not_let_in_tries_every_two_seconds_and_no_oftener(lesson: Any, phone: Page) -> None:
    phone.goto(lesson.join)
    expect(answers(phone).first).to_be_visible()
    phone.context.clear_cookies()
    phone.evaluate("document.body.dataset.seat = 'of another lesson'")
    knocks = Knocks(phone)
    phone.context.set_offline(True)  # ends the socket that it has
    phone.wait_for_timeout(500)
    phone.context.set_offline(False)
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    phone.wait_for_timeout(SECONDS * 1000)
    assert 2 <= len(knocks.sockets) <= SECONDS / PERIOD + 2
    assert 2 <= len([url for url in knocks.questions if url.endswith("/state")]) <= SECONDS / PERIOD + 2


def test_after_the_end_a_page_asks_for_nothing_more(lesson: Any, phone: Page, cable: Cable) -> None:
    phone.goto(f"{cable.address}/{lesson.run.code}")
    expect(answers(phone).first).to_be_visible()
    lesson.press("finish")
    expect(phone.locator("h1:visible").first).to_contain_text("Tak")
    phone.wait_for_timeout(1000)
    knocks = Knocks(phone)
    cable.pull()
    cable.plug()
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    phone.wait_for_timeout(5000)
    assert knocks.sockets + knocks.questions == []


def test_a_question_from_before_says_nothing_against_a_line_that_is_back(lesson: Any, phone: Page) -> None:
    held: list[Route] = []
    lines: list[WebSocketRoute] = []

    def put_through(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    phone.add_init_script("Math.random = () => 0.999")  # so that the page asks just before its line is back
    phone.route("**/state", lambda route: held.append(route))
    phone.route_web_socket("**/socket.io/**", put_through)
    phone.goto(lesson.join)
    expect(answers(phone).first).to_be_visible()
    phone.wait_for_timeout(500)
    lines[0].close()
    phone.wait_for_timeout(1500)
    assert (len(held), len(lines)) == (1, 2)
    held[0].abort()
    phone.wait_for_timeout(1000)
    expect(phone.locator("#line")).to_be_hidden()


def test_of_two_pages_without_a_socket_the_last_tap_counts(server: Any, lesson: Any, context: Contexts) -> None:
    phones = context(viewport=SMALL)
    phones.route("**/socket.io/**", lambda route: route.abort())
    phones.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    first, second = phones.new_page(), phones.new_page()
    for page in (first, second):
        page.goto(lesson.join)
        expect(answers(page).first).to_be_visible()
    for number in (3, 4, 5):
        answers(first).nth(number).click()
        expect(first.locator("[data-done]")).to_be_visible()
        first.locator('[data-step="-1"]:visible').click()
    answers(second).nth(9).click()
    expect(second.locator("[data-done]")).to_be_visible()
    assert second.request.get(f"{lesson.join}/mine").json()["answers"] == {FIRST: "009"}
