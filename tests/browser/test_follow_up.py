"""A class, and the same class seven weeks later: opened from the first page, held, and set side by side."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from clicker.cli.consultant_at_work import HeldRun

if TYPE_CHECKING:
    from conftest import Server

pytestmark = pytest.mark.browser

FIRST, LATER = "2026-03-02", "2026-04-20"
SIZES = ((1280, 800), (390, 844))
DRAWN = "() => [...document.querySelectorAll('figure[data-spec]')].every(one => 'drawn' in one.dataset)"
# Letters that leave their picture, or are too small to be read.
BAD_LETTERS = """() => [...document.querySelectorAll('figure text')].filter(one => {
    const box = one.getBoundingClientRect(), frame = one.closest('figure').getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.height < 10;
  }).map(one => one.textContent)"""

# Pictures that lie over the one beside them.
OVER_EACH_OTHER = """() => [...document.querySelectorAll('.pair')].filter(pair => {
    const [one, other] = [...pair.querySelectorAll('svg')].map(svg => svg.getBoundingClientRect());
    return one.right > other.left && one.bottom > other.top;
  }).map(pair => pair.textContent)"""


def held(server: Server, run: HeldRun, seats: int, *more: str) -> None:
    """The lesson from the lobby to its end, with so many phones."""
    command = [sys.executable, "-m", "clicker.cli.pupils", server.address, run.code, "--seats", str(seats), "--fast"]
    with subprocess.Popen([*command, *more], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert "joined" in process.stdout.readline()
            assert not server.consultant.hold(run, stored=lambda: 0).problems
        finally:
            process.kill()


def opened_from_the_first_page(server: Server, page: Page) -> HeldRun:
    """What the consultant presses until the code for the phones is there."""
    page.goto(f"{server.address}/consultant")
    page.get_by_role("link", name="Følg op").click()
    expect(page.get_by_role("heading", name="Opfølgning")).to_be_visible()
    expect(page.locator("#twin")).to_contain_text("Det spørger vi ikke om denne gang: E-cigaret")
    expect(page.locator("#school")).to_have_value("Prøveskolen")
    expect(page.locator("#group")).to_have_value("7.B")
    assert page.locator("[name=topic][value=ecig-ever]").count() == 0
    page.locator("#present").fill("22")
    page.get_by_role("button", name="Gør klar").click()
    page.wait_for_url("**/consultant/run/*")
    return server.consultant.take_up(page.url.rsplit("/", 1)[1], "klasse-7")


def test_a_class_is_followed_up_after_seven_weeks(
    tmp_path: Path, serve: Callable[[Path, str], AbstractContextManager[Server]], context: Callable[..., BrowserContext]
) -> None:
    with serve(tmp_path, FIRST) as server:
        first = server.consultant.create_run("klasse-7", school="Prøveskolen", group="7.B", present=25)
        held(server, first, 25)
        desk = page_of(server, context, SIZES[0])
        desk.goto(f"{server.address}/consultant")
        expect(desk.locator("main")).to_contain_text("Kan følges op fra den 13. april 2026")
    with serve(tmp_path, LATER) as server:
        desk = page_of(server, context, SIZES[0])
        held(server, opened_from_the_first_page(server, desk), 22)
        desk.goto(f"{server.address}/consultant")
        desk.get_by_role("link", name="Før og efter").click()
        both_times_stand_beside_each_other(desk)
        for size in SIZES:
            page = page_of(server, context, size)
            page.goto(desk.url)
            nothing_is_cut_off(page, size)
            page.screenshot(path=tmp_path / f"before-after-{size[0]}.png", full_page=True)
        desk.pdf(path=tmp_path / "before-after.pdf", format="A4")
        desk.emulate_media(media="print")
        desk.set_viewport_size({"width": 700, "height": 990})
        assert desk.evaluate(OVER_EACH_OTHER) == []
        expect(desk.get_by_role("link", name="Hent som tabel (CSV)")).to_be_hidden()


def page_of(server: Server, context: Callable[..., BrowserContext], size: tuple[int, int]) -> Page:
    made = context(viewport={"width": size[0], "height": size[1]}, locale="da-DK")
    made.add_cookies(server.cookies())  # type: ignore[arg-type]
    return made.new_page()


def both_times_stand_beside_each_other(page: Page) -> None:
    expect(page.get_by_role("heading", name="Før og efter")).to_be_visible()
    page.wait_for_function(DRAWN)
    expect(page.locator("main")).to_contain_text("Første gang: 2. marts 2026 · Opfølgning: 20. april 2026")
    expect(page.locator("#beware ~ ul")).to_contain_text("Det er to billeder, ikke en udvikling.")
    expect(page.locator("#alcohol-weekly")).to_contain_text("drikker ikke alkohol hver uge")
    expect(page.get_by_role("columnheader", name="Forskel", exact=True).first).to_be_visible()
    expect(page.locator("main")).to_contain_text("E\u2011cigaret (vape). Første gang: vises. Opfølgning: ikke spurgt.")
    assert page.locator("#ecig-ever").count() == 0


def nothing_is_cut_off(page: Page, size: tuple[int, int]) -> None:
    page.wait_for_function(DRAWN)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate(BAD_LETTERS) == []
