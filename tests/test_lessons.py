"""Every lesson that comes with the program: complete, of the right length, and asking what it says it asks.

The rules that any lesson must keep stand in `safety.declared` and `library.wording`; these are for the shipped ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from clicker import library
from clicker.lesson import Audience, Lesson, Polarity, Prompt, Sensitivity, StepKind, Topic
from clicker.library.wording import words
from clicker.safety import Declared
from clicker.safety.declared import MOST_PROMPTS, pupil_texts

FILES = sorted((Path(__file__).parent.parent / "norms_data" / "lessons").glob("*.yaml"))
TODAY = date(2026, 11, 22)
YOUNG_PEOPLE = (Audience.PUPILS, Audience.STUDENTS)
# A dilemma takes 16 minutes; with a short break a parents' evening of an hour and a half is full.
MINUTES = {Audience.PARENTS: (80, 90), Audience.STAFF: (60, 75)}
TWO_SCHOOL_HOURS = (80, 95)
# What pupils call the groups of topics whose own answers leave the room as one sentence only (P11).
CALLED = {
    "tobacco": "ryg|tobak|cigaret",
    "nicotine": "nikotin|vape|snus|e-cigaret",
    "alcohol": "alkohol",
    "cannabis": "hash",
    "drugs": "stoffer|lattergas",
    "crime": "ulovlig|stjæle|tyveri|hærværk",
}
HEADS = (
    "Hvor mange af de {others} andre her ",
    "Hvor mange ud af 100 her ",
    "Hvor mange af de {others} andre forældre her ",
    "Hvor mange ud af 100 forældre her ",
    "Hvor mange i hele klassen, dig selv med, ",
    "Tænk på hele klassen, dig selv med. Hvor mange ud af 100 ",
)
TELEPHONE = re.compile(r"\b\d{2,4}[ -]?\d{2,4}(?:[ -]?\d{2})*\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def for_lessons(fits: Callable[[Lesson], bool]) -> pytest.MarkDecorator:
    """The test, for each lesson that it is about."""
    return pytest.mark.parametrize("lesson", [one.id for one in library.lessons() if fits(one)], indirect=True)


every_lesson = pytest.mark.parametrize("lesson", [path.stem for path in FILES], indirect=True)


@pytest.fixture
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return library.lesson(request.param)


def asked(lesson: Lesson) -> tuple[Topic, ...]:
    return lesson.asked_topics()


def for_everybody(lesson: Lesson) -> Lesson:
    """The lesson without the guesses that only the parents of one class get."""
    return lesson.without(frozenset(topic.id for topic in lesson.topics if topic.about))


def steps(lesson: Lesson, kind: StepKind) -> list[int]:
    return [number for number, step in enumerate(lesson.steps) if step.kind is kind]


def told_before(lesson: Lesson) -> str:
    """The lines said before the first question."""
    first = steps(lesson, StepKind.ASK)[0]
    return "\n".join(line for step in lesson.steps[:first] if step.kind is StepKind.SAY for line in step.text)


def behaviour(text: str) -> str:
    """What a question asks about, without who is asked and whose it is."""
    for head in HEADS:
        text = text.replace(head, "")
    turned = re.sub(r"(\w+) du (?=[^.?]*\?$)", lambda verb: f"{verb[1].lower()} ", text)
    return re.sub(r"\b(?:din|dit|dine|sin|sit|sine|deres|du|de)\b", "", turned).rstrip("?")


def asks_alike(first: str, second: str) -> bool:
    """Whether both ask about the same; a verb or noun may stand in another form (glad, glade; klasse, klassen)."""
    one, two = (words(behaviour(text).casefold()) for text in (first, second))
    return len(one) == len(two) and all(a[:3] == b[:3] for a, b in zip(one, two, strict=True))


@every_lesson
def test_a_lesson_is_used(lesson: Lesson) -> None:
    assert [str(problem) for problem in library.problems() if lesson.id in problem.file] == []


# Length


@every_lesson
def test_it_asks_at_most_eighteen_questions(lesson: Lesson) -> None:
    assert sum(len(topic.prompts()) for topic in asked(lesson)) <= MOST_PROMPTS


@every_lesson
def test_it_shows_four_or_five_topics_besides_the_control(lesson: Lesson) -> None:
    held = for_everybody(lesson)
    shown = [held.topic(name) for step in held.steps if step.kind is StepKind.SHOW for name in step.topics]
    assert len(shown) == len(set(shown))
    assert len([topic for topic in shown if topic.polarity is not Polarity.NEUTRAL]) in (4, 5)


@every_lesson
def test_it_has_time_for_all_its_steps(lesson: Lesson) -> None:
    least, most = MINUTES.get(lesson.audience, TWO_SCHOOL_HOURS)
    assert least <= sum(step.minutes for step in for_everybody(lesson).steps) <= most
    assert [number for number, step in enumerate(lesson.steps, 1) if step.minutes < 1] == []


# Topics


@every_lesson
def test_it_asks_about_something_neutral_first(lesson: Lesson) -> None:
    assert asked(lesson)[0].polarity is Polarity.NEUTRAL


@every_lesson
def test_it_has_a_topic_that_shows_what_we_think_by_plan(lesson: Lesson) -> None:
    assert [topic for topic in asked(lesson) if topic.approve and not topic.own]


@every_lesson
def test_it_has_topics_in_reserve_that_need_no_more_protection(lesson: Lesson) -> None:
    """G15: of no sensitivity, or a guess that is held against the country alone."""
    reserve = [lesson.topic(name) for name in lesson.reserve]
    assert reserve
    assert set(reserve).isdisjoint(asked(lesson))
    assert [topic.id for topic in reserve if topic.own and topic.sensitivity is not Sensitivity.S0] == []


@for_lessons(lambda lesson: lesson.audience is Audience.PUPILS and min(lesson.grades) >= 7)
def test_from_seventh_grade_on_two_topics_reach_a_figure(lesson: Lesson) -> None:
    reached = []
    for topic in asked(lesson):
        figures = library.figures_for(Declared(topic, lesson.audience, lesson.grades), TODAY)
        reached += [topic.id] if figures.behaviour or figures.attitude else []
    assert len(reached) >= 2


@pytest.mark.parametrize("pair", list(combinations([path.stem for path in FILES], 2)), ids="-".join)
def test_two_lessons_share_at_most_half_their_topics(pair: tuple[str, str]) -> None:
    one, two = ({topic.id for topic in library.lesson(name).topics} for name in pair)
    assert 2 * len(one & two) <= min(len(one), len(two))


def test_topics_of_one_name_ask_the_same() -> None:
    told: dict[str, str] = {}
    for lesson in library.lessons():
        for topic in lesson.topics:
            question = next(topic.prompts().__iter__()).text
            plain = re.sub(r"\d+\. klasse", "klasse", question)
            assert told.setdefault(topic.id, plain) == plain, (lesson.id, topic.id)


@for_lessons(lambda lesson: any(topic.about for topic in lesson.topics))
def test_parents_guess_what_their_children_were_asked_in_the_same_words(lesson: Lesson) -> None:
    classes = [
        one for one in library.lessons() if one.audience is Audience.PUPILS and set(one.grades) & set(lesson.grades)
    ]
    for topic in (topic for topic in lesson.topics if topic.about):
        theirs = [one for held in classes for one in asked(held) if one.id == topic.about]
        assert theirs, topic.id
        said = {(one.healthy, one.unhealthy, one.polarity, one.period, one.is_behaviour) for one in theirs}
        assert said == {(topic.healthy, topic.unhealthy, topic.polarity, topic.period, topic.is_behaviour)}
    for held in classes:
        mine = {one.id for one in asked(held)}
        assert len([topic for topic in asked(lesson) if topic.about in mine]) <= 3


# Steps


@every_lesson
def test_the_consultant_is_told_what_to_say_and_what_to_avoid(lesson: Lesson) -> None:
    for number, step in enumerate(lesson.steps, 1):
        assert step.notes, number
        if step.kind in (StepKind.ASK, StepKind.SHOW):
            assert step.avoid, number
    assert [topic.id for topic in lesson.topics if not (topic.notes and topic.avoid)] == []


@every_lesson
def test_every_step_but_a_shown_topic_has_a_title(lesson: Lesson) -> None:
    assert all(step.title for step in lesson.steps if step.kind is not StepKind.SHOW)


@every_lesson
def test_it_talks_twice_agrees_once_and_ends_with_help(lesson: Lesson) -> None:
    assert len(steps(lesson, StepKind.TALK)) == 2
    (agree,) = steps(lesson, StepKind.AGREE)
    assert steps(lesson, StepKind.TALK)[0] < agree
    assert len(lesson.steps[agree].proposals) >= 4
    assert lesson.steps[-1].kind is StepKind.HELP
    assert any("tal med" in line.casefold() for line in lesson.steps[-1].text)


@every_lesson
def test_it_has_three_sentences_to_take_along_and_none_of_them_is_about_help(lesson: Lesson) -> None:
    assert len(lesson.keep) == 3
    assert not set(lesson.keep) & set(lesson.steps[-1].text)


@every_lesson
def test_the_frame_and_the_privacy_words_come_before_the_first_question(lesson: Lesson) -> None:
    assert lesson.purpose
    assert lesson.goal
    said = told_before(lesson)
    for word in ("navn", "tavlen", "springe", "slettet", "4 timer"):
        assert word in said, word
    private = [topic for topic in asked(lesson) if topic.own and topic.sensitivity is not Sensitivity.S0]
    assert not private or re.search(r"\bhøjst 3\b", said)


@for_lessons(lambda lesson: lesson.audience in YOUNG_PEOPLE and lesson.told)
def test_young_people_are_told_exactly_what_parents_may_see(lesson: Lesson) -> None:
    said = told_before(lesson)
    assert re.search(r"forældre [^.]*aldrig dit svar", said)
    assert "på tavlen" in said
    private = {topic.group for topic in asked(lesson) if topic.own and topic.sensitivity is Sensitivity.S2}
    assert not private or re.search(r"kun se én sætning [^.]*hvad vi gør: ”Mindst så mange har ikke \.\.\.”", said)
    for group in private & CALLED.keys():
        assert re.search(CALLED[group], said), group


@for_lessons(lambda lesson: lesson.told)
def test_p11_everybody_is_told_that_numbers_are_added_together_and_come_on_posters(lesson: Lesson) -> None:
    said, young = told_before(lesson), lesson.audience in YOUNG_PEOPLE
    groups = "klasser" if young else "grupper"
    assert f"Tal fra flere {groups} kan blive lagt sammen. En sætning kan komme på en plakat." in said
    own = [topic for topic in asked(lesson) if topic.own and topic.sensitivity is Sensitivity.S2]
    private = [topic for topic in own if topic.polarity is not Polarity.NEUTRAL]
    only = re.search(rf"Om ([^.]+) er plakaten altid for flere {groups} sammen\.", said)
    assert (only is not None) == bool(private)
    for topic in private if young else ():
        assert only is not None
        assert topic.group not in CALLED or re.search(CALLED[topic.group], only[1]), topic.id


@for_lessons(lambda lesson: lesson.audience is Audience.PARENTS)
def test_p11_no_note_says_that_parents_see_a_sentence_alone_where_the_attitude_may_stand_beside_it(
    lesson: Lesson,
) -> None:
    notes = [topic.notes for topic in lesson.topics if topic.children is not None]
    assert [note for note in notes if "det eneste" in note] == []
    promised = [note for note in notes if "kun se sætningen" in note]
    assert promised
    assert all("Hvad de synes, må også stå der." in note for note in promised)


@every_lesson
def test_no_telephone_number_is_printed(lesson: Lesson) -> None:
    text = next(path for path in FILES if path.stem == lesson.id).read_text(encoding="utf-8")
    assert TELEPHONE.findall(YEAR.sub("", text)) == []


# Wording


@every_lesson
def test_a_behaviour_has_the_same_words_in_every_question(lesson: Lesson) -> None:
    for topic in lesson.topics:
        questions = [prompt for prompt in (topic.others, topic.own, topic.again) if prompt is not None]
        texts = [text for prompt in questions for text in (prompt.text, prompt.hundred) if text]
        if not topic.grades:
            assert [text for text in texts if not asks_alike(text, texts[0])] == []


@every_lesson
def test_a_guessed_attitude_has_the_same_words_for_a_full_hall(lesson: Lesson) -> None:
    for topic in lesson.topics:
        if topic.others_approve is not None and not topic.grades:
            assert asks_alike(topic.others_approve.text, topic.others_approve.hundred), topic.id


@every_lesson
def test_an_attitude_is_shown_in_the_words_it_was_asked_in(lesson: Lesson) -> None:
    for topic in lesson.topics:
        if topic.approve is not None:
            statement = re.sub(r"\bmi(?:n|t|ne)\b", "deres", topic.approve.text.rstrip(".").lower())
            assert topic.approve.healthy.lower().endswith(statement.removeprefix("jeg ")), topic.id


@every_lesson
def test_questions_count_the_others_before_they_ask_oneself(lesson: Lesson) -> None:
    for topic in asked(lesson):
        if topic.own is not None:
            kinds = [str(prompt.kind) for prompt in topic.prompts()]
            assert "others" not in kinds or kinds.index("others") < kinds.index("own")


@every_lesson
def test_pupils_are_asked_about_the_others_here(lesson: Lesson) -> None:
    for topic in lesson.topics:
        counted: list[Prompt] = [prompt for prompt in (topic.others, topic.others_approve) if prompt is not None]
        for prompt in counted if lesson.audience in YOUNG_PEOPLE and not topic.grades else ():
            assert "de {others} andre her" in prompt.text
            assert "ud af 100 her" in prompt.hundred


@every_lesson
def test_quotes_are_danish(lesson: Lesson) -> None:
    assert [text for _key, text in pupil_texts(lesson) if re.search('["“„]', text)] == []
