"""Reads one lesson file, or says everything that is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from clicker.lesson import Lesson, build
from clicker.library.problem import Found, Problem
from clicker.library.wording import wording
from clicker.library.yaml_lines import Written, key_of, read
from clicker.safety.declared import N_, faults

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError


def read_lesson(name: str, raw: bytes, indicators: Mapping[str, str] | None) -> tuple[Lesson | None, list[Problem]]:
    """The lesson of the file `name`, or None and its problems.

    `indicators` gives the period of each known one; None where the table of indicators cannot be read.
    """
    try:
        written = read(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None, [Problem(name, 0, "", N_("the letters cannot be read"), N_("save the file in UTF-8"))]
    except yaml.YAMLError as error:
        return None, [_unreadable(name, error)]
    wrong = list(_shape(written))
    if wrong:
        return None, _problems(name, written, wrong)
    lesson = build(written.data)
    wrong = list(_names(name, lesson, indicators))
    if not wrong:
        wrong = [
            *wording(lesson, indicators),
            *((fault.key, fault.what, fault.remedy, dict(fault.values)) for fault in faults(lesson)),
        ]
    return (None if wrong else lesson), _problems(name, written, wrong)


def _problems(name: str, written: Written, wrong: list[tuple[str, str, str, dict[str, str | int]]]) -> list[Problem]:
    problems = [Problem(name, written.line(key), key, what, remedy, values) for key, what, remedy, values in wrong]
    return sorted(problems, key=lambda problem: problem.line)


def _unreadable(name: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = 0 if mark is None else mark.line + 1
    what = N_("the file is not YAML from here on ({reason})")
    remedy = N_("look at this line and the one above: indent with spaces, and put text with a colon in quotes")
    return Problem(name, line, "", what, remedy, {"reason": str(getattr(error, "problem", "") or "unreadable")})


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # slow to load, and the first page needs no lesson

    return Draft202012Validator(
        json.loads(files("norms_data").joinpath("lesson.schema.json").read_text(encoding="utf-8"))
    )


def _shape(written: Written) -> Found:
    for key in written.doubled:
        yield key, N_("the key stands twice"), N_("keep one of them"), {}
    for error in _validator().iter_errors(written.data):
        yield from _said(error, key_of(list(error.absolute_path), written.data))


def _said(error: ValidationError, key: str) -> Found:
    given: Any = error.instance
    rule: Any = error.validator_value
    match error.validator:
        case "required":
            for name in rule:
                if name not in given and error.message.startswith(repr(name)):
                    yield key, N_("“{name}” is missing"), N_("add “{name}: ...” here"), {"name": name}
        case "additionalProperties":
            known = error.schema["properties"] if isinstance(error.schema, dict) else {}
            for name in given:
                if name not in known:
                    below = f"{key}.{name}" if key else str(name)
                    remedy = N_("take it out, or use one of: {allowed}")
                    yield below, N_("this key is unknown"), remedy, {"allowed": ", ".join(known)}
        case "enum":
            what, remedy = N_("“{given}” is not one of the words used here"), N_("write one of: {allowed}")
            yield key, what, remedy, {"given": str(given), "allowed": ", ".join(map(str, rule))}
        case _:
            what, remedy = _SAID.get(str(error.validator), _OTHERWISE)
            if error.validator == "type":
                what, remedy = _WANTED[rule if isinstance(rule, str) else rule[-1]]
            yield key, what, remedy, {"given": str(given)[:60], "limit": str(rule)}


_OTHERWISE = (N_("“{given}” cannot be used here"), N_("see lesson.schema.json"))
_SAID = {
    "oneOf": (
        N_("the step does nothing, or two things"),
        N_("give it exactly one of say, ask, show, talk, agree, again, help"),
    ),
    "anyOf": (N_("the topic asks nothing"), N_("give it one or more of others, own, approve, others_approve")),
    "pattern": (N_("“{given}” is not a name used here"), N_("use a-z, 0-9 and single hyphens only")),
    "minLength": (N_("the text is empty"), N_("write it, or take the key out")),
    "minItems": (N_("the list is too short"), N_("give it {limit} or more, or take the key out")),
    "minimum": (N_("{given} is too small"), N_("write {limit} or more")),
    "maximum": (N_("{given} is too large"), N_("write {limit} or less")),
    "uniqueItems": (N_("the same thing stands twice in the list"), N_("keep one of them")),
}
_WANTED = {
    "string": (N_("“{given}” is not text"), N_("write text, in quotes if it looks like a number or holds a colon")),
    "integer": (N_("“{given}” is not a whole number"), N_("write digits only")),
    "boolean": (
        N_("“{given}” is neither a heading nor true or false"),
        N_("write true, false or, for a step, a heading"),
    ),
    "array": (N_("“{given}” is not a list"), N_("write a list: [one, two], or one line with a hyphen for each")),
    "object": (N_("“{given}” is not a block of keys"), N_("write keys with values, indented below")),
}


def _names(name: str, lesson: Lesson, indicators: Mapping[str, str] | None) -> Found:
    """What points at something that is not there, or at two things."""
    stem = name.rpartition("/")[2].removesuffix(".yaml")
    if lesson.id != stem:
        what, remedy = N_("“{id}” is not the file's name"), N_("write {stem}, or rename the file")
        yield "id", what, remedy, {"id": lesson.id, "stem": stem}
    known = Counter(topic.id for topic in lesson.topics)
    for topic, times in known.items():
        if times > 1:
            yield f"topics.{topic}", N_("two topics have this id"), N_("give one of them another id"), {}
    places = [(f"steps.{number}", step.topics) for number, step in enumerate(lesson.steps, 1)]
    for key, topics in (*places, ("reserve", lesson.reserve)):
        for topic in topics:
            if topic not in known:
                what, remedy = N_("there is no topic “{topic}”"), N_("correct it, or add the topic")
                yield key, what, remedy, {"topic": topic}
    yield from _unknown_indicators(lesson, indicators)


def _unknown_indicators(lesson: Lesson, indicators: Mapping[str, str] | None) -> Found:
    for topic in lesson.topics if indicators is not None else ():
        for column in ("indicator", "attitude_indicator"):
            given = getattr(topic, column)
            if given is not None and given not in (indicators or ()):
                what, remedy = N_("“{given}” is not in indicators.csv"), N_("correct it, write none, or add it there")
                yield f"topics.{topic.id}.{column}", what, remedy, {"given": given}
