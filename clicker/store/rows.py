"""Between rows and records: JSON written and read, each run made sense of once."""

from __future__ import annotations

import hashlib
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
    lesson = dump(as_data(run.run.lesson))
    return {
        "code": run.code,
        "status": run.status,
        # With the lesson's fingerprint the state alone says which run this is.
        "state": dump({**run_to_data(run.run), "lesson": _fingerprint(lesson)}),
        "lesson": lesson,
        "school": run.school,
        "grp": run.group,
        "touched": run.touched,
        "dark": run.dark,
        "choices": dump(run.choices),
        "marks": dump(sorted(run.marks)),
        "evaluated_on": run.evaluated_on,
    }


def _fingerprint(lesson: str) -> str:
    return hashlib.sha256(lesson.encode()).hexdigest()[:32]


# Between two moves a run's row is the same at every vote; making sense of it once is enough.
@lru_cache(maxsize=64)
def _lesson(text: str) -> Lesson:
    return build(json.loads(text))


@lru_cache(maxsize=64)
def _run(lesson: str, state: str) -> Run:
    return run_from_data(_lesson(lesson), json.loads(state))


# The same without the lesson's text: it is long, and a vote need not even read it.
_known: dict[str, Run] = {}


def known_run(state: str) -> Run | None:
    """The run of that state, where sense was made of it lately."""
    return _known.get(state)


def learn_run(lesson: str, state: str) -> Run:
    """Make sense of the run, and keep it for `known_run`; the state of an older version tells no lesson."""
    run = _run(lesson, state)
    if json.loads(state).get("lesson") == _fingerprint(lesson):
        if len(_known) >= KNOWN:
            _known.clear()
        _known[state] = run
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
