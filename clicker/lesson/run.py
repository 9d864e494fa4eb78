"""The life of a run: one table says which move is possible where; nothing else changes a phase."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from clicker.lesson.content import Lesson, Step, StepKind


class Phase(StrEnum):
    LOBBY = "lobby"
    ON = "on"
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    CHOSEN = "chosen"
    GUESSES = "guesses"
    OWN = "own"
    ATTITUDE = "attitude"
    COUNTRY = "country"
    BOTH = "both"
    FINISHED = "finished"


class Move(StrEnum):
    START = "start"
    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    EVALUATE = "evaluate"
    REVEAL = "reveal"
    NEXT = "next"
    BACK = "back"
    SKIP = "skip"
    CHOOSE = "choose"
    OPEN_COUNTRY = "open_country"
    RESERVE = "reserve"
    ADMIT = "admit"
    FINISH = "finish"


REVEALS = (Phase.GUESSES, Phase.OWN, Phase.ATTITUDE, Phase.COUNTRY)


class NotNow(Exception):
    """The move is not possible where the run stands, or the button was stale (`turn` has moved on)."""

    def __init__(self, name: str, why: str = "table") -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


@dataclass(frozen=True)
class Run:
    """A lesson being held. `position` is a step's index, -1 in the lobby; `phases` keeps each step's own phase.

    `evaluated`, `reveals` (topic -> phases allowed, in order) and `openable` (topics whose country the consultant
    may open after the attitude line, G5/G14) come from `safety` in the transaction of `evaluate`.
    """

    lesson: Lesson
    present: int | None = None
    turn: int = 0
    position: int = -1
    prompt: int = 0
    phases: tuple[Phase, ...] = ()
    frozen: bool = False
    evaluated: frozenset[str] = frozenset()
    reveals: Mapping[str, tuple[Phase, ...]] = field(default_factory=dict)
    openable: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    finished: bool = False

    def __post_init__(self) -> None:
        if not self.phases:
            object.__setattr__(self, "phases", tuple(_first_phase(step) for step in self.lesson.steps))


_ANSWERED = frozenset({StepKind.ASK, StepKind.AGAIN, StepKind.AGREE})

# (kind of step, its phase) -> the moves that may be possible there; `_GUARDS` narrows some of them.
_LEAVE = (Move.NEXT, Move.BACK, Move.SKIP)
_TABLE: Mapping[tuple[StepKind, Phase], tuple[Move, ...]] = {
    **{(kind, Phase.ON): _LEAVE for kind in (StepKind.SAY, StepKind.TALK, StepKind.HELP)},
    **{(kind, Phase.READY): (Move.OPEN, Move.BACK, Move.SKIP) for kind in _ANSWERED},
    **{(kind, Phase.OPEN): (Move.CLOSE, Move.SKIP) for kind in _ANSWERED},
    (StepKind.ASK, Phase.CLOSED): (Move.EVALUATE, Move.REOPEN, *_LEAVE),
    (StepKind.AGAIN, Phase.CLOSED): (Move.REVEAL, Move.REOPEN, *_LEAVE),
    (StepKind.AGAIN, Phase.BOTH): _LEAVE,
    (StepKind.AGREE, Phase.CLOSED): (Move.CHOOSE, Move.REOPEN, *_LEAVE),
    (StepKind.AGREE, Phase.CHOSEN): (Move.CHOOSE, *_LEAVE),
    (StepKind.SHOW, Phase.READY): (Move.EVALUATE, Move.REVEAL, *_LEAVE),
    **{(StepKind.SHOW, phase): (Move.REVEAL, Move.OPEN_COUNTRY, *_LEAVE) for phase in REVEALS},
}


def current(run: Run) -> Step | None:
    """The step that the run stands at, or None in the lobby and when finished."""
    if run.finished or run.position < 0:
        return None
    return run.lesson.steps[run.position]


def phase(run: Run) -> Phase:
    """The one word for where the run stands."""
    if run.finished:
        return Phase.FINISHED
    return Phase.LOBBY if run.position < 0 else run.phases[run.position]


def moves(run: Run) -> tuple[Move, ...]:
    """The moves possible now, the most natural first."""
    if run.finished:
        return ()
    step = current(run)
    if step is None:
        return (Move.START, Move.FINISH)
    listed = _TABLE[step.kind, phase(run)]
    possible = [name for name in listed if _GUARDS.get(name, _always)(run, step)]
    if reserve_offered(run):
        possible.append(Move.RESERVE)
    if run.frozen and not run.evaluated:
        possible.append(Move.ADMIT)
    return (*possible, Move.FINISH)


def move(run: Run, name: Move, *, argument: Any = None) -> Run:
    """The run after the move, its turn one higher; raises NotNow where the table or a guard says no.

    `argument`: for `choose` the indices of the chosen proposals, for `open_country` the reason's key, for
    `reserve` the topic's id, for `open` and `reopen` the number present (kept from the first open on), for
    `evaluate` the verdicts' (topics, reveals, openable).
    """
    if name not in moves(run):
        raise NotNow(name)
    return replace(_EFFECTS[name](run, argument), turn=run.turn + 1)


def block(run: Run) -> tuple[str, ...]:
    """The topics that `evaluate` would freeze now: all asked before the next show and not yet evaluated.

    Empty where it is not time: nothing asked, or an ask before that show still not closed.
    """
    stop = _next_show(run)
    asks = [(index, step) for index, step in enumerate(run.lesson.steps[:stop]) if step.kind is StepKind.ASK]
    if any(run.phases[index] is not Phase.CLOSED or _more_prompts_from(run, index) for index, _ in asks):
        return ()
    return tuple(topic for _, step in asks for topic in step.topics if topic not in run.evaluated)


def reserve_offered(run: Run) -> tuple[str, ...]:
    """G15: the lesson's reserve topics, once fewer than two topics besides the control are left to show."""
    if current(run) is None or phase(run) is Phase.OPEN or not run.evaluated:
        return ()
    if _next_show(run) < len(run.lesson.steps):
        return ()
    shown = [topic for topic in run.evaluated if run.reveals.get(topic)]
    steering = [topic for topic in shown if run.lesson.topic(topic).polarity != "neutral"]
    asked = {topic.id for topic in run.lesson.asked_topics()}
    if len(steering) >= 2:
        return ()
    return tuple(topic for topic in run.lesson.reserve if topic not in asked)


def coming_reveal(run: Run) -> Phase | None:
    """What the move `reveal` would show now, or None."""
    step = current(run)
    if step is None or Move.REVEAL not in moves(run):
        return None
    return Phase.BOTH if step.kind is StepKind.AGAIN else _next_reveal(run, step)


def has_more_prompts(run: Run) -> bool:
    """Whether `next` would open another prompt of a block that is asked one prompt at a time."""
    return current(run) is not None and _more_prompts_from(run, run.position)


def run_to_data(run: Run) -> dict[str, Any]:
    """The run as JSON-able data, without its lesson (kept beside it, frozen)."""
    return {
        "present": run.present,
        "turn": run.turn,
        "position": run.position,
        "prompt": run.prompt,
        "phases": list(run.phases),
        "frozen": run.frozen,
        "evaluated": sorted(run.evaluated),
        "reveals": {topic: list(phases) for topic, phases in sorted(run.reveals.items())},
        "openable": sorted(run.openable),
        "reasons": dict(sorted(run.reasons.items())),
        "chosen": {str(index): list(picked) for index, picked in sorted(run.chosen.items())},
        "finished": run.finished,
    }


def run_from_data(lesson: Lesson, data: Mapping[str, Any]) -> Run:
    """The run that `run_to_data` wrote."""
    return Run(
        lesson=lesson,
        present=data["present"],
        turn=data["turn"],
        position=data["position"],
        prompt=data["prompt"],
        phases=tuple(Phase(word) for word in data["phases"]),
        frozen=data["frozen"],
        evaluated=frozenset(data["evaluated"]),
        reveals={topic: tuple(Phase(word) for word in words) for topic, words in data["reveals"].items()},
        openable=frozenset(data["openable"]),
        reasons=data["reasons"],
        chosen={int(index): tuple(picked) for index, picked in data["chosen"].items()},
        finished=data["finished"],
    )


def _first_phase(step: Step) -> Phase:
    return Phase.ON if step.kind in (StepKind.SAY, StepKind.TALK, StepKind.HELP) else Phase.READY


def _next_show(run: Run) -> int:
    """The index of the first show step whose topic is not evaluated, or one past the last step."""
    for index, step in enumerate(run.lesson.steps):
        if step.kind is StepKind.SHOW and not run.evaluated.issuperset(step.topics):
            return index
    return len(run.lesson.steps)


def _more_prompts_from(run: Run, index: int) -> bool:
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


def _next_reveal(run: Run, step: Step) -> Phase | None:
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


def _always(_run: Run, _step: Step) -> bool:
    return True


def _can_evaluate(run: Run, step: Step) -> bool:
    return bool(block(run))


def _can_reopen(run: Run, step: Step) -> bool:
    return step.kind is not StepKind.ASK or not run.evaluated.intersection(step.topics)


def _can_reveal(run: Run, step: Step) -> bool:
    return step.kind is StepKind.AGAIN or _next_reveal(run, step) is not None


def _can_open_country(run: Run, step: Step) -> bool:
    return step.topics[0] in run.openable and phase(run) is Phase.ATTITUDE


def _can_go_next(run: Run, step: Step) -> bool:
    if step.kind is StepKind.SHOW and (_next_reveal(run, step) or not run.evaluated.issuperset(step.topics)):
        return False
    if _more_prompts_from(run, run.position):
        return True
    if step.kind is StepKind.ASK and block(run):
        return _step_after(run) is not None and run.lesson.steps[run.position + 1].kind is not StepKind.SHOW
    return _step_after(run) is not None


def _can_skip(run: Run, step: Step) -> bool:
    return _step_after(run) is not None


def _can_go_back(run: Run, step: Step) -> bool:
    return _step_before(run) is not None


_GUARDS: Mapping[Move, Callable[[Run, Step], bool]] = {
    Move.EVALUATE: _can_evaluate,
    Move.REOPEN: _can_reopen,
    Move.REVEAL: _can_reveal,
    Move.OPEN_COUNTRY: _can_open_country,
    Move.NEXT: _can_go_next,
    Move.SKIP: _can_skip,
    Move.BACK: _can_go_back,
}


def _step_after(run: Run) -> int | None:
    for index in range(run.position + 1, len(run.lesson.steps)):
        if not _is_empty(run, index):
            return index
    return None


def _step_before(run: Run) -> int | None:
    for index in range(run.position - 1, -1, -1):
        if not _is_empty(run, index):
            return index
    return None


def _to(run: Run, index: int | None) -> Run:
    assert index is not None  # the guards have looked
    return replace(run, position=index, prompt=0)


def _in_phase(run: Run, word: Phase) -> Run:
    phases = (*run.phases[: run.position], word, *run.phases[run.position + 1 :])
    return replace(run, phases=phases)


def _start(run: Run, _argument: Any) -> Run:
    return _to(run, _step_after(run))


def _open(run: Run, argument: Any) -> Run:
    if not run.frozen and isinstance(argument, int):
        if argument < 1:
            raise NotNow(Move.OPEN, "present")
        run = replace(run, present=argument)
    return replace(_in_phase(run, Phase.OPEN), frozen=True)


def _close(run: Run, _argument: Any) -> Run:
    return _in_phase(run, Phase.CLOSED)


def _evaluate(run: Run, argument: Any) -> Run:
    topics, reveals, openable = argument
    if set(topics) != set(block(run)):
        raise NotNow(Move.EVALUATE, "block")
    return replace(
        run,
        evaluated=run.evaluated.union(topics),
        reveals={**run.reveals, **reveals},
        openable=run.openable.union(openable),
    )


def _reveal(run: Run, _argument: Any) -> Run:
    step = current(run)
    assert step is not None
    if step.kind is StepKind.AGAIN:
        return _in_phase(run, Phase.BOTH)
    word = _next_reveal(run, step)
    assert word is not None
    return _in_phase(run, word)


def _next(run: Run, _argument: Any) -> Run:
    if _more_prompts_from(run, run.position):
        return _in_phase(replace(run, prompt=run.prompt + 1), Phase.OPEN)
    return _to(run, _step_after(run))


def _back(run: Run, _argument: Any) -> Run:
    index = _step_before(run)
    assert index is not None
    step = run.lesson.steps[index]
    prompts = sum(len(run.lesson.topic(topic).prompts()) for topic in step.topics) if step.together else 1
    return replace(_to(run, index), prompt=max(0, prompts - 1))


def _skip(run: Run, _argument: Any) -> Run:
    step = current(run)
    assert step is not None
    if step.kind in _ANSWERED and phase(run) in (Phase.READY, Phase.OPEN):
        run = _in_phase(run, Phase.CLOSED)
    return _to(run, _step_after(run))


def _choose(run: Run, argument: Any) -> Run:
    step = current(run)
    assert step is not None
    picked = tuple(sorted(set(argument or ())))
    if any(not isinstance(index, int) or not 0 <= index < len(step.proposals) for index in picked):
        raise NotNow(Move.CHOOSE, "proposal")
    return _in_phase(replace(run, chosen={**run.chosen, run.position: picked}), Phase.CHOSEN)


COUNTRY_REASONS = ("asked", "talk", "compare")


def _open_country(run: Run, argument: Any) -> Run:
    step = current(run)
    assert step is not None
    topic = step.topics[0]
    if argument not in COUNTRY_REASONS:
        raise NotNow(Move.OPEN_COUNTRY, "reason")
    reveals = {**run.reveals, topic: (*run.reveals[topic], Phase.COUNTRY)}
    opened = replace(run, reveals=reveals, openable=run.openable - {topic}, reasons={**run.reasons, topic: argument})
    return _in_phase(opened, Phase.COUNTRY)


def _reserve(run: Run, argument: Any) -> Run:
    if argument not in reserve_offered(run):
        raise NotNow(Move.RESERVE, "topic")
    at = run.position + 1
    asked = Step(StepKind.ASK, topics=(argument,), together=True)
    shown = Step(StepKind.SHOW, topics=(argument,))
    steps = (*run.lesson.steps[:at], asked, shown, *run.lesson.steps[at:])
    phases = (*run.phases[:at], Phase.READY, Phase.READY, *run.phases[at:])
    chosen = {index + 2 if index >= at else index: picked for index, picked in run.chosen.items()}
    added = replace(run, lesson=replace(run.lesson, steps=steps), phases=phases, chosen=chosen)
    return _to(added, at)


def _admit(run: Run, _argument: Any) -> Run:
    return run


def _finish(run: Run, _argument: Any) -> Run:
    return replace(run, finished=True)


_EFFECTS: Mapping[Move, Callable[[Run, Any], Run]] = {
    Move.START: _start,
    Move.OPEN: _open,
    Move.CLOSE: _close,
    Move.REOPEN: _open,  # a step skipped before anything was opened is opened here for the first time
    Move.EVALUATE: _evaluate,
    Move.REVEAL: _reveal,
    Move.NEXT: _next,
    Move.BACK: _back,
    Move.SKIP: _skip,
    Move.CHOOSE: _choose,
    Move.OPEN_COUNTRY: _open_country,
    Move.RESERVE: _reserve,
    Move.ADMIT: _admit,
    Move.FINISH: _finish,
}
