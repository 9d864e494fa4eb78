"""The guesses asked again: first and second mean guess, and the own group's answer, on one axis."""

from __future__ import annotations

from typing import Any

import altair as alt

from clicker.charts import axis, marks
from clicker.charts.rows import AFTER, BEFORE, OWN

# Units below the plot's upper edge.
BEFORE_ROW, AFTER_ROW, OWN_ROW, BRACKET = 2.6, 7.8, 13.0, 15.6
# Units above the axis.
ARROW = 6


def spec(top: int, step: int, title: str, description: str) -> dict[str, Any]:
    """See `clicker.charts.before_after`."""
    axis.checked(top, step)
    layers = [
        _axis(top, step, title),
        marks.tint(OWN, top, step, BRACKET, axis.OWN_TINT),
        *marks.bracket(OWN, top, step, BRACKET, axis.OWN),
        marks.line(OWN, top, step, OWN_ROW - 1.8, axis.OWN, None),
        marks.line(BEFORE, top, step, BEFORE_ROW - 1.8, axis.GUESS_TEXT, marks.DOTTED),
        marks.line(AFTER, top, step, AFTER_ROW - 1.8, axis.GUESS_TEXT, marks.DOTTED),
        _arrow(top, step),
        _point(BEFORE, top, step, axis.PAPER),
        _point(AFTER, top, step, axis.GUESS_TEXT),
        *marks.label(OWN, top, step, OWN_ROW, axis.OWN, (BEFORE, AFTER)),
        *marks.label(AFTER, top, step, AFTER_ROW, axis.GUESS_TEXT, (BEFORE,)),
        *marks.label(BEFORE, top, step, BEFORE_ROW, axis.GUESS_TEXT),
    ]
    return axis.finish(layers, description)


def _axis(top: int, step: int, title: str) -> alt.Chart:
    """The axis, carried by a mark that is never drawn."""
    x = alt.X("low:Q", scale=axis.x_scale(top, step), axis=axis.x_axis(top, step, title))
    return axis.inside("axis", alt.Chart(alt.NamedData("marks")).mark_rule(opacity=0).encode(x=x))


def _arrow(top: int, step: int) -> alt.Chart:
    """From the first mean to the second."""
    mark = (
        marks.marks_of(AFTER, top, step, (BEFORE,))
        .transform_filter(f"isValid(datum.line_{BEFORE})")
        .mark_rule(color=axis.GUESS_TEXT, strokeWidth=axis.units(0.5))
    )
    x = alt.X(f"line_{BEFORE}:Q", scale=axis.x_scale(top, step))
    return axis.inside("change_line", mark.encode(x=x, x2=alt.X2("low:Q"), y=axis.from_axis(ARROW)))


def _point(role: str, top: int, step: int, fill: str) -> alt.Chart:
    """An open circle where we were, a filled one where we are."""
    mark = marks.marks_of(role, top, step).mark_point(
        shape="circle",
        filled=True,
        fill=fill,
        stroke=axis.GUESS_TEXT,
        strokeWidth=axis.units(0.5),
        opacity=1,
        size=alt.ExprRef("5 * unit * unit"),
    )
    x = alt.X("low:Q", scale=axis.x_scale(top, step))
    return axis.inside(f"{role}_point", mark.encode(x=x, y=axis.from_axis(ARROW)))
