"""An agreement in browsers: a consultant types a proposal, phones vote by tapping, the set is chosen and printed."""

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

Make = Callable[..., BrowserContext]
TYPED = "Vi <i>henter</i> en voksen, når nogen er kede af det, også selv om vi ikke kender dem"
SMALL = {"width": 320, "height": 480}
PHONES = 10
ENIG, LEVER_MED, UENIG = range(3)
WITH_IT, NOT_WITH_IT = range(2)


@pytest.fixture
def lesson(server: Server) -> Lesson:
    """A lesson that stands at its agreement."""
    lesson = server.lesson("klasse-7", present=PHONES)
    lesson.press("start")
    for _step in range(30):
        if 'data-move="propose"' in lesson.page():
            return lesson
        lesson.press("skip")
    raise AssertionError("the lesson never came to its agreement")


@pytest.fixture
def desk(server: Server, lesson: Lesson, context: Make) -> Page:
    made = context(viewport={"width": 1366, "height": 768})
    made.add_cookies(server.cookies())  # type: ignore[arg-type]
    page = made.new_page()
    page.goto(f"{server.address}/consultant/run/{lesson.run.id}")
    return page


@pytest.fixture
def phones(lesson: Lesson, context: Make) -> list[Page]:
    pages = [context(viewport=SMALL, is_mobile=True, has_touch=True).new_page() for _ in range(PHONES)]
    for page in pages:
        page.goto(lesson.join)
        if page.locator("form[action$=join] button").count():
            page.locator("form[action$=join] button").first.tap()
    return pages


def at(wall: Page, title: str) -> None:
    expect(wall.locator("h1")).to_have_text(title)


def all_answer(phones: list[Page], says: Callable[[int, str], int]) -> None:
    """Every phone taps an answer to every question, all of them at the same question at a time."""
    for _question in range(12):
        tapped = [(phone, address) for number, phone in enumerate(phones) if (address := tap(phone, number, says))]
        for phone, address in tapped:
            expect(phone.locator(f"form.prompt[data-prompt='{address}']")).to_be_hidden(timeout=15_000)
        if not tapped:
            return
    raise AssertionError("the questions never ended")


def tap(phone: Page, number: int, says: Callable[[int, str], int]) -> str:
    """Tap one answer, within reach and as large as the others; the question's address, or "" at the end."""
    expect(phone.locator("form.prompt:visible, [data-done]:visible").first).to_be_visible()
    if phone.locator("[data-done]").is_visible():
        return ""
    form = phone.locator("form.prompt:visible")
    boxes = [one.bounding_box() for one in form.locator("button.answer").all()]
    assert len({(round(box["width"]), round(box["height"])) for box in boxes if box}) == 1
    assert all(box and box["y"] + box["height"] <= SMALL["height"] for box in boxes)
    form.locator("button.answer").nth(says(number, form.locator("h1").inner_text())).tap()
    return form.get_attribute("data-prompt") or ""


def support(number: int, asked: str) -> int:
    """All agree, but for the first phone with what was typed and the others with parties."""
    if number == 0:
        return LEVER_MED if asked.startswith("Vi <i>") else ENIG
    return UENIG if asked.startswith("Alle kan være med") else ENIG


def press(desk: Page, move: str) -> None:
    turn = desk.locator("#screen input[name=turn]").first.get_attribute("value")
    desk.locator(f"form[data-move={move}] button").first.click()
    desk.wait_for_function("before => document.querySelector('#screen input[name=turn]')?.value !== before", arg=turn)


def propose(desk: Page, text: str) -> None:
    desk.get_by_label("Et nyt forslag").fill(text)
    with desk.expect_response("**/move"):
        desk.keyboard.press("Enter")
    # A second press while the first is under way is not heard.
    desk.wait_for_timeout(300)


def test_from_a_typed_proposal_to_the_printed_sheet(
    server: Server, lesson: Lesson, desk: Page, phones: list[Page], context: Make, tmp_path: Path
) -> None:
    wall = context(viewport={"width": 1024, "height": 768}).new_page()
    wall.goto(lesson.wall)
    at(wall, "Hvad skal vi aftale i klassen?")
    propose(desk, TYPED)
    expect(wall.locator("main")).to_contain_text(TYPED)
    expect(desk.locator(".agreeing")).to_contain_text(TYPED)
    expect(desk.get_by_label("Et nyt forslag")).to_be_focused()
    expect(desk.get_by_label("Et nyt forslag")).to_have_value("")
    press(desk, "withdraw")
    expect(wall.locator("main")).not_to_contain_text("Vi spørger i stedet for at gætte")

    press(desk, "open")
    all_answer(phones, support)
    expect(wall.locator("#count")).to_contain_text(f"{PHONES} af {PHONES} har svaret")
    press(desk, "close")
    expect(wall.locator(".counted tbody tr")).to_have_count(5)
    row = wall.locator(".counted tr", has_text=TYPED).locator("td")
    expect(row).to_have_text(["9", "1", "0"])
    expect(wall.locator(".counted tr", has_text="Alle kan være med").locator("td")).to_have_text(["1", "0", "9"])
    # What is ticked by hand stays so when a proposal is typed.
    expect(desk.locator("input[name=proposal]:checked")).to_have_count(4)
    desk.get_by_label("Vi siger fra").uncheck()
    propose(desk, "Vi ringer hjem")
    expect(desk.locator(".agreeing")).to_contain_text("Vi ringer hjem")
    expect(desk.get_by_label("Vi siger fra")).not_to_be_checked()
    desk.get_by_label("Vi ringer hjem").check()
    shot(desk, tmp_path, "desk")

    press(desk, "choose")
    at(wall, "Det aftaler vi")
    expect(wall.locator(".proposals li")).to_have_count(4)
    press(desk, "open")
    at(wall, "Hvor mange er med?")
    expect(phones[0].locator("form.prompt:visible h1")).to_have_text("Er du med på det, vi har valgt?")
    shot(phones[0], tmp_path, "phone")
    all_answer(phones, lambda number, _asked: WITH_IT if number else NOT_WITH_IT)
    press(desk, "close")
    at(wall, "Mindst 7 af de 10, der svarede, er med.")
    shot(wall, tmp_path, "wall")

    sheet = desk.context.new_page()
    sheet.goto(server.address + (desk.get_by_role("link", name="Udskriv på et A4-ark").get_attribute("href") or ""))
    expect(sheet.locator("h1")).to_have_text("Det aftaler vi")
    expect(sheet.locator("main")).to_contain_text("Vi ringer hjem (aftalt uden afstemning)")
    expect(sheet.locator("main")).to_contain_text("Mindst 7 af de 10, der svarede, er med.")
    expect(sheet.locator("main")).to_contain_text("Vi ser på aftalen igen den")
    printed = sheet.pdf(prefer_css_page_size=True)
    assert printed.replace(b"/Type /Pages", b"").count(b"/Type /Page") == 1
    if folder := os.environ.get("PRINTED"):
        (Path(folder) / "agreement.pdf").write_bytes(printed)


def shot(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=Path(os.environ.get("PRINTED") or folder) / f"agreement-{name}.png", full_page=name == "desk")
