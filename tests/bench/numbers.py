"""From what the stages measured to one number for each question. None where nothing was measured."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

SLOWEST_COUNT = 100.0  # ms between two counts while more than BUSY votes come in a second
QUIET_COUNT = 50.0
BUSY = 100  # votes a second
LONG = 12  # numbers; more of them are told by their quantiles
NEVER = float("inf")  # what did not come took as long as can be

Acts = Sequence[Mapping[str, Any]]
Measured = Mapping[str, Any]


def share_of(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def by_round(measured: Measured, number: Callable[[Mapping[str, Any]], float]) -> float | None:
    """The median over the rounds of a number of each (of two: their mean): pairs stand side by side in time."""
    found = [number(one) for one in measured.get("rounds", ())]
    return statistics.median(found) if found else None


def ack(acts: Acts, share: float, kind: str = "spread") -> float:
    """Of the scenes of one class, the median of that share of acknowledgements, in ms."""
    return statistics.median(share_of(scene["acks"], share) for scene in acts if scene.get("kind") == kind)


def saturated(acts: Acts, number: str) -> float:
    """A number of the act that saturates, per_s or cpu_us; of several acts their median."""
    return float(statistics.median(act[number] for act in acts if act["act"] == "saturate"))


def scenes(acts: Acts) -> list[Mapping[str, Any]]:
    return [act for act in acts if act["act"] == "scene"]


def rounds(measured: Measured, server: str) -> Iterable[Mapping[str, Acts]]:
    return (one[server] for one in measured.get("rounds", ()))


def messages(measured: Measured) -> float | None:
    """The most that a server sent for each vote of a spread scene with more than BUSY votes a second: with fewer,
    nearly every vote is told at once, which is a count for each."""
    found = [
        scene["messages"]
        for one in rounds(measured, "durable")
        for size in ("large", "middle")
        for scene in scenes(one[size])
        if scene["phones"] > BUSY * scene["window"]
    ]
    return max(found, default=None)


def last_count(measured: Measured) -> float | None:
    """From the last vote to the count that has it, in intervals between counts; 95 of 100 are faster."""
    found = []
    for one in rounds(measured, "durable"):
        for scene in (scene for part in one.values() for scene in scenes(part) if scene["window"]):
            busy = scene["phones"] / scene["window"] > BUSY
            shown = scene["count_ms"] if scene["count_ms"] is not None else float("inf")
            found.append(shown / (SLOWEST_COUNT if busy else QUIET_COUNT))
    return share_of(found, 0.95) if found else None


def count_ms(measured: Measured, server: str) -> float | None:
    """The median time from a small class's last vote to the count that has it."""
    found = [scene["count_ms"] for one in rounds(measured, server) for scene in scenes(one["small"])]
    return statistics.median(NEVER if one is None else one for one in found) if found else None


def collector(measured: Measured) -> float | None:
    """The slowest of five scenes with the program's setting, in the slowest with the usual one."""
    both = measured.get("collector")
    if not both:
        return None
    own, usual = (max(max(scene["acks"]) for scene in scenes(both[name])) for name in ("own", "usual"))
    return float(own / usual)


def polling(measured: Measured) -> float | None:
    """What a vote by long polling costs the server, in votes by WebSocket."""
    both = measured.get("polling")
    return _cost(both["durable"]["polling"]) / _cost(both["durable"]["websocket"]) if both else None


def polling_in_echoes(measured: Measured) -> float | None:
    """What a vote by long polling costs the server, in bare echoes by long polling."""
    both = measured.get("polling")
    return _cost(both["durable"]["polling"]) / _cost(both["echo"]["polling"]) if both else None


def _cost(acts: Acts) -> float:
    return saturated(acts, "cpu_us")


def crowd(measured: Measured) -> float | None:
    """The share of the announced phones that came and voted while a tenth too many was offered; 0 where the others
    were not refused with a reason."""
    full = measured.get("crowd")
    if not full:
        return None
    join, scene = full["acts"]
    if join["came"] != full["capacity"]:
        return 0.0
    return len(scene["acks"]) / float(full["capacity"])


def killed(measured: Measured) -> float | None:
    both = measured.get("killed")
    return float(both["found"] / both["acknowledged"]) if both else None


def shown(measured: Measured, size: str, share: float) -> float | None:
    """From a vote to the count that has it, in ms, on the slower of page and wall."""
    return _worst(
        measured,
        size,
        lambda scene: share_of([*scene["shown"], *[NEVER] * (scene["offered"] - len(scene["shown"]))], share),
    )


def not_stored(measured: Measured) -> float | None:
    """Votes of the bar that are not in the database; each phone that was to come in has one."""
    both = [_worst(measured, size, lambda scene: scene["offered"] - scene["stored"]) for size in ("middle", "large")]
    return None if None in both else max(one for one in both if one is not None)


def bar_messages(measured: Measured) -> float | None:
    """Of the large hall: up to BUSY votes a second nearly every one is told, which is a count for each."""
    return _worst(
        measured, "large", lambda scene: scene["messages"], lambda scene: scene["phones"] > BUSY * scene["window"]
    )


def _worst(
    measured: Measured,
    size: str,
    number: Callable[[Mapping[str, Any]], float],
    counts: Callable[[Mapping[str, Any]], bool] = lambda scene: True,
) -> float | None:
    bar = measured.get("bar", {})
    return max((number(scene) for name, scene in bar.items() if name.endswith(size) and counts(scene)), default=None)


def client_share(measured: Measured) -> float:
    """The largest share of a processor that the load took, in any act that is measured by the clock."""
    found = [act.get("busy_share", act.get("client_share", 0.0)) for act in _acts(measured)]
    return max(found, default=0.0)


def server_share(measured: Measured) -> float | None:
    """The median share of its processor that the server got while it was saturated: less than all of it is noise."""
    found = [act["server_share"] for act in _acts(measured) if act["act"] == "saturate"]
    found = [share for share in found if math.isfinite(share)]  # a server that was killed tells nothing
    return statistics.median(found) if found else None


def brief(found: Any) -> Any:
    """What was measured with each long list of numbers told by its quantiles, to be kept and looked at later."""
    if isinstance(found, Mapping):
        return {name: brief(one) for name, one in found.items()}
    if isinstance(found, list) and len(found) > LONG and all(isinstance(one, int | float) for one in found):
        return {"n": len(found)} | {f"p{round(100 * share)}": share_of(found, share) for share in (0.5, 0.95, 0.99, 1)}
    return [brief(one) for one in found[:LONG]] if isinstance(found, list | tuple) else found


def _acts(found: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(found, Mapping):
        if "act" in found:
            yield found
        else:
            for one in found.values():
                yield from _acts(one)
    elif isinstance(found, list | tuple):
        for one in found:
            yield from _acts(one)
