"""Which classes have been shown together (P12): to their parents and on posters, in one list, since both are seen by
the same people and what can be seen cannot be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from clicker.lesson import TwinKind, Verdict, revealed
from clicker.safety import Shown, seen, shown_from_data
from clicker.store.records import RunRecord
from clicker.store.transaction import Transaction

SETTING = "posters"


@dataclass(frozen=True)
class Publication:
    """Classes that are printed together for one topic. `runs` are those that are in the sum, `made` a day (ISO)."""

    id: str
    key: str
    topic: str
    runs: tuple[str, ...]
    made: str


@dataclass(frozen=True)
class Cell:
    """Classes of which a topic was shown together; those that were hidden are in no sum, and not here."""

    classes: frozenset[str]
    poster: bool


def published(tx: Transaction) -> tuple[Publication, ...]:
    """All posters of several classes, oldest first."""
    rows = json.loads(tx.setting(SETTING) or "[]")
    return tuple(Publication(**{**row, "runs": tuple(row["runs"])}) for row in rows)


def keep_published(tx: Transaction, made: Publication) -> None:
    tx.keep_setting(SETTING, json.dumps([asdict(known) for known in (*published(tx), made)]))


def published_cells(tx: Transaction, topic: str, but: str = "") -> tuple[Cell, ...]:
    """P12: everything that was shown of this topic of the classes' lessons, at parents' evenings and on posters. `but`
    is a run that is not held against itself."""
    evenings = (Cell(counted(tx, runs, topic), poster=False) for runs in _evenings(tx, topic, but))
    posters = (Cell(frozenset(one.runs), poster=True) for one in published(tx) if one.topic == topic)
    return (*evenings, *posters)


def counted(tx: Transaction, runs: frozenset[str], topic: str) -> frozenset[str]:
    """Those of the runs that are in a sum of the topic. A run that was deleted may have been in it."""
    return frozenset(one for one in runs if (record := tx.run(one)) is None or _adds(tx, record, topic))


def on_wall(tx: Transaction, record: RunRecord, topic: str) -> Shown:
    """The topic as that class's wall came to show it."""
    kept = tx.results(record.id).get((topic, 1))
    return Shown(topic, Verdict.HIDE) if kept is None else seen(shown_from_data(kept), revealed(record.run, topic))


def _adds(tx: Transaction, record: RunRecord, topic: str) -> bool:
    lesson = record.run.lesson
    asked = next((one for one in lesson.topics if one.id == topic), None)
    if record.status == "discarded":
        return True
    if asked is None or not lesson.told:
        return False
    shown = on_wall(tx, record, topic)
    return (shown.own if asked.is_behaviour else shown.attitude) is not None


def _evenings(tx: Transaction, topic: str, but: str) -> Iterator[frozenset[str]]:
    """The classes of each evening at which parents were shown the topic; one that was thrown away may have shown it."""
    for record in tx.runs(discarded=True):
        twin = record.twin
        if record.id == but or twin is None or twin.kind is not TwinKind.PARENTS or record.evaluated_on is None:
            continue
        names = [one.id for one in record.run.lesson.topics if one.about == topic]
        kept = tx.results(record.id)
        if record.status == "discarded" or any((kept.get((name, 1)) or {}).get("children") for name in names):
            yield frozenset(twin.runs)
