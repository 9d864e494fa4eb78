"""The simple mode: our guess, our answer and the country as three bars on one axis, each under its label.

A figure that stands beside the country's is a bar more; where no country is told, its bar is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from clicker.charts import axis, marks
from clicker.charts.rows import COUNTRY, GUESS, OWN, REFERENCES

# Units below the upper edge of a bar's part of the plot, beside its start, and above the part's lower edge.
LABEL_ROW, INDENT, BAR_TOP, GROUND = 2.7, 1, 5.2, 1.5
OUTLINE, NOTHING = 0.5, 0.95
# Which part of the plot, out of how many.
Place = tuple[int, int]
# Of each bar: the text's colour, the outline and its dash, the certain part and the possible part.
LOOKS: dict[str, tuple[str, str, marks.Dash | None, str, str]] = {
    GUESS: (axis.GUESS_TEXT, axis.GUESS_LINE, marks.DOTTED, axis.GUESS_FILL, axis.PAPER),
    OWN: (axis.OWN, axis.OWN, None, axis.OWN, axis.OWN_TINT),
    **{role: (axis.INK, axis.INK, marks.DASHES[role], axis.COUNTRY_TINT, axis.PAPER) for role in REFERENCES},
}


def spec(
    top: int, step: int, title: str, description: str, roles: Sequence[str] = (GUESS, OWN, COUNTRY)
) -> dict[str, Any]:
    """See `clicker.charts.bars`."""
    axis.checked(top, step)
    layers = [_axis(top, step, title, roles[0])]
    for place, role in enumerate(roles):
        layers += _bar(role, (place, len(roles)), top, step)
    return axis.finish(layers, description)


def _axis(top: int, step: int, title: str, first: str) -> alt.Chart:
    """The axis, and the line that all bars start from."""
    x = alt.X("zero:Q", scale=axis.x_scale(top, step), axis=axis.x_axis(top, step, title))
    start = _row(first).mark_rule(color=axis.INK, strokeWidth=axis.units(0.22))
    return axis.inside("start", start.encode(x=x, y={"value": 0}, y2=marks.FOOT))


def _bar(role: str, place: Place, top: int, step: int) -> list[alt.Chart]:
    """One bar: what is certain, what is possible, the outline around both, and the label above."""
    text, outline, dash, certain, possible = LOOKS[role]
    row, rows = _row(role), {"y": _at(place, BAR_TOP), "y2": _at((place[0] + 1, place[1]), -GROUND)}
    style: dict[str, Any] = {"stroke": outline, "strokeWidth": axis.units(OUTLINE)}
    if dash:
        style["strokeDash"] = marks.dashed(dash)
    scale = axis.x_scale(top, step)
    parts = [
        ("certain", row.transform_filter("datum.low > 0").mark_rect(color=certain), "zero", "low"),
        ("possible", row.transform_filter(marks.RANGE).mark_rect(color=possible), "low", "high"),
        ("outline", row.transform_filter("datum.high > 0").mark_rect(fill="transparent", **style), "zero", "high"),
    ]
    drawn = [
        axis.inside(f"{role}_{name}", part.encode(x=alt.X(f"{start}:Q", scale=scale), x2=alt.X2(f"{end}:Q"), **rows))
        for name, part, start, end in parts
    ]
    return [*drawn, _nothing(role, place, top, step), _label(role, place, top, step, text)]


def _nothing(role: str, place: Place, top: int, step: int) -> alt.Chart:
    """A bar of nobody is a stroke where it would start."""
    mark = (
        _row(role)
        .transform_filter("datum.high <= 0")
        .mark_rule(color=LOOKS[role][1], strokeWidth=axis.units(NOTHING), xOffset=axis.units(NOTHING / 2))
    )
    x = alt.X("zero:Q", scale=axis.x_scale(top, step))
    return axis.inside(
        f"{role}_nobody", mark.encode(x=x, y=_at(place, BAR_TOP), y2=_at((place[0] + 1, place[1]), -GROUND))
    )


def _label(role: str, place: Place, top: int, step: int, color: str) -> alt.Chart:
    mark = _row(role).mark_text(
        baseline="middle",
        align="left",
        dx=axis.units(INDENT),
        fontSize=axis.units(axis.LABEL),
        fontWeight=600,
        color=color,
    )
    x = alt.X("zero:Q", scale=axis.x_scale(top, step))
    return axis.inside(f"{role}_label", mark.encode(x=x, y=_at(place, LABEL_ROW), text=alt.Text("label:N")))


def _row(role: str) -> alt.Chart:
    """The mark of one role, with the place that its bar starts from."""
    row: alt.Chart = alt.Chart(alt.NamedData("marks")).transform_filter(f"datum.role === '{role}'")
    with_start: alt.Chart = row.transform_calculate(zero="0")
    return with_start


def _at(place: Place, length: float) -> axis.Place:
    """So many units below the upper edge of that part of the plot."""
    part, parts = place
    return {"value": alt.ExprRef(f"{part} * height / {parts} + {length:g} * unit")}
