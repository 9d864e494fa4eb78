"""A dilemma: voted on, talked about, voted on again; nobody knows how a vote fell before both are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from builders import SAY, TODAY, dilemma, lesson
from classroom import SKIP, Classroom, Rule
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from watched import SCREENS, Watched, watch

from clicker.lesson import Lesson, Move, Phase, Run, Step, StepKind, phase
from clicker.report import Report, build, csv_bytes
from clicker.room import Loop, Rooms
from clicker.safety.votes import Rounds, both_rounds, counted
from clicker.store import Store, Transaction

SIZE = 8
TO_TALK = (Move.OPEN, Move.CLOSE, Move.TALK)
BOTH_CLOSED = (Move.OPEN, Move.CLOSE, Move.TALK, Move.OPEN, Move.CLOSE)


def the_lesson(**changes: object) -> Lesson:
    """Nothing but a story, with a step before and after it."""
    help_step = Step(StepKind.HELP, title="Tag det med dig", text=("Tal med en voksen.",))
    return lesson(steps=(SAY, dilemma(), help_step), **changes)


def voting(first: Sequence[int | None], second: Sequence[int | None]) -> Rule:
    """Phone number so-and-so votes what stands at its place in either round; None skips."""

    def choose(number: int, prompt: str, _offered: list[str]) -> str | None:
        votes = first if prompt.endswith(".1") else second
        vote = votes[number] if number < len(votes) else None
        return SKIP if vote is None else f"{vote:03d}"

    return choose


def held(rooms: Rooms, rule: Rule, until: Move, size: int = SIZE) -> Classroom:
    """A class of that size, up to that move."""
    room = Classroom.open(rooms, the_lesson(), size=size)
    room.press(Move.START, Move.NEXT)
    room.hold(rule, until)
    return room


@pytest.fixture
def shown(rooms: Rooms) -> Classroom:
    """Both rounds on the wall: 3, 4 and 1 voted, then 1, 6 and nobody."""
    return held(rooms, voting((0, 0, 0, 1, 1, 1, 1, 2), (0, 1, 1, 1, 1, 1, 1, None)), Move.REVEAL)


# --- the two rounds


def test_a_dilemma_is_voted_on_talked_about_and_voted_on_again(rooms: Rooms) -> None:
    room = held(rooms, voting((0,) * 8, (1,) * 8), Move.REVEAL)
    assert room.pressed[2:] == [*BOTH_CLOSED, Move.REVEAL]
    assert phase(room.snapshot.run) is Phase.BOTH


def test_both_rounds_stand_side_by_side_with_how_many_voted(shown: Classroom) -> None:
    wall = shown.screen("wall")
    assert wall.view == "dilemma_both"
    assert [one["label"] for one in wall.picture.rows["heads"]] == ["First vote: 8 voted", "Second vote: 7 voted"]
    bars = [(one["vote"], one["row"], one["votes"]) for one in wall.picture.rows["bars"]]
    assert bars == [(0, 0, 3), (0, 1, 4), (0, 2, 1), (1, 0, 1), (1, 1, 6), (1, 2, 0)]
    assert wall.rows[1] == ("Sige nej", "First vote: 4 of 8. Second vote: 6 of 7.")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((1, 4, 2), (0, 7, 0), "The same choice got the most votes both times."),
        ((5, 4, 2), (0, 7, 0), "Another choice got the most votes the second time."),
        ((4, 4, 2), (0, 7, 0), "At least once several choices got the most votes."),
    ],
)
def test_the_sentence_counts_and_does_not_judge(
    rooms: Rooms, first: tuple[int, ...], second: tuple[int, ...], said: str
) -> None:
    from clicker.words.votes import rounds_line

    assert rounds_line(Rounds(first, second), "en") == said


def test_a_skip_is_an_answer_that_counts_for_no_choice(rooms: Rooms) -> None:
    room = held(rooms, voting((None, *(0,) * 7), (1,) * 8), Move.CLOSE)
    assert room.screen("wall").count.answered == SIZE
    room.hold(voting((), (1,) * 8), Move.REVEAL)
    assert room.snapshot.dilemma == Rounds((7, 0, 0), (0, 8, 0))


def test_phones_vote_on_one_question_and_have_a_way_out(rooms: Rooms) -> None:
    room = Classroom.open(rooms, the_lesson(), size=SIZE)
    room.press(Move.START, Move.NEXT, Move.OPEN)
    (prompt,) = room.screen("phone").prompts
    assert (prompt.address, prompt.number, prompt.of) == ("dilemma0.dilemma.1", 1, 1)
    assert [label for _token, label in prompt.choices] == ["Sige ja", "Sige nej", "Ringe hjem", "Skip"]
    room.press(Move.CLOSE, Move.TALK)
    assert room.screen("phone").view == "talk"
    room.press(Move.OPEN)
    assert room.screen("phone").prompts[0].address == "dilemma0.dilemma.2"


def test_a_vote_of_the_other_round_is_refused(rooms: Rooms) -> None:
    room = Classroom.open(rooms, the_lesson(), size=SIZE)
    room.press(Move.START, Move.NEXT, Move.OPEN)
    assert room.vote(0, "dilemma0.dilemma.2", "000").reason == "closed"
    room.press(Move.CLOSE, Move.TALK, Move.OPEN)
    assert room.vote(0, "dilemma0.dilemma.1", "000").reason == "closed"
    assert room.vote(0, "dilemma0.dilemma.2", "003").reason == "not_offered"


def test_what_was_shown_is_not_voted_on_again(shown: Classroom) -> None:
    assert shown.refused(Move.REOPEN) == "table"
    assert shown.refused(Move.OPEN) == "table"


def test_a_dilemma_that_was_skipped_can_be_taken_up_where_it_was(rooms: Rooms) -> None:
    room = Classroom.open(rooms, the_lesson(), size=SIZE)
    room.press(Move.START, Move.NEXT, *TO_TALK, Move.OPEN, Move.SKIP, Move.BACK)
    assert phase(room.snapshot.run) is Phase.CLOSED_AGAIN


def test_the_talk_is_planned_by_its_own_minutes(rooms: Rooms) -> None:
    room = Classroom.open(rooms, the_lesson(), size=SIZE)
    room.press(Move.START, Move.NEXT, *TO_TALK)
    assert room.screen("consultant_private").minutes == 5
    wall = room.screen("wall")
    assert (wall.view, wall.lines, wall.line) == ("dilemma_talk", ("Hvad taler for?",), "We talk for 5 minutes.")


# --- who may know what


@pytest.mark.parametrize("few", ["first", "second"])
def test_p1_with_fewer_than_five_votes_in_either_round_nothing_is_shown(rooms: Rooms, store: Store, few: str) -> None:
    four, eight = (0, 1, 1, 2, *(None,) * 4), (1,) * 8
    room = held(rooms, voting(*((four, eight) if few == "first" else (eight, four))), Move.REVEAL)
    wall = room.screen("wall")
    assert (wall.picture, wall.rows) == (None, ())
    assert wall.lines == ("Too few voted to show numbers here. Tell each other instead what you heard.",)
    room.hold(voting((), ()))
    assert report(store, room).dilemmas == ()


@given(st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=30), st.integers(0, 30))
def test_p1_too_few_are_the_same_however_they_voted(values: list[int | None], others: int) -> None:
    votes = counted(values, 4)
    whole = sum(value is not None for value in values)
    assert sum(votes) == whole
    shown = both_rounds(votes, counted([0] * others, 4))
    assert (shown is None) is (whole < 5 or others < 5)


def screens_before_both(room: Watched, rule: Rule) -> Iterator[tuple[str, bytes]]:
    """All that every screen is told from the story to the closing of the second vote, each phone beside it."""
    room.room.press(Move.START, Move.NEXT)
    for move in BOTH_CLOSED:
        yield from ((f"before {move} {screen}", room.told(screen)) for screen in SCREENS)
        room.room.press(move)
        if move is Move.OPEN:
            room.room.answer(rule)
        else:
            yield from ((f"{move} phone {number}", room.phone(number)) for number in range(SIZE))
    yield from ((f"closed {screen}", room.told(screen)) for screen in SCREENS)


def lesson_watched(folder: Path, loop: Loop) -> Watched:
    folder.mkdir(parents=True)
    return watch(folder / "clicker.db", loop, the_lesson(), SIZE, 11)


def test_until_both_votes_are_closed_no_screen_differs_whatever_was_voted(tmp_path: Path, loop: Loop) -> None:
    told = []
    for number, (first, second) in enumerate(
        [((0,) * 8, (0,) * 8), ((2,) * 8, (1,) * 8), ((0, 1, 2, 0, 1, 2, None, None), (1, 1, 1, 1, 0, 0, 0, None))]
    ):
        room = lesson_watched(tmp_path / str(number), loop)
        told.append(list(screens_before_both(room, voting(first, second))))
    assert told[0] == told[1] == told[2]


VOTES = st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=SIZE, max_size=SIZE)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VOTES, VOTES, st.permutations(range(SIZE)), st.permutations(range(SIZE)))
def test_p3_exchanging_votes_between_seats_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory,
    loop: Loop,
    first: list[int | None],
    second: list[int | None],
    one: list[int],
    other: list[int],
) -> None:
    """In either round by itself: who changed is nowhere."""
    told = []
    exchanged = [first[seat] for seat in one], [second[seat] for seat in other]
    for votes in ((first, second), exchanged):
        room = lesson_watched(tmp_path_factory.mktemp("votes") / "room", loop)
        told.append(room.hold(voting(*votes), (0, 1)))
    assert told[0] == told[1]


def test_before_both_are_shown_nothing_of_a_vote_is_kept(rooms: Rooms, store: Store) -> None:
    room = held(rooms, voting((0,) * 8, (1,) * 8), Move.CLOSE)
    assert store.read(lambda tx: tx.results(room.run_id)) == {}
    room.press(Move.FINISH)
    assert "dilemma0" not in {topic for topic, _round in store.read(lambda tx: tx.results(room.run_id))}


# --- what is kept and what leaves


def report(store: Store, room: Classroom) -> Report:
    def work(tx: Transaction) -> Report:
        return build(tx, room.run_id, today=TODAY, lang="en")

    return store.read(work)


def test_both_histograms_are_kept_and_no_row_of_a_person(shown: Classroom, store: Store) -> None:
    shown.press(Move.NEXT, Move.FINISH)
    kept = store.read(lambda tx: tx.results(shown.run_id))["dilemma0", 1]
    assert (kept["first"], kept["second"]) == ([3, 4, 1], [1, 6, 0])
    assert store.read(lambda tx: tx.ballots(shown.run_id, ["dilemma0"])) == ()


def test_p11_both_votes_leave_where_it_was_told(shown: Classroom, store: Store) -> None:
    shown.press(Move.NEXT, Move.FINISH)
    (found,) = report(store, shown).dilemmas
    assert found.rows == (("Sige ja", 3, 1), ("Sige nej", 4, 6), ("Ringe hjem", 1, 0))
    assert (found.first, found.second) == (8, 7)
    lines = csv_bytes(report(store, shown)).decode("utf-8-sig").splitlines()
    assert "Festen;Second vote;6;6;7;Sige nej: Ida vil have øl med. Hvad ville være bedst?" in lines


def test_p11_nothing_leaves_where_it_was_not_told(rooms: Rooms, store: Store) -> None:
    room = Classroom.open(rooms, the_lesson(told=False), size=SIZE)
    room.hold(voting((0,) * 8, (1,) * 8))
    assert report(store, room).dilemmas == ()
    assert "Sige nej" not in csv_bytes(report(store, room)).decode("utf-8-sig")


def test_two_dilemmas_have_votes_of_their_own(rooms: Rooms) -> None:
    other = dilemma(title="Skolevejen", choices=("Gå", "Cykle", "Vente", "Blive"))
    room = Classroom.open(rooms, replace(the_lesson(), steps=(SAY, dilemma(), other)), size=SIZE)
    room.press(Move.START, Move.NEXT, *BOTH_CLOSED, Move.REVEAL, Move.NEXT, Move.OPEN)
    assert room.screen("phone").prompts[0].address == "dilemma1.dilemma.1"


def test_a_run_at_a_dilemma_can_be_kept_and_taken_up() -> None:
    from clicker.lesson import as_data, run_from_data, run_to_data
    from clicker.lesson import build as read

    run = Run(the_lesson(), present=8, position=1, phases=(Phase.ON, Phase.OPEN_AGAIN, Phase.ON), frozen=True)
    assert run_from_data(read(as_data(run.lesson)), run_to_data(run)) == run
