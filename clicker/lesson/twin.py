"""A run that belongs to finished runs of the same group: the parents' evening of a class, or its follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TwinKind(StrEnum):
    PARENTS = "parents"
    FOLLOWUP = "followup"


@dataclass(frozen=True)
class Twin:
    """What a run is to others: its kind, and the ids of the finished runs it belongs to, at least one."""

    kind: TwinKind
    runs: tuple[str, ...]
