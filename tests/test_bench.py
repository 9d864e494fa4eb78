"""What the benchmark makes of its measurements; it is itself run by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench import echo_server
from tests.bench.goals import GOALS, judged
from tests.bench.numbers import brief, client_share, share_of
from tests.bench.saturation import Saturation
from tests.bench.told import failed, markdown, table

ROOT = Path(__file__).parent.parent


def scene(*acks: float, window: float = 2.0, kind: str = "spread", count: float = 10.0) -> dict[str, Any]:
    return {
        "act": "scene",
        "kind": kind,
        "window": window,
        "phones": 30,
        "acks": acks,
        "count_ms": count,
        "messages": 1,
    }


def saturated(per_s: float) -> dict[str, Any]:
    return {"act": "saturate", "per_s": per_s, "cpu_us": 1e6 / per_s, "busy_share": 0.2, "server_share": 0.9}


def joined(phones: int, came: int, wall_ms: float) -> dict[str, Any]:
    return {"act": "join", "phones": phones, "came": came, "wall_ms": wall_ms, "cpu_us": 100.0, "rss_kb": 60.0}


def one_round(speed: float, came: int = 1000) -> dict[str, Any]:
    """A round in which the program has that share of the echo's speed."""

    def server(factor: float) -> dict[str, Any]:
        acks = [2 / factor] * 100
        small = [scene(*acks, window=1.0), scene(*acks, window=0.0, kind="burst"), saturated(1000 * factor)]
        return {
            "large": [joined(1000, came, 2000), scene(*acks), saturated(1000 * factor)],
            "middle": [joined(300, 300, 1000), scene(*acks), saturated(1000 * factor)],
            "small": small,
        }

    return {"echo": server(1.0), "memory": server(speed), "durable": server(speed), "commits": [1.0]}


def values(measured: dict[str, Any]) -> dict[str, Any]:
    return {goal["id"]: goal["value"] for goal in judged(measured)}


def test_nothing_measured_is_neither_met_nor_missed() -> None:
    assert {goal["met"] for goal in judged({})} == {None}


def test_each_ratio_is_of_one_round_and_their_median_counts() -> None:
    found = values({"rounds": [one_round(speed) for speed in (0.5, 0.8, 1.0)]})
    assert found["R1"] == pytest.approx(0.8)
    assert found["R2"] == pytest.approx(1.25)
    assert found["R4"] == 1
    assert found["R8b"] == 2


def test_a_phone_that_did_not_get_in_is_no_fast_join() -> None:
    assert values({"rounds": [one_round(1.0, came=999)]})["R8b"] == float("inf")


def test_a_vote_by_polling_is_compared_with_one_by_websocket_and_with_an_echo_by_polling() -> None:
    both = {
        "durable": {"websocket": [saturated(speed) for speed in (900, 1000, 9000)], "polling": [saturated(400)]},
        "echo": {"websocket": [saturated(2000)], "polling": [saturated(500)]},
    }
    found = values({"polling": both})
    assert (found["R14"], found["R14e"]) == (pytest.approx(2.5), pytest.approx(1.25))


def test_one_lost_vote_misses_the_goal() -> None:
    goal = next(goal for goal in GOALS if goal.id == "R10")
    assert [goal.met(goal.of({"killed": {"acknowledged": 5000, "found": found}})) for found in (5000, 4999)] == [
        True,
        False,
    ]


def test_a_crowd_counts_only_where_exactly_the_announced_number_came_in() -> None:
    def crowd(came: int, voted: int) -> Any:
        full = {"capacity": 100, "offered": 110, "acts": [joined(110, came, 1), scene(*[1.0] * voted)]}
        return values({"crowd": full})["R13"]

    assert [crowd(100, 100), crowd(100, 90), crowd(110, 110)] == [1, 0.9, 0]


@pytest.mark.parametrize(("phones", "told"), [(1000, 1.7), (100, None)])
def test_messages_are_counted_where_counts_are_gathered(phones: int, told: float | None) -> None:
    """Up to a hundred votes a second each may have a count of its own."""
    hall = scene(1.0, window=5.0) | {"phones": phones, "messages": 1.7, "stored": 1, "offered": 1, "shown": [1.0]}
    assert values({"bar": {"page_large": hall, "page_middle": hall}})["B4"] == told


def test_votes_that_are_never_shown_or_stored_and_phones_that_never_came_are_missed() -> None:
    hall = scene(1.0, window=5.0) | {"phones": 299, "stored": 298, "offered": 300, "shown": [1.0] * 100}
    found = values({"bar": {"page_large": hall, "page_middle": hall}})
    assert (found["B1"], found["B2"], found["B3"]) == (float("inf"), float("inf"), 2)


def test_what_was_measured_without_giving_a_number_is_missed() -> None:
    found = {goal["id"]: goal for goal in judged({"rounds": [{"memory": {"large": []}, "echo": {"large": []}}]})}
    assert (found["R1"]["value"], found["R1"]["met"]) == (None, False)
    assert found["R14"]["met"] is None


def test_what_was_measured_is_kept_in_brief() -> None:
    assert brief({"acks": [1.0] * 50, "few": (2, 1)}) == {
        "acks": {"n": 50, "p50": 1.0, "p95": 1.0, "p99": 1.0, "p100": 1.0},
        "few": [2, 1],
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "kiled"], "invalid choice"),
        (["--client", "node", "--only", "bar"], "one stage of its own"),
        (["--client", "node", "--load", "nowhere"], "Not measured"),
        (["--readme", "--json", "nowhere.json"], "run the benchmark first"),
        (["--json", "/nowhere/bench.json"], "cannot be written"),
    ],
)
def test_a_run_that_measures_nothing_says_why_and_ends_with_2(words: list[str], said: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.bench", "--json", str(tmp_path / "bench.json"), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, said in done.stdout + done.stderr) == (2, True)


def test_a_missed_goal_is_marked_and_so_is_a_load_that_was_too_busy() -> None:
    slow = {"goals": judged({"rounds": [one_round(0.1)]}), "sizes": [1000, 300, 30], "rounds": 1, "failed": ["bar"]}
    engines = {"eventlet": slow | {"client_share": 0.95, "server_share": 0.9}}
    assert {"eventlet R1", "eventlet bar", "eventlet load"} <= set(failed(engines))
    assert "0.10 !" in table(engines)
    assert "count for nothing" in table(engines)
    report = {"date": "2026-11-26", "machine": "two processors", "engines": engines}
    assert "| R1 | saturated votes/s without durability ÷ echoes/s | ≥ 0.7 | 0.10 ! |" in markdown(report)


def test_the_busiest_load_is_the_one_that_counts() -> None:
    assert client_share({"rounds": [one_round(1.0)]}) == 0.2
    assert share_of([3.0, 1.0, 2.0], 0.5) == 2.0


def test_a_voter_votes_again_once_it_is_acknowledged_and_a_refused_one_does_not() -> None:
    class Voter:
        def __init__(self) -> None:
            self.sent: list[int] = []
            self.on_ack: Any = None

        def emit(self, number: int, _event: str, _data: dict[str, Any]) -> float:
            self.sent.append(number)
            return 0.0

    numbers = iter(range(100))
    voter = Voter()
    busy = Saturation(lambda: (next(numbers), "vote", {"id": "x"}), [voter], seconds=60)
    busy.begin()
    voter.on_ack(0, 0.005, b'{"ok":true}]')
    voter.on_ack(1, 0.005, b'{"ok":false}]')
    assert voter.sent == [0, 1]
    assert (busy.acks, len(busy.refused), busy.waiting) == ([5.0], 1, 0)


def test_the_echo_server_has_under_25_lines() -> None:
    assert len(Path(echo_server.__file__).read_text().splitlines()) < 25
