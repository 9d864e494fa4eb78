"""A second run of the same class (P5) and chains of topics (P8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import ask, attitude_topic, guesses_topic, lesson, neutral_topic, prompt, risk_topic

from clicker.lesson import Kind, Topic
from clicker.safety import PastRun, clashes, labels_match, sensitive_marks

DAY = date(2026, 3, 2)
WEEKLY = frozenset({"alcohol-weekly", "alcohol-ever"})
PAST = PastRun(DAY, "Solskolen", "7.B", WEEKLY)


def clash(group: str = "7.B", school: str = "Solskolen", marks: frozenset[str] = WEEKLY, days: int = 7) -> bool:
    return clashes([PAST], school, group, marks, DAY + timedelta(days=days))


def ids(marks: frozenset[str]) -> set[str]:
    """The topics among the marks."""
    return {mark for mark in marks if ":" not in mark}


def shared(one: Topic, other: Topic) -> frozenset[str]:
    return sensitive_marks(lesson(one)) & sensitive_marks(lesson(other))


def test_p5_a_question_is_known_by_its_words_whatever_its_id() -> None:
    own = prompt(Kind.OWN, text="Drikker du alkohol hver uge?")
    typed = prompt(Kind.OWN, text="  drikker du  Alkohol hver uge")
    assert shared(risk_topic(own=own), risk_topic("other", own=typed))
    approve = prompt(Kind.APPROVE, text="Det er i orden.")
    assert shared(attitude_topic(approve=approve), risk_topic(approve=approve))


@pytest.mark.parametrize("column", ["indicator", "attitude_indicator"])
def test_p5_a_question_is_known_by_its_figure_whatever_its_id(column: str) -> None:
    assert shared(risk_topic(**{column: "x"}), risk_topic("other", **{column: "x"})) == {"indicator:x"}


def test_p5_two_questions_of_other_words_share_nothing() -> None:
    assert shared(risk_topic(), risk_topic("other")) == frozenset()


def test_p5_the_same_class_is_not_asked_the_same_twice() -> None:
    assert clash()


@pytest.mark.parametrize(("days", "refused"), [(0, True), (41, True), (42, False)])
def test_p5_a_class_may_be_asked_again_after_six_weeks(days: int, refused: bool) -> None:
    assert clash(days=days) is refused


def test_p5_another_group_or_school_is_free() -> None:
    assert not clash(group="7.A")
    assert not clash(school="Engskolen")


def test_p5_parents_of_the_same_children_are_one_group_whatever_it_is_called() -> None:
    evening = PastRun(DAY, "Solskolen", "7. klasse", WEEKLY, frozenset("abc"))

    def again(children: str, marks: frozenset[str] = WEEKLY, days: int = 1) -> bool:
        day = DAY + timedelta(days=days)
        return clashes([evening], "Solskolen", "Hele 7. klasse", marks, day, frozenset(children))

    assert again("abc")
    assert again("cd")
    assert not again("d")
    assert not again("")
    assert not again("abc", days=42)
    assert not again("abc", marks=frozenset({"speak-up"}))
    assert not clashes([PAST], "Solskolen", "7.A", WEEKLY, DAY, frozenset())


def test_p5_a_run_that_shares_no_sensitive_topic_is_free() -> None:
    assert not clash(marks=frozenset({"speak-up"}))
    assert not clash(marks=frozenset())


def test_p5_a_run_that_shares_one_step_of_a_chain_is_refused() -> None:
    assert clash(marks=frozenset({"alcohol-month", "alcohol-ever"}))


def test_p5_one_clash_among_many_runs_is_enough() -> None:
    others = [PastRun(DAY, "Solskolen", label, WEEKLY) for label in ("7.A", "8.B")]
    assert clashes([*others, PAST], "Solskolen", "7.B", WEEKLY, DAY)
    assert not clashes(others, "Solskolen", "7.B", WEEKLY, DAY)


@pytest.mark.parametrize("label", ["7.B", "7 b", "7B", " 7.b ", "7-B"])
def test_p5_a_label_is_the_same_however_it_is_written(label: str) -> None:
    assert labels_match("7.B", label)
    assert clash(group=label)


def test_p5_two_classes_are_not_one() -> None:
    assert not labels_match("7.B", "7.C")
    assert not labels_match("7.B", "17.B")


def test_p8_a_chain_marks_all_that_it_implies() -> None:
    topics = (
        risk_topic(implies=("alcohol-month",)),
        risk_topic("alcohol-month", implies=("alcohol-ever",)),
        risk_topic("alcohol-ever"),
    )
    marks = sensitive_marks(lesson(*topics, steps=(ask("alcohol-weekly"),)))
    assert ids(marks) == {"alcohol-weekly", "alcohol-month", "alcohol-ever"}


def test_p8_what_is_implied_is_marked_even_where_the_lesson_does_not_have_it() -> None:
    assert ids(sensitive_marks(lesson(risk_topic(implies=("alcohol-ever",))))) == WEEKLY


def test_p8_a_circle_of_implications_ends() -> None:
    topics = (risk_topic("a", implies=("b",)), risk_topic("b", implies=("a",)))
    assert ids(sensitive_marks(lesson(*topics))) == {"a", "b"}


def test_p8_two_runs_with_different_steps_of_a_chain_clash() -> None:
    weekly = sensitive_marks(lesson(risk_topic(implies=("alcohol-ever",))))
    ever = sensitive_marks(lesson(risk_topic("alcohol-ever")))
    assert clashes([PastRun(DAY, "Solskolen", "7.B", weekly)], "Solskolen", "7.B", ever, DAY)


def test_neutral_topics_and_guesses_leave_no_mark() -> None:
    assert sensitive_marks(lesson(neutral_topic(), guesses_topic())) == frozenset()


def test_attitudes_leave_a_mark() -> None:
    assert ids(sensitive_marks(lesson(attitude_topic()))) == {"nicotine-ok"}


def test_topics_that_are_not_asked_leave_no_mark() -> None:
    topics = (risk_topic(), risk_topic("ecig-ever"))
    assert ids(sensitive_marks(lesson(*topics, steps=(ask("ecig-ever"),)))) == {"ecig-ever"}
