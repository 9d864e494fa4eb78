"""A lesson that reveals after each topic: asked, shown, asked, shown; each topic keeps what it was evaluated with."""

from __future__ import annotations

import pytest
from builders import SAY, ask, lesson, neutral_topic, risk_topic, show, walk
from classroom import Classroom, Rule, disagreeing, first, guess, table

from clicker.lesson import Lesson, Move, NotNow, Phase, Run, block, current, move, moves
from clicker.room import Rooms
from clicker.safety import Shown

FIRST, SECOND = "left-handed", "alcohol-weekly"
ASKED = (Move.OPEN, Move.CLOSE, Move.EVALUATE, Move.NEXT)
SHOWN = (Move.REVEAL, Move.REVEAL, Move.REVEAL)
CLASS: Rule = table({"others": guess(5), "own": first(1), "approve": disagreeing(99)})


def after_topic() -> Lesson:
    steps = (SAY, ask(FIRST), show(FIRST), ask(SECOND), show(SECOND))
    return lesson(neutral_topic(), risk_topic(), reveal="after_topic", steps=steps)


@pytest.fixture
def at_second() -> Run:
    """The first topic is shown, the second not yet asked."""
    return walk(Run(after_topic()), Move.START, Move.NEXT, *ASKED, *SHOWN, Move.NEXT)


def to_second(room: Classroom) -> Shown:
    """Hold the lesson until the second topic is ready to be asked; the first topic's public value."""
    room.hold(CLASS, until=Move.EVALUATE)
    while not room.at(SECOND):
        room.step(CLASS)
    return room.snapshot.shown[FIRST]


@pytest.fixture
def room(rooms: Rooms) -> Classroom:
    return Classroom.open(rooms, after_topic())


# --- the moves


def test_the_first_evaluate_freezes_the_first_topic_only() -> None:
    run = walk(Run(after_topic()), Move.START, Move.NEXT, Move.OPEN, Move.CLOSE)
    assert block(run) == (FIRST,)
    assert move(run, Move.EVALUATE, argument=((FIRST,), {FIRST: (Phase.OWN,)}, ())).evaluated == {FIRST}


def test_after_the_first_show_the_second_topic_is_asked(at_second: Run) -> None:
    assert current(at_second) == ask(SECOND)
    assert Move.OPEN in moves(at_second)


def test_the_second_topic_is_evaluated_by_itself(at_second: Run) -> None:
    closed = walk(at_second, Move.OPEN, Move.CLOSE)
    assert block(closed) == (SECOND,)
    assert walk(closed, Move.EVALUATE).evaluated == {FIRST, SECOND}


def test_a_show_before_its_own_evaluate_reveals_nothing(at_second: Run) -> None:
    skipped = walk(at_second, Move.SKIP)
    assert current(skipped) == show(SECOND)
    assert Move.REVEAL not in moves(skipped)


def test_the_first_topic_is_not_opened_again_while_the_second_is_not_evaluated(at_second: Run) -> None:
    back = walk(at_second, Move.BACK, Move.BACK)
    assert current(back) == ask(FIRST)
    with pytest.raises(NotNow):
        move(back, Move.REOPEN, argument=25)


def test_a_seat_is_admitted_as_long_as_a_topic_is_not_evaluated(at_second: Run) -> None:
    asked = walk(at_second, Move.OPEN, Move.CLOSE)
    offered = [Move.ADMIT in moves(run) for run in (at_second, asked, walk(asked, Move.EVALUATE))]
    assert offered == [True, True, False]


def test_the_second_topic_is_shown_and_the_lesson_can_end(at_second: Run) -> None:
    end = walk(at_second, *ASKED, *SHOWN)
    assert (current(end), moves(end)[-1]) == (show(SECOND), Move.FINISH)
    assert Move.NEXT not in moves(end)


# --- the room


def test_a_class_holds_it_to_the_end(room: Classroom) -> None:
    room.hold(CLASS)
    assert room.pressed.count(Move.EVALUATE) == 2
    assert set(room.snapshot.shown) == {FIRST, SECOND}
    assert room.snapshot.over


def test_the_wall_shows_the_first_topic_before_the_second_is_asked(room: Classroom) -> None:
    views = []
    room.hold(CLASS, look=lambda: views.append((room.screen("wall").view, room.screen("wall").topic)))
    opened = [place for place, (view, _) in enumerate(views) if view == "ask_open"]
    revealed = [place for place, (view, topic) in enumerate(views) if view == "reveal" and topic]
    assert opened[0] < revealed[0] < opened[-1] < revealed[-1]


def test_nothing_is_known_of_the_second_topic_before_its_own_evaluate(room: Classroom) -> None:
    to_second(room)
    room.press(Move.OPEN)
    room.answer(CLASS)
    assert set(room.snapshot.shown) == {FIRST}


def test_who_comes_between_the_topics_counts_for_the_second_only(room: Classroom) -> None:
    before = to_second(room)
    room.join()
    assert not room.mine(12).admitted
    room.press(Move.ADMIT)
    assert room.mine(12).admitted
    room.hold(CLASS, until=Move.EVALUATE)
    shown = room.snapshot.shown
    assert shown[FIRST] == before
    assert (shown[FIRST].N, shown[SECOND].N) == (12, 13)


def test_who_is_let_in_late_answers_nothing_of_an_evaluated_topic(room: Classroom) -> None:
    to_second(room)
    room.join()
    room.press(Move.ADMIT)
    assert room.vote(12, f"{FIRST}.own.1", "001").reason == "closed"
    room.press(Move.OPEN)
    assert room.vote(12, f"{SECOND}.own.1", "000").ok


def test_after_the_last_evaluate_nobody_is_let_in(room: Classroom) -> None:
    to_second(room)
    room.hold(CLASS, until=Move.EVALUATE)
    room.join()
    assert room.refused(Move.ADMIT) == "table"
