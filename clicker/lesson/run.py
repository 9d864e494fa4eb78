"""A run: the one word for where it stands, and how it is kept. `moves` changes it, `standing` reads more out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from clicker.lesson.content import Lesson, Step, StepKind


class Phase(StrEnum):
    LOBBY = "lobby"
    ON = "on"
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    CHOSEN = "chosen"
    TALK = "talk"
    OPEN_AGAIN = "open_again"
    CLOSED_AGAIN = "closed_again"
    GUESSES = "guesses"
    OWN = "own"
    ATTITUDE = "attitude"
    COUNTRY = "country"
    BOTH = "both"
    FINISHED = "finished"


class Move(StrEnum):
    START = "start"
    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    EVALUATE = "evaluate"
    REVEAL = "reveal"
    NEXT = "next"
    BACK = "back"
    SKIP = "skip"
    CHOOSE = "choose"
    TALK = "talk"
    OPEN_COUNTRY = "open_country"
    RESERVE = "reserve"
    ADMIT = "admit"
    FINISH = "finish"


# While answers are taken, and while they can still be opened again.
OPENED = frozenset({Phase.OPEN, Phase.OPEN_AGAIN})
SHUT = frozenset({Phase.CLOSED, Phase.CLOSED_AGAIN})
REVEALS = (Phase.GUESSES, Phase.OWN, Phase.ATTITUDE, Phase.COUNTRY)


class NotNow(Exception):
    """The move is not possible where the run stands, or the button was stale (`turn` has moved on)."""

    def __init__(self, name: str, why: str = "table") -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


@dataclass(frozen=True)
class Run:
    """A lesson being held. `position` is a step's index, -1 in the lobby; `phases` keeps each step's own phase.

    `evaluated`, `reveals` (topic -> phases allowed, in order) and `openable` (topics whose country the consultant
    may open after the attitude line, G5/G14) come from `safety` in the transaction of `evaluate`.
    """

    lesson: Lesson
    present: int | None = None
    turn: int = 0
    position: int = -1
    prompt: int = 0
    phases: tuple[Phase, ...] = ()
    frozen: bool = False
    evaluated: frozenset[str] = frozenset()
    reveals: Mapping[str, tuple[Phase, ...]] = field(default_factory=dict)
    openable: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    finished: bool = False

    def __post_init__(self) -> None:
        if not self.phases:
            object.__setattr__(self, "phases", tuple(_first_phase(step) for step in self.lesson.steps))


def current(run: Run) -> Step | None:
    """The step that the run stands at, or None in the lobby and when finished."""
    if run.finished or run.position < 0:
        return None
    return run.lesson.steps[run.position]


def phase(run: Run) -> Phase:
    """The one word for where the run stands."""
    if run.finished:
        return Phase.FINISHED
    return Phase.LOBBY if run.position < 0 else run.phases[run.position]


def run_to_data(run: Run) -> dict[str, Any]:
    """The run as JSON-able data, without its lesson (kept beside it, frozen)."""
    return {
        "present": run.present,
        "turn": run.turn,
        "position": run.position,
        "prompt": run.prompt,
        "phases": list(run.phases),
        "frozen": run.frozen,
        "evaluated": sorted(run.evaluated),
        "reveals": {topic: list(phases) for topic, phases in sorted(run.reveals.items())},
        "openable": sorted(run.openable),
        "reasons": dict(sorted(run.reasons.items())),
        "chosen": {str(index): list(picked) for index, picked in sorted(run.chosen.items())},
        "finished": run.finished,
    }


def run_from_data(lesson: Lesson, data: Mapping[str, Any]) -> Run:
    """The run that `run_to_data` wrote."""
    return Run(
        lesson=lesson,
        present=data["present"],
        turn=data["turn"],
        position=data["position"],
        prompt=data["prompt"],
        phases=tuple(Phase(word) for word in data["phases"]),
        frozen=data["frozen"],
        evaluated=frozenset(data["evaluated"]),
        reveals={topic: tuple(Phase(word) for word in words) for topic, words in data["reveals"].items()},
        openable=frozenset(data["openable"]),
        reasons=data["reasons"],
        chosen={int(index): tuple(picked) for index, picked in data["chosen"].items()},
        finished=data["finished"],
    )


def _first_phase(step: Step) -> Phase:
    return Phase.ON if step.kind in (StepKind.SAY, StepKind.TALK, StepKind.HELP) else Phase.READY
