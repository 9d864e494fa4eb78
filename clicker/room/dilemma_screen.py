"""A dilemma on the wall: the story, how far the group is, what to talk about, and last of all both votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clicker.charts import rounds_rows as picture_rows
from clicker.lesson import ANSWERING, SHUT, Phase, Step
from clicker.room.progress import count_facts
from clicker.room.screens import Picture, ProposalFacts, WallFacts
from clicker.room.snapshot import Snapshot
from clicker.safety.votes import Rounds
from clicker.words.votes import (
    round_heads,
    rounds_description,
    rounds_line,
    rounds_rows,
    rounds_title,
    talk_line,
    too_few_voted,
    vote_again,
)


def wall_dilemma(snapshot: Snapshot, step: Step, now: Phase, lang: str, common: Mapping[str, Any]) -> WallFacts:
    """No vote is read before the second is closed and both are shown: nobody follows the others."""
    count = count_facts(snapshot.run, snapshot.counts, "wall", lang)
    if now is Phase.BOTH:
        return _both(step, snapshot.dilemma, lang, common)
    if now is Phase.TALK:
        return WallFacts(
            "dilemma_talk",
            title=step.question,
            topic=step.title,
            lines=step.discuss,
            line=talk_line(step.talk_minutes, lang),
            proposals=_choices(step),
            **common,
        )
    if now in SHUT:
        return WallFacts("dilemma_closed", title=step.title, topic=step.title, count=count, **common)
    again = now is Phase.OPEN_AGAIN
    return WallFacts(
        "dilemma_open" if now in ANSWERING else "dilemma_ready",
        title=step.question,
        topic=step.title,
        lines=step.text,
        line=vote_again(lang) if again else "",
        proposals=_choices(step),
        count=count if now in ANSWERING else None,
        **common,
    )


def _choices(step: Step) -> tuple[ProposalFacts, ...]:
    return tuple(ProposalFacts(choice) for choice in step.choices)


def _both(step: Step, rounds: Rounds | None, lang: str, common: Mapping[str, Any]) -> WallFacts:
    if rounds is None:
        return WallFacts("say", title=step.question, topic=step.title, lines=(too_few_voted(lang),), **common)
    rows = picture_rows(step.choices, rounds.first, rounds.second, round_heads(rounds, lang))
    return WallFacts(
        "dilemma_both",
        title=rounds_title(lang),
        line=rounds_line(rounds, lang),
        topic=step.title,
        rows=rounds_rows(step.choices, rounds, lang),
        description=rounds_description(step.choices, rounds, lang),
        picture=Picture("rounds", len(step.choices), 1, rows),
        **common,
    )
