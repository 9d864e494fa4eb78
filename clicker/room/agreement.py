"""The votes of an agreement: counted when they are closed, and kept with what was chosen. No ballot leaves here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clicker.lesson import ANSWERING, Phase, Run, Step, StepKind, current, phase
from clicker.lesson.agreement import chosen, is_chosen, joining, name_of, proposals, vote_on
from clicker.safety import Banded
from clicker.safety.agreement import joined_shown, support_shown
from clicker.store import RunRecord, Transaction

AGREE, CAN_LIVE_WITH, DISAGREE = range(3)
WITH_IT = 0
# What is ticked beforehand: at most so many, where at most one in ten disagrees; of products the one that leads.
MOST_LIKELY = 4
ONE_IN = 10


@dataclass(frozen=True)
class Support:
    """How many agree with a proposal, can live with it, and disagree."""

    agree: int
    can_live_with: int
    disagree: int

    @property
    def total(self) -> int:
        return self.agree + self.can_live_with + self.disagree

    @property
    def support(self) -> int:
        return self.agree + self.can_live_with


@dataclass(frozen=True)
class Votes:
    """The closed votes of the step where the run stands: a proposal's number -> its support, where enough voted.

    `voted` are those that anybody voted on; `joined` how many are with what was chosen (P2).
    """

    support: Mapping[int, Support] = field(default_factory=dict)
    voted: frozenset[int] = frozenset()
    joined: Banded | None = None


NO_VOTES = Votes()


def votes(tx: Transaction, record: RunRecord) -> Votes:
    """What the screens may know now; nothing while phones answer."""
    step, now = current(record.run), phase(record.run)
    if step is None or step.kind is not StepKind.AGREE or now is Phase.READY or now in ANSWERING:
        return NO_VOTES
    return _votes(tx, record.id, record.run, step)


def _votes(tx: Transaction, run_id: str, run: Run, step: Step) -> Votes:
    where = {vote_on(run.lesson, step, one.number): one.number for one in proposals(run, step).listed}
    counts: dict[int, Counter[int]] = {number: Counter() for number in where.values()}
    for ballot in tx.ballots(run_id, [address.topic for address in where]):
        if ballot.address in where and ballot.value is not None:
            counts[where[ballot.address]][ballot.value] += 1
    every = {number: Support(*(count[answer] for answer in range(3))) for number, count in counts.items()}
    enough = {number: support for number, support in every.items() if support_shown(support.total)}
    done = run.phases[run.lesson.steps.index(step)] is Phase.JOINED
    joined = _joined(tx, run_id, run, step) if done else None
    voted = frozenset(number for number, support in every.items() if support.total)
    return Votes(enough, voted, joined)


def _joined(tx: Transaction, run_id: str, run: Run, step: Step) -> Banded | None:
    address = joining(run, step)
    given = [ballot.value for ballot in tx.ballots(run_id, [address.topic]) if ballot.address == address]
    return joined_shown(given.count(WITH_IT), sum(value is not None for value in given))


def by_support(run: Run, step: Step, found: Votes) -> tuple[int, ...]:
    """The numbers of the proposals, the most supported first; ties, and those too few voted on, in their order."""
    numbers = [one.number for one in proposals(run, step).listed]
    return tuple(sorted(numbers, key=lambda number: -found.support[number].support if number in found.support else 0))


def likely(run: Run, step: Step, found: Votes) -> tuple[int, ...]:
    """What is ticked before the consultant chooses: what was chosen already, else what nobody or few disagree with."""
    if is_chosen(run, step):
        return chosen(run, step)
    counted = [number for number in by_support(run, step, found) if number in found.support]
    if step.products:
        return tuple(counted[:1])
    calm = [number for number in counted if ONE_IN * found.support[number].disagree <= found.support[number].total]
    return tuple(calm[:MOST_LIKELY])


def keep(tx: Transaction, run_id: str, run: Run, step: Step, today: date) -> None:
    """Write down what was chosen, how each proposal stood, and how many are with it; nothing before the choice."""
    if not is_chosen(run, step):
        return
    held, found = proposals(run, step), _votes(tx, run_id, run, step)
    places = {one.number: place for place, one in enumerate(held.listed)}
    data: dict[str, Any] = {
        "title": step.title,
        "products": step.products,
        "day": today.isoformat(),
        "proposals": [one.text for one in held.listed],
        "counts": [_counts(found.support.get(one.number)) for one in held.listed],
        "voted": [one.number in found.voted for one in held.listed],
        "chosen": [places[number] for number in chosen(run, step)],
        "joined": None if found.joined is None else [found.joined.low, found.joined.high, found.joined.n],
    }
    tx.replace_result(run_id, name_of(run.lesson, step), 1, data)


def _counts(support: Support | None) -> list[int] | None:
    return None if support is None else [support.agree, support.can_live_with, support.disagree]
