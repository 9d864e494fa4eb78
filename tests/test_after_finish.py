"""After the finish: no seat, hash or vote id of the run is left in any file, export or line of the log."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from classroom import Classroom

from clicker import library
from clicker.cli.pupils import choose
from clicker.report.finished import build
from clicker.report.results import topic_results
from clicker.report.table import csv_bytes
from clicker.room import Rooms
from clicker.room.codes import hashed
from clicker.store import Store

CLASS = 12


def written(folder: Path) -> bytes:
    """Every byte of every file: the database, its log, its shared memory."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.fixture
def room(rooms: Rooms) -> Classroom:
    return Classroom.open(rooms, library.lesson("klasse-7"), size=CLASS)


def test_no_file_export_or_log_holds_a_person(
    room: Classroom, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before: list[bytes] = []
    traces = [text.encode() for seat in room.seats for text in (seat, hashed(seat))]
    room.hold(choose, look=lambda: before.append(written(tmp_path)))
    traces.append(b"tap-")  # every vote id begins so
    sought = [*(hashed(seat).encode() for seat in room.seats), b"tap-"]
    assert all(any(one in content for content in before[:-1]) for one in sought), "the search finds nothing at all"
    report = store.read(lambda tx: build(tx, room.run_id, today=room.rooms.today(), lang="da"))
    results = store.read(lambda tx: topic_results(tx, room.run_id, "da"))
    left = written(tmp_path) + csv_bytes(report) + repr((report, results)).encode() + caplog.text.encode()
    assert [trace for trace in traces if trace in left] == []
