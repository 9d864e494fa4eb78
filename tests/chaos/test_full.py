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
from surviving import Lesson, assert_counts_equal, finish_block, lesson_on
from survivors import Server, server_in

pytestmark = pytest.mark.chaos

FILES = 176  # that the server may have open
LIMIT = FILES - 128  # phones that it holds then
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
            time.sleep(2)
            print(f"{open_files(crowd)} of {limit} files open")
            assert open_files(crowd) >= limit - 3
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
