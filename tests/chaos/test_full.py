"""More phones than the program can hold, and more connections than the machine gives it."""

from __future__ import annotations

import contextlib
import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, expect
from surviving import Lesson, assert_counts_equal, finish_block, lesson_on
from survivors import Phone, Server, server_in, wait_until

pytestmark = pytest.mark.chaos

FILES = 176  # that the server may have open
LIMIT = FILES - 128  # phones that it holds then
SMALL = {"width": 320, "height": 480}
SOON = 15_000  # ms; it asks every two seconds
SAVED = "Saved. You can change it."
FULL = "No more phones can join right now. Tell the person who holds the lesson."


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """On a machine that gives it few files, as some do; a connection is one."""
    with server_in(tmp_path, files=FILES) as made:
        yield made


@pytest.fixture
def crowd(server: Server) -> Iterator[Lesson]:
    """As many phones as there is room for."""
    with lesson_on(server, LIMIT) as made:
        yield made


@contextlib.contextmanager
def strangers(server: Server, number: int) -> Iterator[list[socket.socket]]:
    """Connections that say nothing."""
    with contextlib.ExitStack() as held:
        yield [held.enter_context(socket.create_connection(("127.0.0.1", server.port))) for _each in range(number)]


def assert_page_opens(held: Lesson, seconds: float) -> None:
    """A new browser gets the way in."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{held.server.address}/{held.run.code}", timeout=2).ok:
                return
    raise AssertionError("no page can be opened")


def test_a_tenth_more_phones_than_it_holds_are_refused_in_a_sentence_and_the_others_vote_on(crowd: Lesson) -> None:
    crowd.open_block()
    with crowd.voting():
        crowd.vote_again()
        for _late in range(LIMIT // 10 + 1):
            answer = requests.post(f"{crowd.server.address}/{crowd.run.code}/join", timeout=30)
            assert answer.status_code == 503
            assert FULL in answer.text
        crowd.vote_again()
    assert_counts_equal(crowd)
    finish_block(crowd)


@pytest.mark.browser
def test_a_seat_whose_socket_finds_no_place_asks_and_answers_over_plain_http(server: Server, chromium: Browser) -> None:
    with lesson_on(server, LIMIT - 1) as held, chromium.new_context(viewport=SMALL) as pupil:
        address = f"{server.address}/{held.run.code}"
        typed = f"{server.address}/consultant/run/{held.run.id}/present"
        held.consultant.session.post(typed, data={"present": LIMIT + 1}, timeout=30).raise_for_status()
        page = pupil.new_page()
        page.goto(address)
        page.locator("#screen").wait_for()
        page.close()
        time.sleep(1)  # until its connection is gone
        last = Phone(LIMIT, server.address, held.run.code)
        last.join()
        held.phones.append(last)

        heard: list[str] = []
        page = pupil.new_page()
        page.on("websocket", lambda line: line.on("framereceived", lambda frame: heard.append(str(frame))))
        page.goto(address)
        held.open_block()
        expect(page.locator("form.prompt:visible")).to_be_visible(timeout=SOON)
        prompt = page.locator("form.prompt:visible").get_attribute("data-prompt")
        page.locator("form.prompt:visible button.answer").first.click()
        expect(page.get_by_text(SAVED).first).to_be_visible(timeout=SOON)
        assert prompt in page.request.get(f"{address}/mine").json()["answers"]
        assert [frame for frame in heard if frame.startswith("44")], "its socket was never refused"
        assert not [frame for frame in heard if frame.startswith(("40", "42", "43"))]


def open_files(held: Lesson) -> int:
    assert held.server.process is not None
    return len(list(Path(f"/proc/{held.server.process.pid}/fd").iterdir()))


@contextlib.contextmanager
def fewer_files(held: Lesson, more: int) -> Iterator[int]:
    """The machine gives the running server so many files more and no other; the limit that it then has."""
    assert held.server.process is not None
    limit = open_files(held) + more
    resource.prlimit(held.server.process.pid, resource.RLIMIT_NOFILE, (limit, FILES))
    yield limit
    resource.prlimit(held.server.process.pid, resource.RLIMIT_NOFILE, (FILES, FILES))


def test_when_the_machine_gives_no_more_files_those_who_are_in_vote_on(crowd: Lesson) -> None:
    crowd.open_block()
    assert crowd.server.process is not None
    with crowd.voting():
        crowd.vote_again()
        with fewer_files(crowd, 10) as limit, strangers(crowd.server, LIMIT):
            wait_until(lambda: open_files(crowd) >= limit - 1, "no files are left")
            print(f"{open_files(crowd)} of {limit} files open")
            crowd.vote_again(3 * LIMIT)
            assert crowd.server.process.poll() is None
        assert_page_opens(crowd, 20)
        crowd.vote_again()
    assert_counts_equal(crowd)
    finish_block(crowd)


def test_when_all_places_are_taken_by_connections_that_say_nothing_those_who_are_in_vote_on(crowd: Lesson) -> None:
    crowd.open_block()
    with crowd.voting():
        crowd.vote_again()
        with strangers(crowd.server, 2 * FILES):
            crowd.vote_again(3 * LIMIT)
            assert open_files(crowd) < FILES, "the database would find no file"
        assert_page_opens(crowd, 20)
    assert_counts_equal(crowd)
    finish_block(crowd)
