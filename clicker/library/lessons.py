"""Reads one lesson file, or says everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import yaml

from clicker.lesson import Indicator, Lesson, build
from clicker.library.implied import unknown_implied
from clicker.library.mending import damaged, mended, with_known_topics
from clicker.library.problem import Found, Problem, Wrong
from clicker.library.shape import shape, validator
from clicker.library.wording import wording
from clicker.library.wording_figures import beside_figures
from clicker.library.yaml_lines import Pointing, Written, key_of, read
from clicker.safety.declared import N_, faults

# The known ones by id; None where their table cannot be read.
Indicators = Mapping[str, Indicator] | None


def read_lesson(name: str, raw: bytes, indicators: Indicators) -> tuple[Lesson | None, list[Problem]]:
    """The lesson of the file `name`, or None and its problems: of its form, its names, its wording and the rules.

    `indicators` are the known ones; None where the table of indicators cannot be read.
    """
    try:
        written = read(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None, [Problem(name, 0, "", N_("the letters cannot be read"), N_("save the file in UTF-8"))]
    except yaml.YAMLError as error:
        return None, [unreadable(name, error)]
    lesson, wrong = judged(name, written, indicators)
    return (None if wrong else lesson), wrong


def form_of(raw: bytes) -> dict[str, Any] | None:
    """The file's plain data where the schema accepts it and no key stands twice, else None."""
    try:
        written = read(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, yaml.YAMLError):
        return None
    return None if written.doubled or not validator().is_valid(written.data) else written.data


def judged(name: str, written: Written, indicators: Indicators) -> tuple[Lesson | None, list[Problem]]:
    """The lesson as far as it can be made out, None where it cannot, and all its problems."""
    errors = list(validator().iter_errors(written.data))
    wrong = list(shape(written, errors))
    ways = mended(written.data)
    if not ways:
        return None, placed(name, written, wrong)
    sure = _Sure([key_of(path, written.data) for path in damaged(written.data, errors)])
    lesson = build(ways[0])
    astray = list(_names(name, lesson, indicators))
    wrong += sure.of([astray])
    if wrong:
        # Two ways at least: a topic that is not there may be a slip of the pen or one too many.
        known = [with_known_topics(way, number) for number, way in enumerate(ways if len(ways) > 1 else ways * 2)]
        lesson = build(known[0])
        wrong += sure.of([list(_rules(build(way), indicators)) for way in known])
    else:
        wrong += _rules(lesson, indicators)
    return lesson, placed(name, written, wrong)


def _rules(lesson: Lesson, indicators: Indicators) -> Found:
    yield from wording(lesson)
    yield from beside_figures(lesson, indicators or {})
    for fault in faults(lesson):
        yield fault.key, fault.what, fault.remedy, dict(fault.values)


class _Sure:
    """What is wrong whatever stands at the places that cannot be read."""

    def __init__(self, unread: Collection[str]) -> None:
        self._unread = unread

    def of(self, ways: Sequence[list[Wrong]]) -> list[Wrong]:
        """The mistakes that are found in every way of mending, without those of the unreadable places."""
        always = set.intersection(*({wrong[:2] for wrong in way} for way in ways))
        return [wrong for wrong in ways[0] if wrong[:2] in always and not self._guessed(wrong[0])]

    def _guessed(self, key: str) -> bool:
        return any(key == place or key.startswith(f"{place}.") for place in self._unread if place)


def placed(name: str, written: Written, wrong: list[Wrong]) -> list[Problem]:
    problems = [Problem(name, written.line(key), key, what, remedy, values) for key, what, remedy, values in wrong]
    return sorted(problems, key=lambda problem: problem.line)


def unreadable(name: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = 0 if mark is None else mark.line + 1
    if isinstance(error, Pointing):
        what, remedy = N_("the file points from here to another place (*)"), N_("write out what is meant")
        return Problem(name, line, "", what, remedy)
    what = N_("the file is not YAML from here on ({reason})")
    remedy = N_("look at this line and the one above: indent with spaces, and put text with a colon in quotes")
    return Problem(name, line, "", what, remedy, {"reason": str(getattr(error, "problem", "") or "unreadable")})


def _names(name: str, lesson: Lesson, indicators: Indicators) -> Found:
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
    yield from unknown_implied(lesson)
    yield from _unknown_indicators(lesson, indicators)


def _unknown_indicators(lesson: Lesson, indicators: Indicators) -> Found:
    for topic in lesson.topics if indicators is not None else ():
        for column in ("indicator", "attitude_indicator"):
            given = getattr(topic, column)
            if given is not None and given not in (indicators or ()):
                what, remedy = N_("“{given}” is not in indicators.csv"), N_("correct it, write none, or add it there")
                yield f"topics.{topic.id}.{column}", what, remedy, {"given": given}
