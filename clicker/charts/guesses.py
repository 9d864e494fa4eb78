"""The main reveal: the guesses as bars, and above them, row by row, the mean guess, the own group and the country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from clicker.charts import axis, marks
from clicker.charts.rows import COUNTRY, GUESS, OWN

# Units below the plot's upper edge, and what each figure from outside takes above the bars.
GUESS_ROW, OWN_ROW, BRACKET, COUNTRY_ROW, BARS = 2.6, 7.4, 10.0, 13.7, 17.0
ROW = 5.3
# Few guesses make low bars: one alone is no tower.
LOWEST_TOP = 3


def spec(top: int, step: int, title: str, description: str, beside: Sequence[str] = ()) -> dict[str, Any]:
    """See `clicker.charts.histogram`."""
    axis.checked(top, step)
    references = [(role, COUNTRY_ROW + place * ROW) for place, role in enumerate((COUNTRY, *beside))]
    above = (GUESS, OWN)
    layers = [
        marks.tint(OWN, top, step, BRACKET, axis.OWN_TINT),
        *(marks.tint(role, top, step, row - 1.8, axis.COUNTRY_TINT) for role, row in references),
        _bars(top, step, title, BARS + len(beside) * ROW),
        *marks.bracket(OWN, top, step, BRACKET, axis.OWN),
        marks.line(OWN, top, step, OWN_ROW - 1.8, axis.OWN, None),
        marks.line(GUESS, top, step, GUESS_ROW - 1.8, axis.GUESS_TEXT, marks.DOTTED),
        *(marks.line(role, top, step, row - 1.8, axis.INK, marks.DASHES[role]) for role, row in references),
        *(
            edge
            for role, row in references
            for edge in marks.edges(role, top, step, row - 1.8, axis.INK, marks.DASHES[role])
        ),
        *(
            part
            for place, (role, row) in reversed(list(enumerate(references)))
            for part in marks.label(role, top, step, row, axis.INK, (*above, *(one for one, _ in references[:place])))
        ),
        *marks.label(OWN, top, step, OWN_ROW, axis.OWN, (GUESS,)),
        *marks.label(GUESS, top, step, GUESS_ROW, axis.GUESS_TEXT),
    ]
    return axis.finish(layers, description)


def _bars(top: int, step: int, title: str, start: float) -> alt.Chart:
    """One bar per number; the height's scale knows nothing but the guesses."""
    height = alt.Scale(
        domain=alt.DomainUnionWith(unionWith=[0, LOWEST_TOP]),
        range=[alt.ExprRef("height"), axis.units(start)],
        nice=False,
        zero=True,
    )
    edges = {"left": f"datum.x - {0.44 * step}", "right": f"datum.x + {0.44 * step}"}
    bars = (
        alt.Chart(alt.NamedData("guesses"))
        .transform_calculate(**edges)
        .mark_bar(
            color=axis.GUESS_FILL,
            stroke=axis.GUESS_LINE,
            strokeWidth=axis.units(0.25),
            # A number nobody guessed keeps its row, so that the scale has something to measure.
            opacity=alt.ExprRef("datum.n > 0 ? 1 : 0"),
            cornerRadiusTopLeft=axis.units(0.3),
            cornerRadiusTopRight=axis.units(0.3),
        )
    )
    x = alt.X("left:Q", scale=axis.x_scale(top, step), axis=axis.x_axis(top, step, title))
    return axis.inside(
        "guesses_bars",
        bars.encode(x=x, x2=alt.X2("right:Q"), y=alt.Y("n:Q", scale=height, axis=None), y2=marks.FOOT),
    )
