"""The editor's form: what was typed, as the plain data of a lesson. Names of fields are `t.<topic>.<key>`,
`t.<topic>.<prompt>.<key>` and `s.<number from 0>.<key>`; the form holds the whole lesson, so that nothing has to be
remembered between two presses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.datastructures import MultiDict

from clicker.lesson import tidy
from clicker.lesson.tidy import KINDS, PROMPT, PROMPTS
from clicker.room.own_lessons import name_for

Data = dict[str, Any]
Form = MultiDict[str, str]

MOST = 100
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TOPIC_WORDS = (
    *("title", "group", "polarity", "sensitivity", "period", "indicator", "attitude_indicator", "about"),
    *("why_neutral", "healthy", "unhealthy", "notes", "avoid"),
)
# What a prompt is answered with where the form does not say.
TYPES = {
    "others": "count",
    "own": "yes_no",
    "approve": "agree4",
    "others_approve": "count",
    "again": "count_all",
    "children": "count",
}


class BadForm(ValueError):
    """A form that the editor does not send: names of topics that are none, more of anything than there can be."""


def lesson_of(form: Form) -> Data:
    """The lesson as it was typed, right or wrong, in the form of `tidy`. Raises BadForm."""
    topics = form.getlist("topic")
    steps = _number(form.get("steps", "0"))
    if len(topics) > MOST or steps > MOST or len(set(topics)) < len(topics) or not all(map(is_name, topics)):
        raise BadForm
    return tidy(
        {
            "id": form.get("id", ""),
            "version": _number(form.get("version", "1")),
            "audience": _line(form.get("audience", "")),
            "reveal": _line(form.get("reveal", "")),
            "told": form.get("told") == "yes",
            **{key: _line(form.get(key, "")) for key in ("title", "goal", "purpose")},
            "keep": _lines(form.get("keep", "")),
            "grade": _grades(form.get("grade", "")),
            "topics": [_topic(form, topic) for topic in topics],
            "steps": [step for number in range(steps) if (step := _step(form, f"s.{number}"))],
            "closing": _lines(form.get("closing", "")),
            "reserve": [topic for topic in form.getlist("reserve") if topic in topics],
        }
    )


def is_name(text: str) -> bool:
    """Whether it may be the id of a topic."""
    return len(text) <= 60 and NAME.fullmatch(text) is not None


def _topic(form: Form, topic: str) -> Data:
    made: Data = {"id": topic, **{key: _line(form.get(f"t.{topic}.{key}", "")) for key in TOPIC_WORDS}}
    made["grade"] = _grades(form.get(f"t.{topic}.grade", ""))
    made["implies"] = [name for name in form.get(f"t.{topic}.implies", "").split() if is_name(name)]
    made["indicator"] = made["indicator"] or "none"
    for name in PROMPTS:
        prompt = _prompt(form, f"t.{topic}.{name}", TYPES[name])
        # Nothing written is nothing asked.
        if prompt.get("text"):
            made[name] = prompt
        elif prompt.get("hundred") and name in ("others", "again"):
            made[f"{name}_100"] = prompt["hundred"]
    return made


def _prompt(form: Form, field: str, otherwise: str) -> Data:
    made: Data = {key: _line(form.get(f"{field}.{key}", "")) for key in PROMPT if key not in ("options", "yes")}
    made["type"] = made["type"] or otherwise
    if made["type"] == "one_of":
        made["options"] = _lines(form.get(f"{field}.options", ""))
        # People count from 1.
        made["yes"] = [
            int(number) - 1 for number in re.findall(r"\d{1,2}", form.get(f"{field}.yes", "")) if int(number)
        ]
    return {key: value for key, value in made.items() if value}


def _step(form: Form, field: str) -> Data:
    kind = form.get(f"{field}.kind", "")
    if kind not in KINDS:
        return {}
    title = _line(form.get(f"{field}.title", ""))
    topics = [name for name in form.get(f"{field}.topics", "").split() if is_name(name)]
    heads: dict[str, Callable[[], Any]] = {
        "ask": lambda: topics,
        "again": lambda: topics,
        "show": lambda: next(iter(topics), ""),
    }
    headed = kind not in heads and kind != "help"
    made: Data = {kind: (title or True) if headed else True if kind == "help" else heads[kind]()}
    made["title"] = "" if headed else title
    made["text"] = _lines(form.get(f"{field}.text", ""))
    made["kind"] = "products" if form.get(f"{field}.votes_on") == "products" else ""
    made["proposals"] = _lines(form.get(f"{field}.proposals", ""))
    made |= {key: _lines(form.get(f"{field}.{key}", "")) for key in ("story", "choices", "discuss")}
    made["question"] = _line(form.get(f"{field}.question", ""))
    made["pace"] = "together" if form.get(f"{field}.pace") == "together" else ""
    made |= {key: _line(form.get(f"{field}.{key}", "")) for key in ("notes", "avoid")}
    for key in ("minutes", "talk_minutes"):
        minutes = _line(form.get(f"{field}.{key}", ""))
        made[key] = int(minutes) if _is_number(minutes) else minutes
    return made


def _line(text: str) -> str:
    """One line without what no keyboard writes."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _lines(text: str) -> list[str]:
    return [line for line in map(_line, text.splitlines()) if line]


def _grades(text: str) -> Any:
    """ "7", "5, 6" and "7-9" as numbers; what is none of these as it stands, for the check to speak of."""
    numbers = [int(number) for number in re.findall(r"\d+", text[:40])]
    if len(numbers) == 2 and re.search(r"\d\s*[-\u2013]\s*\d", text) and 0 <= numbers[1] - numbers[0] <= 10:
        numbers = list(range(numbers[0], numbers[1] + 1))
    return _once(numbers) or _line(text)


def _once(numbers: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(numbers))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7


def _number(text: str) -> int:
    return int(text) if _is_number(text) else 0


def new_topic(form: Form, lesson: Data) -> Data:
    """The topic of the small form, with an id made of its title that the lesson does not have."""
    given = {key: _line(form.get(f"new.{key}", "")) for key in ("title", "group", "polarity", "period", "indicator")}
    title = given["title"] or form.get("new.untitled", "?")
    made: Data = {**given, "title": title, "indicator": given["indicator"] or "none"}
    made["id"] = name_for(title, {topic["id"] for topic in lesson["topics"]}, prefix="")
    for name in ("others", "own", "approve"):
        if text := _line(form.get(f"new.{name}", "")):
            made[name] = {"text": text, "type": TYPES[name]}
    if "approve" in made:
        made["approve"]["protective"] = "agree" if given["polarity"] == "protective" else "disagree"
    return made
