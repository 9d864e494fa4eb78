"""How far the group is, as each screen may know it (P6)."""

from __future__ import annotations

from clicker import words
from clicker.lesson import Kind, Run, Sensitivity, counted_now
from clicker.room.errors import UnknownCode
from clicker.room.screens import CountFacts
from clicker.safety import many
from clicker.store import Counts, RunBrief, Transaction


def how_far(tx: Transaction, run_id: str) -> tuple[RunBrief, Counts]:
    """The run and its numbers, and nothing else of it: this is read while votes come in. Raises UnknownCode."""
    brief = tx.brief(run_id)
    if brief is None:
        raise UnknownCode
    return brief, tx.counts(run_id, [asked.address for asked in counted_now(brief.run)])


def count_facts(run: Run, counts: Counts, screen: str, lang: str) -> CountFacts:
    """How far the group is, for `wall`, `consultant` (perhaps mirrored on the wall) or `consultant_private`.

    While anything S1 or S2 is being answered, a screen that the class may see gets words instead of numbers (P6). How
    many answered the closing questions is nothing for the wall.
    """
    asked = counted_now(run)
    waiting = 0 if screen == "wall" else counts.seats - counts.admitted
    closes = any(item.address.kind is Kind.CLOSING for item in asked)
    if not asked or (closes and screen == "wall"):
        return CountFacts(counts.seats, waiting=waiting)
    sensitive = any(item.sensitivity is not Sensitivity.S0 for item in asked)
    if sensitive and screen != "consultant_private":
        far = many(counts.answered, counts.expected)
        return CountFacts(counts.admitted, many=words.many_text(far, lang), share=_SHARES[far], waiting=waiting)
    share = 100 * counts.answered // max(1, counts.expected)
    several = len(asked) > 1
    return CountFacts(counts.admitted, counts.done, counts.admitted, share=share, waiting=waiting, several=several)


_SHARES = {"few": 15, "half": 50, "most": 85, "all": 100}
