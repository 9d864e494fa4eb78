"""Dilemmas and closing questions inside the writer's transaction: counted once, kept as histograms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from clicker.lesson import Address, Kind, Run, Step, StepKind, asked_in, choices
from clicker.safety.votes import Rounds, Votes, both_rounds, counted, enough
from clicker.store import Ballot, Transaction

Kept = Mapping[tuple[str, int], Mapping[str, Any]]


def keep_dilemma(tx: Transaction, run_id: str, run: Run, step: Step) -> None:
    """Both rounds, from the press that shows them on; nobody reads a vote of either before."""
    first, second = (asked.address for asked in asked_in(run, step))
    ballots = tx.ballots(run_id, [first.topic])
    rounds = both_rounds(*(_votes(ballots, address, len(step.choices)) for address in (first, second)))
    tx.keep_result(
        run_id,
        first.topic,
        1,
        {
            "dilemma": step.title,
            "question": step.question,
            "choices": list(step.choices),
            "first": None if rounds is None else list(rounds.first),
            "second": None if rounds is None else list(rounds.second),
        },
    )


def keep_closing(tx: Transaction, run_id: str, run: Run) -> None:
    """What was answered about the lesson itself, when it finishes and not before."""
    for step in run.lesson.steps:
        for asked in asked_in(run, step) if step.kind is StepKind.HELP else ():
            ballots = tx.ballots(run_id, [asked.address.topic])
            votes = enough(_votes(ballots, asked.address, len(choices(run, asked))))
            data = {"closing": asked.text, "counts": None if votes is None else list(votes)}
            tx.replace_result(run_id, asked.address.topic, 1, data)


def dilemma_now(run: Run, step: Step | None, kept: Kept) -> Rounds | None:
    """The rounds of the dilemma that the run stands at, once they were shown; None also where too few voted."""
    if step is None or step.kind is not StepKind.DILEMMA:
        return None
    data = kept.get((asked_in(run, step)[0].address.topic, 1))
    return None if data is None or data["first"] is None else Rounds(tuple(data["first"]), tuple(data["second"]))


def closing_kept(kept: Kept) -> tuple[tuple[str, Votes | None], ...]:
    """Each closing question with its votes; None where too few answered. Empty until the lesson is over."""
    found = [data for (topic, _round), data in sorted(kept.items()) if topic.startswith(Kind.CLOSING)]
    return tuple((data["closing"], data["counts"] and tuple(data["counts"])) for data in found if "closing" in data)


def _votes(ballots: Iterable[Ballot], address: Address, options: int) -> Votes:
    return counted((ballot.value for ballot in ballots if ballot.address == address), options)
