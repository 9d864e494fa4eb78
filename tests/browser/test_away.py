"""Phones that were away for half a minute, asleep or without Wi-Fi, and how soon they are right again."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cable import Cable
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clicker.words import catalogue

pytestmark = [pytest.mark.browser, pytest.mark.chaos]

Contexts = Callable[..., BrowserContext]
danish = catalogue("da").gettext
SAVED = danish("Saved. You can change it.")
CLOSED = danish("Answers are closed. That is fine.")

AWAY = 30  # seconds
AWAKE = 1.0  # seconds until a phone that slept is right again
BACK = 3.0  # seconds until one without Wi-Fi is
MISSED_TWO = 9.0  # seconds for two acknowledgements to be missed and a third to come
BUSY = 3  # times as long may it take on a machine that does other things meanwhile
QUESTION = "document.querySelector('form.prompt:not([hidden])')?.dataset.prompt"
SMALL = {"width": 320, "height": 480}
FIRST, SECOND = "left-handed.others.1", "left-handed.own.1"


class Phone:
    """A page, and what a pupil does with it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tap(self, number: int) -> None:
        self.page.locator("form.prompt:visible button.answer").nth(number).click()

    def shows(self, prompt: str) -> bool:
        return bool(self.page.evaluate(QUESTION) == prompt)

    def stored(self, lesson: Any) -> dict[str, str]:
        """What the server has of this phone, asked for on another way than the phone's own."""
        answers: dict[str, str] = self.page.request.get(f"{lesson.join}/mine").json()["answers"]
        return answers


def opened(context: BrowserContext, address: str) -> Phone:
    page = context.new_page()
    page.goto(address)
    expect(page.locator("form.prompt:visible")).to_be_visible()
    return Phone(page)


@pytest.fixture
def phone(context: Contexts) -> Callable[[str], Phone]:
    """Take a new phone and open the lesson at that address on it."""
    return lambda address: opened(context(viewport=SMALL), address)


class Pocket:
    """Phones in a browser of their own, which are put to sleep together as phones do it: between two instructions, with
    their connections standing."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._tools = browser.new_browser_cdp_session()
        self._asleep: list[int] = []

    def phone(self, address: str) -> Phone:
        return opened(self._browser.new_context(viewport=SMALL), address)

    def sleep(self) -> None:
        told = self._tools.send("SystemInfo.getProcessInfo")["processInfo"]
        self._asleep = [one["id"] for one in told if one["type"] == "renderer"]
        for process in self._asleep:
            os.kill(process, signal.SIGSTOP)

    def wake(self) -> None:
        for process in self._asleep:
            os.kill(process, signal.SIGCONT)
        self._asleep = []


@pytest.fixture
def pocket(chromium: Browser) -> Iterator[Pocket]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    browser = chromium.browser_type.launch(executable_path=found, args=["--no-sandbox"])
    made = Pocket(browser)
    yield made
    made.wake()
    browser.close()


@pytest.fixture
def cables(server: Any) -> Iterator[Callable[[], Cable]]:
    made: list[Cable] = []

    def lay() -> Cable:
        made.append(Cable(server.links["port"]))
        return made[-1]

    yield lay
    for one in made:
        one.close()


def warm_up(server: Any) -> Any:
    """A lesson whose first, neutral question is open."""
    lesson = server.lesson()
    lesson.until(lambda page: "Vi øver os</h" in page and 'data-move="close"' in page)
    return lesson


def seconds_until(right: Callable[[], bool], what: str, limit: float) -> float:
    """How long it takes from now; it fails beyond the limit on a busy machine."""
    started = time.monotonic()
    while not right():
        assert time.monotonic() - started < BUSY * limit, f"waited in vain: {what}"
        time.sleep(0.01)
    took = time.monotonic() - started
    print(f"{what}: {took:.2f} s (wanted: {limit:.0f} s)")
    return took


def assert_counted(lesson: Any, people: int) -> None:
    """The consultant's page says that so many are in and have answered."""
    found = re.search(r"<b>(\d+)</b>[^<]*<span class=\"exact\">\D*(\d+)", lesson.page())
    assert found is not None
    assert tuple(map(int, found.groups())) == (people, people)


def test_phones_that_were_away_for_half_a_minute_are_right_again_at_once(
    server: Any, phone: Any, pocket: Pocket, cables: Any
) -> None:
    moving, still = warm_up(server), warm_up(server)
    kitchen, cellar, hall = cables(), cables(), cables()
    asleep = pocket.phone(moving.join)
    asleep_without = pocket.phone(f"{cellar.address}/{moving.run.code}")
    without_wifi = phone(f"{kitchen.address}/{moving.run.code}")
    voter = phone(f"{hall.address}/{still.run.code}")

    pocket.sleep()
    for cable in (kitchen, cellar, hall):
        cable.pull()
    without_wifi.tap(3)
    voter.tap(4)
    time.sleep(AWAY / 2)
    moving.press("close", "next")
    time.sleep(AWAY / 2)

    kitchen.plug(silently=True)
    seconds_until(lambda: without_wifi.shows(SECOND), "without Wi-Fi", BACK)
    hall.plug(silently=True)
    seconds_until(lambda: saved(voter), "an answer given without Wi-Fi", BACK)
    cellar.plug(silently=True)
    pocket.wake()
    seconds_until(lambda: asleep.shows(SECOND), "asleep", AWAKE)
    seconds_until(lambda: asleep_without.shows(SECOND), "asleep and without Wi-Fi, after that", BACK)

    expect(without_wifi.page.locator("#line")).to_have_text(CLOSED)
    assert without_wifi.stored(moving) == {}
    assert voter.stored(still) == {FIRST: "004"}
    assert_counted(still, 1)
    for one in (asleep, without_wifi, asleep_without):
        one.tap(0)
        expect(one.page.locator("[data-done]")).to_be_visible()
        assert one.stored(moving) == {SECOND: "001"}
    assert_counted(moving, 3)
    moving.press("close", "next")
    still.press("close", "next")


def saved(phone: Phone) -> bool:
    """Whether the phone says so, or went on after it."""
    return phone.page.evaluate("document.querySelector('[data-done]')?.hidden === false") or (
        phone.page.locator("form.prompt:visible .saved").inner_text() == SAVED
    )


def test_two_missed_acknowledgements_bring_a_fresh_connection(server: Any, phone: Any, cables: Any) -> None:
    lesson, cable = warm_up(server), cables()
    one = phone(f"{cable.address}/{lesson.run.code}")
    one.page.wait_for_timeout(500)
    cable.lose()
    one.tap(5)
    seconds_until(lambda: saved(one), "over a connection that had died", MISSED_TWO)
    assert one.stored(lesson) == {FIRST: "005"}
    assert_counted(lesson, 1)
