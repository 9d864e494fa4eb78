"""Where a mistake is shown in the editor: the field that its key names, or the card that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clicker.lesson.editing import kind_of
from clicker.lesson.tidy import DILEMMA, PROMPTS
from clicker.library import Problem
from clicker.web.editor_form import TOPIC_WORDS
from clicker.words.editing import editor_sentence

HEAD = ("title", "goal", "purpose", "keep", "grade", "audience", "reveal", "told", "closing")
BESIDE = {"others_100": "others.hundred", "again_100": "again.hundred"}
SHOWN = {
    "others": ("text", "hundred", "type"),
    "own": ("text", "type", "options", "yes"),
    "approve": ("text", "protective", "healthy", "type", "options", "yes"),
    "others_approve": ("text", "hundred", "type", "protective", "healthy"),
    "again": ("text", "hundred"),
    "children": ("text", "hundred", "type", "protective"),
}
STEP = {
    "say": ("title", "text"),
    "talk": ("title", "text"),
    "help": ("title", "text"),
    "agree": ("title", "text", "proposals"),
    "dilemma": ("title", *DILEMMA),
    "ask": ("title", "text"),
    "again": ("title", "text"),
    "show": (),
}


@dataclass(frozen=True)
class Said:
    """A mistake at its field: the field's name (a card's, "steps" or "lesson" where there is none), what to call the
    place in the list at the top, and the sentence."""

    field: str
    place: str
    sentence: str


def said_of(problems: Iterable[Problem], data: Mapping[str, Any], lang: str) -> tuple[Said, ...]:
    """Every mistake with its place in the form that shows `data`, in the order of the form."""
    titles = {topic["id"]: topic.get("title") or topic["id"] for topic in data["topics"]}
    listed = [
        Said(
            field := _field(problem, data),
            _place(field, titles, data),
            editor_sentence(problem.what, problem.remedy, problem.values, titles, lang),
        )
        for problem in problems
    ]
    order = {**dict.fromkeys(HEAD, 0), **{f"t.{topic}": 1 for topic in titles}}
    return tuple(sorted(dict.fromkeys(listed), key=lambda one: order.get(".".join(one.field.split(".")[:2]), 2)))


def _field(problem: Problem, data: Mapping[str, Any]) -> str:
    first, *rest = problem.key.split(".") if problem.key else ["lesson"]
    named = str(problem.values.get("name", ""))
    if first == "topics" and rest:
        return _of_topic(rest, problem, data)
    if first == "steps" and rest:
        return _of_step(rest, data)
    return (
        first if first in (*HEAD, "steps") else named if named in HEAD else "steps" if first == "reserve" else "lesson"
    )


def _of_topic(rest: list[str], problem: Problem, data: Mapping[str, Any]) -> str:
    topic_id, *keys = rest
    named = str(problem.values.get("name", ""))
    topic = next((topic for topic in data["topics"] if topic["id"] == topic_id), None)
    if topic is None:
        return "lesson"
    card = f"t.{topic_id}"
    if not keys:
        # Said of the whole topic: what a neutral one gives no reason for, what another one lacks.
        missing = named or ("why_neutral" if topic.get("polarity") == "neutral" else "approve.text")
        return f"{card}.{missing}"
    key = BESIDE.get(keys[0], keys[0])
    if key in PROMPTS:
        prompt = {**topic.get(key, {}), "hundred": topic.get(key, {}).get("hundred") or topic.get(f"{key}_100", "")}
        part = keys[1] if len(keys) > 1 else named or _holding(problem, prompt) or "text"
        return f"{card}.{key}.{part if part in SHOWN[key] else 'text'}"
    return f"{card}.{key}" if key in (*TOPIC_WORDS, "implies", "grade", *BESIDE.values()) else card


def _of_step(rest: list[str], data: Mapping[str, Any]) -> str:
    number = int(rest[0]) - 1 if rest[0].isdigit() else -1
    if not 0 <= number < len(data["steps"]):
        return "steps"
    card, kind = f"s.{number}", kind_of(data["steps"][number])
    fields = STEP.get(kind, ())
    # All lines of a text, of the proposals or of the choices stand in one field.
    part = rest[1] if len(rest) > 1 else "proposals" if kind == "agree" else ""
    part = "title" if part == kind and "title" in fields else part
    return f"{card}.{part}" if part in (*fields, "notes", "avoid", "minutes") else card


def _holding(problem: Problem, written: Mapping[str, Any]) -> str:
    """The part in which the words stand that the mistake quotes; "" where it quotes none."""
    for mark, name in (("“{words}”", "words"), ("“{start} ", "start"), ("{{{word}}}", "word")):
        if mark in problem.what:
            words = str(problem.values[name]) if name != "word" else f"{{{problem.values[name]}}}"
            holding = (part for part, text in written.items() if words.casefold() in str(text or "").casefold())
            return next(holding, "")
    return ""


def _place(field: str, titles: Mapping[str, str], data: Mapping[str, Any]) -> str:
    """The topic's or the step's name; "" for what stands over both."""
    first, _dot, rest = field.partition(".")
    if first == "t":
        return titles.get(rest.partition(".")[0], "")
    if first == "s":
        return f"{int(rest.partition('.')[0]) + 1}"
    return ""
