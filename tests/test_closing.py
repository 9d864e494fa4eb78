"""The closing questions: asked at the end without a press of their own, for the consultant alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import SAY, TODAY, ask, lesson, neutral_topic, show
from classroom import SKIP, Classroom, Clock, Rule
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from watched import Watched, watch

from clicker import library
from clicker.lesson import Lesson, Move, NotNow, Step, StepKind
from clicker.report import NoReport, build, closing, csv_bytes
from clicker.room import Loop, Rooms
from clicker.store import Store

SIZE = 8
LEARNT, BELIEVED = "Har du lært noget?", "Tror du på tallene?"
HELP = Step(StepKind.HELP, title="Tag det med dig", text=("Tal med en voksen.",))


def the_lesson(*, told: bool = True) -> Lesson:
    steps = (SAY, ask("left-handed"), show("left-handed"), HELP)
    return lesson(neutral_topic(), steps=steps, closing=(LEARNT, BELIEVED), told=told)


def saying(first: str, second: str) -> Rule:
    """Letters say what each phone answers: y(es), a (little), n(o), and - to skip."""
    tokens = {"y": "000", "a": "001", "n": "002", "-": SKIP}

    def choose(number: int, prompt: str, _offered: list[str]) -> str | None:
        topic = prompt.partition(".")[0]
        answers = {"closing1": first, "closing2": second}.get(topic, "-" * SIZE)
        return tokens[answers[number]] if answers[number] != " " else None

    return choose


@pytest.fixture
def room(rooms: Rooms) -> Classroom:
    """A class that stands at the help step."""
    made = Classroom.open(rooms, the_lesson(), size=SIZE)
    made.press(Move.START, Move.NEXT, Move.SKIP, Move.SKIP)
    return made


def finished(room: Classroom, first: str, second: str) -> Classroom:
    room.answer(saying(first, second))
    room.press(Move.FINISH)
    return room


def test_phones_get_both_questions_with_the_help_and_no_press_between(room: Classroom) -> None:
    phone = room.screen("phone")
    assert (phone.view, phone.lines) == ("help", ("Tal med en voksen.",))
    assert [(prompt.text, prompt.number, prompt.of) for prompt in phone.prompts] == [(LEARNT, 1, 2), (BELIEVED, 2, 2)]
    assert [label for _token, label in phone.prompts[0].choices] == ["Yes", "A little", "No", "Skip"]


def test_everyone_answers_at_their_own_pace_until_the_end(room: Classroom) -> None:
    assert room.vote(0, "closing2.closing.1", "000").ok
    assert room.vote(0, "closing2.closing.1", "002").ok
    assert room.mine(0).answers == {"closing2.closing.1": "002"}
    room.press(Move.BACK)
    assert room.vote(1, "closing1.closing.1", "000").reason == "closed"
    room.press(Move.SKIP, Move.FINISH)
    assert room.vote(1, "closing1.closing.1", "000").reason == "closed"


def test_the_wall_says_nothing_of_them(room: Classroom) -> None:
    before = room.screen("wall")
    room.answer(saying("yyyyyyan", "nnnnnnnn"))
    assert room.screen("wall") == before
    assert (before.count, before.picture) == (None, None)
    room.press(Move.FINISH)
    assert LEARNT not in repr(room.screen("wall"))
    assert room.screen("wall").lines == ()


def test_the_consultant_sees_how_many_have_answered(room: Classroom) -> None:
    room.answer(saying("yyyy    ", "yyyy    "))
    assert room.screen("consultant").count.answered == 4


def test_the_consultant_sees_them_when_it_is_over_and_not_before(room: Classroom) -> None:
    room.answer(saying("yyyyyaan", "yyyyyyy-"))
    assert room.screen("consultant_private").closing == ()
    room.press(Move.FINISH)
    assert room.screen("consultant_private").closing == (
        (LEARNT, "Yes: 5. A little: 2. No: 1. 8 answered."),
        (BELIEVED, "Yes: 7. A little: 0. No: 0. 7 answered."),
    )
    mirrored = room.screen("consultant")
    assert (mirrored.closing, mirrored.closed) == ((), True)


def test_p1_fewer_than_five_answers_are_too_few(room: Classroom, store: Store) -> None:
    finished(room, "yyan    ", "yyyya---")
    assert room.screen("consultant_private").closing == (
        (LEARNT, "too few answers"),
        (BELIEVED, "Yes: 4. A little: 1. No: 0. 5 answered."),
    )
    kept = store.read(lambda tx: tx.results(room.run_id))
    assert kept["closing1", 1] == {"closing": LEARNT, "counts": None}


def test_they_are_kept_as_histograms_and_no_row_of_a_person(room: Classroom, store: Store) -> None:
    finished(room, "yyyyyaan", "nnnnnnnn")
    kept = store.read(lambda tx: tx.results(room.run_id))
    assert (kept["closing1", 1]["counts"], kept["closing2", 1]["counts"]) == ([5, 2, 1], [0, 0, 8])
    assert store.read(lambda tx: tx.ballots(room.run_id, ["closing1", "closing2"])) == ()


def test_a_run_that_is_finished_by_the_clock_keeps_them_too(room: Classroom, rooms: Rooms, clock: Clock) -> None:
    room.answer(saying("yyyyyaan", "nnnnnnnn"))
    clock.forward(hours=4)
    assert rooms.finish_forgotten() == [room.run_id]
    assert room.screen("consultant_private").closing[0] == (LEARNT, "Yes: 5. A little: 2. No: 1. 8 answered.")


def test_p11_they_are_in_nothing_that_leaves_the_room(room: Classroom, store: Store) -> None:
    finished(room, "yyyyyaan", "nnnnnnnn")
    report = store.read(lambda tx: build(tx, room.run_id, today=TODAY, lang="en"))
    for left in (repr(report), csv_bytes(report).decode("utf-8-sig")):
        assert LEARNT not in left
        assert BELIEVED not in left


def test_the_consultants_page_of_them_waits_for_the_end(room: Classroom, store: Store) -> None:
    with pytest.raises(NotNow):
        store.read(lambda tx: closing(tx, room.run_id, "en"))
    finished(room, "yyyyyaan", "nnn-----")
    learnt, believed = store.read(lambda tx: closing(tx, room.run_id, "en")).questions
    assert (learnt.question, learnt.answers, learnt.votes) == (LEARNT, ("Yes", "A little", "No"), (5, 2, 1))
    assert (believed.votes, believed.said) == (None, "too few answers")
    with pytest.raises(NoReport):
        store.read(lambda tx: closing(tx, "nobody", "en"))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from("yan-"), min_size=SIZE, max_size=SIZE), st.permutations(range(SIZE)))
def test_p3_exchanging_answers_between_seats_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory, loop: Loop, answers: list[str], order: list[int]
) -> None:
    told = []
    for seats in (range(SIZE), order):
        room = watched(tmp_path_factory.mktemp("closing"), loop)
        told.append(room.hold(saying("".join(answers[seat] for seat in seats), "yyyyyyyy"), (0, 1)))
    assert told[0] == told[1]


def watched(folder: Path, loop: Loop) -> Watched:
    return watch(folder / "clicker.db", loop, the_lesson(), SIZE, 11)


@pytest.mark.parametrize("shipped", library.lessons(), ids=lambda one: one.id)
def test_every_shipped_lesson_asks_the_same_two(shipped: Lesson) -> None:
    assert shipped.closing == ("Har du lært noget om de andre i dag?", "Tror du på tallene?")
    assert shipped.steps[-1].kind is StepKind.HELP
