"""Two votes on the same choices side by side: for each choice its words, below them a bar for each vote."""

from __future__ import annotations

from typing import Any

import altair as alt

from clicker.charts import axis, marks

# Units: the heads of both halves, the words of a choice, its bars, and what lies between two choices.
HEAD, HEAD_ROW, WORDS_ROW, BAR_TOP, GROUND = 6.2, 2.2, 2.6, 5.0, 1.4
WORDS, TALLEST = 3.6, 7.5
# Units between the halves, and at the end of a half for a bar's number.
APART, NUMBER, BESIDE = 5.0, 8.0, 1.2
OUTLINE, NOTHING = 0.45, 0.95
# Of each vote: the text's colour, the outline, its pattern and the filling.
LOOKS: tuple[tuple[str, str, marks.Dash | None, str], ...] = (
    (axis.INK, axis.INK, marks.DOTTED, axis.COUNTRY_TINT),
    (axis.OWN, axis.OWN, None, axis.OWN),
)


def spec(choices: int, description: str) -> dict[str, Any]:
    """See `clicker.charts.rounds`."""
    if choices < 1:
        raise ValueError("a vote has choices")
    layers = [_words(choices)]
    for number in range(len(LOOKS)):
        layers += [_head(number), _start(number, choices), *_bars(number, choices)]
    return axis.finish(layers, description)


def _half(number: int) -> str:
    """Where a half starts, in pixels."""
    return f"{number} * (width + {APART} * unit) / 2"


def _high(choices: int) -> str:
    return f"((height - {HEAD} * unit) / {choices})"


def _top(choices: int) -> str:
    """The upper edge of a choice's part, in pixels."""
    return f"{HEAD} * unit + datum.row * {_high(choices)}"


def _foot(choices: int) -> str:
    return f"min({_high(choices)} - {GROUND} * unit, {BAR_TOP + TALLEST} * unit)"


def _words(choices: int) -> alt.Chart:
    mark = (
        alt.Chart(alt.NamedData("choices"))
        .transform_calculate(at=f"{_top(choices)} + {WORDS_ROW} * unit")
        .mark_text(
            baseline="middle", align="left", fontSize=axis.units(WORDS), color=axis.INK, limit=alt.ExprRef("width")
        )
    )
    return axis.layer("choice_label", mark.encode(x={"value": 0}, y=_y("at"), text=alt.Text("words:N")))


def _head(number: int) -> alt.Chart:
    mark = (
        alt.Chart(alt.NamedData("heads"))
        .transform_filter(f"datum.vote === {number}")
        .mark_text(
            baseline="middle", align="left", fontSize=axis.units(axis.LABEL), fontWeight=600, color=LOOKS[number][0]
        )
    )
    place = {"x": {"value": alt.ExprRef(_half(number))}, "y": axis.from_top(HEAD_ROW)}
    return axis.layer(f"head_{number}_label", mark.encode(**place, text=alt.Text("label:N")))


def _rows(number: int, choices: int) -> alt.Chart:
    """The bars of one vote with their ends in pixels."""
    span = f"(width - {APART} * unit) / 2 - {NUMBER} * unit"
    rows: alt.Chart = alt.Chart(alt.NamedData("bars")).transform_filter(f"datum.vote === {number}")
    placed: alt.Chart = rows.transform_calculate(
        top=f"{_top(choices)} + {BAR_TOP} * unit",
        foot=f"{_top(choices)} + {_foot(choices)}",
        left=_half(number),
        right=f"{_half(number)} + datum.share * ({span})",
    ).transform_calculate(middle="(datum.top + datum.foot) / 2")
    return placed


def _start(number: int, choices: int) -> alt.Chart:
    """The line that a bar starts from; a bar of nobody is this line and its number."""
    mark = _rows(number, choices).mark_rule(color=LOOKS[number][1], strokeWidth=axis.units(NOTHING))
    return axis.layer(f"start_{number}", mark.encode(x=_x("left"), y=_y("top"), y2=alt.Y2("foot:Q")))


def _bars(number: int, choices: int) -> list[alt.Chart]:
    text, outline, dash, fill = LOOKS[number]
    style: dict[str, Any] = {"stroke": outline, "strokeWidth": axis.units(OUTLINE), "fill": fill}
    if dash:
        style["strokeDash"] = marks.dashed(dash)
    bar = _rows(number, choices).transform_filter("datum.share > 0").mark_rect(**style)
    places = {"x": _x("left"), "x2": alt.X2("right:Q"), "y": _y("top"), "y2": alt.Y2("foot:Q")}
    votes = _rows(number, choices).mark_text(
        baseline="middle",
        align="left",
        dx=axis.units(BESIDE),
        fontSize=axis.units(axis.LABEL),
        fontWeight=600,
        color=text,
    )
    number_at = {"x": _x("right"), "y": _y("middle"), "text": alt.Text("votes:Q", format="d")}
    return [
        axis.layer(f"bar_{number}", bar.encode(**places)),
        axis.layer(f"votes_{number}_label", votes.encode(**number_at)),
    ]


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=None, axis=None)


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)
