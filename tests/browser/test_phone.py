"""The phone in a real browser: small screens, lost networks, second tabs, and no scripts at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from cable import Cable
from playwright.sync_api import BrowserContext, Page, Route, expect

from clicker.words import catalogue

pytestmark = pytest.mark.browser

Contexts = Callable[..., BrowserContext]
danish = catalogue("da").gettext
SMALL = {"width": 320, "height": 480}
SAVED = danish("Saved. You can change it.")
CLOSED = danish("Answers are closed. That is fine.")
UNSENT = danish("Not sent yet. Trying again.")
ELSEWHERE = danish("The lesson is open on another page")
WAITING = danish("Wait a moment")


class Pupil:
    """A page on a phone, and what a pupil does with it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def question(self) -> Any:
        return self.page.locator("form.prompt:visible h1")

    @property
    def answers(self) -> Any:
        return self.page.locator("form.prompt:visible button.answer")

    @property
    def saved(self) -> Any:
        return self.page.locator("form.prompt:visible .saved")

    @property
    def chosen(self) -> Any:
        return self.page.locator('form.prompt:visible button.answer[aria-pressed="true"]')

    def tap(self, number: int) -> None:
        """Tap an answer; the next question comes by itself, or the thanks."""
        before = self.page.locator("h1:visible").first.inner_text()
        self.answers.nth(number).click()
        expect(self.page.locator("h1:visible").first).not_to_have_text(before)

    def hurry(self, number: int) -> None:
        """Tap an answer and do not wait for the next question."""
        self.answers.nth(number).click()
        self.step(1)

    def step(self, way: int) -> None:
        """Tilbage (-1) or Næste (1)."""
        self.page.locator(f'[data-step="{way}"]:visible').click()

    def says(self, text: str) -> None:
        expect(self.page.locator("h1:visible").first).to_contain_text(text)


@pytest.fixture
def pupil(context: Contexts) -> Callable[..., Pupil]:
    def come_in(address: str, within: BrowserContext | None = None, **options: Any) -> Pupil:
        where = within or context(**({"viewport": SMALL} | options))
        page = where.new_page()
        page.goto(address)
        return Pupil(page)

    return come_in


@pytest.fixture
def cable(server: Any) -> Iterator[Cable]:
    one = Cable(server.links["port"])
    yield one
    one.close()


def to_open(lesson: Any, heading: str) -> Any:
    """Press on until this step takes answers."""
    lesson.until(lambda page: f"{heading}</h" in page and 'data-move="close"' in page)
    return lesson


def warm_up(server: Any, present: int = 25) -> Any:
    """A lesson whose first, neutral question is open."""
    return to_open(server.lesson(present=present), "Vi øver os")


def block(server: Any, present: int = 25) -> Any:
    """A lesson whose block of 14 questions is open."""
    return to_open(server.lesson(present=present), "Nu svarer vi hver for sig")


def without_socket(context: Contexts) -> BrowserContext:
    """A phone behind something that lets no socket through, neither as such nor as polling."""
    phones = context(viewport=SMALL)
    phones.route("**/socket.io/**", lambda route: route.abort())
    phones.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    return phones


def mine(pupil: Pupil, code: str) -> dict[str, Any]:
    """What the server has of this phone."""
    url = "/".join([*pupil.page.url.split("/")[:3], code, "mine"])
    answer: dict[str, Any] = pupil.page.request.get(url).json()
    return answer


@pytest.mark.parametrize("viewport", [SMALL, {"width": 360, "height": 560}, {"width": 568, "height": 320}])
def test_all_answers_of_every_question_are_on_the_screen(server: Any, pupil: Any, viewport: dict[str, int]) -> None:
    lesson = block(server, present=30)
    one = pupil(lesson.join, viewport=viewport)
    expect(one.question).to_be_visible()
    for _question in range(14):
        boxes = [box.bounding_box() for box in one.answers.all()]
        assert min(box["y"] for box in boxes) >= one.page.locator("form.prompt:visible .top").bounding_box()["y"]
        assert max(box["y"] + box["height"] for box in boxes) <= viewport["height"]
        assert min(box["height"] for box in boxes) >= 44
        assert min(box["width"] for box in boxes) >= 44
        # Only the quiet link in the foot may lie below.
        foot = one.page.locator("footer.help").bounding_box()["height"]
        assert one.page.evaluate("document.documentElement.scrollHeight") - foot <= viewport["height"]
        one.hurry(0)


def test_the_way_not_to_answer_looks_like_an_answer(server: Any, pupil: Any) -> None:
    one = pupil(block(server).join)
    expect(one.question).to_be_visible()
    look = """button => { const s = getComputedStyle(button), r = button.getBoundingClientRect();
        return [s.border, s.backgroundColor, s.color, s.borderRadius, Math.round(r.width), Math.round(r.height)] }"""
    for _question in range(3):
        one.page.mouse.move(0, 0)
        looks = {str(button.evaluate(look)) for button in one.answers.all()}
        assert len(looks) == 1
        one.hurry(0)


def test_nothing_is_chosen_beforehand(server: Any, pupil: Any) -> None:
    one = pupil(block(server).join)
    expect(one.question).to_be_visible()
    assert one.page.locator('[aria-pressed="true"]').count() == 0


def test_the_first_question_costs_less_than_60_kilobytes(server: Any, context: Contexts) -> None:
    lesson = block(server, present=30)
    page = context(viewport=SMALL).new_page()
    sizes: list[float] = []
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(lesson.join)
    expect(page.locator("form.prompt:visible")).to_be_visible()
    page.wait_for_timeout(500)
    assert 10_000 < sum(sizes) < 60_000


def test_large_text_never_scrolls_sideways(server: Any, pupil: Any) -> None:
    one = pupil(block(server, present=30).join)
    expect(one.question).to_be_visible()
    one.page.evaluate("document.documentElement.style.fontSize = '32px'")
    for _question in range(3):
        assert one.page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
        one.hurry(0)


def test_saved_is_said_only_when_the_server_has_said_so(server: Any, context: Contexts, pupil: Any) -> None:
    held: list[Route] = []
    phones = without_socket(context)
    phones.route("**/vote", lambda route: held.append(route))
    one = pupil(warm_up(server).join, within=phones)
    one.answers.nth(3).click()
    one.page.wait_for_timeout(700)
    expect(one.chosen).to_have_text("3")
    expect(one.saved).not_to_have_text(SAVED)
    held[0].continue_()
    expect(one.saved).to_have_text(SAVED)
    expect(one.saved).to_have_attribute("role", "status")


def test_the_chosen_answer_looks_like_the_others_after_three_seconds(server: Any, pupil: Any) -> None:
    one = pupil(block(server).join)
    one.tap(7)
    one.step(-1)
    expect(one.chosen).to_have_text("7")
    one.page.mouse.move(0, 0)
    look = "button => { const s = getComputedStyle(button); return s.backgroundColor + s.color }"
    other = one.answers.nth(8).evaluate(look)
    assert one.chosen.evaluate(look) != other
    one.page.wait_for_timeout(3200)
    assert one.chosen.evaluate(look) == other


def test_a_pupil_goes_back_changes_an_answer_and_goes_on(server: Any, pupil: Any) -> None:
    lesson = block(server)
    one = pupil(lesson.join)
    one.tap(7)
    one.tap(0)
    one.step(-1)
    one.step(-1)
    expect(one.saved).to_have_text(SAVED)
    one.tap(9)
    assert mine(one, lesson.run.code)["answers"]["speak-up.others.1"] == "009"
    one.step(1)
    expect(one.page.locator("form.prompt:visible .top")).to_contain_text("3 af 14")


def test_after_the_last_question_the_phone_thanks_and_leads_back(server: Any, pupil: Any) -> None:
    one = pupil(block(server).join)
    expect(one.question).to_be_visible()
    for _question in range(13):
        one.hurry(1)
    one.tap(1)
    one.says("Tak")
    one.step(-1)
    expect(one.page.locator("form.prompt:visible .top")).to_contain_text("14 af 14")


def test_a_reload_keeps_place_and_answers(server: Any, pupil: Any) -> None:
    one = pupil(block(server).join)
    for number in (4, 1, 2):
        one.tap(number)
    one.step(-1)
    one.step(-1)
    one.page.reload()
    expect(one.page.locator("form.prompt:visible .top")).to_contain_text("2 af 14")
    expect(one.saved).to_have_text(SAVED)
    expect(one.chosen).to_have_count(1)


def test_a_phone_without_a_socket_follows_and_votes(server: Any, context: Contexts, pupil: Any) -> None:
    phones = without_socket(context)
    lesson = warm_up(server)
    one = pupil(lesson.join, within=phones)
    one.tap(5)
    assert mine(one, lesson.run.code)["answers"] == {"left-handed.others.1": "005"}
    lesson.press("close")
    one.says("Se op på tavlen")


def test_a_vote_on_a_dead_network_is_kept_and_sent_later(server: Any, pupil: Any, cable: Cable) -> None:
    lesson = warm_up(server)
    one = pupil(f"{cable.address}/{lesson.run.code}")
    expect(one.question).to_be_visible()
    cable.pull()
    one.answers.nth(6).click()
    expect(one.saved).to_have_text(UNSENT, timeout=10_000)
    expect(one.page.locator("#line")).to_be_visible(timeout=20_000)
    cable.plug()
    one.says("Tak")
    assert mine(one, lesson.run.code)["answers"] == {"left-handed.others.1": "006"}
    expect(one.page.locator("#line")).to_be_hidden()


def test_an_unsent_vote_survives_a_reload(server: Any, context: Contexts, pupil: Any) -> None:
    phones = without_socket(context)
    phones.route("**/vote", lambda route: route.abort())
    lesson = warm_up(server)
    one = pupil(lesson.join, within=phones)
    one.answers.nth(4).click()
    expect(one.saved).not_to_have_text("")
    phones.unroute("**/vote")
    one.page.reload()
    one.says("Tak")
    for _moment in range(50):
        if mine(one, lesson.run.code)["answers"]:
            break
        one.page.wait_for_timeout(200)
    assert mine(one, lesson.run.code)["answers"] == {"left-handed.others.1": "004"}


def test_a_vote_that_comes_too_late_is_told_so(server: Any, context: Contexts, pupil: Any) -> None:
    phones = without_socket(context)
    phones.route("**/vote", lambda route: route.abort())
    lesson = warm_up(server)
    one = pupil(lesson.join, within=phones)
    one.answers.nth(4).click()
    lesson.press("close")
    one.says("Se op på tavlen")
    phones.unroute("**/vote")
    expect(one.page.locator("#line")).to_have_text(CLOSED)


def test_of_two_tabs_the_newest_wins_and_the_older_can_take_over(server: Any, context: Contexts, pupil: Any) -> None:
    lesson = block(server)
    phones = context(viewport=SMALL)
    first = pupil(lesson.join, within=phones)
    first.tap(3)
    second = pupil(lesson.join, within=phones)
    first.says(ELSEWHERE)
    expect(second.question).to_be_visible()
    first.page.wait_for_timeout(2500)
    expect(second.question).to_be_visible()
    first.page.locator("[data-here]").click()
    expect(first.question).to_be_visible()
    second.says(ELSEWHERE)
    first.tap(0)
    assert len(mine(first, lesson.run.code)["answers"]) == 2


def test_news_that_change_nothing_leave_the_question_alone(server: Any, pupil: Any) -> None:
    lesson = block(server)
    one = pupil(lesson.join)
    one.tap(3)
    one.page.wait_for_timeout(300)
    one.page.evaluate("document.querySelector('form.prompt:not([hidden])').kept = true")
    lesson.post("dark", dark="yes")
    one.page.wait_for_timeout(500)
    assert one.page.evaluate("document.querySelector('form.prompt:not([hidden])').kept")


def test_a_phone_that_lost_its_cookie_comes_back_to_its_seat(server: Any, pupil: Any) -> None:
    lesson = block(server)
    one = pupil(lesson.join)
    one.tap(3)
    one.page.context.clear_cookies()
    one.page.reload()
    expect(one.page.locator("form.prompt:visible .top")).to_contain_text("2 af 14")
    assert mine(one, lesson.run.code)["answers"] == {"speak-up.others.1": "003"}


def test_a_late_phone_waits_until_it_is_let_in(server: Any, pupil: Any) -> None:
    lesson = server.lesson(present=2)
    for _seat in range(2):
        requests.post(f"{lesson.join}/join", timeout=10)
    to_open(lesson, "Vi øver os")
    late = pupil(lesson.join)
    late.says(WAITING)
    late.page.wait_for_timeout(1500)
    assert late.page.evaluate("performance.now()") > 1500, "the page reloads itself for ever"
    lesson.press("admit")
    expect(late.question).to_be_visible()


def test_the_end_leaves_nothing_on_the_phone(server: Any, pupil: Any) -> None:
    lesson = warm_up(server)
    one = pupil(lesson.join)
    one.tap(3)
    lesson.press("close")
    lesson.until(lambda page: 'data-move="finish"' in page and 'data-move="next"' not in page)
    lesson.press("finish")
    one.says("Tak")
    one.page.wait_for_timeout(500)
    assert one.page.evaluate("sessionStorage.length") == 0
    assert one.page.context.cookies() == []


def test_the_keyboard_alone_is_enough(server: Any, pupil: Any) -> None:
    lesson = block(server)
    one = pupil(lesson.join)
    expect(one.question).to_be_visible()
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("form.prompt:visible .top")).to_contain_text("2 af 14")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Space")
    expect(one.page.locator("form.prompt:visible .top")).to_contain_text("3 af 14")
    assert mine(one, lesson.run.code)["answers"] == {"speak-up.others.1": "001", "speak-up.own.1": "001"}


def test_without_scripts_a_pupil_joins_answers_goes_back_and_changes(server: Any, pupil: Any) -> None:
    lesson = block(server)
    one = pupil(lesson.join, java_script_enabled=False)
    one.page.locator("#join button").click()
    for question in range(14):
        expect(one.page.locator("form.prompt:visible .top")).to_contain_text(f"{question + 1} af 14")
        one.answers.nth(0).click()
    one.says("Tak")
    one.step(-1)
    expect(one.page.locator("form.prompt:visible .top")).to_contain_text("14 af 14")
    one.step(-1)
    one.answers.nth(1).click()
    one.step(-1)
    expect(one.chosen).to_have_attribute("value", "000")
    assert len(mine(one, lesson.run.code)["answers"]) == 14


def test_without_scripts_a_late_answer_is_told_so(server: Any, pupil: Any) -> None:
    lesson = warm_up(server)
    one = pupil(lesson.join, java_script_enabled=False)
    one.page.locator("#join button").click()
    lesson.press("close")
    one.answers.nth(0).click()
    expect(one.page.locator("#line")).to_have_text(CLOSED)


def test_without_scripts_a_waiting_page_looks_again_by_itself(server: Any, pupil: Any) -> None:
    lesson = server.lesson()
    one = pupil(lesson.join, java_script_enabled=False)
    one.page.locator("#join button").click()
    one.says("Du er med")
    one.page.locator("noscript button").click()
    to_open(lesson, "Vi øver os")
    started = time.monotonic()
    expect(one.question).to_be_visible(timeout=15_000)
    assert time.monotonic() - started < 15


def test_opening_the_help_card_asks_nobody_for_anything(server: Any, pupil: Any) -> None:
    lesson = block(server)
    one = pupil(lesson.join)
    expect(one.question).to_be_visible()
    one.tap(2)
    question = one.question.inner_text()
    one.page.wait_for_timeout(1000)
    asked: list[str] = []
    one.page.on("request", lambda request: asked.append(request.url))
    session = one.page.context.new_cdp_session(one.page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda event: asked.append(event["response"]["payloadData"]))
    before = one.page.evaluate("[JSON.stringify(sessionStorage), localStorage.length, document.cookie]")
    link = one.page.locator(".help summary")
    link.click()
    expect(one.page.locator(".help-card")).to_be_visible()
    expect(one.page.locator(".help-card")).to_be_in_viewport()
    link.click()
    expect(one.page.locator(".help-card")).to_be_hidden()
    one.page.wait_for_timeout(500)
    # The socket's own answer to the server's heartbeat is one letter.
    assert [what for what in asked if what != "3"] == []
    assert one.page.evaluate("[JSON.stringify(sessionStorage), localStorage.length, document.cookie]") == before
    expect(one.question).to_have_text(question)


def test_the_help_card_stays_open_while_the_lesson_moves_on(server: Any, pupil: Any) -> None:
    lesson = warm_up(server)
    one = pupil(lesson.join)
    one.page.locator(".help summary").click()
    lesson.press("close")
    expect(one.page.locator("#screen h1:visible")).to_contain_text("Se op")
    expect(one.page.locator(".help-card")).to_be_visible()


def test_without_scripts_the_help_card_opens(server: Any, pupil: Any) -> None:
    one = pupil(server.lesson().join, java_script_enabled=False)
    one.page.locator(".help summary").click()
    expect(one.page.locator(".help-card")).to_contain_text("Tal med en voksen")


def test_the_cards_stay_on_the_open_page_after_the_end_and_are_gone_with_it(server: Any, pupil: Any) -> None:
    lesson = warm_up(server, present=12)
    one = pupil(lesson.join)
    seats = [requests.Session() for _seat in range(7)]
    for seat in seats:
        seat.post(f"{lesson.join}/join", timeout=10)
    for prompt, answer in (("left-handed.others.1", "003"), ("left-handed.own.1", "000")):
        expect(one.page.locator(f'form.prompt[data-prompt="{prompt}"]')).to_be_visible()
        for seat in seats:
            seat.post(f"{lesson.join}/vote", data={"prompt": prompt, "answer": answer}, timeout=10)
        one.answers.nth(0).click()
        expect(one.page.locator("[data-done]")).to_be_visible()
        lesson.press("close")
        if prompt.startswith("left-handed.others"):
            lesson.press("next")
    lesson.until(lambda page: 'data-move="reveal"' not in page and "Venstre hånd" in page and "Vores svar" in page)
    expect(one.page.locator("#mine")).to_contain_text("Dit gæt")
    lesson.press("finish")
    one.says("Tak")
    expect(one.page.locator("#mine")).to_contain_text("Dit gæt")
    expect(one.page.locator(".gone")).to_be_visible()
    one.page.wait_for_timeout(500)
    assert one.page.evaluate("sessionStorage.length + localStorage.length") == 0
    one.page.reload()
    expect(one.page.locator("body")).not_to_contain_text("Dit gæt")


def test_a_phone_that_was_away_at_the_end_keeps_nothing_once_it_looks_again(
    server: Any, context: Contexts, pupil: Any
) -> None:
    lesson = warm_up(server)
    one = pupil(lesson.join, within=without_socket(context))
    one.answers.nth(4).wait_for()
    one.page.goto("about:blank")
    lesson.press("finish")
    one.page.goto(lesson.join)
    one.page.evaluate("sessionStorage.setItem('unsent_' + location.pathname.slice(1), 'an answer that was never sent')")
    one.page.reload()
    one.says("Tak")
    assert one.page.evaluate("Object.keys(sessionStorage).length") == 0
