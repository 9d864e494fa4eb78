"""A lesson as declared data: steps, topics and prompts. It knows nothing of files; `library` reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


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
    """What a prompt asks: perceived norm, own answer, own attitude, perceived attitude, a vote on an agreement or on
    what is best in a dilemma, what parents guess of the children, or about the lesson itself when it closes."""

    OTHERS = "others"
    OWN = "own"
    APPROVE = "approve"
    OTHERS_APPROVE = "others_approve"
    AGREEMENT = "agreement"
    CHILDREN = "children"
    DILEMMA = "dilemma"
    CLOSING = "closing"


class AnswerType(StrEnum):
    YES_NO = "yes_no"
    COUNT = "count"
    COUNT_ALL = "count_all"
    HUNDRED = "hundred"
    AGREE4 = "agree4"
    SUPPORT3 = "support3"
    WITH2 = "with2"
    ONE_OF = "one_of"
    AGE = "age"
    DEGREE = "degree"


class StepKind(StrEnum):
    SAY = "say"
    ASK = "ask"
    SHOW = "show"
    TALK = "talk"
    DILEMMA = "dilemma"
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
    answer of an attitude prompt protects: `agree` or `disagree`. A `children` prompt has it only where the guess is
    about what they find all right; "" where it is about what they do.
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
    """One behaviour or attitude with up to four prompts, and what safety and figures need to know of it.

    `grades` are set where the guess is about others than the group itself: parents and staff who guess about
    pupils are held against the figure of those pupils. Such a topic is `only_guessed`. Where parents guess about their
    children (`children`), `about` names the topic of the children's lesson; nothing else is asked in that topic.
    """

    id: str
    title: str
    group: str
    polarity: Polarity
    sensitivity: Sensitivity
    period: Period = Period.NONE
    implies: tuple[str, ...] = ()
    indicator: str | None = None
    attitude_indicator: str | None = None
    grades: tuple[int, ...] = ()
    healthy: str = ""
    unhealthy: str = ""
    why_neutral: str = ""
    others: Prompt | None = None
    own: Prompt | None = None
    approve: Prompt | None = None
    others_approve: Prompt | None = None
    again: Prompt | None = None
    children: Prompt | None = None
    about: str = ""
    notes: str = ""
    avoid: str = ""

    @property
    def is_behaviour(self) -> bool:
        if self.children is not None:
            return not self.children.protective
        return self.others is not None or self.own is not None

    @property
    def only_guessed(self) -> bool:
        """Nobody answers for themselves: guesses are all there is, and the country is what they are held against."""
        return self.own is None and self.approve is None

    @property
    def attitude(self) -> Prompt | None:
        """The prompt that says which side of the attitude protects: the own one, else the guess of others'."""
        return self.approve or self.others_approve or (None if self.is_behaviour else self.children)

    def prompts(self) -> tuple[Prompt, ...]:
        """In the order of asking: others before own for behaviours, own attitude before the guess of others'."""
        listed = (self.others, self.own, self.approve, self.others_approve, self.children)
        return tuple(prompt for prompt in listed if prompt is not None)


@dataclass(frozen=True)
class Step:
    """What happens next. `together` asks one prompt at a time, on the wall too; minutes are a plan, not a timer.

    `products`: what an agree step votes on is what groups have made, not what is to hold for all of them.
    A dilemma's `text` is its story for the wall, `question` the same in a sentence for the phones; its `choices` are
    voted on, talked about over `discuss` for `talk_minutes` of its minutes, and voted on again.
    """

    kind: StepKind
    title: str = ""
    text: tuple[str, ...] = ()
    notes: str = ""
    avoid: str = ""
    minutes: int = 0
    topics: tuple[str, ...] = ()
    together: bool = False
    proposals: tuple[str, ...] = ()
    products: bool = False
    question: str = ""
    choices: tuple[str, ...] = ()
    discuss: tuple[str, ...] = ()
    talk_minutes: int = 0


@dataclass(frozen=True)
class Lesson:
    """`keep` are the at most three sentences that everybody takes along at the end; `closing` the questions about the
    lesson itself, answered on the phones while it ends."""

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
    keep: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Equal lessons have equal names; hashing all their texts at every vote would be slow."""
        return hash((self.id, self.version, len(self.steps)))

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

    def closed_by(self, step: Step) -> tuple[str, ...]:
        """The closing questions, where they are asked in this step: the last help step."""
        ending = next((one for one in reversed(self.steps) if one.kind is StepKind.HELP), None)
        return self.closing if ending == step else ()

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
