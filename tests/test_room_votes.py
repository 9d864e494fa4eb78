"""Votes: stored exactly once each, acknowledged only when they are, and judged the same for ever."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from builders import SAY, ask, attitude_topic, lesson, neutral_topic, risk_topic, show
from classroom import Classroom

from clicker.lesson import Lesson, Move
from clicker.room import Ack, Rooms, Slow, vote_from
from clicker.room.errors import RoomFull
from clicker.room.seats import most_seats
from clicker.room.voting import Taps

OWN = "alcohol-weekly.own.1"
GUESS = "alcohol-weekly.others.1"
YES, NO = "001", "000"

LESSON = lesson(
    neutral_topic(),
    risk_topic(),
    attitude_topic(),
    steps=(SAY, ask("alcohol-weekly"), ask("left-handed"), show("alcohol-weekly"), show("left-handed")),
)


def opened(rooms: Rooms, size: int = 3, held: Lesson = LESSON, **more: Any) -> Classroom:
    """A class whose sensitive block is open."""
    room = Classroom.open(rooms, held, size=size, **more)
    room.press(Move.START, Move.NEXT, Move.OPEN)
    return room


def ballots(database: Path) -> list[tuple[str, int | None]]:
    """(seat, value) as another connection reads them."""
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT seat, value FROM ballot").fetchall()


@pytest.fixture
def room(rooms: Rooms) -> Classroom:
    return opened(rooms)


@pytest.mark.parametrize("size", [30, 300])
def test_simultaneous_votes_are_stored_exactly_once_each(rooms: Rooms, database: Path, size: int) -> None:
    room = opened(rooms, size)
    start = threading.Barrier(size)

    def tap(number: int) -> Ack:
        vote = room.tap(OWN, YES, vote_id=f"v{number}")
        start.wait()
        return rooms.vote(room.run_id, room.seats[number], vote)

    with ThreadPoolExecutor(size) as pool:
        assert set(pool.map(tap, range(size))) == {Ack(True, "saved")}
    stored = ballots(database)
    assert len(stored) == len({seat for seat, _ in stored}) == size
    assert room.snapshot.counts.done == 0
    assert room.snapshot.counts.answered == size


def test_the_same_vote_sent_twice_is_one_ballot_and_gets_the_same_answer(room: Classroom, database: Path) -> None:
    vote = room.tap(OWN, YES)
    answers = [room.rooms.vote(room.run_id, room.seats[0], vote) for _ in range(3)]
    assert answers == [Ack(True, "saved")] * 3
    assert len(ballots(database)) == 1


def test_the_same_vote_twice_in_one_batch_is_one_ballot(rooms: Rooms, database: Path) -> None:
    room = opened(rooms)
    vote = room.tap(OWN, YES)
    with ThreadPoolExecutor(8) as pool:
        acks = list(pool.map(lambda _: rooms.vote(room.run_id, room.seats[0], vote), range(8)))
    assert acks == [Ack(True, "saved")] * 8
    assert len(ballots(database)) == 1


def test_a_repeated_vote_does_not_undo_a_later_tap(room: Classroom, database: Path) -> None:
    first = room.tap(OWN, YES)
    room.rooms.vote(room.run_id, room.seats[0], first)
    room.vote(0, OWN, NO)
    assert room.rooms.vote(room.run_id, room.seats[0], first).ok
    assert [value for _, value in ballots(database)] == [0]


def test_a_page_that_counts_from_earlier_is_told_so_and_stands_once_it_has_caught_up(
    room: Classroom, database: Path
) -> None:
    """Two pages of one seat: nothing is called saved that is not what is stored."""
    assert [room.vote(0, OWN, NO, seq=seq).ok for seq in (1, 2, 3)] == [True] * 3
    assert room.vote(0, OWN, YES, seq=1, vote_id="behind") == Ack(False, "older")
    assert [value for _, value in ballots(database)] == [0]
    assert room.vote(0, OWN, YES, seq=room.mine(0).seq, vote_id="behind") == Ack(True, "saved")
    assert [value for _, value in ballots(database)] == [1]


def test_two_seats_may_use_the_same_vote_id(room: Classroom, database: Path) -> None:
    assert room.vote(0, OWN, YES, vote_id="a").ok
    assert room.vote(1, OWN, NO, vote_id="a").ok
    assert len(ballots(database)) == 2


def test_the_last_tap_before_closing_counts(room: Classroom, database: Path) -> None:
    for token in (YES, NO, "---", YES):
        room.vote(0, OWN, token)
    room.press(Move.CLOSE)
    assert room.vote(0, OWN, NO) == Ack(False, "closed")
    assert [value for _, value in ballots(database)] == [1]


def test_a_late_vote_is_closed_for_ever_also_after_reopening(room: Classroom, database: Path) -> None:
    room.press(Move.CLOSE)
    late = room.tap(OWN, YES)
    room.rooms.vote(room.run_id, room.seats[0], late)
    room.press(Move.REOPEN)
    assert room.rooms.vote(room.run_id, room.seats[0], late) == Ack(False, "closed")
    assert room.vote(0, OWN, YES).ok


def test_a_vote_saved_in_time_stays_saved_after_closing(room: Classroom) -> None:
    vote = room.tap(OWN, YES)
    room.rooms.vote(room.run_id, room.seats[0], vote)
    room.press(Move.CLOSE)
    assert room.rooms.vote(room.run_id, room.seats[0], vote) == Ack(True, "saved")


@pytest.mark.parametrize(
    ("prompt", "token", "reason"),
    [
        ("left-handed.own.1", YES, "closed"),
        ("alcohol-weekly.others.2", YES, "unknown_prompt"),
        ("nicotine-ok.approve.1", YES, "unknown_prompt"),
        ("no-such.own.1", YES, "unknown_prompt"),
        (OWN, "002", "not_offered"),
        (OWN, "1", "not_offered"),
        (OWN, "", "not_offered"),
        (OWN, "yes", "not_offered"),
        (GUESS, "003", "not_offered"),
        (GUESS, "-01", "not_offered"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_reason_and_not_stored(
    room: Classroom, database: Path, prompt: str, token: str, reason: str
) -> None:
    assert room.vote(0, prompt, token) == Ack(False, reason)
    assert ballots(database) == []


def test_a_refused_vote_may_be_sent_again_with_an_answer_that_is_offered(room: Classroom) -> None:
    room.vote(0, OWN, "002", vote_id="a")
    assert room.vote(0, OWN, YES, vote_id="a").ok


def test_a_seat_of_another_run_has_no_seat_here(room: Classroom, database: Path) -> None:
    assert room.rooms.vote(room.run_id, "0" * 32, room.tap(OWN, YES)) == Ack(False, "no_seat")
    assert ballots(database) == []


def test_a_waiting_seat_waits_and_the_same_vote_is_taken_once_it_is_let_in(room: Classroom) -> None:
    room.join()
    vote = room.tap(OWN, YES)
    assert room.rooms.vote(room.run_id, room.seats[3], vote) == Ack(False, "waiting")
    room.press(Move.ADMIT)
    assert room.rooms.vote(room.run_id, room.seats[3], vote).ok


def test_a_finished_run_and_one_that_never_was_are_closed(room: Classroom) -> None:
    room.press(Move.FINISH)
    assert room.vote(0, OWN, YES) == Ack(False, "closed")
    assert room.rooms.vote("nothing", room.seats[0], room.tap(OWN, YES)) == Ack(False, "closed")


def test_a_flood_slows_its_own_seat_and_nobody_else(room: Classroom) -> None:
    def flood() -> None:
        for _ in range(200):
            room.vote(0, OWN, YES)

    with pytest.raises(Slow):
        flood()
    assert room.vote(1, OWN, YES).ok


def test_the_ack_comes_after_the_commit(rooms: Rooms, database: Path) -> None:
    room = opened(rooms, 8)

    def tap(number: int) -> bool:
        vote = room.tap(OWN, YES, vote_id=f"v{number}")
        assert rooms.vote(room.run_id, room.seats[number], vote).ok
        with sqlite3.connect(database) as connection:
            row = connection.execute("SELECT outcome FROM vote WHERE vote_id = ?", (f"v{number}",)).fetchone()
        return bool(row == ("saved",))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(tap, range(8)))


@pytest.mark.parametrize(
    "sent",
    [
        ("", "001", "a", 1),
        ("alcohol-weekly.own", "001", "a", 1),
        ("alcohol-weekly.own.3", "001", "a", 1),
        (OWN, "0" * 9, "a", 1),
        (OWN, "001", "", 1),
        (OWN, "001", "a" * 65, 1),
        (OWN, "001", "a", -1),
        (OWN, "001", "a", 2**31),
    ],
)
def test_what_is_no_vote_at_all_is_none(sent: tuple[str, str, str, int]) -> None:
    assert vote_from(*sent) is None


def test_one_phone_cannot_take_the_seats_of_a_whole_hall(rooms: Rooms) -> None:
    assert most_seats(25) == 80
    assert most_seats(None) == most_seats(1500) == 2000
    room = Classroom.open(rooms, lesson(), size=34, present=2)
    with pytest.raises(RoomFull):
        room.join()


def test_forgetting_seats_gives_no_flood_a_fresh_start(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = [0.0]
    monkeypatch.setattr("clicker.room.voting.time.monotonic", lambda: passed[0])
    taps = Taps(burst=10)

    def heard(at: float) -> int:
        """How many of twenty taps."""
        passed[0] = at
        taps.forget()
        return sum(not taps.too_fast("one") for _tap in range(20))

    assert [heard(0.0), heard(0.2), heard(0.4), heard(9.0)] == [10, 1, 1, 10]


@pytest.mark.parametrize(("a_second", "heard"), [(4, 40), (6, 50), (50, 50)])
def test_who_taps_too_fast_is_heard_five_times_a_second(
    monkeypatch: pytest.MonkeyPatch, a_second: int, heard: int
) -> None:
    passed = [0.0]
    monkeypatch.setattr("clicker.room.voting.time.monotonic", lambda: passed[0])
    taps = Taps(burst=10)
    found = [taps.too_fast("one") for _ in range(10)]
    for tap in range(1, 10 * a_second + 1):
        passed[0] = tap / a_second
        found.append(taps.too_fast("one"))
    assert abs(found.count(False) - 10 - heard) <= 1


def test_seats_that_are_quiet_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = [0.0]
    monkeypatch.setattr("clicker.room.voting.time.monotonic", lambda: passed[0])
    taps = Taps(burst=10)
    taps.too_fast("one")
    passed[0] = 9.0
    taps.too_fast("two")
    taps.forget()
    assert list(taps._buckets) == ["two"]
