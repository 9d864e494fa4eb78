"""Votes and moves that the writer takes together: one failing disturbs no other, and a lost batch acknowledges none."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import SAY, ask, lesson
from classroom import Classroom, Quiet
from sqlalchemy import event

from clicker import library
from clicker.lesson import Move, NotNow
from clicker.room import Ack, Loop, Rooms, telling, writer
from clicker.room.writer import VoteItem
from clicker.store import OutOfReach, Store, Transaction

OWN = "alcohol-weekly.own.1"
YES, NO = "001", "000"


def ballots(database: Path) -> int:
    """How many there are, as another connection reads them."""
    with sqlite3.connect(database) as connection:
        return int(connection.execute("SELECT count(*) FROM ballot").fetchone()[0])


class Gate:
    """A way into the database that can be shut, and that notes what passed together."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.reached = threading.Event()
        self.batches: list[list[Any]] = []

    def __call__(self, work: Callable[..., Any], *arguments: Any) -> Any:
        if arguments and isinstance(arguments[0], list):
            self.reached.set()
            self.free.wait()
            self.batches.append(arguments[0])
        return work(*arguments)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def gated(store: Store, loop: Loop, gate: Gate) -> Iterator[Classroom]:
    rooms = Rooms(store, replace(loop, in_thread=gate), choose_figures=library.figures_for)
    rooms.open_for(Quiet())
    room = Classroom.open(rooms, lesson(steps=(SAY, ask("alcohol-weekly"))), size=6)
    room.press(Move.START, Move.NEXT, Move.OPEN)
    yield room
    rooms.stop()


def in_one_batch(room: Classroom, gate: Gate, *works: Callable[[], Any]) -> list[Any]:
    """What came of these calls, made so that the writer takes them together and in this order."""
    gate.free.clear()
    gate.reached.clear()
    queue = room.rooms._writer._queue
    with ThreadPoolExecutor(len(works) + 1) as pool:
        pool.submit(room.rooms.write, lambda tx: None)
        assert gate.reached.wait(5)
        calls = []
        for number, work in enumerate(works, 1):
            calls.append(pool.submit(work))
            _wait_until(lambda n=number: len(queue) == n)
        gate.free.set()
        found = [call.exception() or call.result() for call in calls]
    assert len(gate.batches[-1]) == len(works)
    return found


def _wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_a_failing_move_does_not_disturb_the_votes_beside_it(gated: Classroom, gate: Gate, database: Path) -> None:
    def stale() -> None:
        gated.rooms.move(gated.run_id, Move.CLOSE, 0)

    def half_done() -> None:
        gated.rooms.write(lambda tx: (tx.delete_run(gated.run_id), 1 / 0))

    before, middle, after, *votes = in_one_batch(
        gated,
        gate,
        lambda: gated.vote(0, OWN, YES),
        stale,
        half_done,
        lambda: gated.vote(1, OWN, NO),
        lambda: gated.vote(2, OWN, NO),
    )
    assert before == Ack(True, "saved")
    assert isinstance(middle, NotNow)
    assert isinstance(after, ZeroDivisionError)
    assert votes == [Ack(True, "saved")] * 2
    assert ballots(database) == 3


def test_votes_before_and_after_a_close_in_one_batch_are_judged_in_their_order(gated: Classroom, gate: Gate) -> None:
    turn = gated.snapshot.run.turn
    first, _, second = in_one_batch(
        gated,
        gate,
        lambda: gated.vote(0, OWN, YES),
        lambda: gated.rooms.move(gated.run_id, Move.CLOSE, turn),
        lambda: gated.vote(1, OWN, YES),
    )
    assert (first, second) == (Ack(True, "saved"), Ack(False, "closed"))


def test_what_was_reported_as_failed_is_not_done_later(
    gated: Classroom, gate: Gate, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 0.2)
    gate.free.clear()
    gate.reached.clear()
    with ThreadPoolExecutor(2) as pool:
        pool.submit(gated.rooms.write, lambda tx: None)
        assert gate.reached.wait(5)
        late = pool.submit(gated.vote, 0, OWN, YES)
        assert isinstance(late.exception(5), OutOfReach)
        gate.free.set()
    gated.rooms.write(lambda tx: None)
    assert ballots(database) == 0


def test_what_is_being_written_is_waited_for(
    gated: Classroom, gate: Gate, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot be taken back any more, so nobody is told that it failed."""
    monkeypatch.setattr(writer, "PATIENCE", 0.2)
    looked, free = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> str:
        looked.set()
        free.wait(5)
        return "done"

    with ThreadPoolExecutor(2) as pool:
        gate.free.clear()
        gate.reached.clear()
        pool.submit(gated.rooms.write, lambda tx: None)
        assert gate.reached.wait(5)
        pressed = pool.submit(gated.rooms.write, slow)
        gate.free.set()
        assert looked.wait(5)
        time.sleep(0.3)
        free.set()
        assert pressed.result(5) == "done"


def test_screens_that_cannot_be_told_of_a_move_are_told_later(
    gated: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "PAUSE", 0.01)
    told = threading.Event()
    failures = [OutOfReach("locked"), RuntimeError("no thread")]

    class Late(Quiet):
        def moved(self, run_id: str) -> None:
            if failures:
                raise failures.pop()
            told.set()

    gated.rooms._telling.news = Late()
    gated.press(Move.CLOSE)
    assert told.wait(5)


def test_a_phone_that_came_is_in_also_where_nobody_can_be_told(gated: Classroom) -> None:
    class Deaf(Quiet):
        def counted(self, run_id: str, votes: int = 0) -> None:
            raise RuntimeError("no thread")

    gated.rooms._telling.news = Deaf()
    gated.join()
    assert gated.vote(6, OWN, YES) == Ack(False, "waiting")


def test_a_database_that_is_locked_is_waited_for_once(gated: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def locked(work: object) -> None:
        tries.append(work)
        raise OutOfReach("database is locked")

    monkeypatch.setattr(gated.rooms._store, "write", locked)
    with pytest.raises(OutOfReach):
        gated.vote(0, OWN, YES)
    assert len(tries) == 1


def test_who_is_killed_while_writing_leaves_nobody_waiting(gated: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException): ...

    def kill(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(gated.rooms._writer, "_in_thread", kill)
        with pytest.raises(Killed):
            gated.vote(0, OWN, YES)
    assert gated.vote(1, OWN, YES).ok


def test_votes_that_arrive_together_are_committed_together(gated: Classroom, gate: Gate) -> None:
    in_one_batch(gated, gate, *(lambda n=n: gated.vote(n, OWN, YES) for n in range(6)))
    assert all(isinstance(item, VoteItem) for item in gate.batches[-1])


def test_a_database_that_gives_up_a_batch_acknowledges_none_of_it(
    gated: Classroom, gate: Gate, store: Store, database: Path
) -> None:
    pages = store.read(lambda tx: tx._connection.exec_driver_sql("PRAGMA page_count").scalar())

    def limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    event.listen(store._engine, "connect", limit)
    store.close()  # what is open already would not be limited
    found = in_one_batch(
        gated,
        gate,
        lambda: gated.vote(0, OWN, YES),
        lambda: gated.rooms.write(lambda tx: tx.keep_setting("large", "x" * 100_000)),
        lambda: gated.vote(1, OWN, YES),
    )
    assert all(isinstance(outcome, Exception) for outcome in found)
    assert ballots(database) == 0
    event.remove(store._engine, "connect", limit)
    store.close()
    assert gated.vote(0, OWN, YES).ok
