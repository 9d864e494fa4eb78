"""One consistent picture of a run, read in one transaction: what `facts` works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clicker.lesson import Phase, Run, StepKind, Topic, Twin, asked_in, counted_now, current
from clicker.measures import Histogram
from clicker.room.agreement import NO_VOTES, Votes, votes
from clicker.room.children import Fitted, fitted_of
from clicker.room.votes_kept import closing_kept, dilemma_now
from clicker.safety import Shown, guessed_kind, shown_from_data
from clicker.safety.votes import Rounds
from clicker.safety.votes import Votes as Counted
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
    agreement: Votes = NO_VOTES
    simple_pictures: bool = False
    twin: Twin | None = None
    children: Fitted | None = None
    dilemma: Rounds | None = None
    closing: tuple[tuple[str, Counted | None], ...] = ()

    @property
    def over(self) -> bool:
        return self.status != "live"

    def question(self, topic: Topic, shown: Shown) -> str:
        """The guess's question as it was asked."""
        kind = guessed_kind(shown, topic)
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
        agreement=votes(tx, record),
        simple_pictures=bool(record.choices.get("simple_pictures")),
        twin=record.twin,
        children=fitted_of(record),
        dilemma=dilemma_now(run, current(run), kept),
        closing=closing_kept(kept),
    )


def _as_revealed(shown: Shown, run: Run) -> Shown:
    """The frozen value with the reveals that the run allows: the consultant may have opened the country (G14)."""
    reveals = run.reveals.get(shown.topic, shown.reveals)
    return replace(shown, reveals=reveals, openable=shown.openable and Phase.COUNTRY not in reveals)
