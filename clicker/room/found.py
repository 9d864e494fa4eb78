"""Finding a run by its code or id, or the error that says why there is none."""

from __future__ import annotations

from clicker.room.codes import clean_code
from clicker.room.errors import LessonOver, UnknownCode
from clicker.store import RunBrief, RunRecord, Transaction


def live_run(tx: Transaction, code: str, *, lock: bool = False) -> tuple[str, RunBrief]:
    """The run that is held under that code, with its id. Raises UnknownCode or LessonOver."""
    run_id = tx.run_id_of(clean_code(code)) or ""
    brief = tx.brief(run_id, lock=lock)
    if brief is None:
        raise UnknownCode
    if brief.status != "live":
        raise LessonOver
    return run_id, brief


def existing(tx: Transaction, run_id: str, *, lock: bool = True) -> RunRecord:
    """The run of that id, whatever became of it. Raises UnknownCode."""
    record = tx.run(run_id, lock=lock)
    if record is None:
        raise UnknownCode
    return record
