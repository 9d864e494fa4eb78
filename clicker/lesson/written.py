"""A lesson in its written form (DESIGN.md section 7): plain data, as a YAML file or a run's frozen copy holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clicker.lesson.content import (
    AnswerType,
    Audience,
    Kind,
    Lesson,
    Period,
    Polarity,
    Prompt,
    Sensitivity,
    Step,
    StepKind,
    Topic,
)


def build(data: Mapping[str, Any]) -> Lesson:
    """The lesson that checked data declares (the form of DESIGN.md section 7; `as_data` gives it back).

    Raises KeyError or ValueError on data that `library.problems` would have refused.
    """
    return Lesson(
        id=data["id"],
        version=int(data["version"]),
        title=data["title"],
        audience=Audience(data["audience"]),
        grades=_grades(data),
        reveal=data.get("reveal", "after_all"),
        told=bool(data.get("told", False)),
        goal=data.get("goal", ""),
        purpose=data.get("purpose", ""),
        keep=tuple(data.get("keep", ())),
        topics=tuple(_topic(topic) for topic in data["topics"]),
        steps=tuple(_step(step) for step in data["steps"]),
        reserve=tuple(data.get("reserve", ())),
        closing=tuple(data.get("closing", ())),
    )


def _grades(data: Mapping[str, Any]) -> tuple[int, ...]:
    grade = data.get("grade")
    return () if grade is None else tuple(map(int, grade if isinstance(grade, list | tuple) else (grade,)))


def _topic(data: Mapping[str, Any]) -> Topic:
    indicator = data.get("indicator")
    attitude_indicator = data.get("attitude_indicator")
    others = data.get("others")
    if others is not None:
        others = {"hundred": data.get("others_100", ""), **others}
    again = data.get("again")
    if again is not None:
        again = {"type": "count_all", "hundred": data.get("again_100", ""), **again}
    return Topic(
        id=data["id"],
        title=data["title"],
        group=data["group"],
        polarity=Polarity(data["polarity"]),
        sensitivity=Sensitivity(data["sensitivity"]),
        period=Period(data.get("period", "none")),
        implies=tuple(data.get("implies", ())),
        indicator=None if indicator in (None, "none") else indicator,
        attitude_indicator=None if attitude_indicator in (None, "none") else attitude_indicator,
        grades=_grades(data),
        healthy=data.get("healthy", ""),
        unhealthy=data.get("unhealthy", ""),
        why_neutral=data.get("why_neutral", ""),
        others=_prompt(Kind.OTHERS, others),
        own=_prompt(Kind.OWN, data.get("own")),
        approve=_prompt(Kind.APPROVE, data.get("approve")),
        others_approve=_prompt(Kind.OTHERS_APPROVE, data.get("others_approve")),
        again=_prompt(Kind.OTHERS, again),
        children=_prompt(Kind.CHILDREN, data.get("children")),
        about=data.get("about", ""),
        notes=data.get("notes", ""),
        avoid=data.get("avoid", ""),
    )


def _prompt(kind: Kind, data: Mapping[str, Any] | None) -> Prompt | None:
    if data is None:
        return None
    return Prompt(
        kind=kind,
        text=data["text"],
        type=AnswerType(data["type"]),
        hundred=data.get("hundred", ""),
        options=tuple(data.get("options", ())),
        yes=tuple(data.get("yes", ())),
        protective=data.get("protective", "" if kind is Kind.CHILDREN else "disagree"),
        healthy=data.get("healthy", ""),
    )


def _step(data: Mapping[str, Any]) -> Step:
    kind = next(kind for kind in StepKind if kind in data)
    head = data[kind]
    asks = kind in (StepKind.ASK, StepKind.SHOW, StepKind.AGAIN)
    topics = (head,) if isinstance(head, str) else tuple(head) if asks else ()
    text = data.get("story" if kind is StepKind.DILEMMA else "text", ())
    return Step(
        kind=kind,
        title=data.get("title", "") if asks else head if isinstance(head, str) else data.get("title", ""),
        text=(text,) if isinstance(text, str) else tuple(text),
        notes=data.get("notes", ""),
        avoid=data.get("avoid", ""),
        minutes=int(data.get("minutes", 0)),
        topics=topics if asks else (),
        together=data.get("pace") == "together",
        proposals=tuple(data.get("proposals", ())),
        products=data.get("kind") == "products",
        question=data.get("question", ""),
        choices=tuple(data.get("choices", ())),
        discuss=tuple(data.get("discuss", ())),
        talk_minutes=int(data.get("talk_minutes", 0)),
    )


def as_data(lesson: Lesson) -> dict[str, Any]:
    """The lesson in the form that `build` reads: JSON-able, complete, empty values left out."""
    data: dict[str, Any] = {
        "id": lesson.id,
        "version": lesson.version,
        "title": lesson.title,
        "audience": str(lesson.audience),
        "grade": list(lesson.grades) or None,
        "reveal": lesson.reveal,
        "told": lesson.told,
        "goal": lesson.goal,
        "purpose": lesson.purpose,
        "keep": list(lesson.keep) or None,
        "topics": [_topic_data(topic) for topic in lesson.topics],
        "steps": [_step_data(step) for step in lesson.steps],
        "reserve": list(lesson.reserve),
        "closing": list(lesson.closing) or None,
    }
    return {key: value for key, value in data.items() if value not in (None, "")}


def _topic_data(topic: Topic) -> dict[str, Any]:
    data: dict[str, Any] = {
        name: getattr(topic, name)
        for name in ("id", "title", "group", "about", "healthy", "unhealthy", "why_neutral", "notes", "avoid")
    }
    data |= {name: str(getattr(topic, name)) for name in ("polarity", "sensitivity", "period")}
    data |= {"implies": list(topic.implies), "indicator": topic.indicator or "none"}
    data |= {"attitude_indicator": topic.attitude_indicator or "none", "grade": list(topic.grades)}
    prompts = {str(prompt.kind): prompt for prompt in topic.prompts()}
    if topic.again is not None:
        prompts["again"] = topic.again
    data |= {name: _prompt_data(prompt) for name, prompt in prompts.items()}
    return {key: value for key, value in data.items() if value not in ("", [])}


def _prompt_data(prompt: Prompt) -> dict[str, Any]:
    data: dict[str, Any] = {
        "text": prompt.text,
        "type": str(prompt.type),
        "hundred": prompt.hundred,
        "options": list(prompt.options),
        "yes": list(prompt.yes),
        "protective": prompt.protective,
        "healthy": prompt.healthy,
    }
    return {key: value for key, value in data.items() if value not in ("", [])}


def _step_data(step: Step) -> dict[str, Any]:
    if step.kind is StepKind.SHOW:
        head: object = step.topics[0]
    elif step.kind in (StepKind.ASK, StepKind.AGAIN):
        head = list(step.topics)
    else:
        head = step.title or True
    data: dict[str, Any] = {
        str(step.kind): head,
        "title": step.title,
        "story" if step.kind is StepKind.DILEMMA else "text": list(step.text),
        "notes": step.notes,
        "avoid": step.avoid,
        "minutes": step.minutes,
        "pace": "together" if step.together else "",
        "kind": "products" if step.products else "",
        "proposals": list(step.proposals),
        "question": step.question,
        "choices": list(step.choices),
        "discuss": list(step.discuss),
        "talk_minutes": step.talk_minutes or "",
    }
    return {key: value for key, value in data.items() if value not in ("", [])}
