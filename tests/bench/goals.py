"""The one table of goals: what is measured, how, and what is wanted. Where two things are divided, both are of the same
run; R1-R3, R8, R9, V1 and V2 are divided by the bare echo's. The slowest of thirty is what their p99 is."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench import numbers
from tests.bench.numbers import Measured, ack, by_round, count_ms, saturated, share_of

FLOOR = 5.0  # ms; a smaller p99 of the echo is not divided by
LONGEST_WAIT = 20.0  # ms that the writer may gather votes
ECHO_BOUND = 2.0  # times the echo's p99
COMMITS = 3.0  # times the commit's p99


@dataclass(frozen=True)
class Goal:
    """A line of the table. `wanted` is a lower bound where `at_least`; None where the number is only told."""

    id: str
    what: str
    of: Callable[[Measured], float | None]
    wanted: float | None
    at_least: bool = False

    def met(self, value: float | None) -> bool | None:
        """None where nothing was wanted or measured."""
        if value is None or self.wanted is None:
            return None
        return value >= self.wanted if self.at_least else value <= self.wanted

    @property
    def bound(self) -> str:
        return "-" if self.wanted is None else f"{'≥' if self.at_least else '≤'} {self.wanted:g}"


def _ratio(server: str, other: str, number: Callable[[Mapping[str, Any]], float]) -> Any:
    """Of each round, a number of one server divided by the same of another; their median."""
    return lambda measured: by_round(measured, lambda one: number(one[server]) / number(one[other]))


def _in_floors(one: Mapping[str, Any]) -> float:
    return ack(one["memory"]["large"], 0.99) / max(FLOOR, ack(one["echo"]["large"], 0.99))


def _durable_bound(kind: str) -> Callable[[Mapping[str, Any]], float]:
    """The durable p99 in its bound: the echo's or the bare commit's, whichever allows more."""

    def of(one: Mapping[str, Any]) -> float:
        echo, durable = (ack(one[name]["small"], 0.99, kind) for name in ("echo", "durable"))
        return durable / max(ECHO_BOUND * echo, COMMITS * share_of(one["commits"], 0.99))

    return of


def _durable(size: str, number: Callable[[Any], float]) -> Callable[[Measured], float | None]:
    return lambda measured: by_round(measured, lambda one: number(one["durable"][size]))


def _small(share: float, kind: str) -> Callable[[Mapping[str, Any]], float]:
    return lambda server: ack(server["small"], share, kind)


def _joined(server: Mapping[str, Any]) -> float:
    large, middle = server["large"][0], server["middle"][0]
    if large["came"] < large["phones"]:
        return float("inf")
    return float(large["wall_ms"] / middle["wall_ms"])


def _first_page(measured: Measured) -> float | None:
    starts = measured.get("starts")
    return statistics.median(starts) if starts else None


RATIOS: tuple[Goal, ...] = (
    Goal(
        "R1",
        "saturated votes/s without durability ÷ echoes/s",
        _ratio("memory", "echo", lambda one: saturated(one["large"], "per_s")),
        0.7,
        True,
    ),
    Goal(
        "R2",
        "server µs per vote ÷ per echo",
        _ratio("memory", "echo", lambda one: saturated(one["large"], "cpu_us")),
        1.5,
    ),
    Goal("R3", "ack p99 ÷ echo p99 (at least 5 ms)", lambda measured: by_round(measured, _in_floors), 2.0),
    Goal("R3b", "ack p50 ÷ echo p50", _ratio("memory", "echo", lambda one: ack(one["large"], 0.5)), 1.5),
    Goal(
        "R4",
        "durable votes/s ÷ without durability, middle class",
        _ratio("durable", "memory", lambda one: saturated(one["middle"], "per_s")),
        0.75,
        True,
    ),
    Goal("R5", "durable ack p50 ÷ 20 ms", _durable("middle", lambda acts: ack(acts, 0.5) / LONGEST_WAIT), 1.5),
    Goal("R5b", "durable ack p99 ÷ 20 ms", _durable("middle", lambda acts: ack(acts, 0.99) / LONGEST_WAIT), 3.0),
    Goal("R6", "server messages per vote", numbers.messages, 1.2),
    Goal("R7", "last vote to its count ÷ interval, p95", numbers.last_count, 1.5),
    Goal(
        "R8",
        "µs per join ÷ per echo's connection",
        _ratio("durable", "echo", lambda one: one["large"][0]["cpu_us"]),
        2.0,
    ),
    Goal(
        "R8b",
        "all at once: large join ÷ middle join",
        lambda measured: by_round(measured, lambda one: _joined(one["durable"])),
        4.5,
    ),
    Goal("R9", "memory per phone ÷ echo's", _ratio("durable", "echo", lambda one: one["large"][0]["rss_kb"]), 1.5),
    Goal("R10", "acknowledged votes found after kill -9", numbers.killed, 1.0, True),
    Goal(
        "R12",
        "votes/s of the large class ÷ of the small",
        lambda measured: by_round(
            measured,
            lambda one: saturated(one["durable"]["large"], "per_s") / saturated(one["durable"]["small"], "per_s"),
        ),
        0.6,
        True,
    ),
    Goal("R13", "a tenth too many: announced phones that vote", numbers.crowd, 1.0, True),
    Goal("R14", "µs per vote by polling ÷ by WebSocket", numbers.polling, 3.0),
    Goal("R14e", "µs per vote by polling ÷ per echo by polling", numbers.polling_in_echoes, None),
    Goal("R15", "saturated votes/s ÷ node socket.io", lambda measured: measured.get("node"), None),
    Goal("R16", "slowest ack ÷ with the usual collector", numbers.collector, 0.5),
)

OTHERS: tuple[Goal, ...] = (
    Goal("B1", "middle hall, vote to its count, p50 ms", lambda measured: numbers.shown(measured, "middle", 0.5), 50),
    Goal("B2", "large hall, vote to its count, p95 ms", lambda measured: numbers.shown(measured, "large", 0.95), 250),
    Goal("B3", "votes of both halls that are not stored", numbers.not_stored, 0),
    Goal("B4", "large hall: server messages per vote", numbers.bar_messages, 1.2),
    Goal(
        "V1", "spread: slowest ack in echoes, small class", _ratio("memory", "echo", _small(0.99, "spread")), ECHO_BOUND
    ),
    Goal(
        "V2", "burst: slowest ack in echoes, small class", _ratio("memory", "echo", _small(0.99, "burst")), ECHO_BOUND
    ),
    Goal(
        "V3",
        "spread: slowest durable ack in its bound",
        lambda measured: by_round(measured, _durable_bound("spread")),
        1.0,
    ),
    Goal(
        "V4",
        "burst: slowest durable ack in its bound",
        lambda measured: by_round(measured, _durable_bound("burst")),
        1.0,
    ),
    Goal("V5", "last vote to its count, memory, ms", lambda measured: count_ms(measured, "memory"), 250),
    Goal("V6", "last vote to its count, durable, ms", lambda measured: count_ms(measured, "durable"), 250),
    Goal("S1", "command to first page, s", _first_page, 2.0),
    Goal("S2", "a phone's first question, bytes", lambda measured: measured.get("first_question"), 60_000),
)

GOALS: Sequence[Goal] = (*RATIOS, *OTHERS)


def judged(measured: Measured, only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Each goal, or those of some ids, with its value on one engine. Measured without giving a number is missed."""
    return [
        {"id": goal.id, "what": goal.what, "bound": goal.bound} | _judged(goal, measured)
        for goal in GOALS
        if not only or goal.id in only
    ]


def _judged(goal: Goal, measured: Measured) -> dict[str, Any]:
    try:
        value = goal.of(measured)
    except (ArithmeticError, LookupError, StopIteration, statistics.StatisticsError):
        return {"value": None, "met": False}
    return {"value": value, "met": goal.met(value)}
