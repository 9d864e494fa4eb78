"""Which prompts are asked now, what may be answered, and `accept`, the only judge of a vote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from clicker.lesson import agreement
from clicker.lesson.content import Address, AnswerType, Kind, Lesson, Prompt, Sensitivity, Step, StepKind, Topic
from clicker.lesson.proposals import Proposals
from clicker.lesson.run import ANSWERING, SHUT, Phase, Run, current, phase
from clicker.lesson.standing import again_topics

# P16: the way not to answer travels as three characters, like every answer.
SKIPPED = "---"
GRID_LIMIT = 31
OLDEST = 30
DEGREES = 3


class Refused(Exception):
    """The answer is not one that this prompt offers, or the prompt is not one of this run."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class VoteClosed(Refused):
    """The prompt does not take answers now: closed, evaluated, or not opened yet."""

    def __init__(self) -> None:
        super().__init__("closed")


@dataclass(frozen=True)
class Asked:
    """A prompt as it is asked in this run: its address, wording and type after the number present is known."""

    address: Address
    prompt: Prompt
    text: str
    type: AnswerType
    sensitivity: Sensitivity
    title: str


def asked_in(run: Run, step: Step) -> tuple[Asked, ...]:
    """The prompts of an ask, again, agree or dilemma step, in the order of asking (S0 topics first, the children
    last), and those that close the lesson at its help step.

    An agreement asks about each proposal; once a set is chosen, who is with it.
    """
    if step.kind is StepKind.AGREE:
        if agreement.is_chosen(run, step):
            # In a room one can see who hesitates: no number of answers stands on the wall meanwhile (P6).
            return (
                replace(_vote(agreement.joining(run, step), "", AnswerType.WITH2, step), sensitivity=Sensitivity.S1),
            )
        return _votes(run.lesson, step, agreement.proposals(run, step))
    topics = again_topics(run, step) if step.kind is StepKind.AGAIN else step.topics
    return _asked_of(run.lesson, run.present, run.children, step, topics)


# Every vote of a run asks for the same few.
@lru_cache(maxsize=256)
def _asked_of(
    lesson: Lesson, present: int | None, children: int | None, step: Step, topic_ids: tuple[str, ...]
) -> tuple[Asked, ...]:
    if step.kind is StepKind.HELP:
        return tuple(_about_the_lesson(number, text) for number, text in enumerate(lesson.closed_by(step), 1))
    if step.kind is StepKind.DILEMMA:
        return _rounds(lesson, step)
    topics = [lesson.topic(topic) for topic in topic_ids]
    if step.kind is StepKind.AGAIN:
        return tuple(_asked(present, topic, topic.again, 2) for topic in topics if topic.again is not None)
    if step.kind is not StepKind.ASK:
        return ()
    topics.sort(key=_place_in_block)
    return tuple(
        _of_children(children, topic, prompt) if prompt.kind is Kind.CHILDREN else _asked(present, topic, prompt, 1)
        for topic in topics
        for prompt in topic.prompts()
    )


@lru_cache(maxsize=64)
def _votes(lesson: Lesson, step: Step, held: Proposals) -> tuple[Asked, ...]:
    return tuple(
        _vote(agreement.vote_on(lesson, step, one.number), one.text, AnswerType.SUPPORT3, step) for one in held.listed
    )


def _vote(address: Address, text: str, answer_type: AnswerType, step: Step) -> Asked:
    return Asked(address, Prompt(Kind.AGREEMENT, text, answer_type), text, answer_type, Sensitivity.S0, step.title)


def open_now(run: Run) -> tuple[Asked, ...]:
    """The prompts that take answers now: a whole block, or one of it where the pace is together.

    Never one of an evaluated topic (P5), but for the guesses of an `again` step.
    """
    step = current(run)
    ends = step is not None and step.kind is StepKind.HELP
    return _now(run) if ends or phase(run) in ANSWERING else ()


def counted_now(run: Run) -> tuple[Asked, ...]:
    """The prompts whose answers are counted: those open now, or those closed and not evaluated, for it is then that
    the consultant decides whether to open them again."""
    return _now(run) if phase(run) in SHUT else open_now(run)


def _now(run: Run) -> tuple[Asked, ...]:
    step = current(run)
    if step is None:
        return ()
    asked = asked_in(run, step)
    if step.kind is StepKind.DILEMMA:
        return asked[1:] if phase(run) in (Phase.OPEN_AGAIN, Phase.CLOSED_AGAIN) else asked[:1]
    if step.kind is not StepKind.ASK:
        return asked
    listed = asked[run.prompt : run.prompt + 1] if step.together else asked
    return tuple(one for one in listed if one.address.topic not in run.evaluated)


def choices(run: Run, asked: Asked) -> tuple[str, ...]:
    """The tokens that the prompt offers, three characters each, without the way not to answer."""
    present = run.present or 2
    numbers: range
    match asked.type:
        case AnswerType.YES_NO:
            numbers = range(2)
        case AnswerType.AGREE4:
            numbers = range(4)
        case AnswerType.SUPPORT3:
            numbers = range(3)
        case AnswerType.WITH2:
            numbers = range(2)
        case AnswerType.COUNT:
            of_children = asked.address.kind is Kind.CHILDREN
            numbers = range((run.children or 0) + 1) if of_children else range(present)
        case AnswerType.COUNT_ALL:
            numbers = range(present + 1)
        case AnswerType.HUNDRED:
            numbers = range(0, 101, 5)
        case AnswerType.ONE_OF:
            numbers = range(len(asked.prompt.options))
        case AnswerType.AGE:
            numbers = range(OLDEST + 1)
        case AnswerType.DEGREE:
            numbers = range(DEGREES)
    return tuple(f"{number:03d}" for number in numbers)


def accept(run: Run, address: Address, token: str) -> int | None:
    """The number to store for this answer (None: not answered by choice).

    Raises VoteClosed where the prompt is one of the lesson's but takes no answers now, else Refused with
    `unknown_prompt` or `not_offered`.
    """
    for asked in open_now(run):
        if asked.address == address:
            if token == SKIPPED:
                return None
            if token not in choices(run, asked):
                raise Refused("not_offered")
            return int(token)
    if any(asked.address == address for step in run.lesson.steps for asked in asked_in(run, step)):
        raise VoteClosed
    if agreement.once_asked(run, address):
        raise VoteClosed
    raise Refused("unknown_prompt")


def _rounds(lesson: Lesson, step: Step) -> tuple[Asked, ...]:
    """The same question twice: before the talk and after it."""
    prompt = Prompt(Kind.DILEMMA, step.question, AnswerType.ONE_OF, options=step.choices)
    # Counted among the dilemmas, as agreements are among theirs.
    index = [other for other in lesson.steps if other.kind is StepKind.DILEMMA].index(step)
    addresses = (Address(f"dilemma{index}", Kind.DILEMMA, number) for number in (1, 2))
    return tuple(Asked(one, prompt, step.question, prompt.type, Sensitivity.S0, step.title) for one in addresses)


def _about_the_lesson(number: int, text: str) -> Asked:
    prompt = Prompt(Kind.CLOSING, text, AnswerType.DEGREE)
    return Asked(Address(f"closing{number}", Kind.CLOSING), prompt, text, prompt.type, Sensitivity.S0, "")


def _place_in_block(topic: Topic) -> tuple[bool, bool]:
    return topic.children is not None, topic.sensitivity is not Sensitivity.S0


def _of_children(children: int | None, topic: Topic, prompt: Prompt) -> Asked:
    """What parents guess of the children: a number of them, or out of a hundred where they are many or several
    classes (`children` is None)."""
    text, answer_type = prompt.text, prompt.type
    if answer_type is AnswerType.COUNT and (children is None or children > GRID_LIMIT):
        text, answer_type = prompt.hundred or prompt.text, AnswerType.HUNDRED
    text = text.replace("{children}", str(children or 0))
    address = Address(topic.id, Kind.CHILDREN)
    return Asked(address, replace(prompt, text=text), text, answer_type, topic.sensitivity, topic.title)


def _asked(present: int | None, topic: Topic, prompt: Prompt, round_number: int) -> Asked:
    text, answer_type = prompt.text, prompt.type
    if answer_type in (AnswerType.COUNT, AnswerType.COUNT_ALL) and (present or 0) > GRID_LIMIT:
        text, answer_type = prompt.hundred or prompt.text, AnswerType.HUNDRED
    text = text.replace("{others}", str(max(0, (present or 1) - 1))).replace("{present}", str(present or 0))
    address = Address(topic.id, prompt.kind, round_number)
    return Asked(address, replace(prompt, text=text), text, answer_type, topic.sensitivity, topic.title)
