"""What is run on each engine: interleaved rounds of echo, memory and durable, then the stages of their own."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.bench.consultant import enter, press
from tests.bench.servers import commit_ms, first_page_seconds, load, started
from tests.bench.weight import to_first_question

NAMES = ("echo", "memory", "durable")
WARM = 10  # phones that warm a server up
COMMITS = 120  # measured in each round
FILES = 400  # that a process may have open where it is filled up
BAR_SECONDS = 5.0  # over which a hall joins and votes
QUICK = ("rounds", "killed", "starts", "first_question")
ENOUGH = 100  # acknowledged votes, for a kill to say anything
STAGES = ("rounds", "collector", "polling", "crowd", "killed", "bar", "starts", "first_question")
Acts = list[dict[str, Any]]


@dataclass(frozen=True)
class Plan:
    """How many phones and how long. `window` is in seconds, as are `saturated` and `patience`: after so long no new
    round begins."""

    engine: str
    large: int = 1000
    middle: int = 300
    small: int = 30
    rounds: int = 3
    window: float = 2.0
    saturated: float = 2.0
    patience: float = 100.0
    bar: float = BAR_SECONDS


def plan_for(engine: str, *, quick: bool) -> Plan:
    """The sizes that the ratios speak of; an engine that takes threads for each phone is measured at what it holds."""
    # With 300 phones that vote without a pause, the bare echo itself on threads leaves some without an answer.
    plan = Plan(engine) if engine != "threading" else Plan(engine, large=100, middle=60)
    if quick:
        plan = replace(plan, large=100, middle=30, small=10, rounds=1, window=0.6, saturated=0.5)
    return plan


class Stages:
    """The stages of one engine; `cache` keeps compiled modules, as on an installed machine."""

    def __init__(self, plan: Plan, cache: Path) -> None:
        self.plan = plan
        self._cache = cache
        self._seed = 0

    def all(self, only: Sequence[str] | None = None) -> dict[str, Any]:
        """What every stage measured, or some of them, by its name; `failed` names the rest."""
        found: dict[str, Any] = {"failed": []}
        for stage in only or STAGES:
            began = time.monotonic()
            try:
                found[stage] = getattr(self, stage)()
                sys.stderr.write(f"{self.plan.engine}: {stage}, {time.monotonic() - began:.0f} s\n")
            except (OSError, RuntimeError, subprocess.SubprocessError) as error:
                found["failed"].append(stage)
                sys.stderr.write(f"{self.plan.engine}: {stage} failed: {error}\n")
        return found

    def rounds(self) -> list[dict[str, Any]]:
        """Rounds of the three servers, one at work at a time, each started anew; with the bare commits of this disk."""
        found = []
        end = time.monotonic() + self.plan.patience
        for number in range(self.plan.rounds):
            if number and time.monotonic() > end:
                break
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                commits = commit_ms(Path(folder), COMMITS)
            found.append({name: self._race(name) for name in NAMES} | {"commits": commits})
        return found

    def _race(self, name: str) -> dict[str, Acts]:
        plan = self.plan
        sizes = {"large": plan.large, "middle": plan.middle, "small": plan.small}
        acts = {
            "large": [*[_scene(plan.window)] * 2, _saturate(plan.saturated, plan.large)],
            "middle": [_scene(plan.window), _saturate(plan.saturated, plan.middle)],
            "small": [*[_scene(plan.window / 2)] * 2, *[_scene(0.0, "burst")] * 3],
        }
        if name == "durable":
            acts["small"].append(_saturate(plan.saturated, plan.small))
        else:
            del acts["middle"][0]
        return self._on(name, sizes, acts)

    def collector(self) -> dict[str, Acts]:
        """Five spread scenes of half a hall with the program's setting of the collector and with the usual one. Others
        come and go meanwhile: their requests are the garbage, for a vote leaves none. The hall came in over some
        seconds, so that its pings do not come at once in the middle of a scene."""
        if self.plan.engine == "threading":  # what it holds leaves too little garbage for a pause
            return {}
        half = {"hall": self.plan.large // 2}
        acts = {"hall": [_scene(self.plan.window / 2) | {"guests": self.plan.large // 10}] * 5}
        return {
            "own": self._on("durable", half, acts, over=self.plan.bar)["hall"],
            "usual": self._on("durable", half, acts, "--usual-gc", over=self.plan.bar)["hall"],
        }

    def polling(self) -> dict[str, dict[str, Acts]]:
        """The same phones by WebSocket and by long polling; and the bare echo's, whose HTTP is the library's alone."""
        number = min(100, self.plan.middle)
        acts = [_scene(self.plan.window / 2), *[_saturate(self.plan.saturated, number)] * 3]
        both, plays = (dict.fromkeys(("websocket", "polling"), what) for what in (number, acts))
        return {name: self._on(name, both, plays) for name in ("durable", "echo")}

    def crowd(self) -> dict[str, Any]:
        """A tenth more phones than the server announces to hold."""
        few = () if self.plan.engine == "threading" else ("--files", str(FILES))  # there it is the threads
        with self.server("durable", [WARM], *few) as server:
            capacity = server.told["capacity"]
        offered = -(-11 * capacity // 10)
        acts = {"crowd": [_scene(self.plan.window)]}
        found = self._on("durable", {"crowd": offered}, acts, *few)["crowd"]
        return {"capacity": capacity, "offered": offered, "acts": found}

    def killed(self) -> dict[str, int]:
        """Killed in the middle of saturation: how many votes had been acknowledged, and how many of them are found."""
        plan = self.plan
        saturate = _saturate(plan.saturated + 5, plan.middle) | {"kill_after": plan.saturated / 2}
        stored: set[str] = set()

        def look(folder: Path) -> None:
            stored.update(row[0] for row in rows(folder, "SELECT vote_id FROM vote"))

        found = self._on("durable", {"killed": plan.middle}, {"killed": [saturate]}, after=look)["killed"]
        acknowledged = found[-1]["stored"]
        if len(acknowledged) < ENOUGH:
            raise RuntimeError(f"only {len(acknowledged)} votes were acknowledged before the kill")
        return {"acknowledged": len(acknowledged), "found": sum(one in stored for one in acknowledged)}

    def bar(self) -> dict[str, Any]:
        """Joins and votes spread over some seconds, on the consultant's page and on the wall."""
        sizes = {"middle": self.plan.middle, "large": self.plan.large}
        acts = {name: [_scene(self.plan.bar)] for name in sizes}
        found: dict[str, Any] = {}
        for screen, extra in (("page", ()), ("wall", ("--wall",))):
            kept: dict[str, int] = {}

            def look(folder: Path, kept: dict[str, int] = kept) -> None:
                kept.update(rows(folder, "SELECT run_id, count(*) FROM ballot GROUP BY run_id"))

            measured = self._on("durable", sizes, acts, *extra, after=look, over=self.plan.bar, wall=screen == "wall")
            for size, done in measured.items():
                scene = done[-1] | {"stored": kept.get(done[-1]["run"], 0), "offered": done[0]["phones"]}
                found[f"{screen}_{size}"] = scene
        return found

    def starts(self) -> list[float]:
        """From the command to its first page, in seconds."""
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            found = [first_page_seconds(Path(folder), self._cache, self.plan.engine) for _ in range(4)]
        return found[1:]  # the first one compiled what the servers had not

    def first_question(self) -> int:
        """What a phone transfers until it shows its first question, in bytes."""
        with self.server("durable", []) as server:
            return sum(asyncio.run(_weighed(server.told)).values())

    # -- one server -----------------------------------------------------------------------------------------------

    def _on(
        self,
        name: str,
        sizes: dict[str, int],
        acts: dict[str, Acts],
        *extra: str,
        after: Callable[[Path], None] = lambda folder: None,
        over: float = 0.0,
        wall: bool = False,
    ) -> dict[str, Acts]:
        """Each class of these sizes joins a fresh server after the other and plays its acts, the first of which is
        the join; `after` looks into the server's folder when it has stopped."""
        with self.server(name, [WARM, *sizes.values()], *extra, after=after) as server:
            echo = name == "echo"
            runs = [{}] * (1 + len(sizes)) if echo else server.told["runs"]
            told = {"port": server.told} if echo else server.told
            job = {"server": "echo" if echo else "app", "port": told["port"], "pid": server.pid, "seed": self._seed}
            if not echo:
                job["cookie"] = asyncio.run(enter(told["port"], told["ticket"], told["walk"]["id"]))
            self._seed += 1
            warm = [_join(WARM, runs[0]), _scene(0.1), {"act": "leave"}]
            parts = {
                size: [_join(number, run) | {"over": over, "wall": wall, "polling": size == "polling"}, *acts[size]]
                for (size, number), run in zip(sizes.items(), runs[1:], strict=True)
            }
            job["acts"] = [*warm, *(act for part in parts.values() for act in (*part, {"act": "leave"}))]
            done = iter(load(job, self._cache)[len(warm) :])
        return {size: [next(done) for _ in (*part, "leave")][:-1] for size, part in parts.items()}

    @contextlib.contextmanager
    def server(
        self, name: str, sizes: Sequence[int], *extra: str, after: Callable[[Path], None] = lambda folder: None
    ) -> Any:
        """One of NAMES with a run for each size, on a folder of its own."""
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            with started(name, _command(name, self.plan.engine, folder, sizes, extra), self._cache) as server:
                yield server
            after(Path(folder))


def _command(name: str, engine: str, folder: str, sizes: Sequence[int], extra: Sequence[str]) -> list[str]:
    if name == "echo":
        return ["tests.bench.echo_server", engine]
    numbers = ["--engine", engine, "--sizes", *map(str, sizes)]
    return ["tests.bench.app_server", folder, *numbers, *extra, *(["--memory"] if name == "memory" else [])]


async def _weighed(told: dict[str, Any]) -> dict[str, int]:
    walk = told["walk"]
    cookie = await enter(told["port"], told["ticket"], walk["id"])
    await press(told["port"], cookie, walk["id"], "open", walk["turn"], walk["present"])
    return await to_first_question(told["port"], walk["code"])


def rows(folder: Path, query: str) -> list[Any]:
    """What a query finds in the database of a server that has ended."""
    with contextlib.closing(sqlite3.connect(folder / "bench.db")) as connection:
        return connection.execute(query).fetchall()


def _join(phones: int, run: dict[str, Any]) -> dict[str, Any]:
    return {"act": "join", "phones": phones, "run": run}


def _scene(window: float, kind: str = "spread") -> dict[str, Any]:
    return {"act": "scene", "window": window, "kind": kind}


def _saturate(seconds: float, voters: int) -> dict[str, Any]:
    return {"act": "saturate", "seconds": seconds, "voters": voters}
