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
    """How far the group is, for one screen: a number only where nothing sensitive is open (P6).

    Where several questions are open, `answered` are those who have been through them all, and `share` moves before.
    """

    seats: int
    answered: int | None = None
    expected: int | None = None
    many: str = ""
    share: int = 0
    waiting: int = 0
    several: bool = False


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
    audience: str = ""
    keep: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProposalFacts:
    """One proposal; `counts` are how many agree, can live with it and disagree, where enough voted."""

    text: str
    counts: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class WallFacts:
    """`heading` is the title cut into (text, whose number it is or ""); `page` says which of the proposals are seen."""

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
    proposals: tuple[ProposalFacts, ...] = ()
    page: str = ""


@dataclass(frozen=True)
class Button:
    move: str
    label: str
    primary: bool = False


@dataclass(frozen=True)
class ToChoose:
    """A proposal on the consultant's page: its number, and how it stands in words."""

    number: int
    text: str
    likely: bool
    counts: str


@dataclass(frozen=True)
class Agreeing:
    """An agreement in the consultant's hands. `choosing`: they tick what was wanted; `editing`: they may type
    proposals, `room` more of them, and take some away; `rule` says what is ticked beforehand and why."""

    proposals: tuple[ToChoose, ...]
    choosing: bool
    editing: bool
    room: int
    rule: str
    printable: bool


@dataclass(frozen=True)
class ConsultantFacts:
    """The consultant's screen. `verdicts`, `coming` and `closing` are empty until the wall is known to be elsewhere,
    and so are the sentences on what parents will not be asked about their `children`; `closed` says that there are
    answers to closing questions."""

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
    agreeing: Agreeing | None = None
    reserve: tuple[tuple[str, str], ...] = ()
    country_reasons: tuple[str, ...] = ()
    reserve_wanted: bool = False
    told: bool = True
    sensitive: bool = False
    children: tuple[str, ...] = ()
    closing: tuple[tuple[str, str], ...] = ()
    closed: bool = False
