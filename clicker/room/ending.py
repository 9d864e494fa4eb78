"""How a run ends: forgotten for four hours, or thrown away. What belongs to persons goes every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from clicker.room.moving import finish
from clicker.safety import FORGET_AFTER
from clicker.store import RunRecord, Transaction

AFTER_LAST_MOVE = timedelta(hours=4)


def late_runs(tx: Transaction, now: datetime) -> tuple[RunRecord, ...]:
    """The live runs whose consultant made no move for four hours."""
    return tuple(record for record in tx.runs() if record.status == "live" and now - record.touched >= AFTER_LAST_MOVE)


def anything_late(tx: Transaction, now: datetime) -> bool:
    """Whether there is a run to finish, or somebody at a station to forget."""
    return bool(late_runs(tx, now)) or tx.stations.late(now - FORGET_AFTER)


def end_what_is_late(tx: Transaction, now: datetime) -> Sequence[str]:
    """Finish late runs as the consultant would have, and forget late visitors; gives the ids of the runs."""
    late = late_runs(tx, now)
    tx.stations.forget(now - FORGET_AFTER)
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
