"""Between rows and records: JSON written and read, each run made sense of once."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from clicker.lesson import Address, Kind, Lesson, Run, as_data, build, run_from_data, run_to_data
from clicker.store.records import Ballot, RunRecord

KNOWN = 64


def dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def columns(run: RunRecord) -> dict[str, Any]:
    return {
        "code": run.code,
        "status": run.status,
        "state": dump(run_to_data(run.run)),
        "lesson": dump(as_data(run.run.lesson)),
        "school": run.school,
        "grp": run.group,
        "touched": run.touched,
        "dark": run.dark,
        "choices": dump(run.choices),
        "marks": dump(sorted(run.marks)),
        "evaluated_on": run.evaluated_on,
    }


# Between two moves a run's row is the same at every vote; making sense of it once is enough.
@lru_cache(maxsize=64)
def _lesson(text: str) -> Lesson:
    return build(json.loads(text))


@lru_cache(maxsize=64)
def _run(lesson: str, state: str) -> Run:
    return run_from_data(_lesson(lesson), json.loads(state))


# The same by id: a run's lesson never changes, so a vote need not even read it.
_known: dict[str, tuple[str, Run]] = {}


def known_run(run_id: str, state: str) -> Run | None:
    """The run as it was made sense of last, if its state is still the same."""
    known = _known.get(run_id)
    return known[1] if known is not None and known[0] == state else None


def learn_run(run_id: str, lesson: str, state: str) -> Run:
    """Make sense of the run, and keep it for `known_run`."""
    run = _run(lesson, state)
    if len(_known) >= KNOWN:
        _known.clear()
    _known[run_id] = (state, run)
    return run


def record_of(row: Row[Any]) -> RunRecord:
    return RunRecord(
        id=row.id,
        code=row.code,
        status=row.status,
        run=_run(row.lesson, row.state),
        school=row.school,
        group=row.grp,
        created=row.created,
        touched=row.touched,
        dark=row.dark,
        choices=json.loads(row.choices),
        marks=frozenset(json.loads(row.marks)),
        evaluated_on=row.evaluated_on,
    )


def ballot_of(row: Row[Any]) -> Ballot:
    return Ballot(row.seat, Address(row.topic, Kind(row.kind), row.round), row.value)
