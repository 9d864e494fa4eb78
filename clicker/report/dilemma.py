"""Both votes on a dilemma, from results alone: for the report and its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Kept = Mapping[tuple[str, int], Mapping[str, Any]]


@dataclass(frozen=True)
class Dilemma:
    """Both votes on a dilemma as they stood on the wall: (choice, first vote, second vote), and how many voted."""

    title: str
    question: str
    rows: tuple[tuple[str, int, int], ...]
    first: int
    second: int


def dilemmas(kept: Kept) -> tuple[Dilemma, ...]:
    """P1, P11: opinions about a story (S0) leave as they stood on the wall; with too few votes there is nothing."""
    found = [data for _, data in sorted(kept.items(), key=_number) if data.get("first") and "dilemma" in data]
    return tuple(
        Dilemma(
            data["dilemma"],
            data["question"],
            tuple(zip(data["choices"], data["first"], data["second"], strict=True)),
            sum(data["first"]),
            sum(data["second"]),
        )
        for data in found
    )


def _number(item: tuple[tuple[str, int], Mapping[str, Any]]) -> tuple[int, str]:
    """dilemma2 before dilemma10."""
    name = item[0][0]
    return len(name), name
