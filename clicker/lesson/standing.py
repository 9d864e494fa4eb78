"""What can be read out of where a run stands: what comes next, what has been revealed, what is passed over."""

from __future__ import annotations

from clicker.lesson.content import Step, StepKind
from clicker.lesson.run import OPENED, REVEALS, Phase, Run, current, phase


def block(run: Run) -> tuple[str, ...]:
    """The topics that `evaluate` would freeze now: all asked before the next show and not yet evaluated.

    Empty where it is not time: nothing asked, or an ask before that show still not closed.
    """
    stop = next_show(run)
    asks = [(index, step) for index, step in enumerate(run.lesson.steps[:stop]) if step.kind is StepKind.ASK]
    if any(run.phases[index] is not Phase.CLOSED or more_prompts_from(run, index) for index, _ in asks):
        return ()
    return tuple(topic for _, step in asks for topic in step.topics if topic not in run.evaluated)


def reserve_offered(run: Run) -> tuple[str, ...]:
    """G15: the lesson's reserve topics, once fewer than two topics besides the control are left to show."""
    if current(run) is None or phase(run) in OPENED or not run.evaluated:
        return ()
    if next_show(run) < len(run.lesson.steps):
        return ()
    shown = [topic for topic in run.evaluated if run.reveals.get(topic)]
    steering = [topic for topic in shown if run.lesson.topic(topic).polarity != "neutral"]
    asked = {topic.id for topic in run.lesson.asked_topics()}
    if len(steering) >= 2:
        return ()
    return tuple(topic for topic in run.lesson.reserve if topic not in asked)


def next_show(run: Run) -> int:
    """The index of the first show step whose topic is not evaluated, or one past the last step."""
    for index, step in enumerate(run.lesson.steps):
        if step.kind is StepKind.SHOW and not run.evaluated.issuperset(step.topics):
            return index
    return len(run.lesson.steps)


def more_prompts_from(run: Run, index: int) -> bool:
    """Whether a block asked one prompt at a time still has prompts to open (only while the run stands in it)."""
    step = run.lesson.steps[index]
    if not step.together or step.kind is not StepKind.ASK or index != run.position:
        return False
    # P5: a frozen block opens no prompt again; and the first open asks for the number present, `next` does not.
    if run.evaluated.intersection(step.topics) or not run.frozen:
        return False
    return run.prompt + 1 < sum(len(run.lesson.topic(topic).prompts()) for topic in step.topics)


def _reveals_of(run: Run, step: Step) -> tuple[Phase, ...]:
    return run.reveals.get(step.topics[0], ())


def next_reveal(run: Run, step: Step) -> Phase | None:
    allowed = _reveals_of(run, step)
    done = phase(run)
    if done is Phase.READY:
        return allowed[0] if allowed else None
    later = [word for word in allowed if REVEALS.index(word) > REVEALS.index(done)]
    return later[0] if later else None


def _is_empty(run: Run, index: int) -> bool:
    """G15: a step with nothing to reveal, or nothing to ask again, is passed over and never mentioned."""
    step = run.lesson.steps[index]
    if step.kind is StepKind.SHOW:
        return run.evaluated.issuperset(step.topics) and not _reveals_of(run, step)
    if step.kind is StepKind.AGAIN:
        return not again_topics(run, step)
    return False


def again_topics(run: Run, step: Step) -> tuple[str, ...]:
    """The topics of an `again` step whose own answers were shown: nothing else is asked a second time (P7)."""
    return tuple(topic for topic in step.topics if Phase.OWN in revealed(run, topic))


def revealed(run: Run, topic: str) -> tuple[Phase, ...]:
    """What the wall has shown of a topic so far: of the allowed reveals, those that its show step has reached."""
    for step, reached in zip(run.lesson.steps, run.phases, strict=True):
        if step.kind is StepKind.SHOW and topic in step.topics and reached in REVEALS:
            last = REVEALS.index(reached)
            return tuple(word for word in run.reveals.get(topic, ()) if REVEALS.index(word) <= last)
    return ()


def step_after(run: Run) -> int | None:
    for index in range(run.position + 1, len(run.lesson.steps)):
        if not _is_empty(run, index):
            return index
    return None


def step_before(run: Run) -> int | None:
    for index in range(run.position - 1, -1, -1):
        if not _is_empty(run, index):
            return index
    return None
