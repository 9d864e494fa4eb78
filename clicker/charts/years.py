"""Published numbers over the years: a line or a point for each survey and sex, with every value printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from clicker.charts import axis
from clicker.charts.rows import LOOKS, SEXES

# This picture stands on a page, not on the wall: its unit is a hundredth of the figure's own height.
TEXT = 4.9
GUIDE = "#d9dce0"
GOOD = "#00684f"
# Each survey has its own: stroke, fill and dash.
STROKES = (axis.OWN, axis.GUESS_TEXT, GOOD, axis.INK)
FILLS = (axis.OWN, axis.PAPER, GOOD, axis.PAPER)
DASHES = ([1, 0], [6, 4], [2, 3], [10, 4])
SHAPES = ("diamond", "square", "circle")
# Room below 0 and above the top, so that a number at an end stays inside; beside the first and the last year.
BELOW, ABOVE, BESIDE, LEAST_BESIDE, MOST_BESIDE = 0.12, 0.14, 0.15, 0.8, 2
# The numbers written beside the axis, by its top.
TICKS = {10: [0, 5, 10], 20: [0, 10, 20], 30: [0, 10, 20, 30], 50: [0, 25, 50], 100: [0, 50, 100]}
PLACES: dict[str, dict[str, Any]] = {
    "above": {"align": "center", "baseline": "bottom", "yOffset": -2.6},
    "below": {"align": "center", "baseline": "top", "yOffset": 2.8},
    "right": {"align": "left", "baseline": "middle", "xOffset": 2.8},
}
Role = Literal["stroke", "fill"]


def spec(years: Sequence[int], top: int, description: str) -> dict[str, Any]:
    """See `clicker.charts.over_years`."""
    if not years or list(years) != sorted(set(years)):
        raise ValueError("the years go from the first to the last, each once")
    if top not in TICKS:
        raise ValueError(f"the top is one of {tuple(TICKS)}")
    layers = [
        _lines(years, top),
        _points(years, top),
        *(_text(place, years, top, halo=True) for place in PLACES),
        *(_text(place, years, top, halo=False) for place in PLACES),
    ]
    return axis.finish(layers, description)


def _base(years: Sequence[int], top: int) -> alt.Chart:
    aside = max(LEAST_BESIDE, min(MOST_BESIDE, BESIDE * (years[-1] - years[0])))
    chart: alt.Chart = alt.Chart(alt.NamedData("points")).encode(
        x=alt.X(
            "year:Q",
            scale=alt.Scale(domain=[years[0] - aside, years[-1] + aside], nice=False, zero=False),
            axis=alt.Axis(
                values=list(years), format="d", aria=False, title=None, grid=False, ticks=True, tickColor=GUIDE,
                labelOverlap="greedy", labelSeparation=6, labelFontSize=axis.units(TEXT), labelColor=axis.INK,
                domain=False, labelPadding=axis.units(1),
            ),
        ),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(domain=[-BELOW * top, (1 + ABOVE) * top], nice=False, zero=False),
            axis=alt.Axis(
                values=TICKS[top], aria=False, title=None, grid=True, gridColor=GUIDE, ticks=False, domain=False,
                labelExpr="datum.label + ' %'", labelFontSize=axis.units(TEXT),
                labelColor=axis.MUTED, labelPadding=axis.units(2),
            ),
        ),
    )  # fmt: skip
    return chart


def _lines(years: Sequence[int], top: int) -> alt.Chart:
    dash = alt.StrokeDash("look:N", scale=alt.Scale(domain=list(LOOKS), range=list(DASHES)), legend=None)
    mark = _base(years, top).mark_line(strokeWidth=axis.units(0.9))
    return axis.layer("series_line", mark.encode(detail=alt.Detail("series:N"), stroke=_stroke(), strokeDash=dash))


def _points(years: Sequence[int], top: int) -> alt.Chart:
    mark = _base(years, top).mark_point(
        opacity=1, strokeWidth=axis.units(0.8), size=alt.ExprRef("11 * unit * unit"), strokeDash=[1, 0]
    )
    shape = alt.Shape("sex:N", scale=alt.Scale(domain=list(SEXES), range=list(SHAPES)), legend=None)
    fill = alt.Fill("look:N", scale=alt.Scale(domain=list(LOOKS), range=list(FILLS)), legend=None)
    return axis.layer("series_sign", mark.encode(shape=shape, fill=fill, stroke=_stroke()))


def _stroke() -> alt.Stroke:
    return alt.Stroke("look:N", scale=alt.Scale(domain=list(LOOKS), range=list(STROKES)), legend=None)


def _text(place: str, years: Sequence[int], top: int, *, halo: bool) -> alt.Chart:
    """The values of one place; first their halo, which keeps a line from crossing them."""
    where = dict(PLACES[place])
    for side in ("xOffset", "yOffset"):
        if side in where:
            where[side] = axis.units(where[side])
    look: dict[str, Any] = (
        {"color": axis.PAPER, "stroke": axis.PAPER, "strokeWidth": axis.units(1.4), "strokeJoin": "round"}
        if halo
        else {"color": axis.INK}
    )
    mark = (
        _base(years, top)
        .transform_filter(f"datum.place === '{place}'")
        .mark_text(fontSize=axis.units(TEXT), fontWeight=600, **where, **look)
    )
    return axis.layer(f"{place}_{'edge' if halo else 'label'}", mark.encode(text=alt.Text("label:N")))
