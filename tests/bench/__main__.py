"""The benchmark: the bare echo, the program without durability and the program as it is, in interleaved rounds.

    python -m tests.bench                    # all engines, all goals; under 15 minutes
    python -m tests.bench --engine eventlet  # one of them
    python -m tests.bench --quick            # small classes, one round, few stages: to see that it runs; ends with 0
    python -m tests.bench --client node      # R1-R3 and R15 with the load client of another language
    python -m tests.bench --only bar --large 2000   # some stages, another size of the large hall
    python -m tests.bench --readme           # the table of the last run, for the README

Prints each goal with what was measured and writes bench.json (a part of it: bench-part.json). Without --quick it ends
with 1 where a goal is not met, and always with 2 where nothing could be measured.
All ratios are of one run; on a shared machine they say more than any number of milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from clicker.engine import ENGINES
from tests.bench import node
from tests.bench.goals import judged
from tests.bench.numbers import brief, client_share, server_share
from tests.bench.stages import QUICK, STAGES, Stages, plan_for
from tests.bench.told import failed, markdown, table

QUICK_SECONDS = 55  # after which --quick begins no other engine
LOAD = Path(__file__).parents[3] / "shared" / "load"


def main() -> int:
    """Measure, print, write; the exit status."""
    given = _arguments()
    if given.readme:
        return _tell(given.json)
    try:
        given.json.touch()
    except OSError as error:
        print(f"The numbers cannot be written to {given.json}: {error.strerror}.")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # so that no server is left over
    began = time.monotonic()
    engines: dict[str, dict[str, Any]] = {}
    for name in given.engine or ENGINES:
        if given.quick and time.monotonic() - began > QUICK_SECONDS:
            print(f"{name} is not begun: {QUICK_SECONDS} s are over")
            continue
        try:
            engines[name] = _measured(name, given)
        except node.NoNode as missing:
            print(f"Not measured: {missing}.")
            return 2
        # After each engine, so that what was measured is not lost with the next one.
        report = {"date": str(date.today()), "machine": _machine(), "engines": engines}
        given.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    print(table(engines))
    not_met = failed(engines)
    print(f"\n{time.monotonic() - began:.0f} s; not met: {', '.join(not_met) or 'nothing'}")
    return int(bool(not_met) and not given.quick)


def _tell(path: Path) -> int:
    try:
        report = json.loads(path.read_text())
    except (OSError, ValueError):
        print(f"There are no numbers in {path}: run the benchmark first.")
        return 2
    print(markdown(report))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", choices=list(ENGINES), action="append", help="instead of all of them")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--client", choices=["python", "node"], default="python")
    parser.add_argument("--load", type=Path, default=LOAD, help="the folder of the load client in node")
    parser.add_argument("--only", choices=STAGES, action="append", help="a stage instead of all")
    parser.add_argument("--large", type=int, help="phones of the large hall, at most 2000")
    parser.add_argument("--json", type=Path, help="where the numbers go, or are")
    parser.add_argument("--readme", action="store_true")
    given = parser.parse_args()
    if given.client == "node" and given.only:
        parser.error("--client node has one stage of its own")
    part = given.quick or given.only or given.large or given.client == "node"
    given.json = given.json or Path("bench-part.json" if part else "bench.json")
    return given


def _measured(name: str, given: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="bench-") as cache:
        plan = plan_for(name, quick=given.quick)
        stages = Stages(replace(plan, large=given.large or plan.large), Path(cache))
        if given.client == "node":
            return _engine(stages, _by_node(stages, given.load), node.GOALS)
        return _engine(stages, stages.all(QUICK if given.quick and not given.only else given.only))


def _by_node(stages: Stages, load: Path) -> dict[str, Any]:
    try:
        return node.rounds(stages, load)
    except RuntimeError as error:
        sys.stderr.write(f"{stages.plan.engine}: node failed: {error}\n")
        return {"failed": ["node"]}


def _engine(stages: Stages, measured: dict[str, Any], only: Sequence[str] = ()) -> dict[str, Any]:
    plan = stages.plan
    return {
        "sizes": [plan.large, plan.middle, plan.small],
        "rounds": len(measured.get("rounds", ())),
        "failed": measured.get("failed", []),
        "client_share": client_share(measured),
        "server_share": server_share(measured),
        "goals": judged(measured, only),
        "measured": brief(measured),
    }


def _machine() -> str:
    """The processors and the system, without the machine's name."""
    models = [line for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    model = models[0].partition(": ")[2] if models else platform.machine()
    system = next(
        (line[13:-1] for line in _lines("/etc/os-release") if line.startswith("PRETTY_NAME")), platform.system()
    )
    return f"{os.cpu_count()} x {model}, {system}, Python {platform.python_version()}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    sys.exit(main())
