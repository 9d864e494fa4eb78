"""How an agreement stands in a run: its proposals, what is voted on now, what was chosen, which page the wall shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clicker.lesson.content import Address, Kind, Lesson, Step, StepKind
from clicker.lesson.proposals import BadProposal, Proposals, declared, wall_pages, with_typed, without
from clicker.lesson.run import Move, NotNow, Phase, Run, current

# From the choice on, the set that was chosen is what is talked about.
CHOSEN_PHASES = frozenset({Phase.CHOSEN, Phase.JOINING, Phase.JOINED})


def agreements(lesson: Lesson) -> tuple[Step, ...]:
    """The lesson's agree steps; their places here name them, which no reserve topic put in before can change."""
    return tuple(step for step in lesson.steps if step.kind is StepKind.AGREE)


def name_of(lesson: Lesson, step: Step) -> str:
    """The agreement's name in results and votes: agree0, agree1 and so on."""
    return f"agree{agreements(lesson).index(step)}"


def proposals(run: Run, step: Step) -> Proposals:
    """What stands to the vote in that step."""
    return run.proposals.get(name_of(run.lesson, step)) or declared(step.proposals)


def vote_on(lesson: Lesson, step: Step, number: int) -> Address:
    """Where the votes on the proposal with that number lie."""
    return Address(f"{name_of(lesson, step)}-{number}", Kind.AGREEMENT)


def joining(run: Run, step: Step) -> Address:
    """Where the votes lie of those who are with the set that was chosen last."""
    return Address(f"{name_of(run.lesson, step)}-with{proposals(run, step).sets}", Kind.AGREEMENT)


def chosen(run: Run, step: Step) -> tuple[int, ...]:
    """The numbers of the chosen proposals, in the order of the list; none before `choose`."""
    return run.chosen.get(run.lesson.steps.index(step), ())


def is_chosen(run: Run, step: Step) -> bool:
    """Whether that step has come to a choice."""
    return run.phases[run.lesson.steps.index(step)] in CHOSEN_PHASES


def once_asked(run: Run, address: Address) -> bool:
    """Whether an agreement has asked this at any time: of a proposal taken away, or of a set chosen before."""
    for step in agreements(run.lesson):
        held, name = proposals(run, step), name_of(run.lesson, step)
        topics = {f"{name}-{number}" for number in range(held.following)}
        topics |= {f"{name}-with{number}" for number in range(held.sets + 1)}
        if address.topic in topics and address == Address(address.topic, Kind.AGREEMENT):
            return True
    return False


def has_proposals(run: Run, step: Step) -> bool:
    return bool(proposals(run, step).listed)


def can_vote(run: Run, step: Step) -> bool:
    """A vote needs something to vote on; who is with it is asked only of what is to hold for all."""
    return not step.products if is_chosen(run, step) else has_proposals(run, step)


def pages(run: Run, step: Step) -> int:
    """How many pages the wall needs for what stands there now."""
    held = proposals(run, step)
    picked = chosen(run, step) if is_chosen(run, step) else None
    return wall_pages(one.text for one in held.listed if picked is None or one.number in picked)


def has_pages(run: Run, step: Step) -> bool:
    return pages(run, step) > 1


def more_pages(run: Run) -> bool:
    """Whether the wall has proposals left that it has not come to."""
    step = current(run)
    return step is not None and step.kind is StepKind.AGREE and run.prompt + 1 < pages(run, step)


# -- what the moves do ----------------------------------------------------------------------------------------------


def _standing(run: Run) -> Step:
    step = current(run)
    assert step is not None  # the table of moves has looked
    return step


def _with(run: Run, step: Step, held: Proposals) -> Run:
    kept: Mapping[str, Proposals] = {**run.proposals, name_of(run.lesson, step): held}
    return replace(run, proposals=kept)


def propose(run: Run, text: Any) -> Run:
    """One more proposal, and the wall at the page where it stands. NotNow says why not."""
    step = _standing(run)
    try:
        added = _with(run, step, with_typed(proposals(run, step), text))
    except BadProposal as error:
        raise NotNow(Move.PROPOSE, error.why) from error
    return replace(added, prompt=pages(added, step) - 1)


def withdraw(run: Run, number: Any) -> Run:
    """One proposal less. NotNow where it is gone already."""
    step = _standing(run)
    try:
        return replace(_with(run, step, without(proposals(run, step), number)), prompt=0)
    except BadProposal as error:
        raise NotNow(Move.WITHDRAW, error.why) from error


def choose(run: Run, argument: Any) -> Run:
    """The set that the group wants, kept in the order of the list. NotNow where it is empty or not of the list."""
    step = _standing(run)
    held = proposals(run, step)
    wanted = set(argument or ())
    if not wanted:
        raise NotNow(Move.CHOOSE, "nothing")
    if not wanted <= {one.number for one in held.listed}:
        raise NotNow(Move.CHOOSE, "proposal")
    picked = tuple(one.number for one in held.listed if one.number in wanted)
    if picked != chosen(run, step):
        run = _with(run, step, replace(held, sets=held.sets + 1))
    return replace(run, chosen={**run.chosen, run.position: picked})


def turn_page(run: Run, _argument: Any) -> Run:
    """The wall's next page, after the last one the first."""
    return replace(run, prompt=(run.prompt + 1) % pages(run, _standing(run)))
