"""A stand in a canteen: the consultant opens it in a browser, people walk by with phones, and it is closed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

if TYPE_CHECKING:
    from conftest import Server

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 480}


@pytest.fixture
def consultant(server: Server, context: Callable[..., BrowserContext]) -> Page:
    made = context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    made.add_cookies(server.cookies())  # type: ignore[arg-type]
    return made.new_page()


@pytest.fixture
def walk_by(server: Server, context: Callable[..., BrowserContext]) -> Callable[[str], Page]:
    """Somebody whose phone is small and runs no scripts types the code."""

    def opened(code: str) -> Page:
        page = context(viewport=PHONE, java_script_enabled=False).new_page()
        page.goto(server.address)
        page.get_by_role("textbox").fill(code)
        page.get_by_role("button").first.click()
        return page

    return opened


def fits(page: Page) -> bool:
    """Nothing stands outside the sides of the phone."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


LOWEST_BUTTON = """
  Math.max(...[...document.querySelectorAll('.answers button')].map(button => button.getBoundingClientRect().bottom))
"""


def buttons_end(page: Page) -> float:
    """How far down the last answer reaches, in pixels."""
    return float(page.evaluate(LOWEST_BUTTON))


def go_through(page: Page, guess: str, own: str) -> None:
    """Start, guess about the country, guess about those here, answer."""
    page.get_by_role("button", name="Start").click()
    assert fits(page)
    assert buttons_end(page) <= PHONE["height"]
    page.get_by_role("button", name=guess, exact=True).click()
    assert fits(page)
    page.get_by_role("button", name="Videre", exact=True).click()
    page.get_by_role("button", name="50", exact=True).click()
    assert buttons_end(page) <= PHONE["height"]
    page.get_by_role("button", name=own, exact=True).click()


def test_a_stand_from_its_opening_to_its_end(server: Server, consultant: Page, walk_by: Callable[[str], Page]) -> None:
    consultant.goto(f"{server.address}/consultant/stations")
    consultant.get_by_label("Hvor står den?").fill("Kantinen")
    consultant.get_by_label("9. klasse i hele landet. Hvor mange ud af 100 drikker alkohol hver uge?").check()
    consultant.get_by_label("lakrids").check()
    consultant.get_by_role("button", name="Åbn boden").click()
    code = consultant.locator(".code").inner_text()

    for number in range(10):
        phone = walk_by(code)
        go_through(phone, "60", "Ja" if number < 4 else "Nej")
        if number < 9:
            expect(phone.get_by_text("Her er intet at vise endnu.")).to_be_visible()
            phone.context.close()
    expect(phone.get_by_text("10 har svaret indtil nu.")).to_be_visible()
    expect(phone.get_by_text("40 af 100")).to_be_visible()
    assert fits(phone)

    phone.get_by_role("button", name="Videre", exact=True).click()
    expect(phone.get_by_text("Du har været igennem det hele")).to_be_visible()
    assert fits(phone)
    phone.get_by_role("button", name="Næste person ved skærmen").click()
    expect(phone.get_by_role("button", name="Start")).to_be_visible()

    consultant.reload()
    expect(consultant.get_by_text("10 har gættet indtil nu. Gennemsnittet er 60 af 100.")).to_be_visible()
    consultant.get_by_role("button", name="Luk boden").click()
    expect(consultant.get_by_text("Den er lukket.")).to_be_visible()
    late = walk_by(code)
    expect(late.get_by_text("Boden er lukket.")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(794, 1123), (1280, 720), (1024, 768)])
def test_the_sign_fits_on_one_page_and_on_one_screen(server: Server, consultant: Page, width: int, height: int) -> None:
    consultant.goto(f"{server.address}/consultant/stations")
    consultant.get_by_label("lakrids").check()
    consultant.get_by_role("button", name="Åbn boden").click()
    consultant.set_viewport_size({"width": width, "height": height})
    consultant.goto(consultant.url + "/sign")
    qr = consultant.locator(".qr").bounding_box()
    assert qr is not None
    assert qr["height"] >= 0.5 * min(width, height)
    code = consultant.locator(".code").bounding_box()
    assert code is not None
    assert code["y"] + code["height"] <= height
    assert fits(consultant)
