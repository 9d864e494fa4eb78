"""Marks of the axis charts: lines, brackets and ranges, each with its label on a row of its own above the bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from clicker.charts import axis
from clicker.charts.rows import COUNTRY, MUNICIPALITY, NEIGHBOUR, OWN

# A little more than the typeface's mean letter, so that a label thought to fit does fit.
LETTER = 0.51
GAP = 0.9
BRACKET = 0.7
Dash = tuple[float, ...]
DOTTED, DASHED, LONG, DASH_DOT = (0.55, 0.75), (1.7, 1.1), (3.4, 1.1), (2.2, 0.8, 0.55, 0.8)
# Each figure from outside has a pattern of its own.
DASHES: dict[str, Dash] = {COUNTRY: DASHED, NEIGHBOUR: LONG, MUNICIPALITY: DASH_DOT}
EXACT, RANGE = "datum.low === datum.high", "datum.low !== datum.high"
# An own group's range covers its outermost numbers, and everything to the axis' end beside 0 or top.
ENDS = {
    OWN: (
        "datum.low === datum.high ? datum.low : datum.low <= 0 ? {end} : datum.low - 0.5",
        "datum.low === datum.high ? datum.high : datum.high >= {top} ? {end} : datum.high + 0.5",
    )
}
SIDES = ("left", "right")
FOOT = {"value": alt.ExprRef("height")}


def marks_of(role: str, top: int, step: int, others: Sequence[str] = ()) -> alt.Chart:
    """The row of one role, with the edges to draw (`left`, `right`) on the axis.

    Of each of `others` the row knows where its line stands (`line_<role>`).
    """
    chart: alt.Chart = alt.Chart(alt.NamedData("marks"))
    for other in others:
        line = f"datum.role === '{other}' && datum.low === datum.high ? datum.low : null"
        chart = chart.transform_calculate(**{f"is_{other}": line})
        found = alt.JoinAggregateFieldDef(op="max", field=f"is_{other}", **{"as": f"line_{other}"})
        chart = chart.transform_joinaggregate([found])
    ends = ENDS.get(role, ("datum.low", "datum.high"))
    chart = chart.transform_filter(f"datum.role === '{role}'").transform_calculate(
        left=ends[0].format(end=-step / 2), right=ends[1].format(top=top, end=top + step / 2)
    )
    return chart


def line(role: str, top: int, step: int, start: float, color: str, dash: Dash | None) -> alt.Chart:
    """A vertical line at an exact number, from `start` units below the top to the axis; solid without a dash."""
    style: dict[str, Any] = (
        {"strokeWidth": axis.units(0.5), "strokeDash": dashed(dash)} if dash else {"strokeWidth": axis.units(0.95)}
    )
    mark = marks_of(role, top, step).transform_filter(EXACT).mark_rule(color=color, **style)
    return axis.inside(f"{role}_line", mark.encode(x=_x("low", top, step), y=axis.from_top(start), y2=FOOT))


def tint(role: str, top: int, step: int, start: float, color: str) -> alt.Chart:
    """A tint over the whole of a range, the same everywhere in it."""
    mark = marks_of(role, top, step).transform_filter(RANGE).mark_rect(color=color)
    place = {"x": _x("left", top, step), "x2": alt.X2("right:Q"), "y": axis.from_top(start), "y2": FOOT}
    return axis.inside(f"{role}_tint", mark.encode(**place))


def bracket(role: str, top: int, step: int, start: float, color: str) -> list[alt.Chart]:
    """A bracket over a range, with nothing between its ends."""
    marks = marks_of(role, top, step).transform_filter(RANGE)
    style: dict[str, Any] = {"color": color, "strokeWidth": axis.units(BRACKET)}
    beam = marks.mark_rule(**style).encode(
        x=_x("left", top, step), x2=alt.X2("right:Q"), y=axis.from_top(start + BRACKET / 2)
    )
    ends = {"y": axis.from_top(start), "y2": axis.from_top(start + 2.5 * BRACKET)}
    return [
        axis.inside(f"{role}_beam", beam),
        *(
            axis.inside(
                f"{role}_{side}",
                marks.mark_rule(xOffset=axis.units(inwards), **style).encode(x=_x(side, top, step), **ends),
            )
            for side, inwards in (("left", BRACKET / 2), ("right", -BRACKET / 2))
        ),
    ]


def edges(role: str, top: int, step: int, start: float, color: str, dash: Dash) -> list[alt.Chart]:
    """Two lines around a range that may show its ends: a survey's, never an own group's."""
    style: dict[str, Any] = {"strokeWidth": axis.units(0.5), "strokeDash": dashed(dash)}
    mark = marks_of(role, top, step).transform_filter(RANGE).mark_rule(color=color, **style)
    return [
        axis.inside(f"{role}_{side}", mark.encode(x=_x(side, top, step), y=axis.from_top(start), y2=FOOT))
        for side in SIDES
    ]


def label(role: str, top: int, step: int, at: float, color: str, others: Sequence[str] = ()) -> list[alt.Chart]:
    """The label of a role, centred `at` units below the top: right of its line, else left of it, else across it.

    Above a bracket it starts or ends flush with it. `others` are the roles whose lines pass this row: the label
    rather goes to the left than across such a line. Where it must lie across one, the line stops behind it.
    """
    placed = _placed(marks_of(role, top, step, others), top, step, others)
    text: dict[str, Any] = {
        "fontSize": axis.units(axis.LABEL),
        "fontWeight": 600,
        "baseline": "middle",
        "align": alt.ExprRef("datum.align"),
    }
    edge = placed.mark_text(
        color=axis.PAPER, stroke=axis.PAPER, strokeWidth=axis.units(1.1), strokeJoin="round", **text
    )
    place = {"x": _x("at", top, step), "y": axis.from_top(at), "text": alt.Text("label:N")}
    return [
        _ground(role, placed, top, step, at),
        axis.inside(f"{role}_edge", edge.encode(**place)),
        axis.inside(f"{role}_label", placed.mark_text(color=color, **text).encode(**place)),
    ]


def _ground(role: str, placed: alt.Chart, top: int, step: int, at: float) -> alt.Chart:
    """Paper behind a label that another's line would cross."""
    before = "(datum.align === 'left' ? 0 : datum.align === 'right' ? datum.wide : datum.wide / 2)"
    ends = {"ground_left": f"datum.at - {before}", "ground_right": f"datum.at - {before} + datum.wide"}
    where = "(datum.crossed && datum.align !== 'right') || (datum.crossed_left && datum.align !== 'left')"
    crossed = placed.transform_filter(where).transform_calculate(**ends)
    half = axis.LABEL / 2
    place = {"y": axis.from_top(at - half), "y2": axis.from_top(at + half)}
    mark = crossed.mark_rect(color=axis.PAPER)
    return axis.inside(
        f"{role}_ground", mark.encode(x=_x("ground_left", top, step), x2=alt.X2("ground_right:Q"), **place)
    )


def _x(field: str, top: int, step: int) -> alt.X:
    return alt.X(f"{field}:Q", scale=axis.x_scale(top, step))


def dashed(dash: Dash) -> alt.ExprRef:
    """A pattern of strokes and gaps on the wall."""
    return alt.ExprRef(f"[{', '.join(f'{length:g} * unit' for length in dash)}]")


def _placed(marks: alt.Chart, top: int, step: int, others: Sequence[str]) -> alt.Chart:
    """The marks with where their label is anchored (`at`) and how (`align`)."""
    left_end, span = -step / 2, top + step
    own_range = f"datum.role === '{OWN}' && {RANGE}"
    # The label's width is estimated, in the axis' unit: nothing in a spec can measure it.
    marks = marks.transform_calculate(
        wide=f"length(datum.label) * {LETTER} * {axis.LABEL} * unit * {span} / width",
        gap=f"({own_range}) ? 0 : {GAP} * unit * {span} / width",
    ).transform_calculate(
        from_="datum.gap > 0 ? datum.right + datum.gap : datum.left",
        to="datum.gap > 0 ? datum.left - datum.gap : datum.right",
    )
    crossed = " || ".join(
        f"(isValid(datum.line_{role}) && datum.line_{role} > datum.right + 0.01"
        f" && datum.line_{role} < datum.from_ + datum.wide)"
        for role in others
    )
    crossed_left = " || ".join(
        f"(isValid(datum.line_{role}) && datum.line_{role} < datum.left - 0.01"
        f" && datum.line_{role} > datum.to - datum.wide)"
        for role in others
    )
    return (
        marks.transform_calculate(
            fits_right=f"datum.from_ + datum.wide <= {left_end + span}",
            fits_left=f"datum.to - datum.wide >= {left_end}",
            crossed=crossed or "false",
            crossed_left=crossed_left or "false",
        )
        .transform_calculate(
            align="datum.fits_right && !(datum.crossed && datum.fits_left) ? 'left'"
            " : datum.fits_left ? 'right' : 'center'",
        )
        .transform_calculate(
            at="datum.align === 'left' ? datum.from_ : datum.align === 'right' ? datum.to :"
            f" clamp((datum.left + datum.right) / 2, {left_end} + datum.wide / 2, {left_end + span} - datum.wide / 2)",
        )
    )
