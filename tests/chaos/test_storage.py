"""The database is out of reach for a while: locked by another program, or on a disk that takes nothing more."""

from __future__ import annotations

import resource
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests
from surviving import Lesson, assert_counts_equal, assert_promises_kept, finish_block
from survivors import wait_until

from clicker.cli.consultant_at_work import Buttons

pytestmark = pytest.mark.chaos

LOCK_SECONDS = 5  # one transaction waits a little longer than this for the lock
SAVED_LATER = "The answers cannot be saved right now. Nothing that was saved is lost."


@contextmanager
def another_program(held: Lesson) -> Iterator[None]:
    """Another program writes into the database and does not come to an end."""
    other = sqlite3.connect(held.server.folder / "clicker.db", isolation_level=None)
    other.execute("PRAGMA busy_timeout = 10000")
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def full_disk(held: Lesson) -> Iterator[None]:
    """Not one byte more fits into the server's files.

    A limit on the size of files, set from outside while it runs: writes truly fail, and neither a mount nor any right
    is needed for it, so it is the same in a container and on a desk.
    """
    assert held.server.process is not None
    pid = held.server.process.pid
    log = held.server.folder / "clicker.db-wal"
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (log.stat().st_size, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        if held.server.process.poll() is None:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


def assert_press_is_refused(held: Lesson) -> None:
    """The consultant is told why, and the lesson stands where it stood."""
    turn = Buttons.read(held.page()).turn
    answer = held.try_to_press("close", turn)
    assert (answer.status_code, answer.json()["reason"]) == (503, SAVED_LATER)
    assert Buttons.read(held.page()).turn == turn


def nothing_is_promised(held: Lesson, seconds: float) -> bool:
    before = len(held.promised())
    time.sleep(seconds)
    return len(held.promised()) == before


def test_while_another_program_locks_the_database_nothing_is_promised_and_nothing_lost(held: Lesson) -> None:
    held.open_block()
    with held.voting():
        held.vote_again()
        with another_program(held):
            time.sleep(0.5)
            before = len(held.promised())
            started = time.monotonic()
            assert_press_is_refused(held)
            newcomer = requests.post(f"{held.server.address}/{held.run.code}/join", timeout=30)
            assert newcomer.status_code == 503
            assert SAVED_LATER in newcomer.text
            assert time.monotonic() - started > LOCK_SECONDS, "the press did not wait for the lock"
            assert len(held.promised()) == before
        held.vote_again()
    assert_counts_equal(held)
    finish_block(held)


def test_on_a_full_disk_nothing_is_promised_and_room_again_or_a_new_start_is_enough(held: Lesson) -> None:
    held.open_block()
    with held.voting():
        held.vote_again()
        with full_disk(held):
            wait_until(lambda: nothing_is_promised(held, 2), "the disk is full")
            assert_press_is_refused(held)
        held.vote_again()
        with full_disk(held):
            wait_until(lambda: nothing_is_promised(held, 1), "the disk is full again")
            held.server.end(signal.SIGKILL)
        assert_promises_kept(held)
        held.server.start()
        held.vote_again()
    assert_counts_equal(held)
    finish_block(held)
