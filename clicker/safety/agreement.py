"""What may be said of the votes of an agreement. Proposals are S0; who is with what was chosen is treated as S1."""

from __future__ import annotations

from clicker.lesson import LONGEST_PROPOSAL, MOST_PROPOSALS, Lesson, Sensitivity, StepKind
from clicker.safety.disclosure import Banded, band, n_min
from clicker.safety.marked import N_, Broken, Rule


def support_shown(n: int) -> bool:
    """P1: whether the votes of n people on a proposal may be counted out loud."""
    return n >= n_min(Sensitivity.S0)


def joined_shown(with_it: int, n: int) -> Banded | None:
    """P1 and P2: how many of the n who answered are with it. In a room one can see who hesitates, so that up to three
    at either edge are one and the same, and of fewer than eight nothing is said."""
    return band(with_it, n, Sensitivity.S1) if n >= n_min(Sensitivity.S1) else None


def no_proposals(lesson: Lesson) -> Broken:
    """The agree steps with nothing to choose between; what groups make is typed when they have made it."""
    for number, step in enumerate(lesson.steps, 1):
        if step.kind is StepKind.AGREE and len(step.proposals) < 2 and not step.products:
            yield f"steps.{number}", {}


def crowded(lesson: Lesson) -> Broken:
    """The steps with more or longer proposals than wall and sheet have room for."""
    for number, step in enumerate(lesson.steps, 1):
        if len(step.proposals) > MOST_PROPOSALS or any(len(text) > LONGEST_PROPOSAL for text in step.proposals):
            yield f"steps.{number}", {"most": MOST_PROPOSALS, "longest": LONGEST_PROPOSAL}


AGREEMENT_RULES: tuple[Rule, ...] = (
    ("proposals", no_proposals, N_("there is nothing to choose between"), N_("add two or more proposals")),
    (
        "proposals",
        crowded,
        N_("more than {most} proposals, or more than {longest} letters"),
        N_("write fewer and shorter"),
    ),
)
