"""The keys of the consultant's page, as a presenter remote sends them, and the code for one's own phone."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

if TYPE_CHECKING:
    from conftest import Lesson, Server

pytestmark = pytest.mark.browser

Make = Callable[..., BrowserContext]
DESK = {"width": 1366, "height": 768}


@pytest.fixture
def lesson(server: Server) -> Lesson:
    return server.lesson()


@pytest.fixture
def desk(server: Server, lesson: Lesson, context: Make) -> Page:
    """The consultant's page in its lobby, its socket at work."""
    made = context(viewport=DESK)
    made.add_cookies(server.cookies())
    page = made.new_page()
    page.goto(f"{server.address}/consultant/run/{lesson.run.id}", wait_until="networkidle")
    return page


def turn(page: Page) -> str:
    return page.locator("#screen input[name=turn]").first.get_attribute("value") or ""


def comes_to(page: Page, wanted: int) -> None:
    expect(page.locator("#screen input[name=turn]").first).to_have_value(str(wanted))


def press(page: Page, key: str) -> None:
    """Press, and wait for the answer: a key that comes before it is taken for a tremble and does nothing."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/run/" in answer.url) as sent:
        page.keyboard.press(key)
    sent.value.finished()
    page.wait_for_timeout(100)


def settled(page: Page) -> None:
    """Time for a press that should not have come to show itself."""
    page.wait_for_timeout(300)


def dark(page: Page) -> str:
    """What the button would make of the wall: "no" while it is black."""
    return page.locator("[data-dark] input[name=dark]").get_attribute("value") or ""


@pytest.mark.parametrize("key", ["b", "B", "."])
def test_a_key_makes_the_wall_black_and_light_again(desk: Page, key: str) -> None:
    wanted = desk.locator("[data-dark] input[name=dark]")
    press(desk, key)
    expect(wanted).to_have_value("no")
    press(desk, key)
    expect(wanted).to_have_value("yes")


def test_the_wall_itself_is_black(desk: Page, lesson: Lesson, context: Make) -> None:
    wall = context(viewport=DESK).new_page()
    wall.goto(lesson.wall)
    expect(wall.locator(".qr")).to_be_visible()
    press(desk, "b")
    expect(wall.locator(".qr")).to_have_count(0)
    press(desk, "b")
    expect(wall.locator(".qr")).to_be_visible()


@pytest.mark.parametrize("key", ["ArrowRight", "PageDown"])
def test_a_key_presses_the_primary_button(desk: Page, key: str) -> None:
    press(desk, key)
    comes_to(desk, 1)
    press(desk, key)
    comes_to(desk, 2)


@pytest.mark.parametrize("key", ["ArrowLeft", "PageUp"])
def test_a_key_goes_back(desk: Page, key: str) -> None:
    step = desk.locator("[aria-current=step]")
    press(desk, "ArrowRight")
    comes_to(desk, 1)
    first = step.text_content() or ""
    press(desk, "ArrowRight")
    comes_to(desk, 2)
    expect(step).not_to_have_text(first)
    press(desk, key)
    comes_to(desk, 3)
    expect(step).to_have_text(first)


@pytest.mark.parametrize("key", ["ArrowLeft", "PageUp"])
def test_in_the_lobby_there_is_no_way_back(desk: Page, key: str) -> None:
    desk.keyboard.press(key)
    settled(desk)
    assert turn(desk) == "0"


@pytest.mark.parametrize("key", ["b", ".", "ArrowLeft", "ArrowRight"])
def test_keys_do_nothing_while_typing(desk: Page, key: str) -> None:
    desk.locator("#present").focus()
    desk.keyboard.press(key)
    settled(desk)
    assert (turn(desk), dark(desk)) == ("0", "yes")


@pytest.mark.parametrize("key", ["Control+b", "Alt+.", "Control+ArrowRight"])
def test_the_browser_keeps_its_own_keys(desk: Page, key: str) -> None:
    desk.keyboard.press(key)
    settled(desk)
    assert (turn(desk), dark(desk)) == ("0", "yes")


def own_code(desk: Page) -> str:
    """Ask for the code for one's own phone and read it off the screen."""
    desk.locator("footer.tools summary").first.click()
    desk.locator("#alone").check()
    desk.locator("form[action$='/phone'] button").click()
    picture = desk.locator(".own-qr")
    expect(picture).to_be_visible()
    desk.wait_for_function("document.querySelector('.own-qr').complete")
    seen = zxingcpp.read_barcode(Image.open(io.BytesIO(desk.screenshot(full_page=True))))
    assert seen is not None
    return seen.text


def test_the_code_opens_the_run_on_one_phone_and_on_no_second(desk: Page, lesson: Lesson, context: Make) -> None:
    link = own_code(desk)
    mine, other = (context(viewport={"width": 390, "height": 664}).new_page() for _ in range(2))
    mine.goto(link)
    assert mine.url == f"{lesson.consultant.address}/consultant/run/{lesson.run.id}"
    # What only the consultant may see is open there from the start.
    expect(mine.locator("body.alone")).to_have_count(1)
    answer = other.goto(link)
    assert answer is not None
    assert answer.status == 403
    expect(other.locator("#screen")).to_have_count(0)


def test_without_the_tick_there_is_no_code(desk: Page) -> None:
    desk.locator("footer.tools summary").first.click()
    desk.locator("form[action$='/phone'] button").click()
    settled(desk)
    expect(desk.locator(".own-qr")).to_have_count(0)
