"""An agreement on the wall: the proposals, how each stands once the vote is closed, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clicker.lesson import Phase, Step
from clicker.lesson.agreement import chosen, is_chosen, pages, proposals
from clicker.room.agreement import by_support
from clicker.room.progress import count_facts
from clicker.room.screens import ProposalFacts, WallFacts
from clicker.room.snapshot import Snapshot
from clicker.words import agreement as words


def wall_agree(snapshot: Snapshot, step: Step, now: Phase, lang: str, common: Mapping[str, Any]) -> WallFacts:
    """The views agree_ready, agree_open, agree_closed, agree_chosen, agree_joining and agree_joined."""
    shown, page = _page(snapshot, step, lang)
    facts: dict[str, Any] = {"proposals": shown, "page": page, **common}
    if is_chosen(snapshot.run, step):
        return _wall_chosen(snapshot, step, now, lang, facts)
    if now is Phase.OPEN:
        facts["count"] = count_facts(snapshot.run, snapshot.counts, "wall", lang)
    few = now is Phase.CLOSED and snapshot.agreement.voted and not snapshot.agreement.support
    line = words.too_few_voted(lang) if few else ""
    # How to answer is said until it is done.
    lines = () if now is Phase.CLOSED else step.text
    return WallFacts(f"agree_{now}", title=step.title, line=line, lines=lines, **facts)


def _wall_chosen(snapshot: Snapshot, step: Step, now: Phase, lang: str, facts: dict[str, Any]) -> WallFacts:
    title = words.chosen_title(step.products, lang)
    if now is Phase.JOINING:
        facts["count"] = count_facts(snapshot.run, snapshot.counts, "wall", lang)
        title = words.who_joins_title(lang)
    if now is not Phase.JOINED:
        return WallFacts(f"agree_{now}", title=title, **facts)
    joined = snapshot.agreement.joined
    if joined is None:
        return WallFacts(f"agree_{now}", title=title, line=words.joined_sentence(joined, lang), **facts)
    said = words.joined_sentence(joined, lang)
    heading = words.joined_heading(joined, lang)
    return WallFacts(f"agree_{now}", title=said, heading=heading, line=title, **facts)


def _page(snapshot: Snapshot, step: Step, lang: str) -> tuple[tuple[ProposalFacts, ...], str]:
    """What the wall's page holds, and which of them they are where there is more than one page."""
    run = snapshot.run
    numbers = _in_order(snapshot, step)
    of = pages(run, step)
    size = -(-len(numbers) // of)
    first = size * min(run.prompt, of - 1)
    here = numbers[first : first + size]
    held, support = proposals(run, step), snapshot.agreement.support
    counted = not is_chosen(run, step)
    rows = tuple(
        ProposalFacts(
            held.text(number),
            (one.agree, one.can_live_with, one.disagree) if counted and (one := support.get(number)) else None,
        )
        for number in here
    )
    if of == 1:
        return rows, ""
    return rows, words.page_line(first + 1, first + len(here), len(numbers), lang)


def _in_order(snapshot: Snapshot, step: Step) -> Sequence[int]:
    run = snapshot.run
    if is_chosen(run, step):
        return chosen(run, step)
    return by_support(run, step, snapshot.agreement)
