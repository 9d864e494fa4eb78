"""How a public value is kept: as JSON while the run lives, and as one result for each prompt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from clicker.lesson import Figure, Phase, Result, Verdict, figure_from_data
from clicker.measures import Histogram
from clicker.safety.disclosure import Banded, Children
from clicker.safety.guard import Declared
from clicker.safety.shown import Headline, Shown, let_out


def results(shown: Shown, declared: Declared) -> tuple[Result, ...]:
    """What is kept of each prompt of the topic, from its public value alone (DESIGN: Result)."""
    values = let_out(shown, declared)
    return tuple(_result(shown, str(prompt.kind), values.get(str(prompt.kind))) for prompt in declared.topic.prompts())


def _result(shown: Shown, kind: str, value: Histogram | Banded | None) -> Result:
    if value is None:
        return Result(shown.topic, kind, 1, shown.verdict, lesson_version=shown.version)
    if isinstance(value, Histogram):
        cells = tuple((str(cell * value.step), n, n) for cell, n in enumerate(value.counts))
        n = value.total
    else:
        label = "protective" if kind == "approve" else "yes"
        cells, n = ((label, value.low, value.high),), value.n
    figures = [one.id for one in (shown.figure, shown.beside) if one and Phase.COUNTRY in shown.reveals]
    figure_id = "+".join(figures) or None
    skips = dict(shown.skips).get(kind)
    return Result(shown.topic, kind, 1, shown.verdict, shown.N, n, skips, cells, figure_id, shown.version)


def shown_to_data(shown: Shown) -> dict[str, Any]:
    """JSON-able; keys in a fixed order, so that equal values give equal bytes."""
    return asdict(shown)


def shown_from_data(data: Mapping[str, Any]) -> Shown:
    """The value that `shown_to_data` wrote."""
    return Shown(
        topic=data["topic"],
        verdict=Verdict(data["verdict"]),
        reveals=tuple(Phase(word) for word in data["reveals"]),
        openable=data["openable"],
        headline=Headline(data["headline"]),
        N=data["N"],
        guesses=_histogram(data["guesses"]),
        own=_banded(data["own"]),
        attitude=_banded(data["attitude"]),
        figure=_figure(data["figure"]),
        beside=_figure(data.get("beside")),
        skips=tuple((kind, (low, high)) for kind, (low, high) in data["skips"]),
        version=data["version"],
        children=_children(data.get("children")),
    )


def _children(data: Mapping[str, Any] | None) -> Children | None:
    if data is None:
        return None
    days = tuple(data["days"])
    return Children(_banded(data["own"]), _banded(data["attitude"]), data["N"], data["classes"], days)


def _figure(data: Mapping[str, Any] | None) -> Figure | None:
    return None if data is None else figure_from_data(data)


def _histogram(data: Mapping[str, Any] | None) -> Histogram | None:
    return None if data is None else Histogram(data["top"], data["step"], tuple(data["counts"]))


def _banded(data: Mapping[str, Any] | None) -> Banded | None:
    return None if data is None else Banded(data["low"], data["high"], data["n"])
