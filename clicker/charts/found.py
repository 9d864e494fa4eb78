"""The summary: for each topic its guess and its answer on a line from 0 to 100, and the country where it was shown."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt

from clicker.charts import axis, marks, signs
from clicker.charts.rows import GUESS, OWN

# Units: below the lines stand the numbers of the axis and what the signs mean.
FOOT, TICK_ROW, LEGEND_ROW, TALLEST = 8.8, 2.1, 6.4, 10.5
# Units from the middle of a line: its numbers above, its signs below.
NUMBERS, SIGNS = -1.9, 1.4
# Units beside the names, at the right edge, and between two labels.
BESIDE, RIGHT, APART = 4.5, 4.0, 0.8
# No more of the width than this is for the names.
NAMES = 0.4
GUIDE = "#d9dce0"
BOLD = 1.08
# Digits are broader than the mean letter.
DIGITS = f"{axis.SMALL} * unit * 0.62"
Align = Literal["left", "center"]


def spec(lines: int, title: str, description: str) -> dict[str, Any]:
    """See `clicker.charts.summary`."""
    if lines < 1:
        raise ValueError("a summary has a line")
    layers = [
        _guides(lines),
        _ticks(lines),
        _unit(lines, title),
        _text("name", _topics(lines).transform_calculate(at="0"), "title", lines, axis.INK, SIGNS, align="left"),
        _country_range(lines),
        *_answers(lines),
        _guess(lines),
        _square(lines),
        *(_country(side, lines) for side in ("low", "high")),
        _text(GUESS, _placed(lines, GUESS), "guess_label", lines, axis.GUESS_TEXT, NUMBERS, align="center"),
        _text(OWN, _placed(lines, OWN), "own_label", lines, axis.OWN, NUMBERS, align="center"),
        *signs.legend(lambda length: _below(lines, LEGEND_ROW + length)),
    ]
    return axis.finish(layers, description)


def _on_page(chart: alt.Chart, **fields: str) -> alt.Chart:
    """The rows with fields in pixels, from numbers out of a hundred; the names' width decides where 0 is."""
    wide = f"min(datum.letters * {signs.ACROSS} * {BOLD}, {NAMES} * width) + {BESIDE} * unit"
    chart = chart.transform_calculate(left=wide).transform_calculate(span=f"width - datum.left - {RIGHT} * unit")
    placed: alt.Chart = chart.transform_calculate(
        **{name: f"datum.left + ({number}) / 100 * datum.span" for name, number in fields.items()}
    )
    return placed


def _topics(lines: int) -> alt.Chart:
    """Each topic with its line (`line`, from the top) and the ends of its answer."""
    fields = {"low_at": "datum.low", "high_at": "datum.high", "guess_at": "datum.guess"}
    topics: alt.Chart = _on_page(alt.Chart(alt.NamedData("topics")), **fields).transform_calculate(
        line="datum.row + 0.5", middle_at="(datum.low_at + datum.high_at) / 2"
    )
    return topics


def _high(lines: int) -> str:
    """How high one line is."""
    return f"min((height - {FOOT} * unit) / {lines}, {TALLEST} * unit)"


def _y(lines: int) -> alt.Y:
    scale = alt.Scale(domain=[0, lines], range=[0, alt.ExprRef(f"{lines} * {_high(lines)}")], nice=False, zero=False)
    return alt.Y("line:Q", scale=scale, axis=None)


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=None, axis=None)


def _below(lines: int, length: float) -> axis.Place:
    """So many units below the last line."""
    return {"value": alt.ExprRef(f"{lines} * {_high(lines)} + {length:g} * unit")}


def _guides(lines: int) -> alt.Chart:
    mark = _on_page(alt.Chart(alt.NamedData("ticks")), at="datum.number").mark_rule(
        color=GUIDE, strokeWidth=axis.units(0.2)
    )
    return axis.layer("guides", mark.encode(x=_x("at"), y={"value": 0}, y2=_below(lines, 0.4)))


def _ticks(lines: int) -> alt.Chart:
    mark = _on_page(alt.Chart(alt.NamedData("ticks")), at="datum.number").mark_text(
        baseline="middle", align="center", fontSize=axis.units(axis.SMALL), color=axis.INK
    )
    text = alt.Text("number:Q", format="d")
    return axis.layer("tick_label", mark.encode(x=_x("at"), y=_below(lines, TICK_ROW), text=text))


def _unit(lines: int, title: str) -> alt.Chart:
    """What the numbers are out of, in the column of the names."""
    mark = (
        alt.Chart(alt.NamedData("ticks"))
        .transform_filter("datum.number === 0")
        .mark_text(baseline="middle", align="left", fontSize=axis.units(axis.SMALL), color=axis.MUTED)
    )
    place = {"x": {"value": 0}, "y": _below(lines, TICK_ROW), "text": {"value": title}}
    return axis.layer("unit_label", mark.encode(**place))


def _answers(lines: int) -> list[alt.Chart]:
    """The line between guess and answer, and an answer's whole range, the same everywhere in it."""
    nearest = "clamp(datum.guess_at, datum.low_at, datum.high_at)"
    between = (
        _topics(lines)
        .transform_filter("isValid(datum.guess)")
        .transform_calculate(nearest=nearest)
        .mark_rule(color=axis.MUTED, strokeWidth=axis.units(0.5), yOffset=axis.units(SIGNS))
    )
    tall: dict[str, Any] = {"yOffset": axis.units(SIGNS - signs.HALF), "y2Offset": axis.units(SIGNS + signs.HALF)}
    ranges = _topics(lines).transform_filter(marks.RANGE).transform_calculate(foot="datum.line")
    band = ranges.mark_rect(**signs.BAND, **tall)
    return [
        axis.layer("between", between.encode(x=_x("guess_at"), x2=alt.X2("nearest:Q"), y=_y(lines))),
        axis.layer("own_range", band.encode(x=_x("low_at"), x2=alt.X2("high_at:Q"), y=_y(lines), y2=alt.Y2("foot:Q"))),
    ]


def _guess(lines: int) -> alt.Chart:
    sign = signs.sign(_topics(lines).transform_filter("isValid(datum.guess)"), GUESS, yOffset=axis.units(SIGNS))
    return axis.layer("guess_sign", sign.encode(x=_x("guess_at"), y=_y(lines)))


def _square(lines: int) -> alt.Chart:
    sign = signs.sign(_topics(lines).transform_filter(marks.EXACT), OWN, yOffset=axis.units(SIGNS))
    return axis.layer("own_sign", sign.encode(x=_x("low_at"), y=_y(lines)))


def _country(side: str, lines: int) -> alt.Chart:
    """A dashed stroke, longer than the other signs, at each end of the country's number."""
    ends: dict[str, Any] = {"yOffset": axis.units(SIGNS - signs.TICK), "y2Offset": axis.units(SIGNS + signs.TICK)}
    mark = (
        _on_page(alt.Chart(alt.NamedData("topics")), at=f"datum.country_{side}")
        .transform_filter(f"isValid(datum.country_{side})")
        .transform_calculate(line="datum.row + 0.5", foot="datum.row + 0.5")
        .mark_rule(color=axis.INK, strokeWidth=axis.units(0.5), strokeDash=signs.dash(), **ends)
    )
    return axis.layer(f"country_{side}", mark.encode(x=_x("at"), y=_y(lines), y2=alt.Y2("foot:Q")))


def _country_range(lines: int) -> alt.Chart:
    """A tint between the ends of a country's range."""
    ends: dict[str, Any] = {"yOffset": axis.units(SIGNS - signs.TICK), "y2Offset": axis.units(SIGNS + signs.TICK)}
    topics = alt.Chart(alt.NamedData("topics")).transform_filter("datum.country_low < datum.country_high")
    mark = (
        _on_page(topics, low_at="datum.country_low", high_at="datum.country_high")
        .transform_calculate(line="datum.row + 0.5", foot="datum.row + 0.5")
        .mark_rect(color=axis.COUNTRY_TINT, **ends)
    )
    place = {"x": _x("low_at"), "x2": alt.X2("high_at:Q"), "y": _y(lines), "y2": alt.Y2("foot:Q")}
    return axis.layer("country_range", mark.encode(**place))


def _placed(lines: int, role: str) -> alt.Chart:
    """The topics with where the number of guess or answer stands (`at`): above its sign, pushed away from the other."""
    topics = _topics(lines).transform_calculate(
        guess_wide=f"length(datum.guess_label) * {DIGITS}",
        own_wide=f"length(datum.own_label) * {DIGITS}",
        way="datum.guess_at >= datum.middle_at ? 1 : -1",
    )
    need = f"(datum.guess_wide + datum.own_wide) / 2 + {APART} * unit"
    push = f"isValid(datum.guess) ? max(0, {need} - abs(datum.guess_at - datum.middle_at)) / 2 : 0"
    topics = topics.transform_calculate(push=push).transform_calculate(
        guess_to="datum.guess_at + datum.way * datum.push", own_to="datum.middle_at - datum.way * datum.push"
    )
    first = (
        "min(isValid(datum.guess) ? datum.guess_to - datum.guess_wide / 2 : width, datum.own_to - datum.own_wide / 2)"
    )
    last = "max(isValid(datum.guess) ? datum.guess_to + datum.guess_wide / 2 : 0, datum.own_to + datum.own_wide / 2)"
    inside = f"max(0, datum.left - {BESIDE - APART} * unit - {first}) - max(0, {last} - width)"
    shown: alt.Chart = topics.transform_calculate(at=f"datum.{role}_to + {inside}").transform_filter(
        f"datum.{role}_label !== ''"
    )
    return shown


def _text(name: str, chart: alt.Chart, field: str, lines: int, color: str, above: float, align: Align) -> alt.Chart:
    """A text on its topic's line; no name is wider than its column."""
    column: dict[str, Any] = {"limit": alt.ExprRef(f"{NAMES} * width")} if name == "name" else {}
    mark = chart.mark_text(
        baseline="middle",
        align=align,
        fontSize=axis.units(axis.SMALL),
        fontWeight=600,
        color=color,
        yOffset=axis.units(above),
        **column,
    )
    return axis.layer(f"{name}_label", mark.encode(x=_x("at"), y=_y(lines), text=alt.Text(f"{field}:N")))
