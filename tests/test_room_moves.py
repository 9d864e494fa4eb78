"""The consultant's moves on real rooms: a whole lesson, stale buttons, freezing, late phones, the end of a run."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from builders import SAY, again, ask, lesson, neutral_topic, risk_topic, show
from classroom import Classroom, disagreeing, first, guess, table

from clicker import library
from clicker.cli.pupils import choose
from clicker.lesson import Move, NotNow, Phase, StepKind, current, phase
from clicker.measures import Histogram
from clicker.room import LessonOver, NotYours, Opening, RoomFull, Rooms, UnknownCode, WrongPresent, hashed
from clicker.store import Store

# Two of twelve drink, everybody guesses half of the others, all but one find it wrong.
CLASS = table({"own": first(2), "others": guess(6), "approve": disagreeing(11)})
BLOCK = (Move.START, Move.NEXT, Move.OPEN)


def persons(database: Path) -> list[int]:
    """How many rows of ballots, votes and seats there are."""
    with sqlite3.connect(database) as connection:
        tables = ("ballot", "vote", "seat")
        return [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables]


@pytest.fixture
def room(rooms: Rooms) -> Classroom:
    """Twelve phones in the lobby of a lesson about alcohol."""
    return Classroom.open(rooms, lesson())


@pytest.fixture
def evaluated(room: Classroom) -> Classroom:
    room.hold(CLASS, Move.EVALUATE)
    return room


def test_the_whole_lesson_can_be_held_with_the_primary_button(rooms: Rooms, database: Path) -> None:
    room = Classroom.open(rooms, library.lesson("klasse-7"), size=25)
    kinds = []
    room.hold(choose, look=lambda: kinds.append(step.kind if (step := current(room.snapshot.run)) else None))
    assert set(StepKind) - {StepKind.DILEMMA} <= set(kinds)
    seen = room.snapshot
    assert (seen.status, seen.over) == ("finished", True)
    assert set(seen.shown) == {topic.id for topic in seen.run.lesson.asked_topics()}
    assert set(seen.again) == {"alcohol-weekly", "ecig-ever"}
    assert persons(database) == [0, 0, 0]
    assert len(room.pressed) < 60


def test_a_stale_button_changes_nothing_anywhere_in_the_lesson(rooms: Rooms) -> None:
    room = Classroom.open(rooms, lesson(neutral_topic(), risk_topic()))

    def try_old_buttons() -> None:
        before = room.snapshot
        for turn in (before.run.turn - 1, before.run.turn + 1):
            for name in Move:
                with pytest.raises((NotNow, LessonOver)) as caught:
                    rooms.move(room.run_id, name, turn)
                assert getattr(caught.value, "why", "stale") == "stale"
        assert room.snapshot == before

    try_old_buttons()
    room.hold(CLASS, look=try_old_buttons)


def test_of_two_equal_presses_only_the_first_counts(room: Classroom) -> None:
    turn = room.snapshot.run.turn
    room.rooms.move(room.run_id, Move.START, turn)
    with pytest.raises(NotNow, match="stale"):
        room.rooms.move(room.run_id, Move.START, turn)


def test_every_move_makes_the_turn_one_higher(evaluated: Classroom) -> None:
    assert evaluated.snapshot.run.turn == len(evaluated.pressed)


def test_after_evaluate_the_block_opens_no_more(evaluated: Classroom) -> None:
    evaluated.join()
    for name in (Move.REOPEN, Move.OPEN, Move.CLOSE, Move.EVALUATE, Move.ADMIT):
        assert evaluated.refused(name) == "table"
    assert not evaluated.mine(12).admitted
    assert evaluated.vote(0, "alcohol-weekly.own.1", "001").reason == "closed"


def test_after_evaluate_nothing_changes_the_numbers(evaluated: Classroom, database: Path) -> None:
    before = evaluated.snapshot.shown
    evaluated.join()
    with pytest.raises(NotNow, match="frozen"):
        evaluated.rooms.set_present(evaluated.run_id, 20)
    evaluated.press(Move.NEXT, Move.REVEAL, Move.BACK)
    assert evaluated.snapshot.shown == before


def test_a_phone_that_comes_after_evaluate_waits(evaluated: Classroom) -> None:
    evaluated.join()
    assert not evaluated.mine(12).admitted
    assert evaluated.snapshot.counts.admitted == 12


@pytest.mark.parametrize(("present", "size", "everybody"), [(20, 12, 20), (12, 12, 12)])
def test_everybody_is_the_greater_of_present_and_seats(rooms: Rooms, present: int, size: int, everybody: int) -> None:
    room = Classroom.open(rooms, lesson(neutral_topic()), size=size, present=present)
    room.hold(table({"own": first(2), "others": guess(3)}), Move.EVALUATE)
    assert everybody == room.snapshot.shown["left-handed"].N


def test_phones_beyond_the_number_present_wait_until_they_are_let_in(rooms: Rooms) -> None:
    room = Classroom.open(rooms, lesson(neutral_topic()), size=12, present=8)
    room.press(*BLOCK)
    assert room.snapshot.counts.admitted == 8
    assert [room.mine(number).admitted for number in (0, 7, 8, 11)] == [True, True, False, False]
    room.press(Move.ADMIT)
    assert room.snapshot.counts.admitted == 9


def test_present_is_frozen_by_the_first_open_and_by_default_the_phones_that_are_in(rooms: Rooms) -> None:
    card = rooms.create(Opening(lesson(), school="Skolen", group="7.B"))
    room = Classroom(rooms, card.id, card.code)
    room.join(5)
    room.press(*BLOCK)
    assert room.snapshot.run.present == 5


@pytest.mark.parametrize("wrong", [0, 1, 2001, True, "12", None])
def test_a_wrong_number_present_is_refused(room: Classroom, wrong: object) -> None:
    with pytest.raises(WrongPresent):
        room.rooms.set_present(room.run_id, wrong)  # type: ignore[arg-type]
    assert room.snapshot.run.present == 12


def test_a_late_phone_waits_and_admit_lets_one_in(room: Classroom) -> None:
    room.press(*BLOCK)
    room.join(2)
    assert [room.mine(number).admitted for number in (11, 12, 13)] == [True, False, False]
    assert room.snapshot.counts.seats - room.snapshot.counts.admitted == 2
    room.press(Move.ADMIT)
    assert room.snapshot.counts.admitted == 13
    room.press(Move.ADMIT)
    assert room.refused(Move.ADMIT) == "nobody"


def test_a_late_phone_within_the_number_present_is_in_at_once(rooms: Rooms) -> None:
    room = Classroom.open(rooms, lesson(), size=10, present=12)
    room.press(*BLOCK)
    room.join(3)
    assert [room.mine(number).admitted for number in (10, 11, 12)] == [True, True, False]


def test_a_full_room_takes_no_more_phones(rooms: Rooms, store: Store) -> None:
    room = Classroom.open(rooms, lesson(), size=2)
    store.write(lambda tx: [tx.add_seat(room.run_id, f"{number:064x}", admitted=True) for number in range(1998)])
    with pytest.raises(RoomFull):
        room.join()


def test_back_and_forth_shows_the_same_again(evaluated: Classroom) -> None:
    evaluated.press(Move.NEXT, Move.REVEAL)
    before = evaluated.snapshot
    wall = evaluated.screen("wall")
    evaluated.press(Move.BACK, Move.NEXT)
    assert evaluated.snapshot.shown == before.shown
    assert replace(evaluated.screen("wall"), turn=0) == replace(wall, turn=0)


def test_finish_forgets_every_person_and_keeps_the_results(evaluated: Classroom, store: Store, database: Path) -> None:
    before = store.read(lambda tx: tx.results(evaluated.run_id))
    evaluated.press(Move.FINISH)
    assert persons(database) == [0, 0, 0]
    assert store.read(lambda tx: tx.results(evaluated.run_id)) == before != {}
    with pytest.raises(NotYours):
        evaluated.mine(0)
    with pytest.raises(LessonOver):
        evaluated.join()


def test_finish_leaves_no_seat_in_the_bytes(evaluated: Classroom, database: Path) -> None:
    evaluated.press(Move.FINISH)
    content = b"".join(path.read_bytes() for path in database.parent.glob("clicker.db*"))
    assert not any(hashed(seat).encode() in content or seat.encode() in content for seat in evaluated.seats)


def test_a_finished_run_takes_no_move(evaluated: Classroom) -> None:
    evaluated.press(Move.FINISH)
    for name in Move:
        with pytest.raises(LessonOver):
            evaluated.press(name)
    with pytest.raises(NotNow):
        evaluated.rooms.set_present(evaluated.run_id, 20)


def test_an_unknown_run_and_code_are_said_to_be_unknown(rooms: Rooms) -> None:
    for call in (lambda: rooms.find("ZZZZ"), lambda: rooms.join("ZZZZ"), lambda: rooms.snapshot("no")):
        with pytest.raises(UnknownCode):
            call()
    with pytest.raises(UnknownCode):
        rooms.move("no", Move.START, 0)


def test_a_black_wall_changes_nothing_else(evaluated: Classroom) -> None:
    before = evaluated.snapshot
    evaluated.rooms.set_dark(evaluated.run_id, True)
    assert evaluated.screen("wall").view == "dark"
    assert evaluated.snapshot == replace(before, dark=True)
    evaluated.rooms.set_dark(evaluated.run_id, False)
    assert evaluated.snapshot == before


def test_guesses_asked_again_are_kept_as_a_histogram_beside_the_first(rooms: Rooms) -> None:
    steps = (SAY, ask("alcohol-weekly"), show("alcohol-weekly"), again("alcohol-weekly"))
    room = Classroom.open(rooms, lesson(steps=steps))
    room.hold(table({"own": first(2), "approve": disagreeing(11), "others": guess(6)}), Move.CLOSE)
    room.hold(table({"own": first(2), "approve": disagreeing(11), "others": guess(2)}), Move.CLOSE)
    room.press(Move.REVEAL)
    assert phase(room.snapshot.run) is Phase.BOTH
    assert room.snapshot.again["alcohol-weekly"] == Histogram(12, 1, (0, 0, 12, *[0] * 10))
