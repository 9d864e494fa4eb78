"""A run: the one word for where it stands, and how it is kept. `moves` changes it, `standing` reads more out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from clicker.lesson.content import Lesson, Step, StepKind
from clicker.lesson.proposals import Proposals, proposals_from_data, proposals_to_data


class Phase(StrEnum):
    LOBBY = "lobby"
    ON = "on"
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    CHOSEN = "chosen"
    JOINING = "joining"
    JOINED = "joined"
    TALK = "talk"
    OPEN_AGAIN = "open_again"
    CLOSED_AGAIN = "closed_again"
    GUESSES = "guesses"
    OWN = "own"
    ATTITUDE = "attitude"
    CHILDREN = "children"
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
    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    PAGE = "page"
    CHOOSE = "choose"
    TALK = "talk"
    OPEN_COUNTRY = "open_country"
    RESERVE = "reserve"
    ADMIT = "admit"
    FINISH = "finish"


REVEALS = (Phase.GUESSES, Phase.OWN, Phase.ATTITUDE, Phase.CHILDREN, Phase.COUNTRY)
# While phones answer, and while answers can still be opened again.
ANSWERING = frozenset({Phase.OPEN, Phase.JOINING, Phase.OPEN_AGAIN})
SHUT = frozenset({Phase.CLOSED, Phase.JOINED, Phase.CLOSED_AGAIN})


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
    may open after the attitude line, G5/G14) come from `safety` in the transaction of `evaluate`. `proposals` (name of
    an agreement -> its list) are there once they differ from the lesson's; `chosen` are the numbers of those chosen,
    by the position of the step. `prompt` counts what a step shows one after the other: prompts, or pages of proposals.
    `children`: how many there are in the class that parents guess about; None for none, or for several classes.
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
    proposals: Mapping[str, Proposals] = field(default_factory=dict)
    chosen: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    finished: bool = False
    children: int | None = None

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
        "proposals": {name: proposals_to_data(held) for name, held in sorted(run.proposals.items())},
        "chosen": {str(index): list(picked) for index, picked in sorted(run.chosen.items())},
        "finished": run.finished,
        "children": run.children,
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
        # A run that was opened by an older version has none.
        proposals={name: proposals_from_data(held) for name, held in data.get("proposals", {}).items()},
        chosen={int(index): tuple(picked) for index, picked in data["chosen"].items()},
        finished=data["finished"],
        children=data.get("children"),
    )


def _first_phase(step: Step) -> Phase:
    return Phase.ON if step.kind in (StepKind.SAY, StepKind.TALK, StepKind.HELP) else Phase.READY
