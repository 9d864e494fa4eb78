"""The whole lesson in browsers: a consultant, walls of three sizes, three phones by tapping, the rest of the class."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

if TYPE_CHECKING:
    from conftest import Lesson, Server

pytestmark = pytest.mark.browser

WALLS = ((1024, 768), (1280, 720), (1920, 1080))
PHONES: tuple[dict[str, Any], ...] = (
    {"viewport": {"width": 320, "height": 568}, "is_mobile": True, "has_touch": True},
    {"viewport": {"width": 393, "height": 727}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2.75},
    {"viewport": {"width": 390, "height": 664}, "is_mobile": True, "has_touch": True, "device_scale_factor": 3},
)
OTHERS = 22
PRESSES = 70


class Room:
    """Everybody in the room, and what they do in sentences."""

    def __init__(self, server: Server, lesson: Lesson, make: Callable[..., BrowserContext], shots: Path) -> None:
        self.server, self.lesson, self.shots = server, lesson, shots
        self.strangers: list[str] = []
        self.walls = [self._page(make(viewport={"width": w, "height": h}), lesson.wall) for w, h in WALLS]
        self.phones = [self._page(make(**phone, locale="da-DK"), lesson.join) for phone in PHONES]
        desk = make(viewport={"width": 1366, "height": 768})
        desk.add_cookies(server.cookies())
        self.consultant = self._page(desk, f"{server.address}/consultant/run/{lesson.run.id}")

    def _page(self, context: BrowserContext, address: str) -> Page:
        page = context.new_page()
        page.on("request", lambda request: self._watch(request.url))
        page.goto(address)
        return page

    def _watch(self, url: str) -> None:
        host = self.server.address.split("//")[1]
        if not url.startswith(("data:", "blob:")) and host not in url:
            self.strangers.append(url)

    def consultant_presses(self) -> str:
        """Press the primary button by its key, as a presenter remote does, and wait until the page has moved on."""
        button = self.consultant.locator("[data-primary]")
        expect(button).to_be_visible()
        name = button.locator("xpath=ancestor::form").get_attribute("data-move") or ""
        turn = self.turn()
        self.consultant.keyboard.press("PageDown")
        self.consultant.wait_for_function(
            "before => document.querySelector('#screen input[name=turn]')?.value !== before", arg=turn
        )
        return name

    def turn(self) -> str:
        return self.consultant.locator("#screen input[name=turn]").first.get_attribute("value") or ""

    def everybody_answers(self, pupils: Callable[[], None]) -> None:
        for number, phone in enumerate(self.phones):
            self.phone_walks_through(phone, number)
        pupils()

    def phone_walks_through(self, phone: Page, number: int) -> None:
        """Tap an answer to every question. The first phone reloads in the middle, the second loses its network."""
        done = phone.locator("[data-done]")
        for step in range(40):
            expect(phone.locator("form.prompt:visible, [data-done]:visible").first).to_be_visible()
            if done.is_visible():
                return
            form = phone.locator("form.prompt:visible")
            address = form.get_attribute("data-prompt")
            if step == 2 and number == 0:
                phone.reload()
                expect(phone.locator(f"form.prompt[data-prompt='{address}']")).to_be_visible()
            if address == "alcohol-weekly.others.1" and number == 2:
                self.picture_for_the_readme(phone, "phone")
            if step == 3 and number == 1:
                phone.context.set_offline(True)
                phone.wait_for_timeout(300)
                phone.context.set_offline(False)
            answers = form.locator("button.answer")
            answers.nth(min(number + 1, answers.count() - 2)).tap()
            expect(phone.locator(f"form.prompt[data-prompt='{address}']")).to_be_hidden(timeout=15_000)
        raise AssertionError("the questions never ended")

    def take_pictures(self, name: str) -> None:
        for (width, _height), wall in zip(WALLS, self.walls, strict=True):
            wall.screenshot(path=self.shots / f"{name}-{width}.png")
        self.phones[0].screenshot(path=self.shots / f"{name}-phone.png")

    def picture_for_the_readme(self, page: Page, name: str) -> None:
        """The README's pictures are made here: PICTURES=clicker/static/pictures pytest tests/browser/test_walk.py."""
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.fixture
def room(server: Server, context: Callable[..., BrowserContext], tmp_path: Path) -> Room:
    return Room(server, server.lesson(), context, tmp_path)


@contextmanager
def rest_of_the_class(lesson: Lesson) -> Iterator[None]:
    """Twenty-two more phones over real sockets, each answering as soon as it can."""
    command = [sys.executable, "-m", "clicker.cli.pupils", lesson.consultant.address, lesson.run.code]
    with subprocess.Popen([*command, "--seats", str(OTHERS), "--fast"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert "joined" in process.stdout.readline()
            yield
        finally:
            process.kill()


def test_a_class_holds_the_whole_lesson(room: Room) -> None:
    the_code_on_every_wall_leads_to_the_lesson(room)
    for phone in room.phones:
        expect(phone.locator("h1")).to_contain_text("Du er med")
    with rest_of_the_class(room.lesson):
        for wall in room.walls:
            expect(wall.locator("#count")).to_contain_text("25")
        seen = the_lesson_is_held(room)
    assert seen >= {"guesses", "own", "attitude", "country", "both"}
    for phone in room.phones:
        expect(phone.locator("h1")).to_contain_text("Tak")
    assert not room.strangers, "a page asked another origin"
    the_report_names_what_was_shown(room)


def the_code_on_every_wall_leads_to_the_lesson(room: Room) -> None:
    join = f"/{room.lesson.run.code}"
    for (width, height), wall in zip(WALLS, room.walls, strict=True):
        picture = room.shots / f"join-{width}.png"
        expect(wall.locator("img.qr")).to_have_js_property("complete", True)
        wall.screenshot(path=picture)
        found = [code.text for code in zxingcpp.read_barcodes(Image.open(picture))]
        assert [text for text in found if text.endswith(join)], (width, height, found)
        assert shutil.which("zbarimg"), "zbar-tools is part of the tests"
        second = subprocess.run(["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True)
        assert second.stdout.strip() == found[0]


def the_lesson_is_held(room: Room) -> set[str]:
    """Press from the lobby to the end; gives the kinds of reveals that the walls drew."""
    seen: set[str] = set()
    for number in range(PRESSES):
        if room.consultant.locator("form[data-move=close]").count():
            room.everybody_answers(lambda: wait_for_all(room))
        tick_something(room)
        if not room.consultant.locator("[data-primary]").count() or finishes(room):
            finish(room)
            return seen
        room.consultant_presses()
        seen |= the_walls_agree(room, number)
    raise AssertionError("the lesson never ended")


def tick_something(room: Room) -> None:
    """A group that agrees on nothing chooses something all the same."""
    boxes = room.consultant.locator("input[name=proposal]")
    if boxes.count() and not room.consultant.locator("input[name=proposal]:checked").count():
        boxes.first.check()


def wait_for_all(room: Room) -> None:
    progress = room.consultant.locator("progress").first
    expect(progress).to_have_js_property("value", 100, timeout=60_000)


def finishes(room: Room) -> bool:
    button = room.consultant.locator("[data-primary]")
    return button.locator("xpath=ancestor::form").get_attribute("data-move") == "finish"


def finish(room: Room) -> None:
    details = room.consultant.locator("details:has(form[data-move=finish])")
    if details.count():
        details.locator("summary").first.click()
    room.consultant.locator("form[data-move=finish] button").first.click()
    for wall in room.walls:
        expect(wall.locator("h1")).to_have_text("Tag det med dig")
        expect(wall.locator("main")).to_contain_text("slettet")


def the_walls_agree(room: Room, number: int) -> set[str]:
    """All three walls show the same title, drawn pictures and nothing cut off; which reveal it is."""
    room.walls[0].wait_for_timeout(150)
    title = room.walls[0].locator("h1").inner_text()
    kinds: set[str] = set()
    for wall in room.walls:
        expect(wall.locator("h1")).to_have_text(title)
        figure = wall.locator("figure[data-spec]")
        if figure.count():
            expect(figure).to_have_attribute("data-drawn", "1", timeout=20_000)
            kind = reveals(figure.get_attribute("data-rows") or "", figure.get_attribute("data-spec") or "")
            kinds |= kind
            if kind == {"country"} and wall is room.walls[1]:
                wall.wait_for_timeout(600)
                room.picture_for_the_readme(wall, "wall")
        assert not cut_off(wall), title
    room.take_pictures(f"{number:02d}")
    return kinds


def cut_off(wall: Page) -> list[str]:
    """What does not fit on the wall, once its picture has had a moment to find its size."""
    for _moment in range(20):
        spilling: list[str] = wall.evaluate(
            """() => [...document.querySelectorAll("main *")]
                .filter((one) => one.getClientRects().length && !one.closest(".unseen"))
                .map((one) => [one, one.getBoundingClientRect()])
                .filter(([, box]) => box.bottom > innerHeight + 1 || box.right > innerWidth + 1)
                .map(([one, box]) => `${one.tagName} ${one.className} ${box.right}x${box.bottom}`)"""
        )
        if not spilling:
            return []
        wall.wait_for_timeout(200)
    return spilling


def reveals(rows: str, spec: str) -> set[str]:
    if "before_after" in spec:
        return {"both"}
    if "share" in spec:
        return {"attitude"}
    return {"country"} if "country" in rows else {"own"} if '"own"' in rows else {"guesses"}


def the_report_names_what_was_shown(room: Room) -> None:
    session = room.lesson.consultant.session
    report = session.get(f"{room.server.address}/consultant/run/{room.lesson.run.id}/report", timeout=30)
    assert report.status_code == 200
    assert "Alkohol" in report.text
