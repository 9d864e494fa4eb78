"""The summary's signs: a circle for a guess, a square or a range for an answer, a stroke for the country; legend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt

from clicker.charts import axis, marks
from clicker.charts.rows import COUNTRY, GUESS, OWN, RANGE

# The square is small enough to be seen inside the circle of an equal guess.
LOOKS: dict[str, dict[str, Any]] = {
    GUESS: {"shape": "circle", "fill": axis.PAPER, "stroke": axis.GUESS_LINE, "strokeWidth": axis.units(0.55)},
    OWN: {"shape": "square", "fill": axis.OWN, "stroke": axis.OWN, "strokeWidth": 0},
}
SIZES = {GUESS: 6.2, OWN: 3.2}
BAND: dict[str, Any] = {"fill": axis.OWN_TINT, "stroke": axis.OWN, "strokeWidth": axis.units(0.35)}
# Half the height of a range and of the country's stroke, in units.
HALF, TICK = 1.1, 1.9
# Units: a sign's middle and its text from the start of an entry, half a range, and what an entry needs beside its text.
SIGN, TEXT, ASIDE, ENTRY = 1.6, 4.0, 1.4, 6.4
# How much a letter takes of the width.
ACROSS = f"{axis.SMALL} * unit * {marks.LETTER}"
COLORS = {GUESS: axis.GUESS_TEXT, OWN: axis.OWN, RANGE: axis.OWN, COUNTRY: axis.INK}


def sign(chart: alt.Chart, role: str, **more: Any) -> alt.Chart:
    """The sign of a guess or of an exact answer."""
    size = alt.ExprRef(f"{SIZES[role]} * unit * unit")
    drawn: alt.Chart = chart.mark_point(filled=True, opacity=1, size=size, **LOOKS[role], **more)
    return drawn


def dash() -> alt.ExprRef:
    """The country's pattern, three strokes in the height of its sign."""
    return marks.dashed((0.95, 0.48))


def legend(below: Callable[[float], axis.Place]) -> list[alt.Chart]:
    """What each sign means, side by side; `below` is a place so many units below the row's middle."""
    country = _entry(COUNTRY).mark_rule(color=axis.INK, strokeWidth=axis.units(0.5), strokeDash=dash())
    drawn = [
        *(
            axis.layer(f"legend_{role}", sign(_entry(role), role).encode(x=_x("at"), y=below(0)))
            for role in (GUESS, OWN)
        ),
        axis.layer(
            f"legend_{RANGE}",
            _entry(RANGE)
            .mark_rect(**BAND)
            .encode(x=_x("from_at"), x2=alt.X2("to_at:Q"), y=below(-HALF), y2=below(HALF)),
        ),
        axis.layer(f"legend_{COUNTRY}", country.encode(x=_x("at"), y=below(-TICK), y2=below(TICK))),
    ]
    return [*drawn, *(_text(role, below) for role in COLORS)]


def _text(role: str, below: Callable[[float], axis.Place]) -> alt.Chart:
    mark = _entry(role).mark_text(baseline="middle", align="left", fontSize=axis.units(axis.SMALL), color=COLORS[role])
    return axis.layer(f"legend_{role}_label", mark.encode(x=_x("text_at"), y=below(0), text=alt.Text("label:N")))


def _entry(role: str) -> alt.Chart:
    """One entry with where its sign and its text stand."""
    rows = alt.Chart(alt.NamedData("legend")).transform_filter(f"datum.role === '{role}'")
    start = f"datum.before * {ACROSS} + datum.place * {ENTRY} * unit"
    at = f"{start} + {SIGN} * unit"
    placed: alt.Chart = rows.transform_calculate(
        at=at, text_at=f"{start} + {TEXT} * unit", from_at=f"{at} - {ASIDE} * unit", to_at=f"{at} + {ASIDE} * unit"
    )
    return placed


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=None, axis=None)
