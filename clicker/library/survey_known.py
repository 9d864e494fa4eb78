"""What the program knows of indicators, as far as an own survey can be about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from clicker.library.tables import Tables
from clicker.safety.declared import NEVER_LIVE

# What an own survey can be about, best first: what pupils do, find all right, think.
_MEASURES = ("prevalence", "own_approval", "own_opinion")
_SUGGESTIONS = 3
_ALIKE = 0.5


@dataclass(frozen=True)
class Known:
    """What the program knows of indicators: id to Danish label, the fast ones, how each is measured, and those that no
    lesson ever asks about (P17)."""

    labels: Mapping[str, str]
    fast: frozenset[str]
    measures: Mapping[str, str]
    never: frozenset[str] = frozenset()

    def indicator(self, text: str) -> str | None:
        """The id that a text names by itself or by the label, word for word."""
        if text in self.labels:
            return text
        return next((name for name, label in self.labels.items() if label.casefold() == text.casefold()), None)

    def nearest(self, text: str) -> list[str]:
        """The ids that look most like it, by id or label; none where nothing does."""
        names = {**{label.casefold(): name for name, label in self.labels.items()}, **{n: n for n in self.labels}}
        found = get_close_matches(text.casefold(), list(names), 2 * _SUGGESTIONS, _ALIKE)
        return list(dict.fromkeys(names[one] for one in found))[:_SUGGESTIONS]


def known_from(tables: Tables) -> Known:
    """The indicators of the readable tables; those measured only in a way that no own survey can be are left out."""
    measured: dict[str, set[str]] = {}
    for row in tables.rows.get("figures", ()):
        measured.setdefault(row["indicator"], set()).add(row["measure"])
    listed = {row["id"]: row for row in tables.rows.get("indicators", ())}
    never = frozenset(name for name, row in listed.items() if row["group"] in NEVER_LIVE)
    rows = {name: row for name, row in listed.items() if name not in never}
    measures = {
        name: found
        for name in rows
        if (found := next((one for one in _MEASURES if one in measured.get(name, {_MEASURES[0]})), ""))
    }
    fast = frozenset(name for name, row in rows.items() if row["fast"])
    return Known({name: str(rows[name]["label_da"]) for name in measures}, fast, measures, never)
