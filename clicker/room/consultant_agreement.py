"""An agreement in the consultant's hands: proposals to type, take away and tick."""

from __future__ import annotations

from collections.abc import Iterable

from clicker.lesson import MOST_PROPOSALS, Phase, Step, StepKind
from clicker.lesson.agreement import CHOSEN_PHASES, proposals
from clicker.room.agreement import Support, by_support, likely
from clicker.room.screens import Agreeing, ProposalFacts, ToChoose
from clicker.room.snapshot import Snapshot
from clicker.words import agreement as words

_EDITING = (Phase.READY, Phase.CLOSED)
_CHOOSING = (Phase.CLOSED, Phase.CHOSEN, Phase.JOINED)


def agreeing(snapshot: Snapshot, step: Step | None, now: Phase, lang: str) -> Agreeing | None:
    """What the page offers at an agree step; None at every other."""
    if step is None or step.kind is not StepKind.AGREE:
        return None
    run, found = snapshot.run, snapshot.agreement
    held, ticked = proposals(run, step), likely(run, step, found)
    rows = tuple(
        ToChoose(
            number,
            held.text(number),
            number in ticked,
            _standing(found.support.get(number), number in found.voted, lang) if now in _CHOOSING else "",
        )
        for number in by_support(run, step, found)
    )
    return Agreeing(
        proposals=rows,
        choosing=now in _CHOOSING,
        editing=now in _EDITING,
        room=MOST_PROPOSALS - len(held.listed),
        rule=words.ticked_rule(step.products, lang) if now is Phase.CLOSED else "",
        printable=now in CHOSEN_PHASES,
    )


def _standing(support: Support | None, voted: bool, lang: str) -> str:
    if support is None:
        return words.not_counted(voted, lang)
    return words.counts_text(support.agree, support.can_live_with, support.disagree, lang)


def proposal_lines(shown: Iterable[ProposalFacts], lang: str) -> tuple[str, ...]:
    """What the wall shows of them, a line each."""
    return tuple(
        one.text if one.counts is None else f"{one.text} ({words.counts_text(*one.counts, lang)})" for one in shown
    )
