"""What a group agreed on, from results alone: for the report, its table, and the A4 sheet that is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from clicker import words
from clicker.report.line import Line
from clicker.safety import Banded
from clicker.store import Transaction
from clicker.words.agreement import chosen_title, counts_text, joined_sentence, point_without_vote, without_vote

Kept = Mapping[tuple[str, int], Mapping[str, Any]]

# Lines for signatures, in three columns, so that points and lines fill one A4 together.
_LINES = ((4, 36), (7, 27), (10, 18))


@dataclass(frozen=True)
class Agreement:
    """What was chosen, how each chosen point stood where that was counted, and how many are with it.

    `voted` says of each point whether anybody voted on it; None for one kept before votes were about each proposal.
    """

    title: str
    chosen: tuple[str, ...]
    stands: tuple[Line | None, ...] = ()
    voted: tuple[bool, ...] | None = None
    joined: Line | None = None
    products: bool = False
    day: date | None = None


@dataclass(frozen=True)
class Points:
    """One agreement as its sheet prints it: each point with what is said beside it, and how many lines to sign on."""

    heading: str
    question: str
    day: str
    points: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    lines: int


@dataclass(frozen=True)
class AgreementSheet:
    """A page for each agreement of a run; none where nothing was chosen yet."""

    run_id: str
    lang: str
    school: str
    group: str
    pages: tuple[Points, ...]


def agreements(kept: Kept, lang: str) -> tuple[Agreement, ...]:
    """Those of a run in their order; of a proposal that was not chosen nothing is said."""
    votes = [data for _, data in sorted(kept.items(), key=_number) if "proposals" in data]
    return tuple(_agreement(data, lang) for data in votes if data["chosen"])


def _number(item: tuple[tuple[str, int], Mapping[str, Any]]) -> tuple[int, str]:
    """agree2 before agree10."""
    name = item[0][0]
    return len(name), name


def _agreement(data: Mapping[str, Any], lang: str) -> Agreement:
    places = data["chosen"]
    voted = data.get("voted")
    return Agreement(
        title=data["title"],
        chosen=tuple(data["proposals"][place] for place in places),
        stands=tuple(_stands((data["counts"] or {})[place], lang) if data["counts"] else None for place in places),
        voted=None if voted is None else tuple(voted[place] for place in places),
        joined=_joined(data.get("joined"), lang),
        products=data.get("products", False),
        day=date.fromisoformat(data["day"]) if "day" in data else None,
    )


def _stands(counts: Any, lang: str) -> Line | None:
    if not isinstance(counts, list):
        return None
    agree, can_live_with, disagree = counts
    support = Fraction(agree + can_live_with)
    return Line(counts_text(agree, can_live_with, disagree, lang), support, support, sum(counts))


def _joined(kept: Any, lang: str) -> Line | None:
    if kept is None:
        return None
    low, high, n = kept
    return Line(joined_sentence(Banded(low, high, n), lang), Fraction(low), Fraction(high), n)


def agreement_sheet(tx: Transaction, run_id: str, lang: str) -> AgreementSheet | None:
    """The sheet of a run that is held or finished; None where there is no such run or it was thrown away.

    Where the group was not told before the first answer that numbers leave the room, the sheet has none (P11).
    """
    record = tx.run(run_id)
    if record is None or record.status == "discarded":
        return None
    found = agreements(tx.results(run_id), lang)
    told = record.run.lesson.told
    return AgreementSheet(run_id, lang, record.school, record.group, tuple(_points(one, told, lang) for one in found))


def _points(one: Agreement, told: bool, lang: str) -> Points:
    voted = one.voted or (True,) * len(one.chosen)
    beside = point_without_vote(lang) if any(voted) else ""
    said = [] if any(voted) else [without_vote(lang)]
    if told and one.joined is not None:
        said.append(one.joined.text)
    lines = next(lines for most, lines in _LINES if len(one.chosen) <= most)
    return Points(
        heading=chosen_title(one.products, lang),
        question=one.title,
        day="" if one.day is None else words.day(one.day, lang),
        points=tuple((text, "" if was else beside) for text, was in zip(one.chosen, voted, strict=True)),
        said=tuple(said),
        lines=0 if one.products else lines,
    )
