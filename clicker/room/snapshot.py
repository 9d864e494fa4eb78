"""One consistent picture of a run, read in one transaction: what `facts` works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clicker.lesson import Kind, Phase, Run, StepKind, Topic, Verdict, asked_in, counted_now, current, phase
from clicker.measures import Histogram
from clicker.room.moving import agreement_counts
from clicker.room.votes_kept import closing_kept, dilemma_now
from clicker.safety import Shown, shown_from_data
from clicker.safety.disclosure import GUESSES_MIN
from clicker.safety.votes import Rounds, Votes
from clicker.store import Counts, RunRecord, Transaction


@dataclass(frozen=True)
class Snapshot:
    """The run, who is in, and the public values of its evaluated topics; no ballot is in it."""

    run_id: str
    code: str
    status: str
    run: Run
    school: str
    group: str
    dark: bool
    started: str
    counts: Counts
    shown: Mapping[str, Shown]
    again: Mapping[str, Histogram]
    agreement: tuple[int, ...] = ()
    simple_pictures: bool = False
    dilemma: Rounds | None = None
    closing: tuple[tuple[str, Votes | None], ...] = ()

    @property
    def over(self) -> bool:
        return self.status != "live"

    def question(self, topic: Topic, shown: Shown) -> str:
        """The guess's question as it was asked."""
        kind = Kind.OTHERS_APPROVE if shown.verdict is Verdict.SHOW_ATTITUDE or not topic.others else Kind.OTHERS
        for step in self.run.lesson.steps:
            if step.kind is StepKind.ASK and topic.id in step.topics:
                for asked in asked_in(self.run, step):
                    if asked.address.topic == topic.id and asked.address.kind is kind:
                        return asked.text
        return ""


def take(tx: Transaction, record: RunRecord) -> Snapshot:
    """Read everything of the run that a screen may need."""
    run = record.run
    kept = tx.results(record.id)
    shown = {
        topic: _as_revealed(shown_from_data(data), run)
        for (topic, round_number), data in kept.items()
        if round_number == 1 and topic in run.evaluated
    }
    again = {
        topic: Histogram(data["top"], data["step"], tuple(data["counts"]))
        for (topic, round_number), data in kept.items()
        if round_number == 2
    }
    return Snapshot(
        run_id=record.id,
        code=record.code,
        status=record.status,
        run=run,
        school=record.school,
        group=record.group,
        dark=record.dark,
        started=record.choices.get("started", ""),
        counts=tx.counts(record.id, [asked.address for asked in counted_now(run)]),
        shown=shown,
        again=again,
        agreement=_agreement(tx, record),
        simple_pictures=bool(record.choices.get("simple_pictures")),
        dilemma=dilemma_now(run, current(run), kept),
        closing=closing_kept(kept),
    )


def _as_revealed(shown: Shown, run: Run) -> Shown:
    """The frozen value with the reveals that the run allows: the consultant may have opened the country (G14)."""
    reveals = run.reveals.get(shown.topic, shown.reveals)
    return replace(shown, reveals=reveals, openable=shown.openable and Phase.COUNTRY not in reveals)


def _agreement(tx: Transaction, record: RunRecord) -> tuple[int, ...]:
    """How many chose each proposal, once the vote is closed and at least five voted."""
    step = current(record.run)
    closed = phase(record.run) in (Phase.CLOSED, Phase.CHOSEN)
    if step is None or step.kind is not StepKind.AGREE or not closed:
        return ()
    address = asked_in(record.run, step)[0].address
    counts = agreement_counts(tx.ballots(record.id, [address.topic]), address)
    if sum(counts.values()) < GUESSES_MIN:
        return ()
    return tuple(counts[index] for index in range(len(step.proposals)))
