"""What a consultant changes in the plan of a lesson: order, topics in and out, asked or kept in reserve.

Everything works on the written form as `tidy` gives it, right or wrong, and gives a changed copy. A topic that is
not there, or a place beyond either end, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from clicker.lesson.content import SUBSTANCES_AND_CRIME
from clicker.lesson.tidy import KINDS

Data = dict[str, Any]
# Steps that name topics.
LISTS = ("ask", "again")


def kind_of(step: Mapping[str, Any]) -> str:
    """What a step does; "" where it does nothing."""
    return next((kind for kind in KINDS if kind in step), "")


def topics_of(step: Mapping[str, Any]) -> list[str]:
    """The topics that a step names."""
    named: Any = next((step[kind] for kind in (*LISTS, "show") if kind in step), [])
    return [named] if isinstance(named, str) else list(named) if isinstance(named, list) else []


def move_topic(data: Mapping[str, Any], topic_id: str, by: int) -> Data:
    """The topic one place up (-1) or down (1): it is then also asked, asked again and shown before its neighbour."""
    made, ids = _copy(data)
    if topic_id not in ids or not 0 <= ids.index(topic_id) + by < len(ids):
        return made
    here = ids.index(topic_id)
    other = ids[here + by]
    topics = made["topics"]
    topics[here], topics[here + by] = topics[here + by], topics[here]
    first, second = (topic_id, other) if by < 0 else (other, topic_id)
    for names in [step[head] for step in made["steps"] for head in LISTS if isinstance(step.get(head), list)]:
        _put_before(names, first, second)
    if "reserve" in made:
        _put_before(made["reserve"], first, second)
    _show_before(made["steps"], first, second)
    return made


def _put_before(names: list[str], first: str, second: str) -> None:
    if first in names and second in names and names.index(first) > names.index(second):
        places = names.index(first), names.index(second)
        names[places[0]], names[places[1]] = second, first


def _show_before(steps: list[Data], first: str, second: str) -> None:
    shows = {step["show"]: number for number, step in enumerate(steps) if isinstance(step.get("show"), str)}
    if first in shows and second in shows and shows[first] > shows[second]:
        late, early = shows[first], shows[second]
        steps[late], steps[early] = steps[early], steps[late]


def move_step(data: Mapping[str, Any], number: int, by: int) -> Data:
    """The step with that number (from 0) one place up (-1) or down (1)."""
    made, _ids = _copy(data)
    steps = made["steps"]
    if 0 <= number < len(steps) and 0 <= number + by < len(steps):
        steps[number], steps[number + by] = steps[number + by], steps[number]
    return made


def remove_topic(data: Mapping[str, Any], topic_id: str) -> Data:
    """The lesson without the topic, and without the steps that were about nothing else."""
    made, _ids = _copy(data)
    made["topics"] = [topic for topic in made["topics"] if topic.get("id") != topic_id]
    return _unplanned(made, topic_id)


def to_reserve(data: Mapping[str, Any], topic_id: str) -> Data:
    """The topic out of all steps and into the reserve."""
    made, ids = _copy(data)
    if topic_id not in ids:
        return made
    made = _unplanned(made, topic_id)
    made["reserve"] = [*made.get("reserve", []), topic_id]
    return made


def to_asked(data: Mapping[str, Any], topic_id: str) -> Data:
    """The topic out of the reserve: asked in the last block, shown as the last of those shown."""
    made, ids = _copy(data)
    if topic_id not in ids:
        return made
    made = _unplanned(made, topic_id)
    steps = made["steps"]
    last = _last(steps, lambda step: "ask" in step and step.get("pace") != "together")
    if last is None:
        last = _last(steps, lambda step: "say" in step or "ask" in step)
        last = 0 if last is None else last + 1
        steps.insert(last, {"ask": []})
    steps[last]["ask"] = [*topics_of(steps[last]), topic_id]
    shown = _last(steps, lambda step: "show" in step)
    steps.insert(max(last, -1 if shown is None else shown) + 1, {"show": topic_id})
    return made


def _last(steps: list[Data], is_it: Callable[[Data], bool]) -> int | None:
    return next((number for number in reversed(range(len(steps))) if is_it(steps[number])), None)


def _unplanned(made: Data, topic_id: str) -> Data:
    kept = []
    for step in made["steps"]:
        for head in LISTS:
            if head in step:
                step[head] = [name for name in topics_of(step) if name != topic_id]
        if step.get("show") != topic_id and all(step[head] for head in LISTS if head in step):
            kept.append(step)
    made["steps"] = kept
    made["reserve"] = [name for name in made.get("reserve", []) if name != topic_id]
    return made


def add_topic(data: Mapping[str, Any], topic: Mapping[str, Any]) -> Data:
    """The lesson with one topic more, asked and shown as the last. P1: it is as sensitive as its group demands."""
    made, _ids = _copy(data)
    delicate = topic.get("group") in SUBSTANCES_AND_CRIME
    neutral = topic.get("polarity") == "neutral"
    sensitivity = "S2" if delicate and "own" in topic else "S0" if neutral and not delicate else "S1"
    made["topics"] = [*made["topics"], {**topic, "sensitivity": sensitivity}]
    return to_asked(made, topic["id"])


def _copy(data: Mapping[str, Any]) -> tuple[Data, list[str]]:
    made = deepcopy(dict(data))
    return made, [topic.get("id", "") for topic in made["topics"]]
