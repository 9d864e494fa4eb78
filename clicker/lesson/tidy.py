"""The written form of a lesson as a person would write it: every key in its place, nothing that goes without saying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

HEAD = (
    "id",
    "version",
    "title",
    "audience",
    "grade",
    "reveal",
    "told",
    "goal",
    "purpose",
    "keep",
    "topics",
    "steps",
    "reserve",
    "closing",
)
TOPIC = (
    "id",
    "title",
    "group",
    "polarity",
    "sensitivity",
    "period",
    "implies",
    "about",
    "indicator",
    "attitude_indicator",
    "grade",
    "why_neutral",
    "healthy",
    "unhealthy",
    "others",
    "others_100",
    "own",
    "approve",
    "others_approve",
    "again",
    "again_100",
    "children",
    "notes",
    "avoid",
)
PROMPTS = ("others", "own", "approve", "others_approve", "again", "children")
PROMPT = ("text", "hundred", "type", "options", "yes", "protective", "healthy")
KINDS = ("say", "ask", "show", "talk", "dilemma", "agree", "again", "help")
DILEMMA = ("story", "question", "choices", "discuss", "talk_minutes")
STEP = (*KINDS, "kind", "title", "pace", "text", "proposals", *DILEMMA, "notes", "avoid", "minutes")
# Counts about the topic's behaviour keep their wording for a full hall beside them, not inside.
BESIDE = ("others", "again")

_EMPTY: tuple[Any, ...] = ("", [], None)


def tidy(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same lesson in the order of the shipped files: `build` makes the same of both. Unknown keys come last."""
    made = {**data, "grade": _one(data.get("grade"))}
    made["topics"] = [_topic(topic) for topic in data.get("topics", ())]
    made["steps"] = [_step(step) for step in data.get("steps", ())]
    return _ordered(made, HEAD, keep=("topics", "steps"))


def _topic(topic: Mapping[str, Any]) -> dict[str, Any]:
    made = {**topic, "grade": _one(topic.get("grade"))}
    for name in PROMPTS:
        if isinstance(made.get(name), dict):
            made[name] = _prompt(made[name], name)
    for name in BESIDE:
        if isinstance(made.get(name), dict):
            hundred = made[name].pop("hundred", "")
            made[f"{name}_100"] = hundred or made.get(f"{name}_100", "")
    unsaid = {"attitude_indicator": "none", "period": "none"}
    return _ordered(_without(made, unsaid), TOPIC)


def _prompt(prompt: Mapping[str, Any], name: str) -> dict[str, Any]:
    unsaid = {} if name in ("approve", "children") else {"protective": "disagree"}
    if name == "again":
        unsaid["type"] = "count_all"
    return _ordered(_without(prompt, unsaid), PROMPT)


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    made = {**step, **{key: _one(step.get(key)) for key in ("text", "story")}}
    for head in {"say", "talk", "dilemma", "agree"} & made.keys():
        # Their heading is what the step is called.
        title = made.pop("title", "")
        if not isinstance(made[head], str):
            made[head] = title or True
    if isinstance(made.get("help"), str):
        made |= {"help": True, "title": made["help"]}
    return _ordered(_without(made, {"minutes": 0, "talk_minutes": 0, "kind": "agreement"}), STEP)


def _one(value: Any) -> Any:
    """A list of one thing is that thing."""
    return value[0] if isinstance(value, list | tuple) and len(value) == 1 else value


def _without(data: Mapping[str, Any], unsaid: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in unsaid or value != unsaid[key]}


def _ordered(data: Mapping[str, Any], order: Iterable[str], keep: Iterable[str] = ()) -> dict[str, Any]:
    places = [key for key in order if key in data]
    listed = (*places, *(key for key in data if key not in places))
    return {key: data[key] for key in listed if key in keep or data[key] not in _EMPTY}
