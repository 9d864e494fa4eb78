"""The published numbers in a real browser: drawn under the strict policy, and nothing wider than a small phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

DRAWN = "() => [...document.querySelectorAll('figure[data-spec]')].every(one => 'drawn' in one.dataset)"
VALUES = """() => [...document.querySelectorAll('figure')].map(figure =>
  [...figure.querySelectorAll('[class*=_label_marks] text')].map(e => {
    const b = e.getBoundingClientRect(), f = figure.parentNode.getBoundingClientRect();
    return [b.left, b.top, b.right, b.bottom, b.left >= f.left && b.right <= f.right, e.textContent];
  }))"""
SIZES = [(320, 568), (390, 844), (1024, 768), (1280, 800)]


@pytest.fixture
def browse(server: Any, context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open a page of the numbers as the consultant."""

    def opened(path: str, size: tuple[int, int] = (1024, 768), **options: Any) -> Page:
        made = context(viewport={"width": size[0], "height": size[1]}, **options)
        made.add_cookies(server.cookies())  # type: ignore[arg-type]
        page = made.new_page()
        page.goto(f"{server.address}/consultant/figures{path}")
        return page

    return opened


def meet(one: list[Any], two: list[Any]) -> bool:
    """Letters are a little smaller than their box."""
    return one[0] + 1 < two[2] and two[0] + 1 < one[2] and one[1] + 4 < two[3] and two[1] + 4 < one[3]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("path", ["", "/cannabis_ever", "/drunk_twice_or_more", "/alcohol_weekly"])
def test_nothing_is_wider_than_the_screen_and_every_value_can_be_read(
    browse: Callable[..., Page], path: str, size: tuple[int, int]
) -> None:
    page = browse(path, size)
    page.wait_for_function(DRAWN)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for values in page.evaluate(VALUES):
        assert values
        assert all(value[4] for value in values)
        assert [(a[5], b[5]) for i, a in enumerate(values) for b in values[i + 1 :] if meet(a, b)] == []


def test_a_picture_is_one_image_with_its_numbers_in_a_sentence(browse: Callable[..., Page]) -> None:
    page = browse("/cannabis_ever")
    page.wait_for_function(DRAWN)
    assert "ESPAD, drenge og piger: 18" in page.locator("figure").first.get_attribute("aria-label")


def test_without_scripts_the_table_stands_alone(browse: Callable[..., Page]) -> None:
    page = browse("/cannabis_ever", (320, 568), java_script_enabled=False)
    assert page.get_by_role("table").is_visible()
    assert not page.locator("#pictures").is_visible()
    assert page.get_by_role("row").count() > 10


def test_the_grade_is_chosen_by_keyboard(browse: Callable[..., Page]) -> None:
    page = browse("/alcohol_weekly")
    page.locator("#grade").focus()
    page.keyboard.press("7")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**grade=7")
    assert page.locator("#grade").input_value() == "7"
