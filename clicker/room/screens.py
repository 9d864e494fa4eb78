"""What each screen is given: frozen values that a template prints without computing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PromptFacts:
    """One question as a phone shows it; `choices` are (token, label), the way not to answer is the last."""

    address: str
    text: str
    choices: tuple[tuple[str, str], ...]
    grid: bool
    number: int
    of: int
    hint: str = ""


@dataclass(frozen=True)
class CountFacts:
    """How far the group is, for one screen: a number only where nothing sensitive is open (P6)."""

    seats: int
    answered: int | None = None
    expected: int | None = None
    many: str = ""
    share: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Picture:
    """A chart: which spec, the rows that the page hands to it, and its marks beside guess, answer and country."""

    kind: str
    top: int
    step: int
    rows: Mapping[str, Any]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhoneFacts:
    """What all phones of a run get, word for word the same; what is personal a phone asks for itself."""

    view: str
    turn: int
    code: str
    group: str
    lang: str
    title: str = ""
    lines: tuple[str, ...] = ()
    prompts: tuple[PromptFacts, ...] = ()
    guess_of: str = ""


@dataclass(frozen=True)
class WallFacts:
    """`heading` is the title cut into (text, whose number it is or "")."""

    view: str
    turn: int
    code: str
    group: str
    lang: str
    present: int
    title: str = ""
    heading: tuple[tuple[str, str], ...] = ()
    line: str = ""
    lines: tuple[str, ...] = ()
    topic: str = ""
    source: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    description: str = ""
    picture: Picture | None = None
    count: CountFacts | None = None
    proposals: tuple[tuple[str, int | None, bool], ...] = ()


@dataclass(frozen=True)
class Button:
    move: str
    label: str
    primary: bool = False


@dataclass(frozen=True)
class ConsultantFacts:
    """The consultant's screen. `verdicts`, `coming` and `closing` are empty until the wall is known to be elsewhere;
    `closed` says that there are answers to closing questions."""

    run_id: str
    code: str
    lang: str
    turn: int
    status: str
    title: str
    school: str
    group: str
    private: bool
    steps: tuple[tuple[str, str], ...]
    heading: str
    text: tuple[str, ...]
    phones: tuple[str, ...]
    notes: str
    avoid: str
    minutes: int
    started: str
    wall_now: str
    coming: str
    verdicts: tuple[tuple[str, str, str], ...]
    buttons: tuple[Button, ...]
    count: CountFacts
    present: int | None
    seats: int
    frozen: bool
    dark: bool
    proposals: tuple[tuple[int, str, bool], ...] = ()
    reserve: tuple[tuple[str, str], ...] = ()
    country_reasons: tuple[str, ...] = ()
    reserve_wanted: bool = False
    told: bool = True
    sensitive: bool = False
    closing: tuple[tuple[str, str], ...] = ()
    closed: bool = False
