"""A run before its first move and after its last: asked again too soon (P5), forgotten, thrown away; and what the
consultant may add on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import SAY, ask, attitude_topic, figure, guesses_topic, lesson, neutral_topic, show
from classroom import Classroom, Clock, Quiet, disagreeing, first, guess, table

from clicker.lesson import Figures, Move, NotNow, Phase, moves, phase
from clicker.room import LabelsNeeded, LessonOver, Loop, Opening, Rooms, TooSoon, UnknownCode, hashed
from clicker.store import Store

CLASS = table({"own": first(2), "others": guess(6), "approve": disagreeing(11)})


@pytest.fixture
def rooms(store: Store, clock: Clock, loop: Loop) -> Iterator[Rooms]:
    """Rooms in a country where 20 of 100 drink: openable beside this class, but not shown by itself."""
    made = Rooms(store, loop, choose_figures=lambda *_: Figures(figure(20), None), lang="en", clock=clock)
    made.open_for(Quiet())
    yield made
    made.stop()


@pytest.fixture
def evaluated(rooms: Rooms) -> Classroom:
    room = Classroom.open(rooms, lesson())
    room.hold(CLASS, Move.EVALUATE)
    return room


def asked_again(rooms: Rooms, **labels: str) -> Classroom:
    return Classroom.open(rooms, lesson(), size=0, present=12, **labels)


def test_p5_the_same_group_is_not_asked_again_within_six_weeks(evaluated: Classroom, clock: Clock) -> None:
    evaluated.press(Move.FINISH)
    for days in (0, 1, 40):
        clock.forward(days=days)
        with pytest.raises(TooSoon):
            asked_again(evaluated.rooms)


def test_p5_after_six_weeks_it_may_be_asked_again(evaluated: Classroom, clock: Clock) -> None:
    evaluated.press(Move.FINISH)
    clock.forward(weeks=6)
    assert asked_again(evaluated.rooms).code


def test_p5_the_labels_are_read_as_people_mean_them(evaluated: Classroom) -> None:
    evaluated.press(Move.FINISH)
    with pytest.raises(TooSoon):
        asked_again(evaluated.rooms, school="SKOLEN ", group="7 b")
    assert asked_again(evaluated.rooms, group="7.C").code


def test_p5_two_runs_of_one_group_are_not_held_side_by_side(rooms: Rooms) -> None:
    asked_again(rooms)
    with pytest.raises(TooSoon):
        asked_again(rooms)


def test_p5_a_run_discarded_before_evaluate_does_not_count(rooms: Rooms) -> None:
    room = Classroom.open(rooms, lesson())
    room.hold(CLASS, Move.CLOSE)
    rooms.discard(room.run_id)
    assert asked_again(rooms).code


def test_p5_a_run_discarded_after_evaluate_counts(evaluated: Classroom) -> None:
    evaluated.rooms.discard(evaluated.run_id)
    with pytest.raises(TooSoon):
        asked_again(evaluated.rooms)


def test_p5_deleting_a_finished_run_does_not_free_its_group(evaluated: Classroom) -> None:
    evaluated.press(Move.FINISH)
    evaluated.rooms.discard(evaluated.run_id)
    with pytest.raises(TooSoon):
        asked_again(evaluated.rooms)


def test_p5_neutral_topics_may_be_asked_any_time(evaluated: Classroom) -> None:
    evaluated.press(Move.FINISH)
    assert Classroom.open(evaluated.rooms, lesson(neutral_topic())).code


@pytest.mark.parametrize("labels", [{"school": " "}, {"group": ""}])
def test_p5_sensitive_topics_need_school_and_group(rooms: Rooms, labels: dict[str, str]) -> None:
    with pytest.raises(LabelsNeeded):
        asked_again(rooms, **labels)
    assert rooms.create(Opening(lesson(neutral_topic()))).code


def seats_left(store: Store, room: Classroom) -> int:
    return len(store.read(lambda tx: tx.seats(room.run_id)))


def test_a_forgotten_run_is_finished_four_hours_after_the_last_move(
    evaluated: Classroom, store: Store, clock: Clock
) -> None:
    clock.forward(hours=3, minutes=59)
    assert list(evaluated.rooms.finish_forgotten()) == []
    assert seats_left(store, evaluated) == 12
    clock.forward(minutes=1)
    assert list(evaluated.rooms.finish_forgotten()) == [evaluated.run_id]
    assert seats_left(store, evaluated) == 0
    assert evaluated.snapshot.status == "finished"
    assert set(evaluated.snapshot.shown) == {"alcohol-weekly"}


def test_votes_do_not_keep_a_forgotten_run_alive(rooms: Rooms, clock: Clock) -> None:
    room = Classroom.open(rooms, lesson())
    room.press(Move.START, Move.NEXT, Move.OPEN)
    clock.forward(hours=3)
    room.answer(CLASS)
    clock.forward(hours=1)
    assert list(rooms.finish_forgotten()) == [room.run_id]


def test_a_move_gives_the_run_four_more_hours(evaluated: Classroom, clock: Clock) -> None:
    clock.forward(hours=3)
    evaluated.press(Move.NEXT)
    clock.forward(hours=3)
    assert list(evaluated.rooms.finish_forgotten()) == []


def test_setting_the_clock_neither_ends_a_run_nor_keeps_it_alive(store: Store, loop: Loop, clock: Clock) -> None:
    hours = 0.0
    rooms = Rooms(store, loop, choose_figures=lambda *_: Figures(), clock=clock, passed=lambda: hours * 3600)
    room = Classroom.open(rooms, lesson())
    room.press(Move.START, Move.NEXT, Move.OPEN)
    assert list(rooms.finish_forgotten()) == []
    for jump in (30, -60):
        clock.forward(hours=jump)
        hours += 1.5
        assert list(rooms.finish_forgotten()) == []
    hours += 1
    assert list(rooms.finish_forgotten()) == [room.run_id]


def test_a_forgotten_run_is_finished_before_the_first_page_is_served(
    evaluated: Classroom, store: Store, loop: Loop, clock: Clock, tmp_path: Path
) -> None:
    evaluated.rooms.stop()
    clock.forward(hours=4)
    later = Rooms(store, loop, choose_figures=lambda *_: Figures(), clock=clock)
    later.open_for(Quiet())
    later.stop()
    assert seats_left(store, evaluated) == 0
    content = b"".join(path.read_bytes() for path in tmp_path.glob("clicker.db*"))
    assert not any(hashed(seat).encode() in content for seat in evaluated.seats)


def test_what_a_crash_left_of_a_finished_run_is_wiped_at_the_next_start(
    evaluated: Classroom, store: Store, loop: Loop, tmp_path: Path
) -> None:
    evaluated.rooms.stop()
    # The other run keeps pages alive on which copies of moved rows may lie.
    store.write(lambda tx: tx.forget_persons(evaluated.run_id))
    later = Rooms(store, loop, choose_figures=lambda *_: Figures())
    later.open_for(Quiet())
    later.stop()
    content = b"".join(path.read_bytes() for path in tmp_path.glob("clicker.db*"))
    assert not any(hashed(seat).encode() in content for seat in evaluated.seats)


def test_the_look_at_the_clock_survives_a_database_that_was_away(
    store: Store, loop: Loop, clock: Clock, tmp_path: Path
) -> None:
    looks = iter(
        [(tmp_path / "clicker.db", tmp_path / "away.db"), (tmp_path / "away.db", tmp_path / "clicker.db"), None]
    )

    def sleep(_seconds: float) -> None:
        moved = next(looks)
        if moved is None:
            rooms.stop()
        else:
            store.close()
            moved[0].rename(moved[1])

    quiet = Loop(loop.in_thread, lambda work, *arguments: None, sleep)
    rooms = Rooms(store, quiet, choose_figures=lambda *_: Figures(), clock=clock)
    rooms._look_at_the_clock()
    assert list(rooms.finish_forgotten()) == []


def test_a_live_run_thrown_away_before_evaluate_leaves_nothing(rooms: Rooms, store: Store) -> None:
    room = Classroom.open(rooms, lesson())
    room.hold(CLASS, Move.CLOSE)
    rooms.discard(room.run_id)
    assert seats_left(store, room) == 0
    assert rooms.runs() == ()
    with pytest.raises(UnknownCode):
        room.join()


def test_a_run_deleted_after_evaluate_leaves_a_mark_without_numbers(evaluated: Classroom, store: Store) -> None:
    evaluated.press(Move.FINISH)
    evaluated.rooms.discard(evaluated.run_id)
    assert store.read(lambda tx: tx.results(evaluated.run_id)) == {}
    assert evaluated.rooms.runs() == ()
    with pytest.raises(LessonOver):
        evaluated.join()


def test_the_consultant_opens_the_country_after_the_attitude_and_with_a_reason(evaluated: Classroom) -> None:
    evaluated.press(Move.NEXT, Move.REVEAL, Move.REVEAL)
    assert evaluated.refused(Move.OPEN_COUNTRY, "asked") == "table"
    evaluated.press(Move.REVEAL)
    assert evaluated.refused(Move.OPEN_COUNTRY, "because") == "reason"
    evaluated.press(Move.OPEN_COUNTRY, argument="asked")
    run = evaluated.snapshot.run
    assert (phase(run), run.reasons) == (Phase.COUNTRY, {"alcohol-weekly": "asked"})
    assert evaluated.screen("wall").source


def test_a_reserve_topic_is_offered_asked_and_shown_where_little_is_left(rooms: Rooms) -> None:
    topics = (attitude_topic(), guesses_topic(), neutral_topic())
    steps = (SAY, ask("nicotine-ok"), show("nicotine-ok"))
    room = Classroom.open(rooms, lesson(*topics, steps=steps, reserve=("alcohol-ever", "left-handed")))
    rule = table({"approve": disagreeing(12), "others_approve": guess(5), "others": guess(5), "own": first(1)})
    room.hold(rule, Move.EVALUATE)
    room.press(Move.NEXT)
    assert [topic for topic, _ in room.screen("consultant_private").reserve] == ["alcohol-ever", "left-handed"]
    assert room.refused(Move.RESERVE, "nicotine-ok") == "topic"
    room.press(Move.RESERVE, argument="left-handed")
    room.hold(rule, Move.EVALUATE)
    assert room.snapshot.shown["left-handed"].reveals == (Phase.GUESSES, Phase.OWN)


def test_without_reserve_there_is_nothing_to_add(evaluated: Classroom) -> None:
    assert Move.RESERVE not in moves(evaluated.snapshot.run)
    with pytest.raises(NotNow):
        evaluated.press(Move.RESERVE, argument="alcohol-weekly")


def test_a_ticket_opens_once_and_for_half_an_hour(rooms: Rooms, clock: Clock) -> None:
    once, late = rooms.ticket("phone"), rooms.ticket("phone")
    assert [rooms.take_ticket(once), rooms.take_ticket(once)] == ["phone", None]
    clock.now += timedelta(minutes=31)
    assert rooms.take_ticket(late) is None
