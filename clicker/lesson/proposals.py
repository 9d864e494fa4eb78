"""What a group votes on in an agreement: the lesson's proposals and those that the consultant types beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

MOST_PROPOSALS = 10
LONGEST_PROPOSAL = 90
# A wall holds this many lines of proposals with their numbers; more are shown in two pages.
_LINE = 45
_LINES_PER_WALL = 10
_MOST_PER_WALL = 7


class BadProposal(Exception):
    """A text that is no new proposal: `why` is empty, long, twice or many."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Proposal:
    """`number` names it in votes for as long as the run lives; `typed` by the consultant, else from the lesson."""

    number: int
    text: str
    typed: bool = False


@dataclass(frozen=True)
class Proposals:
    """The proposals of one agreement as they stand.

    `following` is the next one's number, so that none is given twice; `sets` counts how often another set of them
    was chosen, so that whoever is with one set is not counted as being with the next.
    """

    listed: tuple[Proposal, ...] = ()
    following: int = 0
    sets: int = 0

    def text(self, number: int) -> str:
        """The words of the proposal with that number; KeyError where it is not there."""
        return {one.number: one.text for one in self.listed}[number]


def declared(texts: Iterable[str]) -> Proposals:
    """As the lesson declares them."""
    listed = tuple(Proposal(number, text) for number, text in enumerate(texts))
    return Proposals(listed, len(listed))


def with_typed(proposals: Proposals, text: object) -> Proposals:
    """One more, of plain text; BadProposal where it is none, too long, there already, or one too many."""
    written = cleaned(text if isinstance(text, str) else "")
    if not any(letter.isalnum() for letter in written):
        raise BadProposal("empty")
    if len(written) > LONGEST_PROPOSAL:
        raise BadProposal("long")
    if _likeness(written) in {_likeness(one.text) for one in proposals.listed}:
        raise BadProposal("twice")
    if len(proposals.listed) >= MOST_PROPOSALS:
        raise BadProposal("many")
    added = Proposal(proposals.following, written, typed=True)
    return replace(proposals, listed=(*proposals.listed, added), following=proposals.following + 1)


def without(proposals: Proposals, number: object) -> Proposals:
    """Without that one; BadProposal("gone") where it is not there."""
    left = tuple(one for one in proposals.listed if one.number != number)
    if len(left) == len(proposals.listed):
        raise BadProposal("gone")
    return replace(proposals, listed=left)


def cleaned(text: str) -> str:
    """One line of composed letters, without what cannot be seen."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in composed).split())


def _likeness(text: str) -> str:
    """What two wordings of the same proposal share."""
    return cleaned(text).casefold().rstrip(".!? ")


def wall_pages(texts: Iterable[str]) -> int:
    """How many pages a wall needs to show them large enough: one, or two."""
    lines = [-(-len(text) // _LINE) for text in texts]
    return 1 if sum(lines) <= _LINES_PER_WALL and len(lines) <= _MOST_PER_WALL else 2


def proposals_to_data(held: Proposals) -> dict[str, Any]:
    """JSON-able, as a run keeps them."""
    listed = [[one.number, one.text, one.typed] for one in held.listed]
    return {"listed": listed, "following": held.following, "sets": held.sets}


def proposals_from_data(data: Mapping[str, Any]) -> Proposals:
    """What `proposals_to_data` wrote."""
    listed = tuple(Proposal(number, text, typed) for number, text, typed in data["listed"])
    return Proposals(listed, data["following"], data["sets"])
