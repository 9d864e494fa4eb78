"""Lessons as text: what is written is read again as the same, in the order and the letters of the shipped files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from test_lesson_content import everything

from clicker import library
from clicker.lesson import Audience, Lesson, Period, Polarity, Sensitivity, as_data, build, tidy

DATA = Path(__file__).parent.parent / "norms_data"
LESSONS = DATA / "lessons"
SCHEMA = json.loads((DATA / "lesson.schema.json").read_text(encoding="utf-8"))


def read(text: str) -> Lesson:
    return build(library.lesson_data(text))


@pytest.mark.parametrize("lesson", library.lessons(), ids=lambda lesson: lesson.id)
def test_a_shipped_lesson_is_the_same_after_writing_and_reading(lesson: Lesson) -> None:
    text = library.write_lesson(lesson)
    assert read(text) == lesson
    assert library.check_file(f"{lesson.id}.yaml", text.encode()) == (lesson, ())


@pytest.mark.parametrize("lesson", library.lessons(), ids=lambda lesson: lesson.id)
def test_writing_twice_writes_the_same(lesson: Lesson) -> None:
    text = library.write_lesson(lesson)
    assert library.write_lesson(library.lesson_data(text)) == text


def test_a_lesson_with_every_key_is_the_same_after_writing_and_reading() -> None:
    assert read(library.write_lesson(everything())) == everything()


def test_keys_stand_as_in_the_shipped_files() -> None:
    lines = library.write_lesson(library.lesson("klasse-7")).splitlines()
    assert lines[0] == "# yaml-language-server: $schema=lesson.schema.json"
    keys = [line.partition(":")[0] for line in lines[1:] if re.match(r"\w", line)]
    assert keys == [key for key in SCHEMA["properties"] if key in keys]
    assert "grade: 7" in lines
    assert "reserve: [alcohol-ever, liquorice]" in lines


def test_danish_letters_stay_as_they_are() -> None:
    text = library.write_lesson(library.lesson("klasse-7"))
    assert "  - id: speak-up\n    title: Sige fra om billeder\n" in text
    assert "Hvad gør de andre egentlig?" in text
    assert "\\x" not in text


def test_what_goes_without_saying_is_not_written() -> None:
    text = library.write_lesson(library.lesson("klasse-7"))
    assert not re.search(r"attitude_indicator: none|period: none|minutes: 0|type: count_all|: \[\]|: ''", text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200), st.text(max_size=40))
def test_any_text_comes_back_as_it_was(title: str, line: str) -> None:
    data = as_data(library.lesson("klasse-7"))
    data["title"] = title
    data["topics"][0]["notes"] = title
    data["steps"][0]["text"] = [title, line or "x"]
    assert read(library.write_lesson(data)) == build(data)


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "true", "null", "~", "12", "7:30", "2026-01-01", "# x", "- a", "a: b"]
)
def test_words_that_yaml_takes_for_something_else_stay_words(word: str) -> None:
    data = as_data(library.lesson("klasse-7")) | {"title": word}
    assert read(library.write_lesson(data)).title == word


def test_a_draft_with_mistakes_is_written_too() -> None:
    data = tidy(as_data(library.lesson("klasse-7")))
    del data["topics"][2]["approve"], data["title"]
    data["grade"] = "syvende"
    assert library.lesson_data(library.write_lesson(data)) == data


# The schema


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_lesson_says_where_its_schema_lies(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=../lesson.schema.json"
    assert (path.parent / first.partition("=")[2]).is_file()


def objects(schema: Any) -> list[dict[str, Any]]:
    """Every part of the schema that has properties of its own."""
    below = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    found = [one for part in below for one in objects(part)]
    return [*found, schema] if isinstance(schema, dict) and schema.get("type") == "object" else found


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_is_described_for_editors() -> None:
    assert len(objects(SCHEMA)) == 8
    for one in objects(SCHEMA):
        assert one["additionalProperties"] is False
        assert [key for key, value in one["properties"].items() if not value.get("description")] == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (SCHEMA["properties"]["audience"], Audience),
        (SCHEMA["$defs"]["topic"]["properties"]["polarity"], Polarity),
        (SCHEMA["$defs"]["topic"]["properties"]["sensitivity"], Sensitivity),
        (SCHEMA["$defs"]["topic"]["properties"]["period"], Period),
    ],
)
def test_words_to_choose_between_are_those_of_the_program(given: dict[str, Any], words: Any) -> None:
    assert given["enum"] == [str(word) for word in words]
