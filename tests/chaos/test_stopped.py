"""The server stands still for a while, as a laptop does whose lid is closed for a moment."""

from __future__ import annotations

import signal
import time

import pytest
from surviving import Lesson, assert_counts_equal, finish_block

from clicker.engine import ENGINES

pytestmark = pytest.mark.chaos

STILL = 5  # seconds


@pytest.mark.parametrize("server", ENGINES, indirect=True)
def test_a_server_that_stands_still_for_five_seconds_goes_on_where_it_stood(held: Lesson) -> None:
    held.open_block()
    assert held.server.process is not None
    with held.voting():
        held.vote_again()
        held.server.process.send_signal(signal.SIGSTOP)
        time.sleep(0.5)  # for what was on its way
        promised = len(held.promised())
        time.sleep(STILL)
        assert len(held.promised()) == promised
        held.server.process.send_signal(signal.SIGCONT)
        started = time.monotonic()
        held.vote_again()
        print(f"everybody's next vote after {time.monotonic() - started:.1f} s")
    assert_counts_equal(held)
    finish_block(held)
