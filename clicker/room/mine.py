"""What one phone may know of itself: whether it may answer, its own open answers, its own guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clicker import words
from clicker.lesson import SKIPPED, Address, Phase, StepKind, Topic, current, open_now, phase
from clicker.room.snapshot import Snapshot
from clicker.safety import Shown, guessed_kind
from clicker.store import Ballot


@dataclass(frozen=True)
class Mine:
    """`answers` are the phone's own tokens for the prompts that are open; `lines` what it shows for itself (P4);
    `seq` is the number of its next tap."""

    admitted: bool
    turn: int
    answers: Mapping[str, str]
    lines: tuple[str, ...]
    seq: int = 0


def mine(snapshot: Snapshot, admitted: bool, ballots: tuple[Ballot, ...], lang: str, seq: int = 0) -> Mine:
    """From the seat's own ballots and the public value. An own answer is never told again once it is closed."""
    is_open = {asked.address for asked in open_now(snapshot.run)}
    answers = {
        str(ballot.address): SKIPPED if ballot.value is None else f"{ballot.value:03d}"
        for ballot in ballots
        if ballot.address in is_open
    }
    return Mine(admitted, snapshot.run.turn, answers, _lines(snapshot, ballots, lang), seq + 1)


def _lines(snapshot: Snapshot, ballots: tuple[Ballot, ...], lang: str) -> tuple[str, ...]:
    run = snapshot.run
    step, now = current(run), phase(run)
    if step is None or step.kind is not StepKind.SHOW or now is Phase.READY or snapshot.dark:
        return ()
    topic = run.lesson.topic(step.topics[0])
    shown = snapshot.shown.get(topic.id)
    if shown is None or not shown.reveals:
        return ()
    guess = _guess(shown, topic, ballots)
    return words.phone_lines(topic, shown, now, guess, lang)


def _guess(shown: Shown, topic: Topic, ballots: tuple[Ballot, ...]) -> int | None:
    """The seat's guess of what the shown guesses are about."""
    wanted = Address(topic.id, guessed_kind(shown, topic))
    return next((ballot.value for ballot in ballots if ballot.address == wanted), None)
