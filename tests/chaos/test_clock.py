"""The clock of the machine is set while a class answers: by hand, by a time server, or in the night to winter time."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from surviving import Lesson, assert_promises_kept, finish_block, lesson_on
from survivors import Server, server_in

pytestmark = pytest.mark.chaos

CLASS = 10
HOUR = 3600.0
# In the end seven hours behind: the consultant's browser, whose clock stands here, keeps its session for twelve.
JUMPS = (2 * HOUR, -3 * HOUR, 30 * HOUR, -36 * HOUR)
LOOK = 1.0  # seconds between two looks for forgotten lessons on that machine


class Clock:
    """The clock on the wall of the server's machine."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._server = server
        self._file = folder / "shift"

    def jump(self, seconds: float) -> None:
        assert self._server.process is not None
        self._file.write_text(str(seconds))
        self._server.process.send_signal(signal.SIGUSR1)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """On a machine whose clock can be set."""
    monkeypatch.setenv("SHIFT", str(tmp_path / "shift"))
    with server_in(tmp_path, [sys.executable, str(Path(__file__).with_name("shifted.py"))]) as made:
        yield made


@pytest.fixture
def clock(server: Server, tmp_path: Path) -> Clock:
    return Clock(server, tmp_path)


@pytest.fixture
def small(server: Server) -> Iterator[Lesson]:
    with lesson_on(server, CLASS) as made:
        yield made


def test_a_clock_that_jumps_ends_no_lesson_and_shuts_nobody_out(small: Lesson, clock: Clock) -> None:
    small.open_block()
    with small.voting():
        small.vote_again()
        for jump in JUMPS:
            clock.jump(jump)
            time.sleep(2 * LOOK)
            small.vote_again()
            assert "data-move" in small.page()
            late = requests.post(f"{small.server.address}/{small.run.code}/join", timeout=30)
            assert late.ok
    assert_promises_kept(small)
    finish_block(small)
