"""Reads one lesson file, or says everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import yaml

from clicker.lesson import Lesson, build
from clicker.library.mending import Forms, mended
from clicker.library.problem import Found, Problem, Wrong
from clicker.library.shape import as_written, shape, validator
from clicker.library.wording import wording
from clicker.library.yaml_lines import Pointing, Written, read
from clicker.safety.declared import N_, faults

# More than anybody mends in one go.
MOST_PROBLEMS = 200


def read_lesson(name: str, raw: bytes, indicators: Mapping[str, str] | None) -> tuple[Lesson | None, list[Problem]]:
    """The lesson of the file `name`, or None and its problems: of its form, its names, its wording and the rules.

    `indicators` gives the period of each known one; None where the table of indicators cannot be read.
    """
    written = _written(name, raw)
    if isinstance(written, Problem):
        return None, [written]
    lesson, wrong = judged(name, written, indicators)
    return (None if wrong else lesson), wrong


def read_form(
    name: str, raw: bytes, indicators: Mapping[str, str] | None
) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The file's plain data where the schema accepts it and no key stands twice, else None; and all its problems."""
    written = _written(name, raw)
    if isinstance(written, Problem):
        return None, [written]
    return (None if _misshapen(written) else written.data), judged(name, written, indicators)[1]


def judged(name: str, written: Written, indicators: Mapping[str, str] | None) -> tuple[Lesson | None, list[Problem]]:
    """The lesson as far as it can be made out, None where it cannot, and its problems, MOST_PROBLEMS at most."""
    wrong = _misshapen(written)
    forms = mended(written.data) if wrong else Forms((written.data,))
    if not forms.all or len(wrong) == MOST_PROBLEMS:
        return None, placed(name, written, wrong)
    wrong += forms.agreed(lambda form: _names(name, build(form), indicators))
    if wrong:
        forms = forms.with_known_topics()
    wrong += forms.agreed(lambda form: _rules(build(form), indicators))
    return build(forms.all[0]), placed(name, written, wrong)


def _written(name: str, raw: bytes) -> Written | Problem:
    try:
        return read(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Problem(name, 0, "", N_("the letters cannot be read"), N_("save the file in UTF-8"))
    except yaml.YAMLError as error:
        return unreadable(name, error)


def _misshapen(written: Written) -> list[Wrong]:
    return list(islice(shape(written, validator()), MOST_PROBLEMS))


def _rules(lesson: Lesson, indicators: Mapping[str, str] | None) -> Found:
    yield from wording(lesson, indicators)
    for fault in faults(lesson):
        yield fault.key, fault.what, fault.remedy, fault.values


def placed(name: str, written: Written, wrong: Iterable[Wrong]) -> list[Problem]:
    """The mistakes with their lines, in the order of the file; each once, and MOST_PROBLEMS at most."""
    found = []
    for at, what, remedy, values in islice(wrong, MOST_PROBLEMS):
        key = as_written(at, written.data)
        found.append(Problem(name, written.line(key), key, what, remedy, values))
    return sorted(dict.fromkeys(found), key=lambda problem: problem.line)


def unreadable(name: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = 0 if mark is None else mark.line + 1
    if isinstance(error, Pointing):
        what, remedy = N_("the file points from here to another place (*)"), N_("write out what is meant")
        return Problem(name, line, "", what, remedy)
    what = N_("the file is not YAML from here on ({reason})")
    remedy = N_("look at this line and the one above: indent with spaces, and put text with a colon in quotes")
    return Problem(name, line, "", what, remedy, {"reason": str(getattr(error, "problem", "") or "unreadable")})


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
