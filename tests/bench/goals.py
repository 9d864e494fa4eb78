"""From the scenes of all rounds to numbers, and from numbers to goals."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("spread", "burst")
ECHO_BOUND = 2.0  # times the echo's p99
COMMITS = 3.0  # times the commit's p99
COUNT_MS = 250.0
FIRST_PAGE_SECONDS = 2.0
PHONE_BYTES = 60_000


@dataclass(frozen=True)
class Goal:
    """What was wanted, what was measured, and whether it is met; None where nothing was measured."""

    name: str
    measured: float | None
    wanted: float

    @property
    def met(self) -> bool | None:
        return None if self.measured is None else self.measured <= self.wanted


def share_of(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def of_server(rounds: Sequence[Mapping[str, Any]]) -> dict[str, float | None]:
    """Each number of one server is the median of its scenes in all rounds: a scene that the machine disturbed does
    not decide. `*_worst` is the slowest of all."""
    numbers: dict[str, float | None] = {}
    for kind in KINDS:
        scenes = [scene for one in rounds for scene in one["scenes"] if scene["kind"] == kind]
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
            numbers[f"{kind}_{name}"] = statistics.median(share_of(scene["acks"], share) for scene in scenes)
        numbers[f"{kind}_worst"] = max(ack for scene in scenes for ack in scene["acks"])
        for name in ("cpu_us", "messages"):
            numbers[f"{kind}_{name}"] = statistics.median(scene[name] for scene in scenes)
    counts = [scene["count_ms"] for one in rounds for scene in one["scenes"] if scene["count_ms"] is not None]
    numbers["count_p50"] = statistics.median(counts) if counts else None
    numbers["count_worst"] = max(counts) if counts else None
    for name in ("join_ms", "join_cpu_us"):
        numbers[name] = statistics.median(one[name] for one in rounds)
    return numbers


def judged(
    servers: Mapping[str, Mapping[str, float | None]], commit_p99: float, first_page: float | None, phone_bytes: int
) -> tuple[Goal, ...]:
    """The goals of the vote's way, of the start and of the phone."""
    goals = []
    for kind in KINDS:
        echo, memory, durable = (servers[name][f"{kind}_p99"] or 0.0 for name in ("echo", "memory", "durable"))
        bound = max(ECHO_BOUND * echo, COMMITS * commit_p99)
        goals.append(Goal(f"{kind}: ack p99 without durability, in echoes", memory / echo, ECHO_BOUND))
        goals.append(Goal(f"{kind}: durable ack p99, ms", durable, bound))
    for name in ("memory", "durable"):
        goals.append(Goal(f"last vote to the consultant's count, {name}, ms", servers[name]["count_p50"], COUNT_MS))
    goals.append(Goal("command to first page, s", first_page, FIRST_PAGE_SECONDS))
    goals.append(Goal("a phone's first question, bytes", phone_bytes, PHONE_BYTES))
    return tuple(goals)


def table(servers: Mapping[str, Mapping[str, float | None]]) -> str:
    """A line for each number, a column for each server, and the app in echoes."""
    lines = [f"{'':24}" + "".join(f"{name:>12}" for name in servers) + f"{'mem/echo':>10}{'dur/echo':>10}"]
    for number in servers["durable"]:
        values = [servers[name][number] for name in servers]
        echo, *apps = values
        ratios = "".join(f"{value / echo:10.2f}" if echo and value is not None else f"{'':10}" for value in apps)
        lines.append(f"{number:24}" + "".join(_cell(value) for value in values) + ratios)
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    return f"{'-':>12}" if value is None else f"{value:12.1f}"


def told(goals: Sequence[Goal]) -> str:
    """A line for each goal."""
    words = {True: "met", False: "NOT MET", None: "not measured"}
    lines = []
    for goal in goals:
        measured = "-" if goal.measured is None else f"{goal.measured:.2f}"
        lines.append(f"{words[goal.met]:13} {goal.name}: {measured} (at most {goal.wanted:.2f})")
    return "\n".join(lines)
