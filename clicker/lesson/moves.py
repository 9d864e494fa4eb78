"""The moves: one table says which is possible where, guards narrow it, and nothing else changes a phase."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from clicker.lesson import agreement
from clicker.lesson.content import Step, StepKind
from clicker.lesson.run import ANSWERING, REVEALS, Move, NotNow, Phase, Run, current, phase
from clicker.lesson.standing import (
    block,
    more_prompts_from,
    next_reveal,
    reserve_offered,
    step_after,
    step_before,
)

_ANSWERED = frozenset({StepKind.ASK, StepKind.AGAIN, StepKind.AGREE, StepKind.DILEMMA})
# Both rounds come with one press.
_SHOWN_AT_ONCE = frozenset({StepKind.AGAIN, StepKind.DILEMMA})
# A dilemma's second vote, and who is with an agreement, have phases of their own.
_OPENED_FROM = {
    Phase.TALK: Phase.OPEN_AGAIN,
    Phase.CLOSED_AGAIN: Phase.OPEN_AGAIN,
    **dict.fromkeys(agreement.CHOSEN_PHASES, Phase.JOINING),
}
_CLOSED_TO = {Phase.JOINING: Phase.JOINED, Phase.OPEN_AGAIN: Phase.CLOSED_AGAIN}

# (kind of step, its phase) -> the moves that may be possible there; `_GUARDS` narrows some of them.
_LEAVE = (Move.NEXT, Move.BACK, Move.SKIP)
_PROPOSALS = (Move.PAGE, Move.PROPOSE, Move.WITHDRAW)
_TABLE: Mapping[tuple[StepKind, Phase], tuple[Move, ...]] = {
    **{(kind, Phase.ON): _LEAVE for kind in (StepKind.SAY, StepKind.TALK, StepKind.HELP)},
    **{(kind, Phase.READY): (Move.OPEN, Move.BACK, Move.SKIP) for kind in _ANSWERED},
    **{(kind, Phase.OPEN): (Move.CLOSE, Move.SKIP) for kind in _ANSWERED},
    (StepKind.ASK, Phase.CLOSED): (Move.EVALUATE, Move.REOPEN, *_LEAVE),
    (StepKind.AGAIN, Phase.CLOSED): (Move.REVEAL, Move.REOPEN, *_LEAVE),
    (StepKind.AGAIN, Phase.BOTH): _LEAVE,
    (StepKind.AGREE, Phase.READY): (Move.OPEN, *_PROPOSALS, Move.BACK, Move.SKIP),
    (StepKind.AGREE, Phase.OPEN): (Move.CLOSE, Move.PAGE, Move.SKIP),
    (StepKind.AGREE, Phase.CLOSED): (Move.CHOOSE, Move.REOPEN, *_PROPOSALS, *_LEAVE),
    (StepKind.AGREE, Phase.CHOSEN): (Move.OPEN, Move.CHOOSE, Move.PAGE, *_LEAVE),
    (StepKind.AGREE, Phase.JOINING): (Move.CLOSE, Move.PAGE, Move.SKIP),
    # Who is with it is asked once (P5): of a number before and after one more phone, the difference is that phone.
    (StepKind.AGREE, Phase.JOINED): (Move.CHOOSE, Move.PAGE, *_LEAVE),
    (StepKind.DILEMMA, Phase.CLOSED): (Move.TALK, Move.REOPEN, *_LEAVE),
    (StepKind.DILEMMA, Phase.TALK): (Move.OPEN, *_LEAVE),
    (StepKind.DILEMMA, Phase.OPEN_AGAIN): (Move.CLOSE, Move.SKIP),
    (StepKind.DILEMMA, Phase.CLOSED_AGAIN): (Move.REVEAL, Move.REOPEN, *_LEAVE),
    (StepKind.DILEMMA, Phase.BOTH): _LEAVE,
    (StepKind.SHOW, Phase.READY): (Move.EVALUATE, Move.REVEAL, *_LEAVE),
    **{(StepKind.SHOW, phase): (Move.REVEAL, Move.OPEN_COUNTRY, *_LEAVE) for phase in REVEALS},
}


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
    if run.frozen and _is_anything_to_evaluate(run):
        possible.append(Move.ADMIT)
    return (*possible, Move.FINISH)


def move(run: Run, name: Move, *, argument: Any = None) -> Run:
    """The run after the move, its turn one higher; raises NotNow where the table or a guard says no.

    `argument`: for `propose` the text, for `withdraw` the number of one proposal, for `choose` those of the chosen
    ones, for `open_country` the reason's key, for `reserve` the topic's id, for `open` and `reopen` the number present
    (kept from the first open on), for `evaluate` the verdicts' (topics, reveals, openable).
    """
    if name not in moves(run):
        raise NotNow(name)
    return replace(_EFFECTS[name](run, argument), turn=run.turn + 1)


def coming_reveal(run: Run) -> Phase | None:
    """What the move `reveal` would show now, or None."""
    step = current(run)
    if step is None or Move.REVEAL not in moves(run):
        return None
    return Phase.BOTH if step.kind in _SHOWN_AT_ONCE else next_reveal(run, step)


def has_more_prompts(run: Run) -> bool:
    """Whether `next` would open another prompt of a block that is asked one prompt at a time."""
    return current(run) is not None and more_prompts_from(run, run.position)


def _is_anything_to_evaluate(run: Run) -> bool:
    # Each topic keeps the N it was evaluated with (P5), so whoever is let in counts for the later ones only.
    return any(topic.id not in run.evaluated for topic in run.lesson.asked_topics())


def _always(_run: Run, _step: Step) -> bool:
    return True


def _can_evaluate(run: Run, step: Step) -> bool:
    return bool(block(run))


def _can_open(run: Run, step: Step) -> bool:
    return step.kind is not StepKind.AGREE or agreement.can_vote(run, step)


def _can_reopen(run: Run, step: Step) -> bool:
    if step.kind is StepKind.AGREE:
        return agreement.can_vote(run, step)
    return step.kind is not StepKind.ASK or not run.evaluated.intersection(step.topics)


def _can_reveal(run: Run, step: Step) -> bool:
    return step.kind in _SHOWN_AT_ONCE or next_reveal(run, step) is not None


def _can_open_country(run: Run, step: Step) -> bool:
    return step.topics[0] in run.openable and phase(run) is Phase.ATTITUDE


def _can_go_next(run: Run, step: Step) -> bool:
    if step.kind is StepKind.SHOW and (next_reveal(run, step) or not run.evaluated.issuperset(step.topics)):
        return False
    if more_prompts_from(run, run.position):
        return True
    if step.kind is StepKind.ASK and block(run):
        return step_after(run) is not None and run.lesson.steps[run.position + 1].kind is not StepKind.SHOW
    return step_after(run) is not None


def _can_skip(run: Run, step: Step) -> bool:
    return step_after(run) is not None


def _can_go_back(run: Run, step: Step) -> bool:
    return step_before(run) is not None


_GUARDS: Mapping[Move, Callable[[Run, Step], bool]] = {
    Move.OPEN: _can_open,
    Move.CHOOSE: agreement.has_proposals,
    Move.WITHDRAW: agreement.has_proposals,
    Move.PAGE: agreement.has_pages,
    Move.EVALUATE: _can_evaluate,
    Move.REOPEN: _can_reopen,
    Move.REVEAL: _can_reveal,
    Move.OPEN_COUNTRY: _can_open_country,
    Move.NEXT: _can_go_next,
    Move.SKIP: _can_skip,
    Move.BACK: _can_go_back,
}


def _to(run: Run, index: int | None) -> Run:
    assert index is not None  # the guards have looked
    return replace(run, position=index, prompt=0)


def _in_phase(run: Run, word: Phase) -> Run:
    phases = (*run.phases[: run.position], word, *run.phases[run.position + 1 :])
    step = current(run)
    # In another phase an agreement's proposals are shown from the first page on.
    paged = step is not None and step.kind is StepKind.AGREE
    return replace(run, phases=phases, prompt=0 if paged else run.prompt)


def _start(run: Run, _argument: Any) -> Run:
    return _to(run, step_after(run))


def _open(run: Run, argument: Any) -> Run:
    if not run.frozen and isinstance(argument, int):
        if argument < 1:
            raise NotNow(Move.OPEN, "present")
        run = replace(run, present=argument)
    return replace(_in_phase(run, _OPENED_FROM.get(phase(run), Phase.OPEN)), frozen=True)


def _close(run: Run, _argument: Any) -> Run:
    return _in_phase(run, _CLOSED_TO.get(phase(run), Phase.CLOSED))


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
    if step.kind in _SHOWN_AT_ONCE:
        return _in_phase(run, Phase.BOTH)
    word = next_reveal(run, step)
    assert word is not None
    return _in_phase(run, word)


def _next(run: Run, _argument: Any) -> Run:
    if more_prompts_from(run, run.position):
        return _in_phase(replace(run, prompt=run.prompt + 1), Phase.OPEN)
    return _to(run, step_after(run))


def _back(run: Run, _argument: Any) -> Run:
    index = step_before(run)
    assert index is not None
    step = run.lesson.steps[index]
    prompts = sum(len(run.lesson.topic(topic).prompts()) for topic in step.topics) if step.together else 1
    return replace(_to(run, index), prompt=max(0, prompts - 1))


def _skip(run: Run, _argument: Any) -> Run:
    step = current(run)
    assert step is not None
    if step.kind in _ANSWERED and phase(run) in (Phase.READY, *ANSWERING):
        run = _close(run, None)
    return _to(run, step_after(run))


def _choose(run: Run, argument: Any) -> Run:
    picked = agreement.choose(run, argument)
    asked_already = phase(run) is Phase.JOINED and picked.chosen == run.chosen
    return _in_phase(picked, Phase.JOINED if asked_already else Phase.CHOSEN)


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
    Move.PROPOSE: agreement.propose,
    Move.WITHDRAW: agreement.withdraw,
    Move.PAGE: agreement.turn_page,
    Move.CHOOSE: _choose,
    Move.TALK: lambda run, _argument: _in_phase(run, Phase.TALK),
    Move.OPEN_COUNTRY: _open_country,
    Move.RESERVE: _reserve,
    Move.ADMIT: _admit,
    Move.FINISH: _finish,
}
