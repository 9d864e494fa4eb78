"""Starting what is measured, each on its own processor where the system allows, and the measurements without a load."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START_PATIENCE = 60  # seconds
COMMIT_PAUSE = 0.03  # seconds


@dataclass(frozen=True)
class Server:
    """A running server; `told` is what it printed when it was ready."""

    name: str
    pid: int
    told: Any


def pin(core: int) -> None:
    """Keep this process on one of its processors; nothing where that is not to be had."""
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {allowed[core % len(allowed)]})


def environment(cache: Path | None) -> dict[str, str]:
    """No window opens; with a folder as cache, compiled modules are kept as on an installed machine."""
    if cache is None:
        return dict(os.environ) | {"CI": "1"}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"CI": "1", "PYTHONPYCACHEPREFIX": str(cache)}


@contextlib.contextmanager
def started(
    name: str, command: Sequence[str], cache: Path | None = None, program: Sequence[str] = (sys.executable, "-m")
) -> Iterator[Server]:
    """A server on the first processor until the end of the block. Raises RuntimeError where it does not come up."""
    process = subprocess.Popen(
        [*program, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(cache),
        preexec_fn=lambda: pin(0),
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{name} did not start")
        yield Server(name, process.pid, json.loads(line))
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()
        process.stdout.close()


def load(job: dict[str, Any], cache: Path) -> Any:
    """Run one job of `tests.bench.load` on the second processor. Raises RuntimeError where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        timeout=300,
        env=environment(cache),
        preexec_fn=lambda: pin(1),
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-1000:])
    return json.loads(done.stdout)


def commit_ms(folder: Path, commits: int) -> list[float]:
    """How long a bare commit of one row takes on that disk, as durable as the program's and as far apart as lone votes
    come (back to back a disk is several times faster), each in milliseconds."""
    with contextlib.closing(sqlite3.connect(folder / "commit.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, text TEXT)")
        return [_commit(connection) for _ in range(commits)]


def _commit(connection: sqlite3.Connection) -> float:
    time.sleep(COMMIT_PAUSE)
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO row (text) VALUES (?)", ("x" * 200,))
    connection.execute("COMMIT")
    return 1000 * (time.perf_counter() - start)


def first_page_seconds(folder: Path, cache: Path, engine: str) -> float:
    """From the command `clicker run` to its first page, on a database of its own."""
    import urllib.request

    announced = folder / "links.json"
    announced.unlink(missing_ok=True)
    arguments = ["--host", "127.0.0.1", "--port", "0", "--no-browser", "--announce", str(announced)]
    arguments += ["--engine", engine]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "clicker", "run", "--data", str(folder), *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(cache),
    )
    try:
        while not announced.exists() and process.poll() is None and time.perf_counter() - start < START_PATIENCE:
            time.sleep(0.005)
        with urllib.request.urlopen(f"http://127.0.0.1:{json.loads(announced.read_text())['port']}/") as page:
            page.read()
        return time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(10)
