"""A class, and its parents' evening: opened from the first page, held on walls and phones, and reported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from test_follow_up import held
from test_walk import cut_off

from clicker.cli.consultant_at_work import HeldRun

if TYPE_CHECKING:
    from conftest import Server

pytestmark = pytest.mark.browser

DAY = "2026-11-25"
WALLS = ((1024, 768), (1280, 720))
PHONES: tuple[dict[str, Any], ...] = (
    {"viewport": {"width": 320, "height": 480}, "is_mobile": True, "has_touch": True},
    {"viewport": {"width": 390, "height": 664}, "is_mobile": True, "has_touch": True, "device_scale_factor": 3},
)
OTHERS = 16
PRESSES = 90
SENTENCE = "af de 24 elever, der svarede, drikker ikke alkohol hver uge"


class Evening:
    """The consultant, two walls and two parents' phones."""

    def __init__(self, server: Server, desk: Page, run: HeldRun, context: Callable[..., BrowserContext], shots: Path):
        self.desk, self.run, self.shots = desk, run, shots
        self.walls = [context(viewport={"width": w, "height": h}).new_page() for w, h in WALLS]
        self.phones = [context(**phone, locale="da-DK").new_page() for phone in PHONES]
        for wall in self.walls:
            wall.goto(server.address + run.wall)
        for phone in self.phones:
            phone.goto(f"{server.address}/{run.code}")
        self.asked: set[str] = set()
        self.titles: list[str] = []

    def hold(self) -> None:
        """Press from the lobby to the end; the phones answer by tapping."""
        for number in range(PRESSES):
            if self.desk.locator("form[data-move=close]").count():
                for phone in self.phones:
                    self._answer(phone)
                expect(self.desk.locator("progress").first).to_have_js_property("value", 100, timeout=60_000)
            primary = self.desk.locator("[data-primary]")
            if not primary.count() or primary.locator("xpath=ancestor::form").get_attribute("data-move") == "finish":
                return
            self._press()
            self._look(number)
        raise AssertionError("the evening never ended")

    def finish(self) -> None:
        self.desk.locator("details:has(form[data-move=finish]) summary").first.click()
        self.desk.locator("form[data-move=finish] button").first.click()
        expect(self.desk.get_by_role("link", name="Se rapporten")).to_be_visible()

    def _press(self) -> None:
        turn = self.desk.locator("#screen input[name=turn]").first.get_attribute("value")
        self.desk.keyboard.press("PageDown")
        self.desk.wait_for_function(
            "before => document.querySelector('#screen input[name=turn]')?.value !== before", arg=turn
        )

    def _answer(self, phone: Page) -> None:
        for _question in range(30):
            expect(phone.locator("form.prompt:visible, [data-done]:visible").first).to_be_visible()
            if phone.locator("[data-done]").is_visible():
                return
            form = phone.locator("form.prompt:visible")
            address = form.get_attribute("data-prompt") or ""
            if ".children." in address:
                self._looks_right(phone, address)
            answers = form.locator("button.answer")
            # Where two of eighteen disagree, no proposal is ticked beforehand and the consultant has to choose by hand.
            agreeing = address.startswith("agree")
            answers.nth(0 if agreeing else min(10, answers.count() // 2)).tap()
            expect(phone.locator(f"form.prompt[data-prompt='{address}']")).to_be_hidden(timeout=15_000)
        raise AssertionError("the questions never ended")

    def _looks_right(self, phone: Page, address: str) -> None:
        """0 to 25 children and “don't know”, all on the screen."""
        self.asked.add(address.split(".")[0])
        form = phone.locator("form.prompt:visible")
        expect(form.locator("h1")).to_contain_text("25 børn i klassen")
        assert form.locator("button.answer").count() == 27
        last = form.locator("button.answer").last.bounding_box()
        assert last is not None
        assert last["y"] + last["height"] <= (phone.viewport_size or {})["height"]
        phone.screenshot(path=self.shots / f"phone-{address.split('.')[0]}-{(phone.viewport_size or {})['width']}.png")

    def _look(self, number: int) -> None:
        self.walls[0].wait_for_timeout(200)
        title = self.walls[0].locator("h1").inner_text()
        self.titles.append(title.replace("\u00a0", " ").replace("\u2011", "-"))
        for (width, _height), wall in zip(WALLS, self.walls, strict=True):
            expect(wall.locator("h1")).to_have_text(title)
            figure = wall.locator("figure[data-spec]")
            if figure.count():
                expect(figure).to_have_attribute("data-drawn", "1", timeout=20_000)
                wall.wait_for_timeout(400)
            assert cut_off(wall) == [], title
            wall.screenshot(path=self.shots / f"{number:02d}-{width}.png")


@contextmanager
def other_parents(server: Server, code: str) -> Iterator[None]:
    command = [sys.executable, "-m", "clicker.cli.pupils", server.address, code, "--seats", str(OTHERS), "--fast"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert "joined" in process.stdout.readline()
            yield
        finally:
            process.kill()


def opened_from_the_first_page(server: Server, desk: Page) -> HeldRun:
    desk.goto(f"{server.address}/consultant")
    desk.get_by_role("link", name="Hold forældremøde for denne klasse").click()
    expect(desk.locator("#twin")).to_contain_text("fordi klassen ikke blev spurgt om det: Børn, der henter hjælp")
    desk.locator("#present").fill(str(OTHERS + len(PHONES)))
    desk.get_by_role("button", name="Gør klar").click()
    desk.wait_for_url("**/consultant/run/*")
    run = server.consultant.take_up(desk.url.rsplit("/", 1)[1], "foraeldre-7-9")
    desk.reload()
    return run


def test_parents_guess_about_their_children_and_see_what_they_may(
    tmp_path: Path, serve: Callable[[Path, str], AbstractContextManager[Server]], context: Callable[..., BrowserContext]
) -> None:
    with serve(tmp_path, DAY) as server:
        held(server, server.consultant.create_run("klasse-7", school="Prøveskolen", group="7.B", present=25), 25)
        made = context(viewport={"width": 1366, "height": 768}, locale="da-DK")
        made.add_cookies(server.cookies())  # type: ignore[arg-type]
        desk = made.new_page()
        run = opened_from_the_first_page(server, desk)
        evening = Evening(server, desk, run, context, tmp_path)
        desk.screenshot(path=tmp_path / "desk-lobby.png", full_page=True)
        with other_parents(server, run.code):
            evening.hold()
            evening.finish()
        assert evening.asked >= {"children-alcohol", "children-speak-up"}
        assert any(SENTENCE in title for title in evening.titles)
        desk.get_by_role("link", name="Se rapporten").click()
        expect(desk.locator("main")).to_contain_text("Klassen svarede den 25. november 2026.")
        desk.screenshot(path=tmp_path / "report.png", full_page=True)
