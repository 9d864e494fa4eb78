"""From lessons that were held to posters that lie on the disk, in a real browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

if TYPE_CHECKING:
    from conftest import Lesson, Server

pytestmark = pytest.mark.browser

CLASSES = 3


@pytest.fixture(scope="module")
def year(server: Server) -> list[Lesson]:
    """Three 7th grades that hold the whole lesson, each with 25 simulated pupils."""
    return [held(server) for _klass in range(CLASSES)]


def held(server: Server) -> Lesson:
    lesson = server.lesson()
    command = [sys.executable, "-m", "clicker.cli.pupils", lesson.consultant.address, lesson.run.code]
    with subprocess.Popen([*command, "--seats", "25", "--fast"], stdout=subprocess.PIPE, text=True) as pupils:
        assert pupils.stdout is not None
        try:
            assert "joined" in pupils.stdout.readline()
            assert lesson.consultant.hold(lesson.run, stored=lambda: 0).problems == []
        finally:
            pupils.kill()
    return lesson


@pytest.fixture
def open_page(server: Server, context: Callable[..., BrowserContext]) -> Callable[[str, int], Page]:
    def opened(path: str, width: int = 1280) -> Page:
        made = context(viewport={"width": width, "height": 800}, java_script_enabled=False)
        made.add_cookies(server.cookies())  # type: ignore[arg-type]
        page = made.new_page()
        page.goto(f"{server.address}{path}")
        return page

    return opened


def download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def see(page: Page) -> None:
    """Wait until the preview is there, so many pixels wide."""
    expect(page.locator("figure img")).to_have_js_property("naturalWidth", 640)


def test_a_class_gets_its_poster(year: list[Lesson], open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page(f"/consultant/run/{year[0].run.id}/report")
    page.get_by_role("link", name="Plakater").click()
    expect(page.locator("figcaption")).to_contain_text("der svarede, ville sige fra")
    options = page.get_by_label("Emne").locator("option").all_inner_texts()
    assert "Alkohol" not in options
    page.get_by_label("Udseende").select_option("figures")
    page.get_by_label("Format").select_option("phone")
    page.get_by_role("button", name="Vis").click()
    see(page)
    with Image.open(download(page, "PNG", tmp_path)) as picture:
        assert picture.size == (1080, 1920)
    page.get_by_label("Format").select_option("a3")
    page.get_by_role("button", name="Vis").click()
    assert download(page, "PDF", tmp_path).read_bytes().startswith(b"%PDF")


def test_three_classes_get_one_about_alcohol(
    year: list[Lesson], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("/consultant/posters")
    for box in page.locator("input[name=run]").all():
        if box.get_attribute("value") in [one.run.id for one in year]:
            box.check()
    page.get_by_role("button", name="Hvilke emner kan bruges?").click()
    page.get_by_role("button", name="Lav plakater: Alkohol").click()
    expect(page.locator("figcaption")).to_contain_text("der svarede i 3 klasser, drikker ikke alkohol hver uge.")
    see(page)
    assert download(page, "PDF", tmp_path).stat().st_size > 5000


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen(year: list[Lesson], open_page: Callable[..., Page], width: int) -> None:
    chosen = "&".join(f"run={one.run.id}" for one in year)
    for path in (f"/consultant/run/{year[0].run.id}/posters", f"/consultant/posters?{chosen}"):
        page = open_page(path, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
