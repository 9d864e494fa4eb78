"""An own lesson made in the browser: copied, changed with the example beside it, mended, saved, and held to its end."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

from clicker.cli.consultant_at_work import Buttons

if TYPE_CHECKING:
    from conftest import Lesson, Server

pytestmark = pytest.mark.browser

Make = Callable[..., BrowserContext]
PHONE = {"viewport": {"width": 320, "height": 568}, "is_mobile": True, "has_touch": True}
PRESENT = 16
PRESSES = 80
NEW_QUESTION = "Drikker du selv alkohol hver uge?"
NEW_WORDS = "drikker slet ikke alkohol hver uge"


def desk(server: Server, context: Make, width: int = 1280, height: int = 800, **options: object) -> Page:
    """The consultant's browser on the first page."""
    made = context(viewport={"width": width, "height": height}, **options)
    made.add_cookies(server.cookies())
    page = made.new_page()
    page.goto(f"{server.address}/consultant")
    return page


def copy_of_seventh(page: Page, title: str) -> str:
    """Copy the 7th grade's lesson; the id of the copy."""
    page.locator("a[href='/consultant/own/copy/klasse-7']").click()
    page.get_by_label("Hvad skal din lektion hedde?").fill(title)
    page.get_by_role("button", name="Lav kopien").click()
    expect(page.get_by_role("heading", name="Ret lektionen")).to_be_visible()
    return page.url.rpartition("/")[2]


def field(page: Page, name: str) -> Locator:
    return page.locator(f"[id='{name}']")


def wrong_at(page: Page, name: str) -> Locator:
    return page.locator(f"[data-wrong='{name}']")


def example(page: Page, screen: str, place: str) -> FrameLocator:
    """What phone or wall would show."""
    return page.frame_locator(f".{place} [data-screen='{screen}'] iframe")


@contextmanager
def others(lesson: Lesson, how_many: int) -> Iterator[None]:
    """So many more phones over real sockets, each answering as soon as it can."""
    command = [sys.executable, "-m", "clicker.cli.pupils", lesson.consultant.address, lesson.run.code]
    with subprocess.Popen([*command, "--seats", str(how_many), "--fast"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert "joined" in process.stdout.readline()
            yield
        finally:
            process.kill()


def test_an_own_lesson_is_made_and_held_to_its_end(server: Server, context: Make) -> None:
    page = desk(server, context)
    own = copy_of_seventh(page, "Min egen lektion")
    change_and_mend(page)
    page.get_by_role("button", name="Gem", exact=True).first.click()
    expect(page.locator(".savebar")).to_contain_text("Gemt.")
    expect(page.locator("#mistakes")).to_contain_text("Der er ingen fejl")
    page.get_by_role("link", name="Hold lektionen").click()
    expect(page.locator("h1")).to_have_text("Min egen lektion")
    phone_saw, wall_saw = hold(server, server.lesson(own, present=PRESENT), context)
    assert NEW_QUESTION in phone_saw
    assert any(NEW_WORDS in title for title in wall_saw)


def change_and_mend(page: Page) -> None:
    """A broken rule is explained where it happens while one types, and is gone when it is mended."""
    page.locator("[id='t.alcohol-weekly'] > summary").click()
    own = field(page, "t.alcohol-weekly.own.text")
    own.fill("Drikker du alkohol?")
    expect(wrong_at(page, "t.alcohol-weekly.own.text")).to_contain_text("Brug ”hver uge”")
    expect(own).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#mistakes")).to_contain_text("Kan ikke bruges endnu: 1 ting")
    expect(example(page, "own", "phones").locator(".prompt h1")).to_have_text("Drikker du alkohol?")
    own.fill(NEW_QUESTION)
    expect(example(page, "own", "phones").locator(".prompt h1")).to_have_text(NEW_QUESTION)
    expect(wrong_at(page, "t.alcohol-weekly.own.text")).to_be_empty()
    expect(own).not_to_have_attribute("aria-invalid", "true")
    field(page, "t.alcohol-weekly.healthy").fill(NEW_WORDS)
    wall = example(page, "own", "walls").locator("h1")
    expect(wall).to_contain_text(f"af de 24, der svarede, {NEW_WORDS}")
    expect(wall.locator(".key")).to_have_text("21")


def hold(server: Server, lesson: Lesson, context: Make) -> tuple[set[str], set[str]]:
    """Hold it with one phone in a browser and the others over sockets; the questions and titles that were seen."""
    phone, wall = context(**PHONE).new_page(), context(viewport={"width": 1024, "height": 768}).new_page()
    phone.goto(lesson.join)
    expect(phone.locator("h1")).to_contain_text("Du er med")
    wall.goto(lesson.wall)
    asked: set[str] = set()
    shown: set[str] = set()
    with others(lesson, PRESENT - 1):
        for _press in range(PRESSES):
            name = Buttons.read(lesson.page()).wanted() or "next"
            if name == "close":
                asked |= answer_everything(phone)
                expect_all_in(lesson)
            lesson.press(name, **({"proposal": ["0", "1"]} if name == "choose" else {}))
            if name == "finish":
                break
            wall.wait_for_timeout(150)
            shown.add(" ".join((wall.locator("h1").first.text_content() or "").replace("\u00a0", " ").split()))
        else:
            raise AssertionError("the lesson never ended")
    expect(phone.locator("h1")).to_contain_text("Tak")
    expect(wall.locator("main")).to_contain_text("slettet")
    return asked, shown


def answer_everything(phone: Page) -> set[str]:
    """Tap the first answer of every question; the questions."""
    asked: set[str] = set()
    for _question in range(40):
        expect(phone.locator("form.prompt:visible, [data-done]:visible").first).to_be_visible(timeout=15_000)
        if phone.locator("[data-done]").is_visible():
            return asked
        form = phone.locator("form.prompt:visible")
        address = form.get_attribute("data-prompt")
        asked.add((form.locator("h1").text_content() or "").replace("\u00a0", " "))
        answers = form.locator("button.answer")
        # "Nej" and "helt uenig" like the others in the room.
        answers.nth(1 if answers.count() == 3 else 0).tap()
        expect(phone.locator(f"form.prompt[data-prompt='{address}']")).to_be_hidden(timeout=15_000)
    raise AssertionError("the questions never ended")


def expect_all_in(lesson: Lesson) -> None:
    end = time.monotonic() + 60
    while '<progress max="100" value="100"' not in lesson.page():
        assert time.monotonic() < end, "not everybody answered"
        time.sleep(0.1)


def test_order_is_changed_by_keyboard(server: Server, context: Make) -> None:
    page = desk(server, context)
    copy_of_seventh(page, "Med tastatur")
    page.locator("[id='t.ecig-ever'] > summary").focus()
    page.keyboard.press("Enter")
    page.locator("[id='t.ecig-ever'] button[value='topic-up:ecig-ever']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".savebar")).to_contain_text("Gemt.")
    cards = page.locator(".topic").evaluate_all("cards => cards.map((card) => card.id)")
    assert cards[2:4] == ["t.ecig-ever", "t.alcohol-weekly"]
    expect(page.locator("[id='t.ecig-ever']")).to_have_attribute("open", "")
    expect(page.locator("[id='t.ecig-ever'] > summary")).to_be_in_viewport()


def test_a_mistake_in_the_list_leads_to_its_field(server: Server, context: Make) -> None:
    page = desk(server, context)
    copy_of_seventh(page, "Til feltet")
    page.locator("[id='t.speak-up'] > summary").click()
    field(page, "t.speak-up.approve.text").fill("")
    link = page.locator("#mistakes a").first
    expect(link).to_contain_text("holdning")
    page.locator("[id='t.speak-up'] > summary").click()
    link.click()
    expect(field(page, "t.speak-up.approve.text")).to_be_focused()
    expect(field(page, "t.speak-up.approve.text")).to_be_in_viewport()


def test_without_scripts_a_button_shows_the_example(server: Server, context: Make) -> None:
    page = desk(server, context, java_script_enabled=False)
    copy_of_seventh(page, "Uden script")
    page.locator("[id='t.alcohol-weekly'] > summary").click()
    field(page, "t.alcohol-weekly.own.text").fill(NEW_QUESTION)
    page.locator("button[value='show:t.alcohol-weekly']").click()
    expect(example(page, "own", "phones").locator(".prompt h1")).to_have_text(NEW_QUESTION)
    expect(field(page, "t.alcohol-weekly.own.text")).to_have_value(NEW_QUESTION)


@pytest.mark.parametrize(
    ("width", "height", "beside"), [(1280, 800, True), (1024, 768, True), (390, 844, False), (320, 568, False)]
)
def test_the_example_stands_beside_or_below(
    server: Server, context: Make, width: int, height: int, beside: bool
) -> None:
    page = desk(server, context, width, height)
    copy_of_seventh(page, f"I {width}")
    form, preview = page.locator("#editor").bounding_box(), page.locator("#preview").bounding_box()
    assert form is not None
    assert preview is not None
    assert (preview["x"] >= form["x"] + form["width"]) == beside
    assert (preview["y"] >= form["y"] + form["height"]) != beside
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
