"""What comes out of the store: frozen records, JSON already read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clicker.lesson import Address, Figures, Lesson, Run, Twin, TwinKind


class OutOfReach(Exception):
    """The database cannot be used now: locked by others, its disk full or broken, its file or server gone. Nothing of
    the transaction is written; what was committed before is untouched. The text is the driver's own."""


class TransactionLost(OutOfReach):
    """The database gave up the whole transaction (disk full, disk error): nothing of it is written."""


@dataclass(frozen=True)
class RunRecord:
    """A run with what stands beside it. `status` is live, finished or discarded; times are UTC."""

    id: str
    code: str
    status: str
    run: Run
    school: str
    group: str
    created: datetime
    touched: datetime
    dark: bool
    choices: dict[str, Any]
    marks: frozenset[str]
    evaluated_on: datetime | None

    @property
    def twin(self) -> Twin | None:
        """Whose twin it is; None for a run that stands alone."""
        kept = self.choices.get("twin")
        return Twin(TwinKind(kept["kind"]), tuple(kept["runs"])) if kept else None

    @property
    def municipality(self) -> str:
        """Whose own survey was chosen to stand beside the country's figures; "" for nobody's."""
        return str(self.choices.get("municipality", ""))


@dataclass(frozen=True)
class RunBrief:
    """As much of a run as is read at every vote."""

    code: str
    status: str
    run: Run


@dataclass(frozen=True)
class Vote:
    """One tap as it arrives: which prompt, the number to store (None: not answered), its id and its order."""

    address: Address
    token: str
    vote_id: str
    seq: int


@dataclass(frozen=True)
class Ballot:
    """One seat's answer to one prompt in one round; the seat is a SHA-256 hash."""

    seat: str
    address: Address
    value: int | None


@dataclass(frozen=True)
class Counts:
    """Who is in and how far they are, over the prompts that are open: numbers of people and of answers.

    `seats` have joined, `admitted` of them may answer; `answered` ballots of `expected`; `done` seats have
    answered everything that is open.
    """

    seats: int
    admitted: int
    answered: int
    expected: int
    done: int


@dataclass(frozen=True)
class StationRecord:
    """A walk-up station. `figures` are those chosen when it was opened, by topic; times are UTC, `closed` is None while
    it is open."""

    id: str
    code: str
    place: str
    lesson: Lesson
    figures: Mapping[str, Figures]
    opened: datetime
    closed: datetime | None = None
