"""The wall in a real browser: large enough for the back row, nothing cut off, silent about what is sensitive."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from wall_screens import screens

from clicker.cli.consultant_at_work import Buttons

if TYPE_CHECKING:
    from conftest import Lesson, Server

pytestmark = pytest.mark.browser

Make = Callable[..., BrowserContext]
SIZES = ((1024, 768), (1280, 720), (1920, 1080))
SCREENS = dict(screens())
SEATS = 12

SMALL = """() => [...document.querySelectorAll("section *:not(.unseen, .unseen *, figure > .chart)")]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent])"""
KEYS = """() => [...document.querySelectorAll(".key, .number, .code")]
  .map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent])"""
SPILLS = """() => [...document.querySelectorAll("section, section > *:not(.unseen), [data-fits]")]
  .filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).map(e => e.className)"""
BOXES = """selector => [...document.querySelectorAll(selector)]
  .map(e => [e.getBoundingClientRect(), e.textContent.trim() || e.tagName])
  .map(([b, name]) => [b.left, b.top, b.right, b.bottom, name]).filter(b => b[2] > b[0])"""
ROWS = ".corner, h1:not(.unseen), .lead, figure, .also, .small, .far, progress, li, .qr, .address, .code"
LABELS = "[class*=_label_marks] text, [class*=_count_marks] text, .role-axis-label text, .role-axis-title text"
AXIS = """() => [...document.querySelectorAll(".role-axis-label text, .guesses_bars_marks path")]
  .map(e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom].map(Math.round); })"""


def meetings(boxes: list[list[Any]]) -> list[tuple[Any, Any]]:
    """Which boxes lie over each other, by more than two pixels."""
    return [
        (one[4], two[4])
        for place, one in enumerate(boxes)
        for two in boxes[place + 1 :]
        if one[0] + 2 < two[2] and two[0] + 2 < one[2] and one[1] + 2 < two[3] and two[1] + 2 < one[3]
    ]


def decoded(picture: bytes, folder: Path) -> tuple[str, str]:
    """What two independent readers see in a screenshot."""
    shot = folder / "wall.png"
    shot.write_bytes(picture)
    seen = zxingcpp.read_barcode(Image.open(io.BytesIO(picture)))
    zbar = shutil.which("zbarimg")
    said = (
        subprocess.run([zbar, "-q", "--raw", str(shot)], check=True, capture_output=True, text=True) if zbar else None
    )
    text = seen.text if seen else ""
    return text, said.stdout.strip() if said else text


def opened(make: Make, lesson: Lesson, size: tuple[int, int] = SIZES[0]) -> Page:
    page = make(viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(lesson.wall)
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_way_in_can_be_scanned_and_read(
    lobby: Lesson, context: Make, tmp_path: Path, width: int, height: int
) -> None:
    wall = opened(context, lobby, (width, height))
    wall.wait_for_function("document.querySelector('.qr').complete")
    assert decoded(wall.screenshot(), tmp_path) == (lobby.join, lobby.join)
    qr = wall.locator(".qr").bounding_box()
    assert qr is not None
    # Two versions of the code are possible; the smaller is 25 dark modules of 33.
    assert qr["height"] * 25 / 33 >= 0.6 * height
    assert min(size for size, _ in wall.evaluate(KEYS)) >= height / 12
    assert wall.evaluate("parseFloat(getComputedStyle(document.querySelector('.code')).fontSize)") >= 0.149 * height
    assert min(wall.evaluate(SMALL))[0] >= height / 36
    assert not wall.evaluate(SPILLS)
    assert not meetings(wall.evaluate(BOXES, ROWS))


PUT = """async html => {
  document.getElementById("screen").innerHTML = html;
  window.dispatchEvent(new Event("resize"));
  await Promise.all([...document.querySelectorAll("figure[data-spec]")].map(f => window.clickerChart.draw(f)));
}"""


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_too_small_cut_off_or_covered(still: Page, name: str, width: int, height: int) -> None:
    still.set_viewport_size({"width": width, "height": height})
    still.evaluate(PUT, SCREENS[name])
    assert still.locator("figure:not([data-drawn])").count() == 0
    assert min(still.evaluate(SMALL))[0] >= height / 36
    assert all(size >= height / 12 for size, _ in still.evaluate(KEYS))
    assert not still.evaluate(SPILLS)
    rows, labels = still.evaluate(BOXES, ROWS), still.evaluate(BOXES, LABELS)
    assert not meetings(rows)
    assert not meetings(labels)
    outside = [box for box in rows + labels if min(box[:2]) < 0 or box[2] > width or box[3] > height]
    assert not outside


def test_every_picture_has_its_sentence_and_its_table(still: Page) -> None:
    still.evaluate(PUT, next(html for name, html in SCREENS.items() if name.startswith("alcohol-weekly own")))
    sentence = still.locator("figure").get_attribute("aria-label") or ""
    assert sentence.startswith("Mindst 21 af de 24, der svarede, drikker ikke alkohol hver uge.")
    assert still.locator("table.unseen tr").count() > 3


def test_a_wall_without_its_socket_asks_again_and_says_so(server: Server, context: Make) -> None:
    lesson = server.lesson()
    made = context(viewport={"width": 1024, "height": 768})
    made.route_web_socket(re.compile("socket.io"), lambda socket: socket.close())
    made.route("**/socket.io/**", lambda route: route.abort())
    wall = made.new_page()
    wall.goto(lesson.wall)
    line = wall.get_by_role("status")
    expect(line).to_contain_text("dårlig forbindelse")
    lesson.press("start")
    expect(wall.locator("h1")).to_have_text("Velkommen")
    made.route("**/wall/state*", lambda route: route.abort())
    expect(line).to_contain_text("mistet forbindelsen", timeout=10_000)
    made.unroute("**/wall/state*")
    expect(line).not_to_contain_text("mistet", timeout=10_000, use_inner_text=True)


@contextmanager
def a_class(lesson: Lesson) -> Iterator[None]:
    """Simulated phones that answer whatever is open."""
    command = [sys.executable, "-m", "clicker.cli.pupils", lesson.consultant.address, lesson.run.code]
    pupils = subprocess.Popen([*command, "--seats", str(SEATS), "--fast"], stdout=subprocess.PIPE, text=True)
    try:
        assert pupils.stdout is not None
        pupils.stdout.readline()
        yield
    finally:
        pupils.terminate()
        pupils.communicate(timeout=10)


def presses(lesson: Lesson, wall: Page) -> Iterator[str]:
    """Hold the lesson to its end; the move of each press, when the wall has followed."""
    for turn in range(1, 80):
        buttons = Buttons.read(lesson.page())
        name = buttons.wanted()
        if name == "close":
            wait_for_all(lesson)
        if name in (None, "finish"):
            return
        lesson.press(name, **({"proposal": buttons.proposals} if name == "choose" else {}))
        wall.wait_for_function("turn => Number(document.body.dataset.turn) >= turn", arg=turn)
        yield name


def wait_for_all(lesson: Lesson) -> None:
    end = time.monotonic() + 30
    while '<progress max="100" value="100"' not in lesson.page() and time.monotonic() < end:
        time.sleep(0.1)


def test_a_whole_lesson_on_the_wall(server: Server, context: Make) -> None:
    lesson = server.lesson(present=SEATS)
    wall = context(viewport={"width": 1024, "height": 768}).new_page()
    asked: list[str] = []
    frames: list[str] = []
    wall.on("request", lambda request: asked.append(request.url))
    wall.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    wall.goto(lesson.wall)
    axis: dict[str, Any] = {}
    sensitive: list[str] = []
    with a_class(lesson):
        for move in presses(lesson, wall):
            assert wall.locator("#told").text_content() == wall.locator("h1").text_content()
            if move == "open":
                frames.clear()
            if move == "close" and "Nu svarer vi hver for sig" in (wall.locator("h1").text_content() or ""):
                sensitive = [frame for frame in frames if '"count"' in frame and "har svaret" in frame]
            if wall.locator("figure").count():
                wall.wait_for_selector("figure[data-drawn]")
                spec = wall.locator("figure").get_attribute("data-spec") or ""
                topic = wall.locator(".topic").text_content() or ""
                if "histogram" in spec:
                    assert axis.setdefault(topic, wall.evaluate(AXIS)) == wall.evaluate(AXIS), topic
    assert len(axis) >= 4
    assert sensitive
    numbers = {number for frame in sensitive for number in re.findall(r'value=\\"(\d+)|(\d+) af', frame)}
    assert numbers <= {("15", ""), ("50", ""), ("85", ""), ("100", "")}
    assert all(url.startswith((server.address, "data:", "blob:")) for url in asked)
