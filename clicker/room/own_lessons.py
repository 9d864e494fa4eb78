"""A consultant's own lessons: copied, changed, taken in and deleted. Each is kept as the text of its file.

A run has its own frozen copy, so nothing here touches a lesson that is being held or has been held.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from clicker import library
from clicker.lesson import Lesson, as_data, tidy
from clicker.room.own_content import own_content
from clicker.store import OwnKind, OwnText, Transaction

LARGEST = 200_000
MOST_TOPICS = 40
MOST_STEPS = 60
MOST_LESSONS = 100
LONGEST_TITLE = 120
LONGEST_NAME = 40
# No lesson that comes with the program begins like this, now or later.
PREFIX = "own-"
# Letters that do not fall apart into a plain one and its mark.
SPELLED = str.maketrans({"\u00e6": "ae", "\u00f8": "oe", "\u00e5": "aa", "\u00df": "ss"})


class UnknownLesson(Exception):
    """No own lesson has this id."""


class StaleLesson(Exception):
    """The lesson has been saved from elsewhere since this page was opened; nothing was written."""


class LessonTooLarge(Exception):
    """More than 200 kB, 40 topics, 60 steps, or 100 own lessons."""


class LessonRefused(Exception):
    """A file that is not in the form of a lesson; `problems` are all its mistakes."""

    def __init__(self, problems: tuple[library.Problem, ...]) -> None:
        super().__init__("refused")
        self.problems = problems


@dataclass(frozen=True)
class OwnLesson:
    """One own lesson as it is kept. `usable` is the lesson where nothing is wrong with it; `changed` in UTC."""

    id: str
    title: str
    version: int
    changed: datetime
    text: str
    usable: Lesson | None
    problems: tuple[library.Problem, ...]

    @property
    def data(self) -> dict[str, Any]:
        """Its plain data, for whoever edits it."""
        return tidy(library.lesson_data(self.text))


def own_lessons(tx: Transaction) -> tuple[OwnLesson, ...]:
    """All own lessons, by title."""
    listed = (_read(one) for one in tx.own.all() if one.kind is OwnKind.LESSON)
    return tuple(sorted(listed, key=lambda lesson: lesson.title.casefold()))


def own_lesson(tx: Transaction, lesson_id: str) -> OwnLesson:
    """One of them. Raises UnknownLesson."""
    for one in tx.own.all():
        if one.kind is OwnKind.LESSON and one.name == lesson_id:
            return _read(one)
    raise UnknownLesson


def copy(tx: Transaction, lesson_id: str, title: str, now: datetime) -> str:
    """A copy of any lesson under a new name; gives its id. Raises UnknownLesson or LessonTooLarge."""
    for lesson in library.lessons(own_content(tx)):
        if lesson.id == lesson_id:
            return _keep_new(tx, as_data(lesson), title, now)
    return _keep_new(tx, own_lesson(tx, lesson_id).data, title, now)


def save(tx: Transaction, lesson_id: str, data: Mapping[str, Any], seen: int, now: datetime) -> int:
    """Write the changed lesson, with mistakes or without; gives its new version, one more than `seen`.

    Raises StaleLesson where somebody else saved since, UnknownLesson, LessonTooLarge.
    """
    there = own_lesson(tx, lesson_id)
    if there.version != seen:
        raise StaleLesson
    _keep(tx, {**data, "id": lesson_id, "version": seen + 1}, now)
    return seen + 1


def delete(tx: Transaction, lesson_id: str) -> None:
    """Delete it for good; runs keep their copies. Raises UnknownLesson."""
    own_lesson(tx, lesson_id)
    tx.own.drop(OwnKind.LESSON, lesson_id)


def read_file(file: str, raw: bytes) -> dict[str, Any]:
    """The lesson of an uploaded file as plain data; it may break rules. Takes its time, so it wants no transaction.

    Raises LessonTooLarge, or LessonRefused with every mistake where the file is not in the form of a lesson.
    """
    if len(raw) > LARGEST:
        raise LessonTooLarge
    data, problems = library.check_form(raw)
    if data is None:
        raise LessonRefused(tuple(replace(problem, file=file) for problem in problems))
    return data


def take_in(tx: Transaction, data: Mapping[str, Any], now: datetime) -> str:
    """Keep the lesson that `read_file` read under a new id, which it gives. Raises LessonTooLarge."""
    return _keep_new(tx, data, data["title"], now, version=data["version"])


def name_for(title: str, taken: Collection[str], *, prefix: str = PREFIX) -> str:
    """An id made of the title, of a-z, 0-9 and hyphens, that is not taken."""
    plain = unicodedata.normalize("NFKD", title.casefold().translate(SPELLED))
    words = re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    stem = (prefix + "-".join(words))[:LONGEST_NAME].strip("-") or "lesson"
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _keep_new(tx: Transaction, data: Mapping[str, Any], title: str, now: datetime, *, version: int = 1) -> str:
    taken = {one.name for one in tx.own.all() if one.kind is OwnKind.LESSON}
    if len(taken) >= MOST_LESSONS:
        raise LessonTooLarge
    shown = " ".join(title.split())[:LONGEST_TITLE] or data["title"]
    lesson_id = name_for(shown, taken)
    _keep(tx, {**data, "id": lesson_id, "title": shown, "version": version}, now)
    return lesson_id


def _keep(tx: Transaction, data: Mapping[str, Any], now: datetime) -> None:
    text = library.write_lesson(data)
    if len(text.encode()) > LARGEST or len(data["topics"]) > MOST_TOPICS or len(data["steps"]) > MOST_STEPS:
        raise LessonTooLarge
    tx.own.keep(OwnText(OwnKind.LESSON, data["id"], text, now))


def _read(one: OwnText) -> OwnLesson:
    usable, problems = library.own_lesson(one.name, one.text)
    if usable is not None:
        title, version = usable.title, usable.version
    else:
        data = library.lesson_data(one.text)
        title, version = data.get("title") or one.name, data["version"]
    return OwnLesson(one.name, title, version, one.changed, one.text, usable, problems)
