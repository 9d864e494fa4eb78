"""The ratios of the vote's way again, with a load client in node, and the same echo on node's own Socket.IO."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.consultant import enter, press
from tests.bench.servers import Server, pin, started
from tests.bench.stages import Stages, rows
from tests.bench.wire import ask

HERE = Path(__file__).parent
GOALS = ("R1", "R2", "R3", "R15")  # what this client can tell: its milliseconds are whole ones, and R3b is of fewer
PACKAGES = ("ws@8", "socket.io@4")
ROUNDS = 3
AT_ONCE = 50  # phones that take their seats at the same time
PATIENCE = 180  # seconds


class NoNode(Exception):
    """Node, npm's registry or the load client is not to be had."""


def rounds(stages: Stages, load: Path) -> dict[str, Any]:
    """Rounds of echo and memory as `Stages.rounds` has them, and `node`: votes/s in echoes/s of node. Raises NoNode."""
    if not shutil.which("node") or not (load / "load.js").exists():
        raise NoNode(f"node and {load / 'load.js'} are needed")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        _installed(folder)
        client = _Client(load, Path(folder), stages)
        found = [
            {name: {"large": client.measured(name)} for name in ("echo", "memory")}
            for _ in range(min(ROUNDS, stages.plan.rounds))
        ]
        theirs = client.of_node()
    per_s = sorted(one["memory"]["large"][1]["per_s"] for one in found)
    # R15 is only told: against node's own server the client itself is nearly as busy as it can be.
    client = {"per_s": theirs[1]["per_s"], "client": theirs[1]["busy_share"]}
    return {"rounds": found, "theirs": client, "node": per_s[len(per_s) // 2] / client["per_s"]}


def _installed(folder: str) -> None:
    try:
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", *PACKAGES]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoNode("npm could not install " + " ".join(PACKAGES)) from error


class _Client:
    def __init__(self, load: Path, folder: Path, stages: Stages) -> None:
        self._load, self._folder, self._stages = load, folder, stages

    def measured(self, name: str) -> list[dict[str, Any]]:
        """A spread scene and a saturation, in the form that the goals read."""
        echo, stored, told = name == "echo", [0], {}

        def look(folder: Path) -> None:
            stored[0] = 0 if echo else rows(folder, "SELECT count(*) FROM vote")[0][0]

        with self._stages.server(name, [self._stages.plan.large], after=look) as server:
            room = {"event": "echo", "phones": [], "prompt": "topic-1.own.1", "choices": ["001"]}
            if not echo:
                room = asyncio.run(_room(server.told, self._stages.plan.large))
            port = server.told if echo else server.told["port"]
            told = self._run(port, server.pid, room)
        _all_counted(told, self._stages.plan.large, None if echo else stored[0])
        return _acts(told)

    def of_node(self) -> list[dict[str, Any]]:
        """The same of node's own server."""
        room = {"event": "echo", "phones": [], "prompt": "topic-1.own.1", "choices": ["001"]}
        with _node_server(self._folder) as server:
            told = self._run(server.told, server.pid, room)
        _all_counted(told, self._stages.plan.large, None)
        return _acts(told)

    def _run(self, port: int, pid: int, room: dict[str, Any]) -> Any:
        seats = self._folder / "seats.json"
        seats.write_text(json.dumps(room))
        plan = self._stages.plan
        options = {
            "url": f"http://127.0.0.1:{port}",
            "n": plan.large,
            "pid": pid,
            "window": int(1000 * plan.window),
            "sat": int(1000 * plan.saturated),
            "mode": "echo" if room["event"] == "echo" else "vote",
            "profile": HERE / "load_profile.js",
            "seats": seats,
            "ws": self._folder / "node_modules" / "ws",
            "projector": 0,
        }
        command = ["node", str(self._load / "load.js"), *(f"--{name}={value}" for name, value in options.items())]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, preexec_fn=lambda: pin(1), check=True
        )
        return json.loads(done.stdout)


@contextlib.contextmanager
def _node_server(folder: Path) -> Iterator[Server]:
    program = folder / "node_echo.js"
    program.write_text((HERE / "node_echo.js").read_text())  # beside the packages, where node looks for them
    with started("node", [str(program)], program=("node",)) as server:
        yield server


async def _room(told: dict[str, Any], phones: int) -> dict[str, Any]:
    """Everybody has a seat, and the first prompt is open."""
    run, port = told["runs"][0], told["port"]
    cookie = await enter(port, told["ticket"], told["walk"]["id"])
    few = asyncio.Semaphore(AT_ONCE)

    async def seat() -> dict[str, Any]:
        async with few:
            answer = await ask(port, f"/{run['code']}/join", form="", headers={"Accept": "application/json"})
        return {"screen": "phone", "code": run["code"], "seat": json.loads(answer.text)["seat"]}

    seats = await asyncio.gather(*(seat() for _ in range(phones)))
    await press(port, cookie, run["id"], "open", run["turn"], phones)
    return {"event": "vote", "phones": seats, **run["prompts"][0]}


def _all_counted(told: Any, phones: int, stored: int | None) -> None:
    """Raises RuntimeError unless everybody came in and voted, and every vote that was answered is stored."""
    voted = told["vote"]["ack"]["n"]
    if told["join"]["fails"] or told["vote"]["nack"] or voted < phones:
        raise RuntimeError(f"{voted} of {phones} phones voted, {told['join']['fails']} did not come in")
    if stored is not None and stored < voted + told["sat"]["done"]:
        raise RuntimeError(f"{voted + told['sat']['done']} votes were answered and {stored} stored")


def _acts(told: Any) -> list[dict[str, Any]]:
    scene, saturated = told["vote"]["ack"], told["sat"]
    # The client tells shares, not the acknowledgements themselves: as many values as give these shares again.
    acks = [scene["p50"]] * 98 + [scene["p99"]] * 2
    return [
        {"act": "scene", "kind": "spread", "acks": acks},
        {
            "act": "saturate",
            "per_s": saturated["per_s"],
            "cpu_us": saturated["us_cpu_per_op"],
            "busy_share": saturated["cli_cpu_util"],
            "server_share": saturated["srv_cpu_util"],
        },
    ]
