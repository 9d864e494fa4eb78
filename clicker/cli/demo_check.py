"""`clicker demo --check`: hold the whole lesson headless, through the same pages and sockets, and count.

Four processes take part: the server, the simulated class, this one as the consultant and the wall, and one that
looks into the database. Prints one JSON object; exit 0 only if nothing is wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clicker.cli.consultant_at_work import Consultant, GroupRefused, HeldRun
from clicker.cli.scenarios import SCENARIOS, wrong

# A fixed day, so that the check says the same next year: figures age.
DAY = "2026-11-22"
START_SECONDS = 60
LESSON_SECONDS = 300
TOLD_OF_A_TOPIC = ("id", "guess_mean", "own", "gap_pp", "shown", "figure")


def check_demo(given: argparse.Namespace) -> int:
    """Run the check; 0 where everything was as it should be."""
    with _folder(given.keep) as folder:
        report = _hold(folder, given)
    problems = report.pop("problems")
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    return 1 if problems else 0


@contextlib.contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
    else:
        with tempfile.TemporaryDirectory(prefix="clicker-check-") as temporary:
            yield Path(temporary)


def _hold(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    began = time.monotonic()
    with _server(folder, given) as links:
        consultant = Consultant.enter(links["consultant"], _address(links))
        run = _create_run(consultant, given.seats)
        with _class(_address(links), run.code, given) as pupils:
            _read(pupils)
            held = consultant.hold(run, stored=lambda: _stored(folder))
            counted = _read(pupils)
        rows = _rows_left(folder, counted["hashes"])
    seconds = round(time.monotonic() - began, 1)
    lost = counted["acknowledged"] - held.stored
    report: dict[str, Any] = {
        "lesson": run.lesson,
        **({"scenario": given.scenario} if given.scenario else {}),
        "seats": given.seats,
        "votes_sent": counted["sent"],
        "acknowledged": counted["acknowledged"],
        "stored": held.stored,
        "lost": lost,
        "seconds": seconds,
        "topics": [{key: topic[key] for key in TOLD_OF_A_TOPIC} for topic in held.topics],
        "rows_per_person_after_finish": rows,
    }
    silent = counted["sent"] - counted["acknowledged"]
    report["problems"] = [
        *counted["trouble"],
        *held.problems,
        *([f"{lost} acknowledged votes are not stored"] if lost else []),
        *([f"{silent} votes without an answer"] if silent else []),
        *(wrong(SCENARIOS[given.scenario], held.topics) if given.scenario and held.topics else []),
        *([f"{rows} seats can be found after the finish"] if rows else []),
    ]
    return report


def _create_run(consultant: Consultant, seats: int) -> HeldRun:
    """The lesson for 7.B; in a kept folder for the next class, for the last one has just answered (P5)."""
    for number in range(1, 100):
        group = "7.B" if number == 1 else f"7.B {number}"
        with contextlib.suppress(GroupRefused):
            return consultant.create_run("klasse-7", school="Demo", group=group, present=seats)
    raise SystemExit("the folder has been used too often")


@contextlib.contextmanager
def _server(folder: Path, given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    announce = folder / "links.json"
    announce.unlink(missing_ok=True)
    command = [sys.executable, "-m", "clicker", "run", "--data", str(folder), "--host", given.host or "127.0.0.1"]
    command += ["--port", "0", "--engine", given.engine, "--lang", given.lang, "--no-browser"]
    command += ["--announce", str(announce), "--today", given.today or DAY]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    try:
        yield _wait_for(announce, server)
    finally:
        server.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
        server.kill()
        announce.unlink(missing_ok=True)


def _wait_for(announce: Path, server: subprocess.Popen[bytes]) -> dict[str, Any]:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if announce.exists():
            found: dict[str, Any] = json.loads(announce.read_text())
            return found
        if server.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit("the server did not start")


def _address(links: dict[str, Any]) -> str:
    """Where the server can be reached from this machine."""
    return str(links["consultant"]).split("/consultant/", 1)[0]


@contextlib.contextmanager
def _class(address: str, code: str, given: argparse.Namespace) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "clicker.cli.pupils", address, code]
    command += ["--seats", str(given.seats), "--fast", "--hours", str(LESSON_SECONDS / 3600)]
    command += ["--scenario", given.scenario] if given.scenario else []
    pupils = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    try:
        yield pupils
    finally:
        with contextlib.suppress(subprocess.TimeoutExpired):
            pupils.wait(15)
        pupils.kill()


def _read(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit("the simulated class went away")
    found: dict[str, Any] = json.loads(line)
    return found


def _stored(folder: Path) -> int:
    command = [sys.executable, "-m", "clicker.cli.stored", str(folder)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603


def _rows_left(folder: Path, hashes: list[str]) -> int:
    command = [sys.executable, "-m", "clicker.cli.stored", str(folder), "--hashes"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, input="\n".join(hashes))  # noqa: S603
    return int(done.stdout)
