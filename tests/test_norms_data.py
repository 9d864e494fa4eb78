"""The content that comes with the program: valid, readable for a 7th grade, and asking what it says it asks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clicker import library
from clicker.lesson import Lesson, Prompt, StepKind
from clicker.safety.declared import pupil_texts

DATA = Path(__file__).parent.parent / "norms_data"
LESSON_WORDS = re.compile(r"\w+(?:-\w+)*", re.UNICODE)
HEADS = (
    "Hvor mange af de {others} andre her ",
    "Hvor mange ud af 100 her ",
    "Hvor mange i hele klassen, dig selv med, ",
    "Tænk på hele klassen, dig selv med. Hvor mange ud af 100 ",
)


@pytest.fixture(scope="module")
def seventh() -> Lesson:
    return library.lesson("klasse-7")


def sentences(text: str) -> list[str]:
    """Sentences of what stands on a screen; "7. klasse" ends none."""
    plain = re.sub(r"(\d)\. klasse", r"\1 klasse", text.replace("{others}", "24").replace("{present}", "25"))
    return [part for part in re.split(r"[.!?:]+(?:\s|\"|$)", plain) if LESSON_WORDS.search(part)]


def lix(texts: list[str]) -> float:
    """Words per sentence plus the percentage of words longer than six letters."""
    found = [sentence for text in texts for sentence in sentences(text)]
    words = [word for sentence in found for word in LESSON_WORDS.findall(sentence)]
    return len(words) / len(found) + 100 * sum(len(word) > 6 for word in words) / len(words)


def behaviour(prompt: Prompt) -> str:
    """The words of a prompt that name the behaviour, without who is asked about."""
    text = prompt.text
    for head in HEADS:
        text = text.replace(head, "")
    turned = re.sub(r"(\w+) du (?=[^.?]*\?$)", lambda verb: f"{verb[1].lower()} ", text)
    return turned.rstrip("?")


@pytest.mark.filterwarnings("ignore")
def test_the_data_package_is_valid_for_everybody() -> None:
    import frictionless

    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_shipped_content_has_no_problems() -> None:
    assert [str(problem) for problem in library.problems()] == []


def test_every_lesson_file_is_used() -> None:
    assert {lesson.id for lesson in library.lessons()} == {path.stem for path in (DATA / "lessons").glob("*.yaml")}


def test_pupils_read_it_easily(seventh: Lesson) -> None:
    assert lix([text for _, text in pupil_texts(seventh) if text]) <= 28


def test_no_sentence_is_longer_than_fourteen_words(seventh: Lesson) -> None:
    long = {
        sentence
        for _, text in pupil_texts(seventh)
        for sentence in sentences(text)
        if len(LESSON_WORDS.findall(sentence)) > 14
    }
    assert long == set()


def test_a_behaviour_has_the_same_words_in_every_question(seventh: Lesson) -> None:
    for topic in seventh.topics:
        asked = [prompt for prompt in (topic.others, topic.own, topic.again) if prompt is not None]
        assert len({behaviour(prompt) for prompt in asked}) <= 1, [behaviour(prompt) for prompt in asked]


def test_the_wording_per_hundred_asks_for_the_same_behaviour(seventh: Lesson) -> None:
    for topic in seventh.topics:
        for prompt in (topic.others, topic.again, topic.others_approve):
            if prompt is not None:
                hundred = Prompt(prompt.kind, prompt.hundred, prompt.type)
                assert behaviour(hundred) == behaviour(prompt)


def test_an_attitude_is_shown_in_the_words_it_was_asked_in(seventh: Lesson) -> None:
    for topic in seventh.topics:
        if topic.approve is not None:
            statement = topic.approve.text.rstrip(".").lower()
            assert topic.approve.healthy.lower().endswith(statement), topic.id


def test_questions_count_the_others_before_they_ask_oneself(seventh: Lesson) -> None:
    for topic in seventh.asked_topics():
        if topic.is_behaviour:
            assert [str(prompt.kind) for prompt in topic.prompts()][:2] == ["others", "own"]


def test_the_lesson_fits_into_two_school_hours(seventh: Lesson) -> None:
    assert 85 <= sum(step.minutes for step in seventh.steps) <= 90
    assert sum(len(topic.prompts()) for topic in seventh.asked_topics()) <= 18


def test_every_step_but_a_shown_topic_has_a_title(seventh: Lesson) -> None:
    assert all(step.title for step in seventh.steps if step.kind is not StepKind.SHOW)


def test_every_step_has_notes_for_the_consultant(seventh: Lesson) -> None:
    assert all(step.notes for step in seventh.steps)


def test_no_telephone_number_is_printed() -> None:
    for path in (DATA / "lessons").glob("*.yaml"):
        assert not re.search(r"\d[\d ]{4,}\d", path.read_text(encoding="utf-8")), path.name


def test_the_substance_sentence_is_the_only_one_parents_may_see_of_what_is_done(seventh: Lesson) -> None:
    told = " ".join(seventh.steps[2].text)
    assert "Mindst så mange har ikke" in told
    assert "kun se én sætning om, hvad vi gør" in told


def test_a_figure_is_current_for_six_years_and_for_vapes_three() -> None:
    import csv

    with (DATA / "figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            years = 3 if row["indicator"].startswith("ecig") else 6
            assert int(row["valid_until"]) == int(row["year"]) + years, row["id"]
