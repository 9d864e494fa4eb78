"""A run as the twin of finished ones: which runs fit, when, and what is not asked a second time (P5, P8, B5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from builders import ask, guesses_topic, lesson, neutral_topic, risk_topic, show
from classroom import Classroom, Clock, disagreeing, first, guess, table

from clicker.lesson import Audience, Lesson, Move, Period, Twin, TwinKind
from clicker.room import EverAgain, Opening, Rooms, TooEarly, TooSoon, WrongTwin
from clicker.room.twins import first_runs, follow_up_of, parents_lessons
from clicker.store import Store

CALM = table({"others": guess(5), "own": first(0), "approve": disagreeing(99)})
EVER = risk_topic("ecig-ever", title="E-cigaret", period=Period.EVER, group="nicotine")
FIRST = lesson(neutral_topic(), risk_topic(), EVER)
PARENTS = lesson(
    neutral_topic("coffee"), id="parents-7", title="Forældremøde", audience=Audience.PARENTS, grades=(7, 8, 9)
)

Held = Callable[..., Classroom]


@pytest.fixture
def held(rooms: Rooms) -> Held:
    """A lesson held to its end, of 7.B unless told otherwise."""

    def hold(content: Lesson = FIRST, until: Move = Move.FINISH, **more: Any) -> Classroom:
        run = Classroom.open(rooms, content, **more)
        run.hold(CALM, until=until)
        return run

    return hold


def follow(run: Classroom, **changes: Any) -> str:
    """Open the follow-up of that run; gives its id."""
    values: dict[str, Any] = {"school": "Skolen", "group": "7.B", "twin_kind": TwinKind.FOLLOWUP}
    values |= {"lesson": run.snapshot.run.lesson, "twins": (run.run_id,)} | changes
    return run.rooms.create(Opening(**values)).id


def meet(*runs: Classroom, **changes: Any) -> str:
    """Open the parents' evening of those runs; gives its id."""
    named = tuple(run.run_id for run in runs)
    values = {"lesson": PARENTS, "school": "Skolen", "group": "7.B", "twins": named, "twin_kind": TwinKind.PARENTS}
    return runs[0].rooms.create(Opening(**(values | changes))).id


def why(open_it: Callable[[], str]) -> str:
    with pytest.raises(WrongTwin) as refused:
        open_it()
    return refused.value.why


def asked(rooms: Rooms, run_id: str) -> list[str]:
    return [topic.id for topic in rooms.snapshot(run_id).run.lesson.asked_topics()]


def test_a_follow_up_knows_its_first_run_and_asks_the_same(held: Held, rooms: Rooms, clock: Clock) -> None:
    run = held(lesson(neutral_topic(), risk_topic()))
    clock.forward(weeks=7)
    follow_up = follow(run)
    assert rooms.snapshot(follow_up).twin == Twin(TwinKind.FOLLOWUP, (run.run_id,))
    assert asked(rooms, follow_up) == ["left-handed", "alcohol-weekly"]


def test_p8_a_follow_up_never_asks_for_ever(held: Held, rooms: Rooms, clock: Clock) -> None:
    run = held()
    clock.forward(weeks=7)
    plan = rooms.read(lambda tx: follow_up_of(tx, run.run_id, rooms.today()))
    assert [topic.title for topic in plan.taken_out] == ["E-cigaret"]
    assert asked(rooms, follow(run)) == ["left-handed", "alcohol-weekly"]


def test_p8_guesses_about_ever_are_not_asked_again_either(held: Held, rooms: Rooms, clock: Clock) -> None:
    run = held(lesson(neutral_topic(), guesses_topic(period=Period.EVER)))
    clock.forward(weeks=7)
    assert asked(rooms, follow(run)) == ["left-handed"]


def test_p8_a_follow_up_with_nothing_left_is_refused(held: Held, clock: Clock) -> None:
    run = held(lesson(EVER))
    clock.forward(weeks=7)
    with pytest.raises(EverAgain):
        follow(run)


def test_p8_a_topic_of_a_chain_that_was_asked_is_not_asked_beside_it(held: Held, rooms: Rooms) -> None:
    run = held(lesson(neutral_topic(), risk_topic(implies=("alcohol-year",))))
    chained = lesson(
        neutral_topic("coffee"), risk_topic("alcohol-year"), id="parents-7", audience=Audience.PARENTS, told=True
    )
    assert asked(rooms, meet(run, lesson=chained)) == ["coffee"]


@pytest.mark.parametrize("days", [0, 41])
def test_b5_a_follow_up_waits_six_weeks(held: Held, clock: Clock, days: int) -> None:
    run = held()
    clock.forward(days=days)
    with pytest.raises(TooEarly) as refused:
        follow(run)
    assert refused.value.first_day == date(2026, 4, 13)


def test_b5_a_follow_up_is_possible_on_the_day_that_the_list_names(held: Held, rooms: Rooms, clock: Clock) -> None:
    run = held()
    assert rooms.runs()[0].follow_up_from == date(2026, 4, 13)
    clock.forward(days=42)
    assert follow(run)


def test_a_follow_up_asks_the_frozen_copy_of_its_first_run(held: Held, clock: Clock) -> None:
    run = held()
    clock.forward(weeks=7)
    changed = lesson(*FIRST.topics, version=2)
    assert why(lambda: follow(run, lesson=changed)) == "lesson"


def test_what_was_left_out_stays_left_out(rooms: Rooms, clock: Clock) -> None:
    card = rooms.create(Opening(FIRST, "Skolen", "7.B", left_out=frozenset({"alcohol-weekly"}), present=12))
    run = Classroom(rooms, card.id, card.code)
    run.join(12)
    run.hold(CALM)
    clock.forward(weeks=7)
    assert asked(rooms, follow(run)) == ["left-handed"]


def test_a_follow_up_can_be_followed_up(held: Held, rooms: Rooms, clock: Clock) -> None:
    run = held()
    clock.forward(weeks=7)
    card = rooms.runs()
    second_id = follow(run, present=12)
    second = Classroom(rooms, second_id, rooms.snapshot(second_id).code)
    second.join(12)
    second.hold(CALM)
    clock.forward(weeks=7)
    assert asked(rooms, follow(second)) == ["left-handed", "alcohol-weekly"]
    assert len(card) == 1


@pytest.mark.parametrize("changes", [{"group": "7.A"}, {"school": "Engskolen"}])
def test_the_twin_of_another_group_is_refused(held: Held, clock: Clock, changes: dict[str, str]) -> None:
    run = held()
    clock.forward(weeks=7)
    assert why(lambda: follow(run, **changes)) == "group"
    assert why(lambda: meet(run, **changes)) == "group"


def test_a_label_may_be_written_differently(held: Held, clock: Clock) -> None:
    run = held()
    clock.forward(weeks=7)
    assert follow(run, group="7b")


def test_a_run_that_is_being_held_has_no_twin(held: Held) -> None:
    run = held(until=Move.EVALUATE)
    assert why(lambda: follow(run)) == "unfinished"
    assert why(lambda: meet(run)) == "unfinished"


def test_a_run_without_a_counted_answer_has_no_twin(held: Held) -> None:
    run = held(until=Move.OPEN)
    run.press(Move.FINISH)
    assert why(lambda: meet(run)) == "nothing"
    assert not run.rooms.runs()[0].may_have_parents
    assert run.rooms.runs()[0].follow_up_from is None


def test_a_deleted_run_has_no_twin(held: Held, clock: Clock) -> None:
    run = held()
    run.rooms.discard(run.run_id)
    clock.forward(weeks=7)
    assert why(lambda: follow(run)) == "gone"
    assert why(lambda: meet(run)) == "gone"
    assert why(lambda: meet(run, twins=())) == "gone"


def test_a_twin_outlives_its_first_run(held: Held, rooms: Rooms, clock: Clock) -> None:
    run = held()
    clock.forward(weeks=7)
    follow_up = follow(run)
    assert [one.group for one in rooms.read(lambda tx: first_runs(tx, rooms.snapshot(follow_up).twin))] == ["7.B"]
    rooms.discard(run.run_id)
    assert rooms.read(lambda tx: first_runs(tx, rooms.snapshot(follow_up).twin)) == ()


def test_parents_meet_on_the_same_evening(held: Held, rooms: Rooms) -> None:
    run = held()
    evening = meet(run)
    assert rooms.snapshot(evening).twin == Twin(TwinKind.PARENTS, (run.run_id,))


def test_several_classes_of_a_grade_meet_together(held: Held, rooms: Rooms) -> None:
    runs = [held(group=group) for group in ("7.A", "7.B")]
    evening = meet(*runs, group="7. årgang")
    twin = rooms.snapshot(evening).twin
    assert twin is not None
    assert twin.runs == tuple(run.run_id for run in runs)


def test_a_class_is_named_once(held: Held, clock: Clock) -> None:
    run = held()
    assert why(lambda: meet(run, run)) == "twice"
    clock.forward(weeks=7)
    assert why(lambda: follow(run, twins=(run.run_id, run.run_id))) == "twice"


def test_classes_of_two_schools_do_not_meet_together(held: Held) -> None:
    runs = [held(group="7.A"), held(group="7.C", school="Engskolen")]
    assert why(lambda: meet(*runs)) == "group"


def test_the_parents_lesson_is_for_the_grade_of_every_class(held: Held) -> None:
    seventh, fifth = held(group="7.A"), held(lesson(neutral_topic(), grades=(5,)), group="5.A")
    eighth = held(lesson(neutral_topic(), grades=(8,)), group="8.A")
    assert why(lambda: meet(fifth, group="5.A")) == "grades"
    assert why(lambda: meet(seventh, eighth)) == "grades"


def test_p11_parents_meet_only_where_the_pupils_were_told(held: Held) -> None:
    run = held(lesson(neutral_topic(), told=False))
    assert why(lambda: meet(run)) == "told"
    assert not run.rooms.runs()[0].may_have_parents


def test_only_parents_lessons_are_held_for_parents_and_only_of_pupils(held: Held) -> None:
    run = held()
    assert why(lambda: meet(run, lesson=lesson(neutral_topic()))) == "audience"
    evening = held(PARENTS, group="7.D")
    assert why(lambda: meet(evening, group="7.D")) == "audience"
    assert why(lambda: follow(evening, group="7.D")) == "audience"


def test_the_lessons_that_fit_are_offered(held: Held, rooms: Rooms) -> None:
    run = held()
    others = lesson(neutral_topic("coffee"), id="parents-5", audience=Audience.PARENTS, grades=(5, 6))

    def offered(*lessons: Lesson) -> list[str]:
        plans = rooms.read(lambda tx: parents_lessons(tx, [run.run_id], lessons, rooms.today()))
        return [plan.lesson.id for plan in plans]

    assert offered(FIRST, others, PARENTS) == ["parents-7"]
    assert why(lambda: "".join(offered(FIRST, others))) == "grades"


def test_p5_a_twin_is_let_through_and_another_run_is_not(held: Held, rooms: Rooms) -> None:
    """The parents' lesson shares a topic with the class's; only as its twin may it follow within six weeks."""
    run = held(lesson(risk_topic()))
    shared = lesson(risk_topic(), id="parents-7", audience=Audience.PARENTS)
    with pytest.raises(TooSoon):
        rooms.create(Opening(shared, "Skolen", "7.B"))
    assert meet(run, lesson=shared)
    with pytest.raises(TooSoon):
        meet(run, lesson=shared)


def test_p5_the_parents_of_one_class_are_not_asked_again_under_another_label(held: Held, clock: Clock) -> None:
    runs = [held(group=group) for group in ("7.A", "7.B", "7.C")]
    shared = lesson(neutral_topic("coffee"), risk_topic("party"), id="parents-7", audience=Audience.PARENTS)
    meet(*runs[:2], lesson=shared, group="7. klasse")
    clock.forward(days=1)
    for again, group in ((runs[:2], "Hele 7. klasse"), (runs[1:], "7.B og 7.C"), (runs[:1], "7.A")):
        with pytest.raises(TooSoon):
            meet(*again, lesson=shared, group=group)
    assert meet(runs[2], lesson=shared, group="7.C")
    assert meet(*runs[:2], lesson=PARENTS, group="Hele 7. klasse")
    clock.forward(weeks=6)
    assert meet(*runs[:2], lesson=shared, group="Hele 7. klasse")


def test_p5_parents_are_known_by_their_class_whichever_of_its_lessons_they_meet_about(held: Held, clock: Clock) -> None:
    runs = [held(group=group) for group in ("7.A", "7.B")]
    clock.forward(weeks=7)
    other = lesson(neutral_topic())
    later = [held(other, group=group) for group in ("7 a", "7.C")]
    shared = lesson(neutral_topic("coffee"), risk_topic("party"), id="parents-7", audience=Audience.PARENTS)
    meet(*runs, lesson=shared, group="7. klasse")
    with pytest.raises(TooSoon):
        meet(*later, lesson=shared, group="Hele 7. klasse")


def test_p5_a_second_follow_up_of_the_same_run_is_refused(held: Held, clock: Clock) -> None:
    run = held()
    clock.forward(weeks=7)
    follow(run)
    with pytest.raises(TooSoon):
        follow(run)


def test_twins_without_a_kind_let_nothing_through(held: Held, rooms: Rooms) -> None:
    run = held()
    with pytest.raises(TooSoon):
        rooms.create(Opening(FIRST, "Skolen", "7.B", twins=(run.run_id,)))


def test_the_twin_is_kept_with_the_run(held: Held, rooms: Rooms, clock: Clock, store: Store) -> None:
    run = held()
    clock.forward(minutes=1)
    evening = meet(run)
    record = store.read(lambda tx: tx.run(evening))
    assert record is not None
    assert record.choices["twin"] == {"kind": "parents", "runs": [run.run_id]}
    assert [card.twin for card in rooms.runs()] == [record.twin, None]


def test_a_reserve_topic_of_p8_is_not_offered_in_the_twin(held: Held, rooms: Rooms, clock: Clock) -> None:
    steps = (ask("left-handed"), show("left-handed"))
    run = held(lesson(neutral_topic(), guesses_topic(period=Period.EVER), steps=steps, reserve=("alcohol-ever",)))
    clock.forward(weeks=7)
    assert rooms.snapshot(follow(run)).run.lesson.reserve == ()
