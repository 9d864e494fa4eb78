"""A lesson as declared data: steps, topics and prompts. It knows nothing of files; `library` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Audience(StrEnum):
    PUPILS = "pupils"
    STUDENTS = "students"
    PARENTS = "parents"
    STAFF = "staff"


class Polarity(StrEnum):
    """Whether "yes" to the topic's own prompt is the risk, the protective or a neutral answer."""

    RISK = "risk"
    PROTECTIVE = "protective"
    NEUTRAL = "neutral"


class Sensitivity(StrEnum):
    """P1: S0 neutral, S1 personal, S2 health, substances, sex or crime."""

    S0 = "S0"
    S1 = "S1"
    S2 = "S2"


class Period(StrEnum):
    NONE = "none"
    EVER = "ever"
    YEAR = "year"
    MONTH = "month"
    WEEKLY = "weekly"


class Kind(StrEnum):
    """What a prompt asks: perceived norm, own answer, own attitude, perceived attitude, or an agreement vote."""

    OTHERS = "others"
    OWN = "own"
    APPROVE = "approve"
    OTHERS_APPROVE = "others_approve"
    AGREEMENT = "agreement"


class AnswerType(StrEnum):
    YES_NO = "yes_no"
    COUNT = "count"
    COUNT_ALL = "count_all"
    HUNDRED = "hundred"
    AGREE4 = "agree4"
    ONE_OF = "one_of"
    AGE = "age"


class StepKind(StrEnum):
    SAY = "say"
    ASK = "ask"
    SHOW = "show"
    TALK = "talk"
    AGREE = "agree"
    AGAIN = "again"
    HELP = "help"


SUBSTANCES_AND_CRIME = frozenset({"tobacco", "nicotine", "alcohol", "cannabis", "drugs", "crime"})


@dataclass(frozen=True)
class Address:
    """Names one prompt of one round within a run; `str` is its form on the wire: `alcohol-weekly.own.1`."""

    topic: str
    kind: Kind
    round: int = 1

    def __str__(self) -> str:
        return f"{self.topic}.{self.kind}.{self.round}"

    @classmethod
    def parse(cls, text: str) -> Address | None:
        """The address written in `text`, or None where it is not one."""
        parts = text.split(".")
        if len(parts) != 3 or parts[1] not in list(Kind) or parts[2] not in ("1", "2"):
            return None
        return cls(parts[0], Kind(parts[1]), int(parts[2]))


@dataclass(frozen=True)
class Prompt:
    """One question on one phone screen.

    `hundred` is the wording used when more than 31 are present; `yes` are the options of a `one_of` prompt that
    count as yes (P10: one two-way collapse, declared here, never chosen from data); `protective` says which
    answer of an attitude prompt protects: `agree` or `disagree`.
    """

    kind: Kind
    text: str
    type: AnswerType
    hundred: str = ""
    options: tuple[str, ...] = ()
    yes: tuple[int, ...] = ()
    protective: str = "disagree"
    healthy: str = ""


@dataclass(frozen=True)
class Topic:
    """One behaviour or attitude with up to four prompts, and what safety and figures need to know of it."""

    id: str
    title: str
    group: str
    polarity: Polarity
    sensitivity: Sensitivity
    period: Period = Period.NONE
    implies: tuple[str, ...] = ()
    indicator: str | None = None
    attitude_indicator: str | None = None
    healthy: str = ""
    unhealthy: str = ""
    why_neutral: str = ""
    others: Prompt | None = None
    own: Prompt | None = None
    approve: Prompt | None = None
    others_approve: Prompt | None = None
    again: Prompt | None = None
    notes: str = ""
    avoid: str = ""

    @property
    def is_behaviour(self) -> bool:
        return self.others is not None or self.own is not None

    def prompts(self) -> tuple[Prompt, ...]:
        """In the order of asking: others before own for behaviours, own attitude before the guess of others'."""
        listed = (self.others, self.own, self.approve, self.others_approve)
        return tuple(prompt for prompt in listed if prompt is not None)


@dataclass(frozen=True)
class Step:
    """What happens next. `together` asks one prompt at a time, on the wall too; minutes are a plan, not a timer."""

    kind: StepKind
    title: str = ""
    text: tuple[str, ...] = ()
    notes: str = ""
    avoid: str = ""
    minutes: int = 0
    topics: tuple[str, ...] = ()
    together: bool = False
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lesson:
    id: str
    version: int
    title: str
    audience: Audience
    grades: tuple[int, ...]
    reveal: str
    told: bool
    goal: str
    topics: tuple[Topic, ...]
    steps: tuple[Step, ...]
    reserve: tuple[str, ...] = ()
    purpose: str = ""

    def topic(self, topic_id: str) -> Topic:
        """The topic of that id; KeyError where the lesson has none."""
        for topic in self.topics:
            if topic.id == topic_id:
                return topic
        raise KeyError(topic_id)

    def asked_topics(self) -> tuple[Topic, ...]:
        """The topics that some `ask` step asks, in the order of asking."""
        ids = [topic for step in self.steps if step.kind is StepKind.ASK for topic in step.topics]
        return tuple(self.topic(topic_id) for topic_id in ids)

    def without(self, left_out: frozenset[str]) -> Lesson:
        """The lesson with those topics neither asked, shown nor asked again; empty steps fall away."""
        kept = []
        for step in self.steps:
            topics = tuple(topic for topic in step.topics if topic not in left_out)
            if step.topics and not topics:
                continue
            kept.append(replace(step, topics=topics))
        reserve = tuple(topic for topic in self.reserve if topic not in left_out)
        return replace(self, steps=tuple(kept), reserve=reserve)


def build(data: Mapping[str, Any]) -> Lesson:
    """The lesson that checked data declares (the form of DESIGN.md section 7; `as_data` gives it back).

    Raises KeyError or ValueError on data that `library.problems` would have refused.
    """
    grade = data.get("grade")
    grades = () if grade is None else tuple(grade) if isinstance(grade, list | tuple) else (grade,)
    return Lesson(
        id=data["id"],
        version=int(data["version"]),
        title=data["title"],
        audience=Audience(data["audience"]),
        grades=grades,
        reveal=data.get("reveal", "after_all"),
        told=bool(data.get("told", False)),
        goal=data.get("goal", ""),
        purpose=data.get("purpose", ""),
        topics=tuple(_topic(topic) for topic in data["topics"]),
        steps=tuple(_step(step) for step in data["steps"]),
        reserve=tuple(data.get("reserve", ())),
    )


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
        healthy=data.get("healthy", ""),
        unhealthy=data.get("unhealthy", ""),
        why_neutral=data.get("why_neutral", ""),
        others=_prompt(Kind.OTHERS, others),
        own=_prompt(Kind.OWN, data.get("own")),
        approve=_prompt(Kind.APPROVE, data.get("approve")),
        others_approve=_prompt(Kind.OTHERS_APPROVE, data.get("others_approve")),
        again=_prompt(Kind.OTHERS, again),
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
        protective=data.get("protective", "disagree"),
        healthy=data.get("healthy", ""),
    )


def _step(data: Mapping[str, Any]) -> Step:
    kind = next(kind for kind in StepKind if kind in data)
    head = data[kind]
    asks = kind in (StepKind.ASK, StepKind.SHOW, StepKind.AGAIN)
    topics = (head,) if isinstance(head, str) else tuple(head) if asks else ()
    text = data.get("text", ())
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
        "topics": [_topic_data(topic) for topic in lesson.topics],
        "steps": [_step_data(step) for step in lesson.steps],
        "reserve": list(lesson.reserve),
    }
    return {key: value for key, value in data.items() if value not in (None, "")}


def _topic_data(topic: Topic) -> dict[str, Any]:
    data: dict[str, Any] = {
        name: getattr(topic, name)
        for name in ("id", "title", "group", "healthy", "unhealthy", "why_neutral", "notes", "avoid")
    }
    data |= {name: str(getattr(topic, name)) for name in ("polarity", "sensitivity", "period")}
    data |= {"implies": list(topic.implies), "indicator": topic.indicator or "none"}
    data["attitude_indicator"] = topic.attitude_indicator or "none"
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
        "text": list(step.text),
        "notes": step.notes,
        "avoid": step.avoid,
        "minutes": step.minutes,
        "pace": "together" if step.together else "",
        "proposals": list(step.proposals),
    }
    return {key: value for key, value in data.items() if value not in ("", [])}
