"""Two pupils who put their answers together, and everything a run shows; can they work out a third one's answer?

A class is one topic with its guesses, attitudes and country; `Told` gives all that wall, consultant, phone, report and
results show of it from ballots on, through the rules and screens as they are (sockets and several topics are compared
in `test_room_facts`). The attackers know the
guesses, how many answered, and everybody's attitude (or, when they are after an attitude, how many said yes); they
know their own answers, and can hold any number of other classes beside theirs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from builders import TODAY, figure, lesson, protective_topic, risk_topic, walk
from classroom import run_record

from clicker.lesson import Address, Figures, Kind, Move, Run, Topic, move, moves
from clicker.report.finished import build
from clicker.report.results import topic_results
from clicker.room.facts import SCREENS, facts
from clicker.room.mine import mine
from clicker.room.moving import evaluate_topic
from clicker.room.snapshot import Snapshot
from clicker.safety import Choices, Declared, Shown, shown_to_data
from clicker.store import Ballot, Counts

RISK, PROTECTIVE = risk_topic(), protective_topic(sensitivity=risk_topic().sensitivity)


@dataclass(frozen=True)
class Klass:
    """N in the room, n of them answered for themselves; `agreeing` of n agree with the attitude; guesses in people."""

    topic: Topic
    n: int
    N: int
    guesses: tuple[int, ...]
    agreeing: int
    share: float


# (class, yes among all but the third pupil, the third pupil's yes) -> all that is shown
Told = Callable[[Klass, int, int], object]


def classes(chance: random.Random, how_many: int) -> Iterator[tuple[Klass, int]]:
    """Classes with the number who say yes: mostly few or nearly all, for there the edges are."""
    for _ in range(how_many):
        n = chance.randint(10, 28)
        N = n + chance.choice((0, 0, 0, 1, 2, 4))
        k = chance.choice((chance.randint(0, 4), n - chance.randint(0, 4), chance.randint(0, n)))
        middle, spread = chance.uniform(0, N), chance.uniform(1, N / 3)
        guesses = tuple(min(N - 1, max(0, round(chance.gauss(middle, spread)))) for _ in range(N))
        topic = chance.choice((RISK, PROTECTIVE))
        yield Klass(topic, n, N, guesses, chance.randint(0, n), chance.choice((3, 11, 33, 60))), k


def evaluated(klass: Klass, yes: int) -> Shown:
    """The public value, from ballots."""
    run = asked(klass)
    seats = [f"seat-{number:02}" for number in range(klass.N)]
    rows = {
        Kind.OTHERS: klass.guesses,
        Kind.OWN: tuple(int(number < yes) for number in range(klass.n)),
        Kind.APPROVE: tuple(3 * int(number < klass.agreeing) for number in range(klass.n)),
    }
    ballots = [
        Ballot(seat, Address(klass.topic.id, kind), value)
        for kind, values in rows.items()
        for seat, value in zip(seats, values, strict=False)
    ]
    country = figure(klass.share)
    declared = Declared(klass.topic, run.lesson.audience, run.lesson.grades)
    return evaluate_topic(run, declared, ballots, klass.N, Figures(country, country), Choices(), TODAY)


_remembered = lru_cache(maxsize=512)(evaluated)


@lru_cache(maxsize=64)
def _held(topic: Topic, present: int) -> Run:
    held = Run(lesson(topic), present=present)
    run = walk(held, Move.START, Move.NEXT)
    return replace(walk(run, Move.OPEN, Move.CLOSE), present=present)


def asked(klass: Klass) -> Run:
    return _held(klass.topic, klass.N)


def as_it_is(klass: Klass, others: int, third: int) -> object:
    """Everything that the program shows."""
    shown = _remembered(klass, others + third)
    return shown, screens(klass, repr(shown), Kept(shown))


class Kept:
    """The results of one topic, in the place of the database; equal to any other, for its content is a key already."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.record: Any = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept)

    def __hash__(self) -> int:
        return 0

    def run(self, _run_id: str) -> Any:
        return self.record

    def results(self, _run_id: str) -> Mapping[tuple[str, int], Mapping[str, Any]]:
        return {(self.shown.topic, 1): shown_to_data(self.shown)}


@lru_cache(maxsize=4096)
def screens(klass: Klass, _content: str, kept: Kept) -> str:
    """What every screen holds from the counting to the end, what a phone is told for itself, report and results."""
    shown, told = kept.shown, []
    topics = (shown.topic,)
    openable = topics if shown.openable else ()
    run = move(asked(klass), Move.EVALUATE, argument=(topics, {shown.topic: shown.reveals}, openable))
    while True:
        snapshot = _snapshot(klass, run, shown)
        told += [repr(facts(snapshot, screen, today=TODAY, lang="da")) for screen in SCREENS]
        ballot = Ballot("seat-00", Address(shown.topic, Kind.OTHERS), klass.guesses[0])
        told.append(repr(mine(snapshot, True, (ballot,), TODAY, "da")))
        possible = [name for name in (Move.REVEAL, Move.NEXT) if name in moves(run)]
        if not possible:
            break
        run = move(run, possible[0])
    kept.record = run_record(run=move(run, Move.FINISH), status="finished")
    told.append(repr(build(kept, "run", today=TODAY, lang="da")))  # type: ignore[arg-type]
    told.append(repr(topic_results(kept, "run", "da")))  # type: ignore[arg-type]
    return "\n".join(told)


def _snapshot(klass: Klass, run: Run, shown: Shown) -> Snapshot:
    counts = Counts(klass.N, klass.N, 0, 0, 0)
    return Snapshot("run", "CDFG", "live", run, "Skolen", "7.B", False, "", counts, {shown.topic: shown}, {})


def deduced(told: Told, klass: Klass, k: int, pair: tuple[int, int]) -> bool:
    """Whether a pair who answered (`yes`, of so many `answered`) can tell any third pupil's answer where k of n say
    yes: whether no class with the opposite answer looks the same to them."""
    yes, answered = pair
    rest = klass.n - answered - 1
    for third in (0, 1):
        others = k - yes - third
        if not 0 <= others <= rest:
            continue
        seen = told(klass, yes + others, third)
        # The class that differs least comes first: the third pupil and one of the others have changed places.
        likely = sorted(range(rest + 1), key=lambda other: abs(other + (1 - third) - others - third))
        if not any(told(klass, yes + other, 1 - third) == seen for other in likely):
            return True
    return False


PAIRS = ((0, 2), (1, 2), (2, 2), (0, 1), (1, 1), (0, 0))


def found_out(told: Told, chance: random.Random, how_many: int) -> int:
    """In how many of so many classes some pair learns a third pupil's answer."""
    return sum(any(deduced(told, klass, k, pair) for pair in PAIRS) for klass, k in classes(chance, how_many))


def of_attitudes(told: Told) -> Told:
    """The same attack on the attitude: who agrees takes the place of who says yes."""

    def swapped(klass: Klass, others: int, third: int) -> object:
        return told(replace(klass, agreeing=others + third), klass.agreeing, 0)

    return swapped
