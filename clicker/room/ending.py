"""How a run ends: forgotten for four hours, or thrown away. What belongs to persons goes every time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from clicker.room.moving import finish
from clicker.safety import FORGET_AFTER, FORGET_IDLE
from clicker.store import RunRecord, Transaction

AFTER_LAST_MOVE = timedelta(hours=4)


class Idle:
    """How long runs have stood without a move.

    The clock on the wall may be set while a class answers, by hand or by a time server; a lesson must not end by it,
    nor live longer. So it is asked only about what happened before this process first looked; from then on the time
    that passes is counted. `passed` gives it, in seconds.
    """

    def __init__(self, passed: Callable[[], float]) -> None:
        self._passed = passed
        self._seen: dict[str, tuple[datetime, float]] = {}
        self._last_look: float | None = None

    def look(self, tx: Transaction, now: datetime) -> tuple[RunRecord, ...]:
        """The live runs whose consultant made no move for four hours."""
        passed = self._passed()
        live = tx.live_runs()
        since = {record.id: self._since(record, now, passed) for record in live}
        self._seen = {record.id: (record.touched, since[record.id]) for record in live}
        self._last_look = passed
        return tuple(record for record in live if passed - since[record.id] >= AFTER_LAST_MOVE.total_seconds())

    def _since(self, record: RunRecord, now: datetime, passed: float) -> float:
        touched, since = self._seen.get(record.id, (None, passed))
        if touched == record.touched:
            return since
        # Touched after the last look, so no longer ago than that, whatever the clock says.
        ago = max(0.0, (now - record.touched).total_seconds())
        return passed - (ago if self._last_look is None else min(ago, passed - self._last_look))


def _limits(steady: datetime) -> tuple[datetime, datetime, datetime]:
    """Last answers before the first, and seats without any answer from before the second, are forgotten; none can be
    later than the third, unless the clock was set back before this process began."""
    return steady - FORGET_AFTER, steady - FORGET_IDLE, steady


def anything_late(tx: Transaction, idle: Idle, now: datetime, steady: datetime) -> bool:
    """Whether there is a run to finish, or somebody at a station to forget; `steady` is the time by which visitors
    are forgotten."""
    return bool(idle.look(tx, now)) or tx.stations.late(*_limits(steady))


def end_what_is_late(tx: Transaction, idle: Idle, now: datetime, steady: datetime) -> Sequence[str]:
    """Finish late runs as the consultant would have, and forget late visitors; gives the ids of the runs."""
    late = idle.look(tx, now)
    tx.stations.forget(*_limits(steady))
    for record in late:
        tx.save_run(finish(tx, record))
    return [record.id for record in late]


def throw_away(tx: Transaction, record: RunRecord) -> None:
    """Delete the run and all that came of it. Once answers were counted, a mark without numbers stays for P5: whose
    group it was and which topics, so that they are not asked again too soon."""
    if record.evaluated_on is None:
        tx.delete_run(record.id)
        return
    tx.forget_persons(record.id)
    tx.forget_results(record.id)
    # What was typed and chosen in an agreement goes too.
    bare = replace(record.run, proposals={}, chosen={})
    tx.save_run(replace(record, status="discarded", run=bare))
