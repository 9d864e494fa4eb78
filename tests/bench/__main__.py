"""The benchmark: the bare echo, the program without durability and the program as it is, in interleaved rounds.

    python -m tests.bench [--quick] [--phones 300] [--rounds 3] [--engine eventlet]

Prints a table, the goals and one line of JSON. It ends with 0 whatever it measured: ratios on a shared machine are
judged by people. All goals compare numbers of the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import platform
import statistics
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from clicker.engine import ENGINES
from tests.bench.consultant import enter, press
from tests.bench.goals import judged, of_server, share_of, table, told
from tests.bench.servers import Server, commit_ms, first_page_seconds, load, started
from tests.bench.weight import to_first_question, view_bytes

NAMES = ("echo", "memory", "durable")
COMMITS = 60  # measured in each round


def main() -> None:
    """Measure, print."""
    given = _arguments()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        report = _measured(given, Path(folder))
    report["seconds"] = round(time.monotonic() - began)
    print(json.dumps(report))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--phones", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--spreads", type=int, default=5, help="scenes in a round with votes spread over the window")
    parser.add_argument("--bursts", type=int, default=4, help="scenes in a round with all votes at once")
    parser.add_argument("--window", type=float, default=2.0, help="seconds")
    parser.add_argument("--engine", choices=list(ENGINES), default="eventlet")
    parser.add_argument("--seconds", type=float, default=60, help="begin no round after so long")
    parser.add_argument("--quick", action="store_true", help="one short round, to see that it runs")
    given = parser.parse_args()
    if given.quick:
        given.rounds, given.spreads, given.bursts, given.window = 1, 1, 2, 1.0
    return given


def _measured(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    cache = folder / "compiled"
    rounds, commits, weight = _raced(given, folder, cache)
    servers = {name: of_server(rounds[name]) for name in NAMES}
    starts = [first_page_seconds(folder, cache) for _ in range(2 if given.quick else 4)]
    first_page = statistics.median(starts[1:])  # the first one compiled what the servers had not
    commit = {"p50": share_of(commits, 0.5), "p99": share_of(commits, 0.99)}
    goals = judged(servers, commit["p99"], first_page, weight["first_question"])
    print(table(servers))
    print(f"\ncommit on this disk, ms: p50 {commit['p50']:.2f}, p99 {commit['p99']:.2f}")
    print(f"the view that a socket sends to each phone: {weight['view']} bytes, not compressed\n")
    print(told(goals) + "\n")
    return {
        "engine": given.engine,
        "phones": given.phones,
        "rounds": len(rounds["echo"]),
        "python": platform.python_version(),
        "servers": servers,
        "commit_ms": commit,
        "first_page_s": first_page,
        "bytes": weight,
        "goals": [asdict(goal) | {"met": goal.met} for goal in goals],
    }


def _raced(
    given: argparse.Namespace, folder: Path, cache: Path
) -> tuple[dict[str, list[Any]], list[float], dict[str, int]]:
    """The three servers side by side, one at work at a time; (rounds of each, commits in ms, bytes)."""
    with contextlib.ExitStack() as stack:
        servers = {name: stack.enter_context(started(name, _command(name, given, folder), cache)) for name in NAMES}
        cookies = {name: _cookie(servers[name].told) for name in NAMES[1:]}
        rounds: dict[str, list[Any]] = {name: [] for name in NAMES}
        commits: list[float] = []
        end = time.monotonic() + given.seconds
        for number in range(given.rounds):
            if number and time.monotonic() > end:
                break
            commits += commit_ms(folder, COMMITS)
            for name in NAMES:
                job = _job(given, servers[name], number, cookies.get(name, ""))
                rounds[name].append(load(job, cache))
        weight = asyncio.run(_weighed(servers["durable"].told, cookies["durable"], given.phones))
    return rounds, commits, weight


def _cookie(told: dict[str, Any]) -> str:
    return asyncio.run(enter(told["port"], told["ticket"], told["walk"]["id"]))


def _command(name: str, given: argparse.Namespace, folder: Path) -> list[str]:
    if name == "echo":
        return ["tests.bench.echo_server", "--engine", given.engine]
    own = folder / name
    own.mkdir()
    numbers = ["--phones", str(given.phones), "--rounds", str(given.rounds), "--engine", given.engine]
    return ["tests.bench.app_server", str(own), *numbers, *(["--memory"] if name == "memory" else [])]


def _job(given: argparse.Namespace, server: Server, number: int, cookie: str) -> dict[str, Any]:
    job = {name: getattr(given, name) for name in ("phones", "spreads", "bursts", "window")}
    job |= {"pid": server.pid, "seed": number, "server": "echo", "port": server.told}
    if server.name != "echo":
        job |= {
            "server": "app",
            "port": server.told["port"],
            "run": server.told["runs"][number],
            "cookie": cookie,
        }
    return job


async def _weighed(told: dict[str, Any], cookie: str, present: int) -> dict[str, int]:
    walk = told["walk"]
    await press(told["port"], cookie, walk["id"], "open", walk["turn"], present)
    sizes = await to_first_question(told["port"], walk["code"])
    return {"first_question": sum(sizes.values()), "view": await view_bytes(told["port"], walk["code"])}


if __name__ == "__main__":
    main()
