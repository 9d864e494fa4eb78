"""A consultant's own lessons in the database: copied, saved, taken in, deleted, and never part of what is held."""

from __future__ import annotations

from typing import Any

import pytest
from classroom import Classroom, Rule, disagreeing, first, guess, table

from clicker import library
from clicker.lesson import Move
from clicker.room import Opening, Rooms, own_content, own_lessons
from clicker.room.own_lessons import (
    LARGEST,
    LessonRefused,
    LessonTooLarge,
    OwnLesson,
    StaleLesson,
    UnknownLesson,
    name_for,
)

CALM: Rule = table(
    {"others": guess(5), "own": first(0), "approve": disagreeing(99), "others_approve": guess(5), "agreement": first(9)}
)


def copied(rooms: Rooms, title: str = "Min lektion", of: str = "klasse-7") -> str:
    return rooms.write(lambda tx: own_lessons.copy(tx, of, title, rooms.now()))


def kept(rooms: Rooms, lesson_id: str) -> OwnLesson:
    return rooms.read(lambda tx: own_lessons.own_lesson(tx, lesson_id))


def saved(rooms: Rooms, lesson_id: str, seen: int, **changes: Any) -> int:
    data = kept(rooms, lesson_id).data | changes
    return rooms.write(lambda tx: own_lessons.save(tx, lesson_id, data, seen, rooms.now()))


def taken_in(rooms: Rooms, text: str | bytes) -> str:
    raw = text.encode() if isinstance(text, str) else text
    data = own_lessons.read_file("fil.yaml", raw)
    return rooms.write(lambda tx: own_lessons.take_in(tx, data, rooms.now()))


def usable(rooms: Rooms) -> list[str]:
    """The ids of the lessons that can be held."""
    return [lesson.id for lesson in library.lessons(rooms.read(own_content))]


def test_a_copy_is_a_lesson_of_its_own(rooms: Rooms) -> None:
    made = copied(rooms)
    assert made == "own-min-lektion"
    own = kept(rooms, made)
    assert (own.title, own.version, own.problems) == ("Min lektion", 1, ())
    assert own.usable is not None
    assert own.usable.topics == library.lesson("klasse-7").topics
    assert made in usable(rooms)


def test_two_copies_of_one_name_have_two_ids(rooms: Rooms) -> None:
    assert [copied(rooms), copied(rooms), copied(rooms)] == [
        "own-min-lektion",
        "own-min-lektion-2",
        "own-min-lektion-3",
    ]


def test_an_own_lesson_is_copied_too(rooms: Rooms) -> None:
    assert kept(rooms, copied(rooms, "Igen", of=copied(rooms))).title == "Igen"


def test_a_draft_that_cannot_be_held_is_copied_too(rooms: Rooms) -> None:
    made = copied(rooms)
    saved(rooms, made, 1, goal="gør de fleste")
    assert kept(rooms, copied(rooms, "Igen", of=made)).title == "Igen"


def test_there_is_no_copy_of_nothing(rooms: Rooms) -> None:
    with pytest.raises(UnknownLesson):
        copied(rooms, of="klasse-77")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Åse Møller på Ærø", "own-aase-moeller-paa-aeroe"),
        ("  7.B!  ", "own-7-b"),
        ("Café Zoë", "own-cafe-zoe"),
        ("🎈", "own"),
        ("x" * 200, "own-" + "x" * 36),
        ("../../etc/passwd", "own-etc-passwd"),
    ],
)
def test_an_id_is_made_of_the_title(title: str, name: str) -> None:
    assert name_for(title, ()) == name


def test_saving_makes_the_next_version(rooms: Rooms) -> None:
    made = copied(rooms)
    assert saved(rooms, made, 1, goal="Et andet mål.") == 2
    own = kept(rooms, made)
    assert (own.version, own.data["goal"]) == (2, "Et andet mål.")


def test_a_stale_save_writes_nothing(rooms: Rooms) -> None:
    made = copied(rooms)
    saved(rooms, made, 1, goal="Fra den ene fane.")
    with pytest.raises(StaleLesson):
        saved(rooms, made, 1, goal="Fra den anden fane.")
    assert kept(rooms, made).data["goal"] == "Fra den ene fane."


def test_a_draft_with_mistakes_is_kept_and_cannot_be_held(rooms: Rooms) -> None:
    made = copied(rooms)
    saved(rooms, made, 1, purpose="Det gør de fleste.")
    own = kept(rooms, made)
    assert own.usable is None
    assert [problem.key for problem in own.problems] == ["purpose"]
    assert made not in usable(rooms)


def test_the_id_of_a_lesson_is_not_changed_by_what_is_saved(rooms: Rooms) -> None:
    made = copied(rooms)
    saved(rooms, made, 1, id="klasse-7")
    assert kept(rooms, made).data["id"] == made


@pytest.mark.parametrize(("part", "most"), [("topics", 40), ("steps", 60)])
def test_a_lesson_has_its_limits(rooms: Rooms, part: str, most: int) -> None:
    made = copied(rooms)
    one = kept(rooms, made).data[part][0]
    saved(rooms, made, 1, **{part: [one] * most})
    with pytest.raises(LessonTooLarge):
        saved(rooms, made, 2, **{part: [one] * (most + 1)})


def test_a_lesson_of_more_than_200_kb_is_not_kept(rooms: Rooms) -> None:
    with pytest.raises(LessonTooLarge):
        saved(rooms, copied(rooms), 1, goal="å" * LARGEST)


def test_a_deleted_lesson_is_gone(rooms: Rooms) -> None:
    made = copied(rooms)
    rooms.write(lambda tx: own_lessons.delete(tx, made))
    with pytest.raises(UnknownLesson):
        kept(rooms, made)
    with pytest.raises(UnknownLesson):
        rooms.write(lambda tx: own_lessons.delete(tx, made))


def test_what_was_written_out_can_be_taken_in_again(rooms: Rooms) -> None:
    made = copied(rooms)
    saved(rooms, made, 1, goal="Et andet mål.")
    again = kept(rooms, taken_in(rooms, kept(rooms, made).text))
    assert again.id != made
    assert again.data | {"id": made} == kept(rooms, made).data


def test_a_file_that_breaks_a_rule_is_taken_in_as_a_draft(rooms: Rooms) -> None:
    text = library.write_lesson(library.lesson("klasse-7")).replace("sensitivity: S2", "sensitivity: S0")
    own = kept(rooms, taken_in(rooms, text))
    assert [problem.key for problem in own.problems] == [
        "topics.alcohol-weekly.sensitivity",
        "topics.ecig-ever.sensitivity",
    ]


def test_a_file_that_is_no_lesson_is_refused_with_every_mistake(rooms: Rooms) -> None:
    text = library.write_lesson(library.lesson("klasse-7"))
    text = text.replace("audience: pupils", "audience: elever").replace("sensitivity: S2", "sensitivity: S0")
    with pytest.raises(LessonRefused) as refused:
        taken_in(rooms, text)
    lines = text.splitlines()
    for problem, wrong in zip(refused.value.problems, ("audience: elever", *["sensitivity: S0"] * 2), strict=True):
        assert (problem.file, lines[problem.line - 1].strip()) == ("fil.yaml", wrong)
    assert rooms.read(own_lessons.own_lessons) == ()


@pytest.mark.parametrize(
    "raw",
    [b"", b"[" * 5000, b"\xff\xfe\x00", b"a: &x 1\nb: *x\n", b"id: x\ntopics: 1\nsteps: 1\n", b"- 1"],
)
def test_bytes_that_are_no_lesson_are_refused(rooms: Rooms, raw: bytes) -> None:
    with pytest.raises(LessonRefused):
        taken_in(rooms, raw)


def test_a_file_of_more_than_200_kb_is_not_even_read(rooms: Rooms) -> None:
    with pytest.raises(LessonTooLarge):
        taken_in(rooms, b"x" * (LARGEST + 1))


def test_a_run_keeps_the_lesson_that_it_was_opened_with(rooms: Rooms) -> None:
    made = copied(rooms)
    lesson = kept(rooms, made).usable
    assert lesson is not None
    held = Classroom.open(rooms, lesson, group="7.A")
    held.hold(CALM)
    holding = Classroom.open(rooms, lesson, group="7.B")
    holding.hold(CALM, until=Move.EVALUATE)
    topics = [topic | {"title": "Noget andet"} for topic in kept(rooms, made).data["topics"]]
    saved(rooms, made, 1, title="Ny titel", topics=topics)
    assert held.snapshot.run.lesson == holding.snapshot.run.lesson == lesson
    rooms.write(lambda tx: own_lessons.delete(tx, made))
    holding.hold(CALM)
    assert holding.snapshot.run.lesson == lesson
    assert rooms.create(Opening(lesson, school="Skolen", group="7.C")).title == "Min lektion"
