"""The server is killed in the middle of voting, again and again: what was acknowledged is there, the class goes on."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest
from surviving import (
    Lesson,
    assert_counts_equal,
    assert_nothing_twice,
    assert_promises_kept,
    finish_block,
    lesson_on,
)
from survivors import Server

from clicker.engine import ENGINES

pytestmark = [
    pytest.mark.chaos,
    # Sockets that die with their server are closed by the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

HALL = 100
# Seconds of voting before each kill: at the very start of a batch or well into one.
MOMENTS = (0.4, 0.05, 1.0)


@pytest.fixture
def hall(server: Server) -> Iterator[Lesson]:
    """Four classes in one room."""
    with lesson_on(server, HALL) as made:
        yield made


def vote_and_kill(held: Lesson, seconds: float) -> None:
    """Let everybody vote, kill the server in the middle of it, look, start it again, and see the class go on."""
    with held.voting():
        held.vote_again(1)
        time.sleep(seconds)
        held.server.end(signal.SIGKILL)
        assert_promises_kept(held)
        held.server.start()
        assert_promises_kept(held)
        held.vote_again()


@pytest.mark.parametrize("server", ENGINES, indirect=True)
def test_no_acknowledged_vote_is_lost_when_the_server_is_killed_while_a_hundred_vote(hall: Lesson) -> None:
    hall.open_block()
    for seconds in MOMENTS:
        vote_and_kill(hall, seconds)
        assert_counts_equal(hall)
        assert_nothing_twice(hall)
    finish_block(hall)


def test_a_stop_signal_ends_the_server_cleanly_and_the_lesson_goes_on_after_it(held: Lesson) -> None:
    held.open_block()
    with held.voting():
        held.vote_again(2 * held.size)
        assert held.server.end(signal.SIGTERM) == 0
        assert_promises_kept(held)
        held.server.start()
        start = held.consultant.session.get(f"{held.server.address}/consultant", timeout=30).text
        assert f"/consultant/run/{held.run.id}" in start
        held.vote_again()
    assert_counts_equal(held)
    assert_nothing_twice(held)
