"""The editor's page and the part of it that changes as one types."""

from __future__ import annotations

from typing import Any

from flask import render_template

from clicker import library
from clicker.lesson import Lesson, StepKind
from clicker.lesson.editing import kind_of, topics_of
from clicker.room import own_content
from clicker.room.example import Example, example_step, example_topic
from clicker.safety import Declared
from clicker.web.config import config, rooms, today
from clicker.web.editor_fields import said_of
from clicker.web.editor_form import Data
from clicker.words import editing as said


def whole(data: Data, version: int, *, opened: str = "", sentence: str = "", saved: bool = False) -> str:
    """The page with the lesson in its form. `opened` is the card (`t.<topic>`, `s.<number>`) that stands open,
    `sentence` why it could not be saved."""
    shown = opened or next((f"t.{topic['id']}" for topic in data["topics"]), "s.0")
    titles = {topic["id"]: topic.get("title") or topic["id"] for topic in data["topics"]}
    return render_template(
        "consultant/editor.html",
        lesson=data,
        version=version,
        opened=opened,
        sentence=sentence,
        saved=saved,
        titles=titles,
        steps=[(number, kind_of(step), topics_of(step), step) for number, step in enumerate(data["steps"])],
        tables=_tables(),
        indicators=_indicators(),
        **_changing(data, shown),
    )


def changing(data: Data, shown: str) -> str:
    """The example and the list of mistakes."""
    return render_template("consultant/editor_changing.html", **_changing(data, shown))


def _changing(data: Data, shown: str) -> dict[str, Any]:
    lang = config().lang
    lesson, problems = config().in_thread(library.check_data, data)
    listed = said_of(problems, data, lang)
    at: dict[str, list[str]] = {}
    cards: dict[str, int] = {}
    for one in listed:
        at.setdefault(one.field, []).append(one.sentence)
        card = ".".join(one.field.split(".")[:2])
        cards[card] = cards.get(card, 0) + 1
    example = _example(lesson, shown)
    return {
        "mistakes": listed,
        "at": at,
        "cards": cards,
        "shown": shown,
        "shown_title": _title(lesson, shown),
        "phones": [(word, _document("phone", facts)) for word, facts in example.phones],
        "walls": [(word, _document("wall", facts)) for word, facts in example.walls],
        "screens": said.named(said.SCREENS, lang),
        "made_up": example != Example(),
    }


def _example(lesson: Lesson | None, shown: str) -> Example:
    """The example of a card; nothing where it cannot be made."""
    card, _dot, name = shown.partition(".")
    if lesson is None:
        return Example()
    if card == "s":
        number = int(name) if name.isascii() and name.isdigit() and len(name) < 4 else len(lesson.steps)
        if number >= len(lesson.steps):
            return Example()
        step = lesson.steps[number]
        if step.kind is not StepKind.SHOW:
            return example_step(lesson, number, today(), config().lang)
        name = next(iter(step.topics), "")
    topic = next((topic for topic in lesson.topics if topic.id == name), None)
    if topic is None:
        return Example()
    declared = Declared(topic, lesson.audience, lesson.grades)
    figures = library.figures_for(declared, today(), rooms().read(own_content))
    return example_topic(lesson, topic.id, figures, today(), config().lang)


def _title(lesson: Lesson | None, shown: str) -> str:
    card, _dot, name = shown.partition(".")
    if lesson is None or card != "t":
        return ""
    return next((topic.title for topic in lesson.topics if topic.id == name), "")


def _document(screen: str, facts: Any) -> str:
    """The screen as a whole document, for a frame of its own."""
    return render_template(f"consultant/editor_{screen}.html", facts=facts)


def _tables() -> dict[str, dict[str, str]]:
    lang = config().lang
    names = ("GROUPS", "POLARITIES", "SENSITIVITIES", "PERIODS", "AUDIENCES", "REVEALS", "TYPES", "SIDES", "KINDS")
    return {name.lower(): said.named(getattr(said, name), lang) for name in names}


def _indicators() -> list[tuple[str, str, str]]:
    """(id, label, group) of everything that there can be a number from the country about."""
    lang = config().lang
    return [(one.id, one.label(lang), one.group) for one in library.indicators()]
