"""The table of goals, for a terminal and for the README."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

SIGNS = {True: "", False: " !", None: ""}
TOO_BUSY = 0.9  # of a processor: a load that takes more measures itself


def table(engines: Mapping[str, Mapping[str, Any]]) -> str:
    """A line for each goal, a column for each engine; what is not met has an exclamation mark."""
    lines = [f"{'':5}{'':56}{'goal':>10}" + "".join(f"{name:>12}" for name in engines)]
    for goal, values in _lines(engines):
        cells = "".join(f"{value:>12}" for value in values)
        lines.append(f"{goal['id']:5}{goal['what']:56}{goal['bound']:>10}{cells}")
    lines.append("")
    lines += [_about(name, engine) for name, engine in engines.items()]
    return "\n".join(lines)


def markdown(report: Mapping[str, Any]) -> str:
    """The same as a table for the README, with the date and the machine."""
    engines = report["engines"]
    sizes = {name: "/".join(str(size) for size in engine["sizes"]) for name, engine in engines.items()}
    lines = [f"Measured {report['date']} on {report['machine']}; phones {sizes}.", ""]
    lines += ["| | what | goal | " + " | ".join(engines) + " |", "|---" * (3 + len(engines)) + "|"]
    for goal, values in _lines(engines):
        lines.append(f"| {goal['id']} | {goal['what']} | {goal['bound']} | " + " | ".join(values) + " |")
    lines += ["", *(f"- {_about(name, engine)}" for name, engine in engines.items())]
    return "\n".join(lines)


def failed(engines: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The engine and id of each goal that is not met, each stage that failed, and each load that was too busy."""
    found = []
    for name, engine in engines.items():
        found += [f"{name} {goal['id']}" for goal in engine["goals"] if goal["met"] is False]
        found += [f"{name} {stage}" for stage in engine["failed"]]
        found += [f"{name} load"] if engine["client_share"] >= TOO_BUSY else []
    return found


def _lines(engines: Mapping[str, Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], list[str]]]:
    columns: Sequence[Sequence[Mapping[str, Any]]] = [engine["goals"] for engine in engines.values()]
    return [(row[0], [_cell(goal) for goal in row]) for row in zip(*columns, strict=True)]


def _cell(goal: Mapping[str, Any]) -> str:
    value = goal["value"]
    text = "-" if value is None else f"{value:.0f}" if value >= 100 else f"{value:.2f}"
    return text + SIGNS[goal["met"]]


def _about(name: str, engine: Mapping[str, Any]) -> str:
    """Whose load it was, how busy, and how much of its processor the server got."""
    large, middle, small = engine["sizes"]
    client, server = engine["client_share"], engine["server_share"]
    broken = f"; FAILED: {', '.join(engine['failed'])}" if engine["failed"] else ""
    valid = "" if client < TOO_BUSY else ": TOO BUSY, its numbers count for nothing"
    got = "-" if server is None else f"{server:.2f}"
    return (
        f"{name}: large {large}, middle {middle}, small {small} phones; {engine['rounds']} rounds; the load took at "
        f"most {client:.2f} of a processor{valid}; the saturated server got {got} of its own{broken}"
    )
