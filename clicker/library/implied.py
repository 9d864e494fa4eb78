"""Which topics a topic may name under `implies`: those of its lesson, and those of the lessons of the program."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from clicker.lesson import Lesson
from clicker.library.problem import Found
from clicker.safety.declared import N_

_ID = re.compile(r"^ +- id: *([a-z0-9-]+)", re.MULTILINE)


@lru_cache(maxsize=1)
def shipped_topics() -> frozenset[str]:
    """The ids of all topics that come with the program, read without judging their lessons."""
    folder = files("norms_data").joinpath("lessons")
    texts = [path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name.endswith(".yaml")]
    return frozenset(name for text in texts for name in _ID.findall(text))


def unknown_implied(lesson: Lesson) -> Found:
    """P8: a slip of the pen here would break a chain without a word."""
    known = shipped_topics().union(topic.id for topic in lesson.topics)
    for topic in lesson.topics:
        for name in topic.implies:
            if name not in known:
                what, remedy = N_("there is no topic “{topic}”"), N_("correct it, or take it out of “implies”")
                yield f"topics.{topic.id}.implies", what, remedy, {"topic": name}
